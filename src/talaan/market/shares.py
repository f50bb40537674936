"""Shares of a market and their concentration: an edition, a place and periods in, one figure for each period out."""

from collections.abc import Collection, Mapping, Sequence
from functools import lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING, Literal, Protocol

from talaan.market.places import WORLD, Place, place
from talaan.model.entry import Coverage, Edition
from talaan.model.errors import RegisterError, UsageError
from talaan.model.figure import Cell, Figure
from talaan.registers import Delivery

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

By = Literal["supplier", "recipient", "category"]
KEYS: tuple[By, ...] = ("supplier", "recipient", "category")
Period = tuple[int, int]
WINDOW = 5
UNIT = "million TIV"

VALUE_EXACT = "The value of a key is the sum of TIV delivered in the window, by the register's own delivery years."
VALUE_SPREAD = (
    "The value of a key is the sum of TIV delivered in the window; the register gives a deal's total and its delivery years only, so the"
    " total is spread evenly over those years (mean error 7.7 % by supplier and year, 1.6 % for five-year sums by supplier)."
)
CONCENTRATION = (
    "Share s_i = value / total. HHI = Σ s_i² (Hirschman 1945; Herfindahl 1950), 1 for one supplier; CR_k = sum of the k largest shares;"
    " effective suppliers = 1/HHI; normalised HHI = (HHI − 1/n) / (1 − 1/n), n keys with deliveries."
)
NOT_MONEY = "TIV measures the volume of what was delivered, not money."
OWN = "Calculated by talaan; not to be attributed to the register's publisher."


class DeliveryView(Protocol):
    """An edition that gives its deliveries by deal and year."""

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


def market(
    edition: DeliveryView, about: str | None, *, by: str = "supplier", periods: Sequence[Period] = (), supplier: str | None = None
) -> list[Figure]:
    """One figure for each period: deliveries to a country, region, bloc or WORLD, by supplier, recipient or class.

    With `supplier` they are that party's deliveries, to everybody where `about` is None, and then by recipient unless by
    class. Rows have the key (a reference, None: the register does not know), value (million TIV), share (fraction), rank
    and deals. Without periods: the edition's last five full years. UsageError for a place, key or period that cannot be;
    RegisterError where the edition covers nothing of it.
    """
    if by not in KEYS:
        raise UsageError(f"A market cannot be split by {by!r}", hint="by " + ", ".join(KEYS))
    if about is None and supplier is None:
        raise UsageError("Neither a market nor a supplier is named")
    to = place(about or WORLD)
    giver = place(supplier) if supplier else None
    key: By = "recipient" if giver and by == "supplier" else by
    return [_figure(edition, to, giver, key=key, period=_checked(period, edition)) for period in periods or [last_window(edition)]]


def last_window(edition: DeliveryView) -> Period:
    """The last five full years of an edition, fewer where it has fewer."""
    bounds = edition.edition.coverage
    return max(bounds.first_year, bounds.last_year - WINDOW + 1), bounds.last_year


def _checked(period: Period, edition: DeliveryView) -> Period:
    first, last = period
    bounds = edition.edition.coverage
    if first > last:
        raise UsageError(f"The period {first}:{last} ends before it begins", hint=f"{last}:{first}")
    if last < bounds.first_year or first > bounds.last_year:
        held = f"{bounds.first_year}:{bounds.last_year}"
        raise UsageError(f"The edition has nothing in {first}:{last}", where=edition.edition.id, hint=f"it covers {held}")
    return period


