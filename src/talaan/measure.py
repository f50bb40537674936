"""Leads and claims measured on annotated passages: gold in, scores out; the pipeline's parts in the evaluation's hands."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from talaan.evaluation.gold import Passage
from talaan.evaluation.leads import GradedSentence, LeadScores, score_leads
from talaan.evaluation.playback import answer_line
from talaan.evaluation.scores import Scores, score
from talaan.extraction.analysis import Analysis, analyse
from talaan.extraction.features import sentence_features, type_features
from talaan.extraction.readers.llm.answers import Answers, read_answers
from talaan.extraction.relevance import grade, likely_types, relevance
from talaan.extraction.sentences import sentences
from talaan.model.claim import Claim, Mention
from talaan.model.document import Document
from talaan.options import Options, Readers
from talaan.pipeline import claims_of


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


def read_passage(passage: Passage, reader: Readers, answers: Answers) -> list[Claim]:
    """The claims of one passage; its language is taken from the gold."""
    document = Document(passage.text, passage.id, "", "text/plain", language=passage.language)
    options = Options(home=Path(), reader=reader, answers=answers, verify=False)
    return claims_of(document, analyse(passage.text, passage.language), options)[0]


def playback(passages: Sequence[Passage]) -> Answers:
    """The passages' own gold as a perfect model's answers."""
    return read_answers(answer_line(passage, sentences(passage.text, passage.language)) for passage in passages)
