"""Numbers, years and stages of a claim against rows: both in, scores between 0 and 1 out."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from talaan.model.entry import Entry
from talaan.model.quantity import Quantity

TOLERANCE = 0.1
WIDE_TOLERANCE = 0.25
ABOUT_MOST = 2.0
RECENT = 3
UNDATED = 12
DECADES = 20
WRONG_YEAR = 6
_LICENSED = re.compile(r"\b(licen[cs]e|assembl|produced in|production in|co-produc)", re.IGNORECASE)
_DROPPED = re.compile(
    r"\b(cancell?ed|cancellation|not delivered|never delivered|delivery (?:stopped|suspended|embargoed|blocked)|suspended|refused|"
    r"reduced (?:from|to)|originally (?:planned|ordered)|only \d+ delivered|embargo|production ended)",
    re.IGNORECASE,
)
_UNSURE = re.compile(r"\b(designation|supplier|recipient) uncertain", re.IGNORECASE)
STALLED = 4


@dataclass(frozen=True, slots=True)
class Period:
    """Years a claim is about; a row `slack` years off still agrees, one up to `far` years off agrees in part.

    `stated` is True where the text itself names the years. Rows after the period agree in part up to `after` years.
    """

    first: int
    last: int
    slack: int
    far: int
    after: int
    stated: bool


def period_of(stated: tuple[int, int] | None, document_year: int | None, *, relative: bool) -> Period | None:
    """The years to look at: those stated; else, from the document's year back, three for "recently" (ruling 20), twelve for none.

    >>> period_of(None, 2011, relative=True)
    Period(first=2008, last=2011, slack=0, far=20, after=2, stated=False)

    None where neither is known.
    """
    if stated:
        return Period(*stated, slack=1, far=WRONG_YEAR, after=WRONG_YEAR, stated=True)
    if document_year is None:
        return None
    back, slack = (RECENT, 0) if relative else (UNDATED, 1)
    return Period(document_year - back, document_year, slack, DECADES, 2, stated=False)


def points(entry: Entry, *, delivered: bool | None) -> tuple[int, ...]:
    """The years of a row that a claim can mean: deliveries, the order, or both (`delivered` None)."""
    order = (entry.ordered,) if entry.ordered else ()
    if delivered is None:
        return (*order, *entry.years)
    return (entry.years or order) if delivered else (order or entry.years)


def year_score(entry: Entry, period: Period | None, *, delivered: bool | None) -> float | None:
    """1 where the years agree, 0.5 where they are off, 0 where it is another time; None where no years are compared.

    One year off agrees; a flagged order year widens that by one (ruling 13).
    """
    years = points(entry, delivered=delivered)
    if period is None or not years:
        return None
    before = min((max(0, period.first - year) for year in years if year <= period.last), default=None)
    after = min((year - period.last for year in years if year > period.last), default=None)
    slack = period.slack + (1 if entry.ordered_uncertain else 0)
    if before is not None and before <= slack:
        return 1.0
    if after is not None and after <= (slack if period.stated else min(slack, 1)):
        return 1.0
    if before is not None and before <= period.far:
        return 0.5
    return 0.5 if after is not None and after <= period.after else 0.0


def number_of(entry: Entry) -> int | None:
    """How many the row is about: ordered, else delivered."""
    return entry.number_ordered if entry.number_ordered is not None else entry.number_delivered


def totals(entries: Sequence[Entry], *, delivered: bool | None = None) -> list[tuple[float, bool]]:
    """(number, flagged) that one claim can mean: each row, rows of one family and order year, of one class, all rows (ruling 15).

    Of a row of which part has come, a claim of a delivery (`delivered`) means that part.
    """
    found: list[tuple[float, bool]] = []
    for entry in entries:
        for number, flag in (
            (entry.number_ordered, entry.number_ordered_uncertain),
            (entry.number_delivered, entry.number_delivered_uncertain),
        ):
            partly = delivered and number is entry.number_ordered and 0 < (entry.number_delivered or 0) < (number or 0)
            if number is not None and not partly:
                found.append((float(number), flag))
    groups: dict[object, list[Entry]] = {}
    for entry in entries:
        groups.setdefault((entry.system or entry.designation, entry.ordered), []).append(entry)
        groups.setdefault(entry.category, []).append(entry)
    for rows in (*groups.values(), list(entries)):
        numbers = [number for row in rows if (number := number_of(row)) is not None]
        if len(rows) > 1 and numbers:
            found.append((float(sum(numbers)), any(row.number_ordered_uncertain for row in rows)))
    return found


def agrees(claimed: float, listed: float, *, about: bool, flagged: bool) -> bool:
    """Whether two numbers are the same as far as text and register say (ruling 14; a flag widens the tolerance, ruling 13).

    >>> agrees(60, 30, about=False, flagged=False), agrees(100, 94, about=False, flagged=False), agrees(50, 80, about=True, flagged=False)
    (False, True, True)
    """
    tolerance = WIDE_TOLERANCE if about or flagged else TOLERANCE
    most = claimed * ABOUT_MOST if about else claimed * (1 + tolerance)
    return claimed * (1 - tolerance) <= listed <= most


def number_score(quantity: Quantity | None, entries: Sequence[Entry], *, delivered: bool | None = None) -> float | None:
    """1 where some total agrees, 0.6 for a batch inside a larger deal (ruling 16), 0.3 where it is off; None: not compared."""
    if quantity is None or quantity.unit == "container":
        return None
    found = totals(entries, delivered=delivered)
    if not found:
        return None
    if any(agrees(quantity.number, number, about=quantity.about, flagged=flag) for number, flag in found):
        return 1.0
    return 0.6 if quantity.number < max(number for number, _ in found) else 0.3


def stage_score(stage: str | None, entry: Entry) -> float | None:
    """How far a row agrees with the stage claimed; None where none is claimed or a row says nothing about it.

    An order stands in the register as soon as it is listed; a delivery only when something was delivered.
    """
    if stage in ("delivered", "in-delivery"):
        return 1.0 if entry.number_delivered or entry.years else 0.5
    return 1.0 if stage in ("ordered", "licensed") else None


def is_licensed(entry: Entry) -> bool:
    """Whether a row is licensed production or assembly, by its column or by its remark (ruling 10)."""
    return bool(entry.licensed) or bool(_LICENSED.search(entry.comment or ""))


def was_cut_short(entry: Entry, last_year: int) -> bool:
    """Whether a row shows a dropped order by its remark, or a short one where nothing came for years (ruling 24)."""
    short = entry.number_ordered is not None and (entry.number_delivered or 0) < entry.number_ordered
    stalled = max((*entry.years, entry.ordered or 0)) + STALLED <= last_year
    return (short and stalled) or bool(_DROPPED.search(entry.comment or ""))


def unsure_field(entry: Entry) -> str | None:
    """What the register's remark itself calls uncertain: designation, supplier or recipient; None where nothing."""
    found = _UNSURE.search(entry.comment or "")
    return found[1].lower() if found else None


def share_after(entry: Entry, year: int) -> float:
    """The part of a row's delivered TIV that falls after a year, spread evenly over its delivery years.

    >>> from types import SimpleNamespace
    >>> share_after(SimpleNamespace(years=(2010, 2011), tiv_delivered=10.0), 2010)
    5.0
    """
    return share_between(entry, year + 1, 9999)


def share_between(entry: Entry, first: int, last: int) -> float:
    """The part of a row's delivered TIV that falls within these years, both included."""
    if not entry.years:
        return 0.0
    inside = sum(first <= year <= last for year in entry.years)
    return (entry.tiv_delivered or 0.0) * inside / len(entry.years)