def _figure(edition: DeliveryView, to: Place, giver: Place | None, *, key: By, period: Period) -> Figure:
    first, last = period
    suppliers, recipients = giver.members(last) if giver else None, to.members(last)
    covered = _covered(edition.edition.coverage, suppliers, recipients)
    found = edition.deliveries(suppliers=suppliers, recipients=recipients, first=first, last=last)
    if covered == "none" and not found:
        what = f"deliveries from {giver.name}" if giver and to.ref == WORLD else f"deliveries to {to.name}"
        hint = "load an export of the whole register with talaan register add"
        raise RegisterError(f"This edition does not cover {what}", where=edition.edition.id, hint=hint)
    rows = shares(found, by=key)
    estimated = any(row.estimated for row in found)
    return Figure(
        figure="market",
        about=giver.ref if giver and to.ref == WORLD else to.ref,
        register=edition.edition.register,
        edition=edition.edition.id,
        unit=UNIT,
        window=period,
        estimated=estimated,
        formula=f"{VALUE_SPREAD if estimated else VALUE_EXACT} {CONCENTRATION}",
        rows=tuple(rows),
        measures=concentration(rows),
        sources=(_source(edition.edition),),
        caveats=tuple(_caveats(edition.edition, to, giver, found, period=period, whole=covered == "all")),
    )


def _rows_of(statement: str, parameters: Mapping[str, object]) -> list[tuple[Cell, ...]]:
    """Rows of a statement of `sql/`; every question has a cursor of its own."""
    text = files("talaan.market").joinpath(f"sql/{statement}.sql").read_text(encoding="utf-8")
    return _memory().cursor().execute(text, parameters).fetchall()


@lru_cache(maxsize=1)
def _memory() -> "DuckDBPyConnection":
    """A DuckDB in memory that holds no tables: the rows come as parameters."""
    import duckdb

    return duckdb.connect(config={"python_enable_replacements": False})


def shares(deliveries: Sequence[Delivery], *, by: By) -> list[dict[str, Cell]]:
    """Rows of key, value, share, rank and deals, the largest first; shares are None where nothing has a value."""
    if not deliveries:
        return []
    ordered = sorted(deliveries, key=lambda row: (row.year, row.entry))
    given = {
        "keys": [_key(row, by) for row in ordered],
        "values": [row.tiv for row in ordered],
        "deals": [row.entry for row in ordered],
    }
    names = (by, "value", "share", "rank", "deals")
    return [dict(zip(names, row, strict=True)) for row in _rows_of("shares", given)]


def _key(row: Delivery, by: By) -> str | None:
    if by == "category":
        return f"category:{row.category}" if row.category else None
    return row.supplier if by == "supplier" else row.recipient


def concentration(rows: Sequence[Mapping[str, Cell]]) -> dict[str, Cell]:
    """HHI, CR1, CR3, CR4, effective suppliers, normalised HHI and the total; None where they cannot be had."""
    given = [row["share"] for row in rows if row["share"] is not None]
    (hhi, cr1, cr3, cr4, effective, normalised), *_ = _rows_of("concentration", {"shares": given})
    total = sum(value for row in rows if isinstance(value := row["value"], (int, float)))
    return {
        "hhi": hhi,
        "cr1": cr1,
        "cr3": cr3,
        "cr4": cr4,
        "effective_suppliers": effective,
        "hhi_normalised": normalised,
        "total": total,
    }


def _covered(bounds: Coverage, suppliers: frozenset[str] | None, recipients: frozenset[str] | None) -> Literal["all", "part", "none"]:
    """How much of these deliveries an edition covers."""
    if bounds.recipients is None and bounds.suppliers is None:
        return "all"
    if suppliers and bounds.suppliers is not None and bounds.supplier_recipients is None and suppliers <= bounds.suppliers:
        return "all"
    if recipients is None:
        return "part" if bounds.recipients or (suppliers is None or suppliers & (bounds.suppliers or frozenset())) else "none"
    held = [bounds.holds(giver, taker) for giver in suppliers or (None,) for taker in recipients]
    some = bool(recipients & (bounds.supplier_recipients or frozenset())) and suppliers is None
    return "all" if all(held) else "part" if any(held) or some else "none"


def _source(edition: Edition) -> str:
    return f"{edition.publisher}: {edition.title}, edition {edition.id}{f', released {edition.released}' if edition.released else ''}"


def _caveats(
    edition: Edition, to: Place, giver: Place | None, found: Sequence[Delivery], *, period: Period, whole: bool
) -> list[str]:  # fmt: skip
    """What a reader of the figure must know."""
    bounds = edition.coverage
    out = []
    if not whole:
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
    out += [note for one in (to, giver) if one is not None and (note := one.note)]
    return out
