"""The rows of a market: deliveries and deals in, one row for each supplier, recipient or class out, the largest first."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Literal

from talaan.market.memory import rows_of
from talaan.market.movement import Movement
from talaan.market.terms import Terms, term_shares
from talaan.market.view import Period
from talaan.model.entry import Entry
from talaan.model.figure import Cell
from talaan.registers import Delivery

By = Literal["supplier", "recipient", "category"]
KEYS: tuple[By, ...] = ("supplier", "recipient", "category")
BETWEEN = " | "
SHOWN_CLASSES = 5


def shares(deliveries: Sequence[Delivery], *, by: By) -> list[dict[str, Cell]]:
    """Rows of key, value, share, rank and deals, the largest first; shares are None where nothing has a value."""
    if not deliveries:
        return []
    ordered = sorted(deliveries, key=lambda row: (row.year, row.entry))
    given = {
        "keys": [key_of(row, by) for row in ordered],
        "values": [row.tiv for row in ordered],
        "deals": [row.entry for row in ordered],
    }
    names = (by, "value", "share", "rank", "deals")
    return [dict(zip(names, row, strict=True)) for row in rows_of("shares", given)]


def key_of(row: Delivery | Entry, by: By) -> str | None:
    """The reference by which a delivery or deal is counted; None where the register does not know it."""
    if by == "category":
        return f"category:{row.category}" if row.category else None
    return row.supplier if by == "supplier" else row.recipient


def market_rows(
    found: Sequence[Delivery], deals: Sequence[Entry], now: Sequence[Mapping[str, Cell]], *, period: Period, by: By,
    terms: Mapping[str, Terms], moved: Movement,
) -> list[dict[str, Cell]]:  # fmt: skip
    """The shares (`now`, of the deliveries found) with orders, classes, newness and terms beside.

    A key that only ordered in the window has a row without value.
    """
    orders: dict[str | None, list[Entry]] = defaultdict(list)
    for deal in deals:
        if deal.ordered is not None and period[0] <= deal.ordered <= period[1]:
            orders[key_of(deal, by)].append(deal)
    theirs: dict[str | None, list[Delivery]] = defaultdict(list)
    for delivery in found:
        theirs[key_of(delivery, by)].append(delivery)
    rows = []
    for row in [*now, *_waiting(now, orders.keys() - theirs.keys(), by)]:
        key = None if row[by] is None else str(row[by])
        mine = theirs[key]
        classes: dict[str, Cell] = {} if by == "category" else {"categories": _classes(mine)}
        new = moved.is_new(key) if mine else None
        rows.append({**row, **_order_cells(orders[key]), **classes, "new": new, **term_shares(mine, terms)})
    return rows


def _waiting(now: Sequence[Mapping[str, Cell]], keys: set[str | None], by: By) -> list[dict[str, Cell]]:
    """Rows of those who ordered, or took orders, and have no delivery in the window."""
    rank = 1 + sum(isinstance(value := row["value"], float) and value > 0 for row in now)
    share = 0.0 if rank > 1 else None
    ordered = sorted(keys, key=lambda key: (key is None, key or ""))
    return [{by: key, "value": 0.0, "share": share, "rank": rank, "deals": 0} for key in ordered]


def _order_cells(orders: Sequence[Entry]) -> dict[str, Cell]:
    """Deals ordered in the window, and their TIV where the layout gives it."""
    known = [deal.tiv_ordered for deal in orders if deal.tiv_ordered is not None]
    return {"orders": len(orders), "ordered": sum(known) if known or not orders else None}


def _classes(found: Sequence[Delivery]) -> str | None:
    """The classes delivered, the largest first, joined; None where none is known."""
    values: dict[str, float] = defaultdict(float)
    for row in found:
        if row.category:
            values[row.category] += row.tiv or 0.0
    ranked = sorted(values, key=lambda code: (-values[code], code))
    more = [f"+{len(ranked) - SHOWN_CLASSES}"] if len(ranked) > SHOWN_CLASSES else []
    return BETWEEN.join(ranked[:SHOWN_CLASSES] + more) or None
