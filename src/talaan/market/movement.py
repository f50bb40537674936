"""Who entered a market and who left it: the shares of two periods in, entrants and leavers out."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from talaan.market.view import Period
from talaan.model.entry import Coverage
from talaan.model.figure import Cell

MOVEMENT = (
    "Entrants have a delivery in the window and none in the period compared with (the one asked for before, if earlier, else as many years"
    " just before); leavers the reverse."
)


@dataclass(frozen=True, slots=True)
class Movement:
    """References that entered and left, the largest first; `known` is False where there is no period to compare with."""

    entered: tuple[str, ...]
    left: tuple[str, ...]
    known: bool

    def is_new(self, key: str | None) -> bool | None:
        """Whether a key entered; None where that is not known, or the party is not.

        >>> Movement(("country:ISR",), (), True).is_new("country:ISR")
        True
        """
        return None if key is None or not self.known else key in self.entered


def compared_with(period: Period, earlier: Period | None, bounds: Coverage) -> Period | None:
    """The period to compare with; None where the edition has no year of it, or only some of its years.

    >>> compared_with((2020, 2024), None, Coverage(1950, 2025)), compared_with((2020, 2024), (2005, 2009), Coverage(1950, 2025))
    ((2015, 2019), (2005, 2009))
    >>> compared_with((1950, 1954), None, Coverage(1950, 2025)) is None
    True
    """
    if earlier is not None and earlier[1] < period[0]:
        return earlier
    first = period[0] - (period[1] - period[0] + 1)
    return (first, period[0] - 1) if first >= bounds.first_year else None


def movement(now: Sequence[Mapping[str, Cell]] | None, then: Sequence[Mapping[str, Cell]] | None, *, key: str) -> Movement:
    """Entrants and leavers by the rows of two periods (None: no such period); unknown parties neither enter nor leave.

    >>> movement([{"supplier": "a"}, {"supplier": None}], [{"supplier": "b"}], key="supplier")
    Movement(entered=('a',), left=('b',), known=True)
    """
    if now is None or then is None:
        return Movement((), (), known=False)
    here, there = ([str(row[key]) for row in rows if row[key] is not None] for rows in (now, then))
    entered, left = (tuple(one for one in side if one not in other) for side, other in ((here, there), (there, here)))
    return Movement(entered, left, known=True)
