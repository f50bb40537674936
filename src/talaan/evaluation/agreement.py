"""How far two coders agree: two annotations of the same passages in, κ on types and α for each field out.

Claims are aligned one to one within a passage by the overlap of their triggers, whatever their types. κ is Cohen's (1960)
on the types, a claim that only one coder has counting as `none` for the other; α is Krippendorff's (2004) for nominal data
on the fields of aligned claims of one type.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from talaan.evaluation.gold import Filler, GoldClaim, Passage
from talaan.evaluation.wording import letters
from talaan.model.errors import UsageError
from talaan.model.vocabulary import claim_type

NONE = "none"
Answer = str | None


@dataclass(slots=True)
class Agreement:
    """Pairs of answers (first coder's, second's): on types, and by field of the claims both have with one type.

    What only one of them fills in stands against `none`; what neither does is no pair.
    """

    passages: int = 0
    types: list[tuple[str, str]] = field(default_factory=list)
    fields: dict[str, list[tuple[str, str]]] = field(default_factory=dict)


def agreement(first: Sequence[Passage], second: Sequence[Passage]) -> Agreement:
    """What both coders said on the passages they share; UsageError where they share none, or a text differs."""
    other = {(passage.language, passage.id): passage for passage in second}
    shared = [(passage, other[key]) for passage in first if (key := (passage.language, passage.id)) in other]
    if not shared:
        raise UsageError("The two coders share no passage", hint="both files need passages with the same language and id")
    out = Agreement(len(shared))
    for one, two in shared:
        if one.text != two.text:
            raise UsageError(f"The text of passage {one.id} differs between the coders", hint="annotate the same text")
        _passage(out, one.claims, two.claims)
    return out


def _passage(out: Agreement, first: Sequence[GoldClaim], second: Sequence[GoldClaim]) -> None:
    pairs = _aligned(first, second)
    for one, two in pairs:
        out.types.append((one.type if one else NONE, two.type if two else NONE))
        if one is None or two is None or one.type != two.type:
            continue
        for name in _field_names(one.type):
            answers = _answer(one, name), _answer(two, name)
            if any(answers):
                out.fields.setdefault(name, []).append((answers[0] or NONE, answers[1] or NONE))


def _aligned(first: Sequence[GoldClaim], second: Sequence[GoldClaim]) -> list[tuple[GoldClaim | None, GoldClaim | None]]:
    """Claims side by side: of one type before others, the larger overlap of triggers first; the rest stands alone."""
    overlaps = [
        ((one.type == two.type, shared), i, j)
        for i, one in enumerate(first)
        for j, two in enumerate(second)
        if (shared := min(one.trigger.end, two.trigger.end) - max(one.trigger.start, two.trigger.start)) > 0
    ]
    left, right = set(range(len(first))), set(range(len(second)))
    pairs: list[tuple[GoldClaim | None, GoldClaim | None]] = []
    for _, i, j in sorted(overlaps, key=lambda row: (not row[0][0], -row[0][1], row[1], row[2])):
        if i in left and j in right:
            left.remove(i)
            right.remove(j)
            pairs.append((first[i], second[j]))
    return [*pairs, *((first[i], None) for i in sorted(left)), *((None, second[j]) for j in sorted(right))]


def _field_names(kind: str) -> list[str]:
    words = claim_type(kind)
    own = (*(f"role {role}" for role in words.roles), *(f"value {name}" for name in words.values))
    return [*own, "modality", "negated", "optional", "speaker"]


def _answer(claim: GoldClaim, name: str) -> Answer:
    kind, _, key = name.partition(" ")
    if kind == "role":
        return _fillers(claim.roles.get(key, ()))
    if kind == "value":
        value = claim.values.get(key)
        return None if value is None else str(value)
    return _fillers(claim.speaker) if kind == "speaker" else str(getattr(claim, kind))


def _fillers(fillers: Iterable[Filler]) -> Answer:
    """The references of a role's fillers, of those without one the letters of the best wording; None for an empty role."""
    named = sorted(filler.ref or letters(filler.mentions[0].text) for filler in fillers)
    return " + ".join(named) or None


def cohen_kappa(pairs: Sequence[tuple[str, str]]) -> float | None:
    """(observed − expected agreement) / (1 − expected), Cohen 1960; None without pairs or where only one answer was ever given.

    >>> round(cohen_kappa([("a", "a")] * 20 + [("a", "b")] * 5 + [("b", "a")] * 10 + [("b", "b")] * 15), 3)
    0.4
    """
    if not pairs:
        return None
    count = len(pairs)
    observed = sum(one == two for one, two in pairs) / count
    left, right = Counter(one for one, _ in pairs), Counter(two for _, two in pairs)
    expected = sum(left[word] * right[word] for word in left) / count**2
    return None if expected == 1 else (observed - expected) / (1 - expected)


def krippendorff_alpha(pairs: Sequence[tuple[Answer, Answer]]) -> float | None:
    """1 − observed / expected disagreement for nominal data and two coders, Krippendorff 2004, chapter 11.

    An empty answer is a missing one: pairs with it are left out of the coincidences. None where nothing can disagree.

    >>> one = [1, 2, 3, 3, 2, 1, 4, 1, 2, None, None, None]
    >>> two = [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, None, 3]
    >>> words = [(a and str(a), b and str(b)) for a, b in zip(one, two)]
    >>> round(krippendorff_alpha(words), 3)
    0.852
    """
    whole = [(one, two) for one, two in pairs if one is not None and two is not None]
    counts = Counter(answer for pair in whole for answer in pair)
    total = sum(counts.values())
    if total < 2 or len(counts) < 2:
        return None
    observed = sum(one != two for one, two in whole) / len(whole)
    expected = 1 - sum(count * (count - 1) for count in counts.values()) / (total * (total - 1))
    return 1 - observed / expected
