"""On which terms a market was supplied: deals and what they delivered in, the shares second-hand, as aid and under licence out."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from talaan.market.memory import rows_of
from talaan.model.entry import Entry
from talaan.model.figure import Cell
from talaan.registers import Delivery

NAMES = ("second_hand", "aid", "licence")
FORMULA = (
    "Second-hand, aid and licence: the shares of the value of deals that the register's status, licence flag or remarks call so; null where"
    " the edition has none of these. A deal whose remark names aid or a licence for a part of it counts whole."
)


@dataclass(frozen=True, slots=True)
class Terms:
    """Whether a deal is second-hand, aid, made under licence; None where the edition does not tell."""

    second_hand: bool | None
    aid: bool | None
    licence: bool | None


def terms_of(deals: Sequence[Entry]) -> dict[str, Terms]:
    """The terms of each deal by its id; an edition without any remark tells nothing of aid."""
    given = {
        "ids": [deal.id for deal in deals],
        "statuses": [deal.status for deal in deals],
        "comments": [deal.comment for deal in deals],
        "licensed": [deal.licensed for deal in deals],
        "remarks": any(deal.comment for deal in deals),
    }
    return {str(key): Terms(*(None if value is None else bool(value) for value in told)) for key, *told in rows_of("terms", given)}


def term_shares(found: Sequence[Delivery], terms: Mapping[str, Terms]) -> dict[str, Cell]:
    """The share of the value that each term covers; None where nothing has a value or no deal tells.

    >>> rows = [Delivery(None, None, "tank", 2020, 3.0, None, False, "a"), Delivery(None, None, "tank", 2020, 1.0, None, False, "b")]
    >>> term_shares(rows, {"a": Terms(True, None, False), "b": Terms(False, None, False)})
    {'second_hand': 0.75, 'aid': None, 'licence': 0.0}
    """
    return {name: _share([(row.tiv or 0.0, getattr(terms.get(row.entry), name, None)) for row in found]) for name in NAMES}


def _share(told: Sequence[tuple[float, bool | None]]) -> float | None:
    known = [(value, holds) for value, holds in told if holds is not None]
    total = sum(value for value, _ in known)
    return sum(value for value, holds in known if holds) / total if total else None
