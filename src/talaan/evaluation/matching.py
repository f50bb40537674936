"""One prediction held against one gold claim, and all of a passage paired: claims and gold in, pairs and faults out.

A prediction is strictly right when type, every core role the gold fills, the core closed values, polarity, the group of
modality and of stage are right and its quote holds the sentence of the gold's trigger. The rules are those of the
annotation guide, section Matching.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import product

from talaan.evaluation.gold import Filler, GoldClaim, Passage
from talaan.evaluation.wording import LONGEST_NAME, LONGEST_WORDING, same_name, same_system, similar
from talaan.model.claim import Claim, Mention
from talaan.model.vocabulary import claim_type, vocabulary
from talaan.reference.tables import tables

EITHER_ORDER = frozenset({"joint_project", "cooperation", "organisation_relation"})
MODALITIES = ({"asserted"}, {"planned", "possible", "necessary"}, {"denied"})
PARTS = "category:spare-parts"
NEAR = 200
LONGEST_QUOTE = 900

Alternatives = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """What is wrong with a prediction (names of roles and values), and the share of the core that is right."""

    wrong: tuple[str, ...]
    core: float
    roles: tuple[tuple[str, bool], ...]


@dataclass(frozen=True, slots=True)
class Pair:
    """A prediction and the gold claim it was matched with, by their places in the lists."""

    prediction: int
    gold: int
    strict: bool
    comparison: Comparison


def alternatives(filler: Filler) -> Alternatives:
    """The reference where there is one, else the mentions' wordings.

    Persons, and organisations and systems that no table has, are known by nothing but their words: for them the wordings
    count beside the reference (a slug is only one of many spellings of a name from another script).
    """
    wordings = tuple(f"text:{mention.text}" for mention in filler.mentions)
    if filler.ref is None:
        return wordings
    return (filler.ref,) if in_tables(filler.ref) else (filler.ref, *wordings)


def in_tables(ref: str) -> bool:
    """Whether a reference has a row in the reference tables.

    >>> in_tables("system:S-300"), in_tables("person:sergei-zgurets")
    (True, False)
    """
    kind, _, key = ref.partition(":")
    known = tables()
    rows = {
        "country": known.countries,
        "organisation": known.organisations,
        "group": known.groups,
        "system": known.systems,
        "category": known.categories,
    }
    return key in rows.get(kind, {})


def meets(mention: Mention, alternative: str) -> bool:
    """Whether a filler meets one alternative; where it carries a reference, that decides, not its text."""
    kind, _, body = alternative.partition(":")
    own, _, key = (mention.ref or "").partition(":")
    if kind == "country":
        return key == body if own == "country" else own not in ("system", "category") and mention.country == body
    if kind == "category":
        return key == body if own == "category" else own in ("", "system") and mention.category == body
    texts = () if own == "country" else (key, mention.name, mention.text if not own or kind == "text" else None)
    said = [text for text in texts if text and len(text) <= (LONGEST_WORDING if kind == "text" else LONGEST_NAME)]
    if kind == "text":
        return any(similar(text, body) for text in said)
    if own and own != kind and {own, kind} != {"organisation", "group"}:
        return False
    return any(same_system(text, body) if kind == "system" else same_name(kind, text, body) for text in said)


def split_gold(claims: Iterable[GoldClaim]) -> list[GoldClaim]:
    """Gold with one filler for each core role; lists become claims of their own."""
    return [single for claim in claims for single in _singles(claim)]


def _singles(claim: GoldClaim) -> Iterable[GoldClaim]:
    kind = claim_type(claim.type)
    listed = [role for role in kind.core if role not in kind.several and len(claim.roles.get(role, ())) > 1]
    for items in product(*(claim.roles[role] for role in listed)):
        yield replace(claim, roles={**claim.roles, **{role: (item,) for role, item in zip(listed, items, strict=True)}})


def compare(claim: Claim, gold: GoldClaim, passage: Passage) -> Comparison:
    """A prediction against a gold claim of its type."""
    core = [*_core_roles(claim, gold), *((name, claim.values.get(name) == gold.values[name], 1) for name in _core_values(gold))]
    rest = {
        "negated": claim.negated == gold.negated,
        "modality": _in_group(claim.modality, gold.modality),
        "stage": _stage_right(claim, gold),
        "quote": _quote_right(claim, gold, passage),
    }
    wrong = [name for name, right, _ in core if not right] + [name for name, right in rest.items() if not right]
    share = sum(weight for _, right, weight in core if right) / max(1, sum(weight for *_, weight in core))
    return Comparison(tuple(wrong), share, tuple((name, right) for name, right, _ in core))


def _core_values(gold: GoldClaim) -> list[str]:
    return [name for name in claim_type(gold.type).core_values if name in gold.values]


def _core_roles(claim: Claim, gold: GoldClaim) -> list[tuple[str, bool, int]]:
    kind = claim_type(gold.type)
    roles = [role for role in kind.core if gold.roles.get(role)]
    out: list[tuple[str, bool, int]] = []
    if gold.type in EITHER_ORDER:
        pair = ["parties"] if "parties" in kind.core else ["first", "second"]
        out += _pair_right(claim, gold, pair)
        roles = [role for role in roles if role not in pair]
    for role in roles:
        values = distinct(claim.roles.get(role, ()))
        accepted = [alternatives(filler) for filler in gold.roles[role]]
        met = zip(accepted, gold.roles[role], strict=True)
        right = _few_enough(values, role) and all(
            any(_met(value, options) or _part(value, filler) for value in values) for options, filler in met
        )
        out.append((role, right, 1))
    return out


def _pair_right(claim: Claim, gold: GoldClaim, pair: Sequence[str]) -> list[tuple[str, bool, int]]:
    """Equal partners, in any order; nothing to compare where the gold names fewer than two."""
    wanted = [alternatives(filler) for role in pair for filler in gold.roles.get(role, ())]
    if not wanted:
        return []
    values = distinct(filler for role in pair for filler in claim.roles.get(role, ()))
    return [("+".join(pair), len(values) == len(wanted) and _assigned(values, wanted), len(wanted))]


def _assigned(values: Sequence[Mention], wanted: Sequence[Alternatives]) -> bool:
    """Whether the values can be given to the wanted fillers one to one."""
    if not wanted:
        return True
    return any(_met(value, wanted[0]) and _assigned([*values[:at], *values[at + 1 :]], wanted[1:]) for at, value in enumerate(values))


def _met(value: Mention, options: Alternatives) -> bool:
    return any(meets(value, option) for option in options)


def _part(value: Mention, filler: Filler) -> bool:
    """Whether the same words are a part to one side and the system named in them to the other: either is accepted."""
    kinds = {str(value.ref).partition(":")[0], str(filler.ref).partition(":")[0]}
    if kinds != {"system", "category"} or PARTS not in (value.ref, filler.ref):
        return False
    return any(mention.start < value.end and value.start < mention.end for mention in filler.mentions)


def distinct(fillers: Iterable[Mention]) -> list[Mention]:
    """Fillers with different references (two mentions of one are one)."""
    return list({filler.ref or filler.text: filler for filler in reversed(list(fillers))}.values())[::-1]


def _few_enough(values: Sequence[Mention], role: str) -> bool:
    if role != "on":
        return len(values) <= 1
    wordings = [value for value in values if value.ref is None]
    outside = [value for value in values if value.ref and not any(word.start <= value.start and value.end <= word.end for word in wordings)]
    return len(wordings) <= 1 and len(outside) <= 1


def _in_group(value: str, gold: str) -> bool:
    return any(value in group and gold in group for group in MODALITIES)


def _stage_right(claim: Claim, gold: GoldClaim) -> bool:
    wanted = gold.values.get("stage")
    if wanted is None:
        return True
    groups = vocabulary().stage_group
    ours, theirs = groups(str(claim.values.get("stage"))), groups(str(wanted))
    if "planned" in (claim.modality, gold.modality):
        return (ours == "undone") == (theirs == "undone")
    return ours == theirs


def _quote_right(claim: Claim, gold: GoldClaim, passage: Passage) -> bool:
    """Whether the quote holds the gold's trigger, or half of it."""
    shared = min(claim.quote.end, gold.trigger.end) - max(claim.quote.start, gold.trigger.start)
    return 2 * shared >= gold.trigger.end - gold.trigger.start


