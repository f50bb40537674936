"""What a user still has of what was delivered: deals, a year and a survival rule in, rows of stock with interval and age out."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from talaan.market.goods import span
from talaan.market.terms import terms_of
from talaan.model.entry import Entry
from talaan.model.errors import UsageError
from talaan.model.figure import Cell
from talaan.reference.tables import tables

LOW, HIGH = 20, 40
USED = 20
BETWEEN = " | "
FORMULA = (
    "Stock in {year} = Σ delivered in a year × survival(age). Survival: 1 up to half the service life L, then falling in a straight"
    " line to 0 at 1.5 L; L = {low} years for the low end, {high} for the high end, {middle:g} between. Second-hand goods are taken to be"
    " {used} years old at delivery for the low end, new for the high end, {half:g} between. A deal's number is spread evenly over its"
    " delivery years."
)


@dataclass(frozen=True, slots=True)
class Survival:
    """Service life in years at the low and the high end, and the age of second-hand goods at the low end."""

    low: int = LOW
    high: int = HIGH
    used: int = USED

    @property
    def ends(self) -> tuple[tuple[float, float], ...]:
        """(service life, age of second-hand goods at delivery) for the low end, the middle, the high end."""
        return (self.low, self.used), ((self.low + self.high) / 2, self.used / 2), (self.high, 0)

    def formula(self, year: int) -> str:
        """The rule in words."""
        middle, half = self.ends[1]
        return FORMULA.format(year=year, low=self.low, high=self.high, middle=middle, used=self.used, half=half)


def survival(age: float, life: float) -> float:
    """The share of goods of that age still in service, for a service life in years.

    >>> survival(10, 30), survival(30, 30), survival(45, 30), survival(-1, 30)
    (1.0, 0.5, 0.0, 1.0)
    """
    return max(0.0, min(1.0, 1.5 - age / life))


def life_span(words: str) -> Survival:
    """The survival rule of a low and a high service life.

    >>> life_span("15:35")
    Survival(low=15, high=35, used=20)

    UsageError where the words are no such pair.
    """
    first, _, last = words.partition(":")
    if not (first.isdecimal() and last.isdecimal() and 0 < int(first) <= int(last)):
        raise UsageError(f"{words!r} is no span of service lives", hint="low and high in years, as 20:40")
    return Survival(int(first), int(last))


def system_of(deal: Entry) -> str:
    """The family a deal's goods belong to; their designation where no family is known."""
    return deal.system or deal.designation


def is_part(deal: Entry) -> bool:
    """Whether the goods are of another kind than their family usually is: missiles of a launcher, engines of an aircraft."""
    found = tables().systems.get((deal.system or "").removeprefix("system:"))
    return found is not None and deal.category is not None and deal.category != found.category


def stock_rows(deals: Sequence[Entry], *, year: int, rule: Survival) -> tuple[dict[str, Cell], ...]:
    """One row for each designation delivered up to a year: low, middle and high stock, mean age in years, who delivered when.

    Numbers are None where the register has none for one of the deals: an unknown number is not nothing.
    """
    grouped: dict[tuple[str, str], list[Entry]] = defaultdict(list)
    for deal in deals:
        if any(delivered <= year for delivered in deal.years):
            grouped[system_of(deal), deal.designation].append(deal)
    used = {key for key, terms in terms_of([deal for rows in grouped.values() for deal in rows]).items() if terms.second_hand}
    return tuple(_row(system, rows, year=year, rule=rule, used=used) for (system, _), rows in sorted(grouped.items()))


def _row(system: str, rows: Sequence[Entry], *, year: int, rule: Survival, used: set[str]) -> dict[str, Cell]:
    known = all(deal.number_delivered is not None for deal in rows)
    lots = [(number, year - delivered, deal.id in used) for deal in rows for delivered, number in _lots(deal, year)]
    low, middle, high = (_standing(lots, life, age) if known else None for life, age in rule.ends)
    delivered, ages = sum(number for number, _, _ in lots), sum(number * age for number, age, _ in lots)
    years = [one for deal in rows for one in deal.years if one <= year]
    return {
        "system": system,
        "designation": rows[0].designation,
        "category": f"category:{rows[0].category}" if rows[0].category else None,
        "part": any(is_part(deal) for deal in rows),
        "delivered": delivered if known else None,
        "low": low,
        "stock": middle,
        "high": high,
        "age": ages / delivered if known and delivered else None,
        "uncertain": any(deal.number_delivered_uncertain for deal in rows),
        "second_hand": all(deal.id in used for deal in rows),
        "years": span(years),
        "suppliers": BETWEEN.join(sorted({deal.supplier or deal.supplier_name for deal in rows})),
        "entries": BETWEEN.join(deal.id for deal in rows),
    }


def _lots(deal: Entry, year: int) -> list[tuple[int, float]]:
    """(year, number) of a deal's deliveries up to a year."""
    each = (deal.number_delivered or 0) / len(deal.years) if deal.years else 0.0
    return [(delivered, each) for delivered in deal.years if delivered <= year]


def _standing(lots: Sequence[tuple[float, int, bool]], life: float, used_age: float) -> float:
    return sum((number * survival(age + (used_age if used else 0), life) for number, age, used in lots), 0.0)
