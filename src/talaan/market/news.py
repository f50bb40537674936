"""What a new edition changes: saved claims with verdicts of both editions and their difference in, flipped verdicts and new deals out."""

from collections.abc import Iterable, Sequence

from talaan.model.deal import Flip, News, Said
from talaan.model.difference import Difference

MARKET_ROLES = ("recipient", "client", "market", "dependent")


def markets_of(said: Iterable[Said]) -> tuple[str, ...]:
    """The states that saved claims name as recipient, client or market, by reference."""
    fillers = (filler for one in said for role in MARKET_ROLES for filler in one.claim.roles.get(role, ()))
    return tuple(sorted({f"country:{filler.country}" for filler in fillers if filler.country}))


def news(difference: Difference, before: Sequence[Said], after: Sequence[Said]) -> News:
    """The news of an edition; `before` and `after` are the same claims with the verdicts of the older and the newer edition."""
    register = difference.new.register
    flips = []
    for old, new in zip(before, after, strict=True):
        first, second = old.verdict(register), new.verdict(register)
        if first and second and first.verdict != second.verdict:
            flips.append(Flip(new, first, second))
    markets = markets_of(after)
    added = tuple(entry for entry in difference.added if entry.recipient in markets)
    return News(difference, len(after), tuple(flips), markets, added)
