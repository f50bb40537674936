"""An edition as a market sees it: its deals and deliveries, how much of a question it covers, and what its reader must know."""

from collections.abc import Collection, Sequence
from typing import Literal, Protocol

from talaan.market.places import WORLD, Place
from talaan.model.entry import Coverage, Edition, Entry
from talaan.model.errors import RegisterError, UsageError
from talaan.reference.tables import tables
from talaan.registers import Delivery

Period = tuple[int, int]
Part = Literal["all", "part", "none"]
WINDOW = 5
UNIT = "million TIV"

VALUE_EXACT = "The value of a key is the sum of TIV delivered in the window, by the register's own delivery years."
VALUE_SPREAD = (
    "The value of a key is the sum of TIV delivered in the window; the register gives a deal's total and its delivery years only, so the"
    " total is spread evenly over those years (mean error 7.7 % by supplier and year, 1.6 % for five-year sums by supplier)."
)
NOT_MONEY = "TIV measures the volume of what was delivered, not money."
OWN = "Calculated by talaan; not to be attributed to the register's publisher."


class DeliveryView(Protocol):
    """An edition that gives its deliveries by deal and year, and its deals."""

    @property
    def edition(self) -> Edition:
        """What the edition is and covers."""
        ...

    def deliveries(
        self,
        *,
        suppliers: Collection[str] | None = None,
        recipients: Collection[str] | None = None,
        categories: Collection[str] | None = None,
        first: int | None = None,
        last: int | None = None,
    ) -> list[Delivery]:
        """Deliveries that pass every filter given, `first` to `last` year included."""
        ...

    def deals(self, *, suppliers: Collection[str] | None = None, recipients: Collection[str] | None = None) -> list[Entry]:
        """Deals that pass every filter given."""
        ...


def last_window(edition: DeliveryView) -> Period:
    """The last five full years of an edition, fewer where it has fewer."""
    bounds = edition.edition.coverage
    return max(bounds.first_year, bounds.last_year - WINDOW + 1), bounds.last_year


def checked_period(period: Period, edition: DeliveryView) -> Period:
    """The period; UsageError where it ends before it begins, or the edition has no year of it."""
    first, last = period
    bounds = edition.edition.coverage
    if first > last:
        raise UsageError(f"The period {first}:{last} ends before it begins", hint=f"{last}:{first}")
    if last < bounds.first_year or first > bounds.last_year:
        held = f"{bounds.first_year}:{bounds.last_year}"
        raise UsageError(f"The edition has nothing in {first}:{last}", where=edition.edition.id, hint=f"it covers {held}")
    return period


def covered_part(bounds: Coverage, suppliers: frozenset[str] | None, recipients: frozenset[str] | None) -> Part:
    """How much of the deliveries between these parties (None: everybody) an edition covers."""
    if bounds.recipients is None and bounds.suppliers is None:
        return "all"
    if suppliers and bounds.suppliers is not None and bounds.supplier_recipients is None and suppliers <= bounds.suppliers:
        return "all"
    if recipients is None:
        return "part" if bounds.recipients or (suppliers is None or suppliers & (bounds.suppliers or frozenset())) else "none"
    held = [bounds.holds(giver, taker) for giver in suppliers or (None,) for taker in recipients]
    some = bool(recipients & (bounds.supplier_recipients or frozenset())) and suppliers is None
    return "all" if all(held) else "part" if any(held) or some else "none"


def not_covered(edition: Edition, to: Place, giver: Place | None = None) -> RegisterError:
    """The error for a question that the edition holds nothing about."""
    what = f"deliveries from {giver.name}" if giver and to.ref == WORLD else f"deliveries to {to.name}"
    hint = "load an export of the whole register with talaan register add"
    return RegisterError(f"This edition does not cover {what}", where=edition.id, hint=hint)


def source_of(edition: Edition) -> str:
    """The edition as a source: publisher, title, id, day of release."""
    return f"{edition.publisher}: {edition.title}, edition {edition.id}{f', released {edition.released}' if edition.released else ''}"


def value_formula(found: Sequence[Delivery]) -> str:
    """How the values of these deliveries were had."""
    return VALUE_SPREAD if any(row.estimated for row in found) else VALUE_EXACT


def caveats(edition: Edition, places: Sequence[Place | None], found: Sequence[Delivery], *, period: Period, part: Part) -> list[str]:
    """What a reader of a figure about these places must know: coverage first, then unit, years, unknown parties, borders."""
    bounds = edition.coverage
    out = []
    if part != "all":
        out.append(f"The edition covers only a part of this, and shares are shares of that part. {bounds.statement}".strip())
    elif edition.bundled:
        out.append(f"From the bundled excerpt. {bounds.statement}".strip())
    out += [NOT_MONEY, OWN]
    if period[0] < bounds.first_year or period[1] > bounds.last_year:
        out.append(f"The edition covers {bounds.first_year}–{bounds.last_year}; the rest of the period is empty.")
    if period[1] >= bounds.last_year:
        out.append(f"{bounds.last_year} is the newest year and will still grow with later editions.")
    if any(row.supplier is None or row.recipient is None for row in found):
        out.append("Parties that the register does not know are one row of their own and count as one in the measures.")
    if any(row.tiv is None for row in found):
        out.append("Deliveries without a TIV value are counted as deals and add nothing to values.")
    known = [one for one in places if one is not None]
    return out + [note for one in known for note in (one.note, _gone(one, period)) if note]


def _gone(place: Place, period: Period) -> str | None:
    """That a state had ended before the period, in words; None where it had not."""
    country = tables().countries.get(place.ref.removeprefix("country:"))
    if country is None or not country.last or country.last >= f"{period[0]:04d}":
        return None
    return f"{country.name} ended on {country.last}, before these years; look at an earlier period."
