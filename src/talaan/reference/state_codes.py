"""State numbers of Correlates of War and Gleditsch and Ward: a number and a year in, the reference of the state that bore it out."""

from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from talaan.reference.tables import read_rows

System = Literal["cow", "gw"]
_FIRST, _LAST = 0, 9999


@dataclass(frozen=True, slots=True)
class Bearer:
    """The state that bore a number in a year; `dated` is False where the year lies outside its span, and the nearest span was taken."""

    ref: str
    dated: bool


@lru_cache(maxsize=2)
def _spans(system: System) -> dict[int, tuple[tuple[str, str, str], ...]]:
    """number → (reference, first day, last day), open ends as "0000" and "9999"."""
    found: dict[int, list[tuple[str, str, str]]] = {}
    for _, row in read_rows("state_codes.csv"):
        if row["system"] == system:
            span = (f"country:{row['country']}", row["from"] or "0000", row["to"] or "9999")
            found.setdefault(int(row["number"]), []).append(span)
    return {number: tuple(sorted(spans, key=lambda span: span[1])) for number, spans in found.items()}


def bearer(system: System, number: int, year: int) -> Bearer | None:
    """The state that bore the number for the most of that year, else the one whose span is nearest; None for a number not in the table.

    >>> bearer("cow", 365, 1985), bearer("cow", 365, 1995)
    (Bearer(ref='country:SUHH', dated=True), Bearer(ref='country:RUS', dated=True))
    >>> bearer("cow", 260, 2005), bearer("cow", 9999, 2005)
    (Bearer(ref='country:DEU', dated=False), None)
    """
    spans = _spans(system).get(number)
    if not spans:
        return None
    first, last = f"{year:04d}-01-01", f"{year:04d}-12-31"
    within = [span for span in spans if span[1] <= last and span[2] >= first]
    if within:
        longest = max(within, key=lambda span: _months(max(span[1], first), min(span[2], last)))
        return Bearer(longest[0], dated=True)
    nearest = min(spans, key=lambda span: min(abs(_year(span[1], _FIRST) - year), abs(_year(span[2], _LAST) - year)))
    return Bearer(nearest[0], dated=False)


def states_of_year(system: System, year: int) -> tuple[str, ...]:
    """References of the states that the list has at the end of a year, in the order of their numbers.

    >>> "country:SUHH" in states_of_year("cow", 1985), "country:KAZ" in states_of_year("cow", 1985)
    (True, False)
    """
    day = f"{year:04d}-12-31"
    found = sorted((number, spans) for number, spans in _spans(system).items())
    return tuple(dict.fromkeys(ref for _, spans in found for ref, first, last in spans if first <= day <= last))


def _months(first: str, last: str) -> int:
    """Days between two days of one year, near enough to compare."""
    return (int(last[5:7]) - int(first[5:7])) * 31 + int(last[8:10]) - int(first[8:10])


def _year(day: str, otherwise: int) -> int:
    return int(day[:4]) if day[:4].isdecimal() else otherwise
