"""Leads and claims measured on annotated passages: gold in, scores out; the pipeline's parts in the evaluation's hands."""

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from talaan.evaluation.gold import Passage
from talaan.evaluation.leads import GradedSentence, LeadScores, score_leads
from talaan.evaluation.playback import answer_line
from talaan.evaluation.scores import Scores, score
from talaan.evaluation.verdicts import JudgedText, VerdictScores, score_verdicts
from talaan.extraction.agreement import mark_agreement
from talaan.extraction.analysis import Analysis, analyse
from talaan.extraction.features import sentence_features, type_features
from talaan.extraction.readers.llm.answers import Answers, read_answers
from talaan.extraction.relevance import grade, likely_types, relevance
from talaan.extraction.sentences import sentences
from talaan.model.claim import Claim, Mention
from talaan.model.contract import Reading
from talaan.model.document import Document
from talaan.model.verdict import Verdict
from talaan.model.when import parse_date
from talaan.options import Options, Readers
from talaan.pipeline import check, claims_of


def measure_leads(passages: Sequence[Passage]) -> LeadScores:
    """Scores of the leads, with the gate open."""
    return score_leads(_leads(passages))


def _leads(passages: Sequence[Passage]) -> Iterator[tuple[Passage, list[GradedSentence], list[Mention]]]:
    for passage in passages:
        analysis = analyse(passage.text, passage.language)
        yield passage, graded(analysis), [row.mention for row in analysis.found]


def graded(analysis: Analysis) -> list[GradedSentence]:
    """Every sentence with its score, grade and likely types."""
    out = []
    for number, ((start, end), seen) in enumerate(zip(analysis.sentences, sentence_features(analysis), strict=True)):
        value = relevance(seen)
        types = tuple(name for name, _ in likely_types(type_features(analysis, number, seen)))
        out.append(GradedSentence(start, end, value, grade(value), types))
    return out


def measure_claims(passages: Sequence[Passage], reader: Readers, answers: Answers) -> Scores:
    """Scores of a reader's claims."""
    return score((passage, read_passage(passage, reader, answers)) for passage in passages)


def compare_readers(passages: Sequence[Passage], answers: Answers) -> dict[str, Scores]:
    """Scores of the builtin reader, of a model's answers, of all their claims together and of those on which both agree."""
    read = [(passage, mark_agreement(read_passage(passage, "both", answers))) for passage in passages]
    kept: dict[str, Callable[[Claim], bool]] = {
        "builtin": lambda claim: claim.reader == "builtin",
        "llm": lambda claim: claim.reader == "llm",
        "either": lambda claim: claim.reader == "llm" or not _agrees(claim),
        "both": lambda claim: claim.reader == "llm" and _agrees(claim),
    }
    return {name: score((passage, [claim for claim in claims if keep(claim)]) for passage, claims in read) for name, keep in kept.items()}


def _agrees(claim: Claim) -> bool:
    return claim.agreement is not None and claim.agreement.status == "agree"


def read_passage(passage: Passage, reader: Readers, answers: Answers) -> list[Claim]:
    """The claims of one passage; its language is taken from the gold."""
    document = Document(passage.text, passage.id, "", "text/plain", language=passage.language)
    options = Options(home=Path(), reader=reader, answers=answers, verify=False)
    return claims_of(document, analyse(passage.text, passage.language), options)[0]


def playback(passages: Sequence[Passage]) -> Answers:
    """The passages' own gold as a perfect model's answers."""
    return read_answers(answer_line(passage, sentences(passage.text, passage.language)) for passage in passages)


def measure_verdicts(golds: Sequence[JudgedText], home: Path, edition: str | None) -> VerdictScores:
    """Scores of the verdicts on the claims of the verdict gold, read as a model's answers and held against an edition."""
    answers = read_answers(gold.answer_line for gold in golds)
    options = Options(home=home, reader="llm", answers=answers, edition=edition)
    return score_verdicts((gold, _verdicts(gold, options)) for gold in golds)


def _verdicts(gold: JudgedText, options: Options) -> tuple[Verdict, ...] | None:
    """The verdicts on the text's claim, None where no claim came out of the reading."""
    published = parse_date(gold.published) if gold.published else None
    document = Document(gold.text, gold.id, "", "text/plain", language=gold.language, published=published)
    claims, _ = claims_of(document, analyse(gold.text, gold.language), options)
    checked = check(Reading(document, (), tuple(claims), {}, ()), options).claims
    return tuple(verdict for claim in checked for verdict in claim.verdicts) if checked else None
