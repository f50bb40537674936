"""How states stand to each other by alliances and UN votes: editions of those registers in, cells of alignment rows out."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from talaan.market.portfolios import HIGHEST, kappa, pi, signorino_ritter
from talaan.model.figure import Cell
from talaan.reference.state_codes import states_of_year
from talaan.registers import OpenTable
from talaan.registers.alliances import commitments
from talaan.registers.ideal_points.read import ideal_points


@dataclass(frozen=True, slots=True)
class Portfolios:
    """The obligations of some states in one year: state → (state → level); `system` are all states there were."""

    register: str
    year: int
    system: tuple[str, ...]
    levels: dict[str, dict[str, int]]

    def of(self, state: str) -> list[int] | None:
        """One level for each state of the system, the state's own the highest; None for a state that the system lacks."""
        if state not in self.system:
            return None
        theirs = self.levels.get(state, {})
        return [HIGHEST if other == state else theirs.get(other, 0) for other in self.system]


def portfolios(table: OpenTable, states: Collection[str], year: int) -> Portfolios:
    """The obligations in the year, or the nearest one that the edition has; states without a reference are left out."""
    bounds = table.edition.coverage
    nearest = min(max(year, bounds.first_year), bounds.last_year)
    levels: dict[str, dict[str, int]] = defaultdict(dict)
    for row in commitments(table, year=nearest, countries=states):
        if row.first and row.second:
            levels[row.first][row.second] = row.level
    return Portfolios(table.edition.register, nearest, states_of_year("cow", nearest), dict(levels))


def alliance_cells(known: Portfolios, one: str, other: str) -> dict[str, Cell]:
    """What one state owes another (0 to 3), and S, κ and π of the two; None where a state was not of the system that year."""
    x, y = known.of(one), known.of(other)
    name = known.register.replace("-", "_")
    if x is None or y is None:
        return {f"{name}_{cell}": None for cell in ("obliged", "s", "kappa", "pi")}
    return {
        f"{name}_obliged": known.levels.get(one, {}).get(other, 0),
        f"{name}_s": signorino_ritter(x, y),
        f"{name}_kappa": kappa(x, y),
        f"{name}_pi": pi(x, y),
    }


def vote_rows(table: OpenTable, one: str, others: Sequence[str], *, first: int, last: int) -> tuple[dict[str, Cell], ...]:
    """The distance of ideal points |a − b| from one state to each other, by partner and year; years without both are left out."""
    points = {
        (row.country, row.year): row.point
        for row in ideal_points(table, countries=[one, *others], first=first, last=last)
        if row.point is not None
    }
    years = sorted({year for country, year in points if country == one})
    return tuple(
        {"partner": other, "year": year, "distance": abs(points[one, year] - points[other, year])}
        for other in others
        for year in years
        if (other, year) in points
    )


def newest_votes(rows: Sequence[dict[str, Cell]], partner: str) -> dict[str, Cell]:
    """The last distance to a partner and its year; None where there is none.

    >>> newest_votes([{"partner": "country:UKR", "year": 2010, "distance": 0.4}], "country:UKR")
    {'vote_distance': 0.4, 'vote_year': 2010}
    """
    theirs = [row for row in rows if row["partner"] == partner]
    last = theirs[-1] if theirs else {"distance": None, "year": None}
    return {"vote_distance": last["distance"], "vote_year": last["year"]}
