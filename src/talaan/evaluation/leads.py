"""How good leads are: graded sentences and gold in, AUC, recall, precision and the share of right references out."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from talaan.evaluation.gold import Filler, Passage
from talaan.evaluation.matching import in_tables
from talaan.model.claim import Mention


@dataclass(frozen=True, slots=True)
class GradedSentence:
    """One sentence as the program sees it: span, score, grade (None: no lead), ranked types."""

    start: int
    end: int
    score: float
    grade: str | None
    types: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ReferenceError:
    """A gold filler whose reference was not found."""

    passage: str
    language: str
    text: str
    gold: str
    found: str


@dataclass(slots=True)
class LeadScores:
    """Scored sentences (score, holds a required claim) and counts by row, and every wrong reference.

    Sentences whose only claims are optional are not ranked: whoever lists them is neither right nor wrong.
    """

    ranked: dict[str, list[tuple[float, bool]]] = field(default_factory=dict)
    counts: dict[str, Counter[str]] = field(default_factory=dict)
    errors: list[ReferenceError] = field(default_factory=list)
    missed: list[tuple[str, str, str]] = field(default_factory=list)


def score_leads(read: Iterable[tuple[Passage, Sequence[GradedSentence], Sequence[Mention]]]) -> LeadScores:
    """Scores of the leads on passages; `mentions` are everything the program names in the passage."""
    scores = LeadScores()
    for passage, sentences, mentions in read:
        rows = [scores.counts.setdefault(name, Counter()) for name in ("all", f"lang {passage.language}")]
        for sentence in sentences:
            _sentence(scores, passage, sentence, rows)
        _references(scores, passage, mentions, rows)
    return scores


def _sentence(scores: LeadScores, passage: Passage, sentence: GradedSentence, rows: Sequence[Counter[str]]) -> None:
    here = [claim for claim in passage.claims if sentence.start <= claim.trigger.start < sentence.end]
    types = {claim.type for claim in here if not claim.optional}
    if types or not here:
        for name in ("all", f"lang {passage.language}"):
            scores.ranked.setdefault(name, []).append((sentence.score, bool(types)))
    for row in rows:
        row["sentences"] += 1
        row[f"grade {sentence.grade}"] += 1
        row["positive"] += bool(types)
        row[f"positive {sentence.grade}"] += bool(types)
        row["types"] += len(types)
        row["types in two"] += len(types & set(sentence.types[:2]))
        row["types in three"] += len(types & set(sentence.types[:3]))
        for kind in types:
            row[f"n type {kind}"] += 1
            row[f"type {kind}"] += kind in sentence.types[:2]
    if types and sentence.grade is None:
        scores.missed.append((passage.id, ", ".join(sorted(types)), passage.text[sentence.start : sentence.end]))


def _references(scores: LeadScores, passage: Passage, mentions: Sequence[Mention], rows: Sequence[Counter[str]]) -> None:
    """Each named filler once: right where some mention that overlaps its best wording carries its reference."""
    seen: set[tuple[str, int]] = set()
    for claim in passage.claims:
        for filler in (filler for fillers in claim.roles.values() for filler in fillers):
            best = filler.mentions[0]
            if filler.ref is None or (filler.ref, best.start) in seen:
                continue
            seen.add((filler.ref, best.start))
            near = [mention for mention in mentions if mention.start < best.end and best.start < mention.end]
            kind = filler.ref.partition(":")[0]
            right = any(_right(mention, filler) for mention in near)
            for row in rows:
                for name in (kind, f"listed {kind}") if in_tables(filler.ref) else (kind,):
                    row[f"n ref {name}"] += 1
                    row[f"ref {name}"] += right
            if not right:
                found = ", ".join(str(mention.ref) for mention in near) or "nothing"
                scores.errors.append(ReferenceError(passage.id, passage.language, best.text, filler.ref, found))


def _right(mention: Mention, filler: Filler) -> bool:
    if mention.ref == filler.ref:
        return True
    kind, _, key = (filler.ref or "").partition(":")
    return kind == "country" and mention.kind not in ("system", "category") and mention.country == key


def auc(ranked: Sequence[tuple[float, bool]]) -> float | None:
    """Area under the ROC curve by ranks, ties counted half (Hanley and McNeil 1982); None without both classes.

    >>> auc([(0.9, True), (0.1, False), (0.5, True), (0.5, False)])
    0.875
    """
    positive = sum(label for _, label in ranked)
    negative = len(ranked) - positive
    if not positive or not negative:
        return None
    total, below = 0.0, 0
    by_score: dict[float, list[bool]] = {}
    for value, label in ranked:
        by_score.setdefault(value, []).append(label)
    for value in sorted(by_score):
        labels = by_score[value]
        here = sum(labels)
        tied = len(labels) - here
        total += here * (below + tied / 2)
        below += tied
    return total / (positive * negative)
