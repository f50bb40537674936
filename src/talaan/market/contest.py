"""The arithmetic of competition: sales of parties in, their similarity, meetings in a class, and leaders over time out."""

from collections.abc import Sequence
from dataclasses import dataclass

from talaan.market.memory import rows_of
from talaan.model.figure import Cell


@dataclass(frozen=True, slots=True)
class Sale:
    """What a party (None: the register does not know it) delivered of a class (None: not known) in a year; value in million TIV."""

    party: str | None
    class_: str | None
    year: int
    value: float


def _lists(sales: Sequence[Sale]) -> dict[str, object]:
    return {
        "parties": [sale.party for sale in sales],
        "classes": [sale.class_ for sale in sales],
        "values": [sale.value for sale in sales],
    }


def similarities(sales: Sequence[Sale], focus: str) -> dict[str, float | None]:
    """Finger and Kreinin's similarity (1979), 0 to 100, of every other party with `focus`; None where one of the two has no value.

    >>> a = {"air": 50, "armour": 30, "SAM": 20}
    >>> b = {"air": 20, "armour": 60, "ships": 20}
    >>> sales = [Sale(who, what, 2020, value) for who, had in (("a", a), ("b", b)) for what, value in had.items()]
    >>> similarities(sales, "a")
    {'b': 50.0}
    """
    found = rows_of("similarity", {**_lists(sales), "focus": focus})
    return {str(party): None if value is None else float(value) for party, value in found}


def meetings(sales: Sequence[Sale], focus: str, *, within: int) -> list[dict[str, Cell]]:
    """Classes in which both `focus` and a rival delivered at most `within` years apart, by rival and class.

    `apart` is the least number of years between two deliveries; the years and values (million TIV) are of the whole period.
    """
    given = {**_lists(sales), "years": [sale.year for sale in sales], "focus": focus, "within": within}
    names = ("rival", "class", "apart", "own_first", "own_last", "own_value", "rival_first", "rival_last", "rival_value")
    return [dict(zip(names, row, strict=True)) for row in rows_of("meetings", given)]


def leaders(sales: Sequence[Sale], focus: str, *, at: int, width: int) -> list[dict[str, Cell]]:
    """The largest supplier of each class that `focus` delivered, in stretches of `width` years of which one begins in `at`.

    `leader` None: a party the register does not know; `leader_before` is that of the stretch before in which anybody delivered
    the class, and `changed` whether it is another one (None for the first).
    """
    ours = {sale.class_ for sale in sales if sale.party == focus}
    wanted = [sale for sale in sales if sale.class_ in ours]
    if not wanted:
        return []
    start = at - -(-(at - min(sale.year for sale in wanted)) // width) * width
    given = {**_lists(wanted), "years": [sale.year for sale in wanted], "focus": focus, "first": start, "width": width}
    rows: list[dict[str, Cell]] = []
    last: dict[Cell, Cell] = {}
    for class_, slot, leader, share, own in rows_of("leaders", given):
        first = start + int(slot or 0) * width
        row: dict[str, Cell] = {"class": class_, "first": first, "last": first + width - 1, "leader": leader}
        row |= {"leader_share": share, "own_share": own, "leader_before": last.get(class_)}
        rows.append(row | {"changed": last[class_] != leader if class_ in last else None})
        last[class_] = leader
    return rows
