"""Claims made twice in one document given once: claims in reading order in, the same claims with further quotes out."""

from collections.abc import Iterable
from dataclasses import replace

from talaan.model.claim import Claim, Mention
from talaan.reference.fold import fold


def merge(claims: Iterable[Claim]) -> list[Claim]:
    """One claim for each statement; where it is said again, that quote stands under `also` and the surer reading is kept."""
    kept: dict[tuple[object, ...], Claim] = {}
    for claim in claims:
        key = identity(claim)
        first = kept.get(key)
        if first is None:
            kept[key] = claim
            continue
        surer, other = (claim, first) if claim.confidence > first.confidence else (first, claim)
        quotes = dict.fromkeys([*surer.also, other.quote, *other.also])
        kept[key] = replace(surer, also=tuple(quote for quote in quotes if quote != surer.quote))
    return sorted(kept.values(), key=lambda claim: (claim.quote.start, claim.quote.end))


def identity(claim: Claim) -> tuple[object, ...]:
    """What makes two claims of one document the same statement: type, fillers, values, stance, number and date."""
    roles = tuple((role, tuple(sorted(_filler(filler) for filler in fillers))) for role, fillers in sorted(claim.roles.items()))
    values = tuple(sorted((name, str(value)) for name, value in claim.values.items()))
    quantity = claim.quantity.number if claim.quantity else None
    value = claim.value.amount if claim.value else None
    when = claim.when and (claim.when.years or claim.when.text)
    speaker = claim.speaker and (claim.speaker.ref or claim.speaker.name or claim.speaker.text)
    return (claim.type, roles, values, claim.modality, claim.negated, claim.optional, quantity, value, when, speaker)


def _filler(mention: Mention) -> str:
    return mention.ref or fold(mention.text)