def fault(claim: Claim, text: str) -> str | None:
    """Why a prediction's quote or offsets do not hold, or None."""
    if text[claim.quote.start : claim.quote.end] != claim.quote.text or not claim.quote.text.strip():
        return "quote is empty or does not stand at its offsets"
    if len(claim.quote.text) > LONGEST_QUOTE:
        return f"quote longer than {LONGEST_QUOTE} characters"
    fillers = [filler for role in claim.roles.values() for filler in role]
    astray = next((filler.text for filler in fillers if text[filler.start : filler.end] != filler.text), None)
    if astray is not None:
        return f"{astray!r} does not stand at its offsets"
    near = any(min(filler.end, claim.quote.end) - max(filler.start, claim.quote.start) > -NEAR for filler in fillers)
    return None if near else "no role is named near the quote"


def match(predictions: Sequence[Claim], gold: Sequence[GoldClaim], passage: Passage) -> tuple[list[Pair], dict[int, str]]:
    """Pairs of predictions and gold claims, each used once, and the predictions that are void with the reason.

    Strict pairs come first (required gold before optional, a maximum matching), then those right in at least half of the core.
    """
    void = {number: why for number, claim in enumerate(predictions) if (why := fault(claim, passage.text))}
    found = {
        (i, j): compare(claim, wanted, passage)
        for i, claim in enumerate(predictions)
        for j, wanted in enumerate(gold)
        if i not in void and claim.type == wanted.type
    }
    edges: dict[int, list[int]] = {}
    for (i, j), comparison in found.items():
        if not comparison.wrong:
            edges.setdefault(j, []).append(i)
    for j, options in edges.items():
        options.sort(key=lambda i: -_details(predictions[i], gold[j]))
    strict = _best_pairs(edges, sorted(range(len(gold)), key=lambda j: gold[j].optional))
    pairs = [Pair(i, j, True, found[i, j]) for j, i in strict.items()]
    used, taken = set(strict.values()), set(strict)
    for i, j in sorted(found, key=lambda key: (gold[key[1]].optional, -found[key].core, len(found[key].wrong))):
        if found[i, j].core >= 0.5 and i not in used and j not in taken:
            used.add(i)
            taken.add(j)
            pairs.append(Pair(i, j, False, found[i, j]))
    return pairs, void


