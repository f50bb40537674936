"""Precision, recall and F1 of claims with bootstrap intervals: predictions and gold by passage in, tables of counts out."""

import random
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from talaan.evaluation.gold import Passage
from talaan.evaluation.matching import match, speaker_right, split_gold
from talaan.model.claim import Claim

ROUNDS = 1000
SEED = 20261124


@dataclass(frozen=True, slots=True)
class Error:
    """A miss (`MISS`) or false find (`FALSE`) with its text."""

    kind: str
    passage: str
    language: str
    type: str
    why: str
    roles: str
    quote: str


@dataclass(slots=True)
class Scores:
    """Counts by row (`all`, `lang en`, `type transfer`, `reader llm`) and by passage, and every error."""

    rows: dict[str, Counter[str]] = field(default_factory=dict)
    passages: list[tuple[str, Counter[str]]] = field(default_factory=list)
    errors: list[Error] = field(default_factory=list)

    def add(self, names: Iterable[str], **amounts: float) -> None:
        for name in names:
            self.rows.setdefault(name, Counter()).update(amounts)


def score(read: Iterable[tuple[Passage, Sequence[Claim]]]) -> Scores:
    """Scores of claims on passages; what a reader itself calls optional is not judged, optional gold counts neither way."""
    scores = Scores()
    for passage, claims in read:
        _passage(scores, passage, [claim for claim in claims if not claim.optional])
    return scores


def _passage(scores: Scores, passage: Passage, claims: Sequence[Claim]) -> None:
    gold = split_gold(passage.claims)
    pairs, void = match(claims, gold, passage)
    by_prediction = {pair.prediction: pair for pair in pairs}
    found = {pair.gold: pair for pair in pairs}
    counts: Counter[str] = Counter()
    for place, wanted in enumerate(gold):
        if wanted.optional:
            continue
        names = ("all", f"lang {passage.language}", f"type {wanted.type}")
        scores.add(names, n=1)
        counts["n"] += 1
        pair = found.get(place)
        if pair is None or not pair.strict:
            why = "not found" if pair is None else "wrong: " + ", ".join(pair.comparison.wrong)
            roles = str({role: [filler.ref or filler.mentions[0].text for filler in fillers] for role, fillers in wanted.roles.items()})
            scores.errors.append(
                Error("MISS", passage.id, passage.language, wanted.type, why, roles, _around(passage, wanted.trigger.start))
            )
    for number, claim in enumerate(claims):
        pair = by_prediction.get(number)
        if pair is not None and gold[pair.gold].optional:
            continue
        rows = ("all", f"lang {passage.language}", f"type {claim.type}", f"reader {claim.reader}")
        scores.add(rows, predicted=1, strict=bool(pair and pair.strict), lenient=pair.comparison.core if pair else 0.0)
        counts.update(predicted=1, strict=int(bool(pair and pair.strict)))
        if pair is not None:
            scores.add(
                rows,
                **{f"role {role}": right for role, right in pair.comparison.roles},
                **{f"n role {role}": 1 for role, _ in pair.comparison.roles},
            )
            if pair.comparison.core == 1.0:
                found_gold = gold[pair.gold]
                scores.add(rows, speaker=speaker_right(claim, found_gold), modality=claim.modality == found_gold.modality, whole=1)
        if pair is None or not pair.strict:
            why = void.get(number) or ("no such claim" if pair is None else "wrong: " + ", ".join(pair.comparison.wrong))
            roles = str({role: [filler.ref or filler.text for filler in fillers] for role, fillers in claim.roles.items()})
            scores.errors.append(Error("FALSE", passage.id, passage.language, claim.type, why, roles, claim.quote.text))
    scores.passages.append((passage.language, counts))


def _around(passage: Passage, place: int) -> str:
    return passage.text[max(0, place - 120) : place + 120]


def precision_recall(counts: Counter[str], hits: str = "strict") -> tuple[float, float, float]:
    """(precision, recall, F1).

    >>> precision_recall(Counter(n=4, predicted=2, strict=2))
    (1.0, 0.5, 0.6666666666666666)
    """
    precision = counts[hits] / counts["predicted"] if counts["predicted"] else 0.0
    recall = counts[hits] / counts["n"] if counts["n"] else 0.0
    return precision, recall, 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def interval(items: Sequence[Counter[str]], statistic: Callable[[Counter[str]], float], level: float = 0.95) -> tuple[float, float]:
    """Percentile bootstrap interval (Efron 1979) of a statistic of summed counts, resampling passages; the seed is fixed."""
    rng = random.Random(SEED)
    values = []
    for _ in range(ROUNDS if items else 0):
        total: Counter[str] = Counter()
        for item in rng.choices(items, k=len(items)):
            total.update(item)
        values.append(statistic(total))
    values.sort()
    if not values:
        return 0.0, 0.0
    cut = (1 - level) / 2
    return values[int(cut * len(values))], values[min(len(values) - 1, int((1 - cut) * len(values)))]
