"""Claims of two readers on one document set side by side: claims in, the same claims marked as agreeing, differing or alone out."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import product

from talaan.model.claim import Agreement, Claim, Mention, Quote
from talaan.model.vocabulary import claim_type
from talaan.reference.fold import fold


def mark_agreement(claims: Sequence[Claim]) -> list[Claim]:
    """Every claim with how it stands to the other reader's claims; each claim has at most one partner.

    Two claims are partners where they have the same type and share a core role, in quotes that overlap or with all core roles
    alike; the most alike find each other first.
    """
    pairs = [
        (_likeness(one, other), one, other)
        for one, other in product(claims, claims)
        if one.reader < other.reader and one.type == other.type
    ]
    partners: dict[str, tuple[Claim, tuple[str, ...]]] = {}
    for likeness, one, other in sorted(pairs, key=lambda pair: -pair[0]):
        if likeness > 0 and one.id not in partners and other.id not in partners:
            different = differences(one, other)
            partners[one.id], partners[other.id] = (other, different), (one, different)
    return [replace(claim, agreement=_agreement(partners.get(claim.id))) for claim in claims]


def differences(one: Claim, other: Claim) -> tuple[str, ...]:
    """The roles, values and details in which two claims of one type contradict each other; what only one of them tells counts for
    core roles alone."""
    kind = claim_type(one.type)
    found = [role for role in kind.roles if _role_differs(one, other, role, core=role in kind.core)]
    values = ((name, one.values.get(name), other.values.get(name)) for name in kind.values)
    found += [name for name, here, there in values if here is not None and there is not None and here != there]
    found += [name for name in ("modality", "negated") if getattr(one, name) != getattr(other, name)]
    if one.quantity and other.quantity and one.quantity.number != other.quantity.number:
        found.append("quantity")
    if one.value and other.value and one.value.amount != other.value.amount:
        found.append("value")
    if one.when and other.when and one.when.years != other.when.years:
        found.append("when")
    return tuple(found)


def _agreement(partner: tuple[Claim, tuple[str, ...]] | None) -> Agreement:
    if partner is None:
        return Agreement("alone")
    other, different = partner
    return Agreement("differs" if different else "agree", different, other.id)


def _likeness(one: Claim, other: Claim) -> float:
    """How much two claims of one type are the same statement; 0 where they are not at all."""
    core = claim_type(one.type).core
    alike = sum(not _role_differs(one, other, role, core=True) for role in core if one.roles.get(role))
    here = _overlap(one, other)
    if not alike or not (here or alike == len(core)):
        return 0.0
    return alike + 0.5 * here - 0.1 * len(differences(one, other))


def _role_differs(one: Claim, other: Claim, role: str, *, core: bool) -> bool:
    here, there = one.roles.get(role, ()), other.roles.get(role, ())
    if not here or not there:
        return core and bool(here or there)
    return not any(_same(first, second) for first, second in product(here, there))


def _same(one: Mention, other: Mention) -> bool:
    """Whether two fillers are the same thing: one reference, one state, the same words, or words that overlap in the text."""
    if one.ref is not None and one.ref == other.ref:
        return True
    if one.country is not None and one.country == other.country and "country" in (one.kind, other.kind):
        return True
    return fold(one.text) == fold(other.text) or (one.start < other.end and other.start < one.end)


def _overlap(one: Claim, other: Claim) -> bool:
    return any(_meet(first, second) for first, second in product((one.quote, *one.also), (other.quote, *other.also)))


def _meet(one: Quote, other: Quote) -> bool:
    return one.start < other.end and other.start < one.end