def _details(claim: Claim, gold: GoldClaim) -> int:
    """How many roles and closed values agree, core or not, and whether the number does."""
    roles = sum(
        any(_met(value, alternatives(filler)) for value in claim.roles.get(role, ()) for filler in fillers)
        for role, fillers in gold.roles.items()
    )
    numbers = [filler for role in vocabulary().detail_roles for filler in gold.roles.get(role, ())]
    ours = {detail.text for detail in (claim.quantity, claim.value, claim.when) if detail is not None}
    same = sum(any(mention.text in ours for mention in filler.mentions) for filler in numbers)
    return roles + same + sum(claim.values.get(name) == value for name, value in gold.values.items())


def _best_pairs(edges: Mapping[int, Sequence[int]], order: Iterable[int]) -> dict[int, int]:
    """Maximum one-to-one matching {gold: prediction} by augmenting paths; early gold and early edges are served first."""
    taken: dict[int, int] = {}
    served: dict[int, int] = {}

    def serve(j: int, seen: set[int]) -> bool:
        for i in sorted(edges.get(j, ()), key=taken.__contains__):
            if i not in seen:
                seen.add(i)
                if i not in taken or serve(taken[i], seen):
                    taken[i], served[j] = j, i
                    return True
        return False

    for j in order:
        serve(j, set())
    return served


def speaker_right(claim: Claim, gold: GoldClaim) -> bool:
    """Whether the speaker is one of the gold's, or none where the gold has none."""
    if not gold.speaker or claim.speaker is None:
        return not gold.speaker and claim.speaker is None
    said = [text for text in (claim.speaker.text, claim.speaker.name, claim.speaker.role) if text]
    wanted = [mention.text for filler in gold.speaker for mention in filler.mentions]
    return any(similar(text, want) or same_name("person", text, want) for text in said for want in wanted)
