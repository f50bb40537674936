"""Shares of a market and their concentration: an edition, a place and periods in, one figure for each period out."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from talaan.market.claimed import CLAIMED, beyond_register, claim_rows, refs_of
from talaan.market.concentration import BOUNDS, CONCENTRATION, bounds, concentration, ratio, shares_of
from talaan.market.movement import MOVEMENT, Movement, compared_with, movement
from talaan.market.places import WORLD, Place, place
from talaan.market.rows import BETWEEN, KEYS, By, market_rows, shares
from talaan.market.terms import FORMULA as TERMS
from talaan.market.terms import NAMES, Terms, term_shares, terms_of
from talaan.market.view import (
    UNIT,
    DeliveryView,
    Period,
    caveats,
    checked_period,
    covered_part,
    last_window,
    not_covered,
    source_of,
    value_formula,
)
from talaan.model.entry import Entry
from talaan.model.errors import UsageError
from talaan.model.figure import Cell, Figure
from talaan.registers import Delivery

if TYPE_CHECKING:
    from talaan.ledger.read import Row


@dataclass(frozen=True, slots=True)
class _Question:
    """What is asked of an edition: deliveries to a place, of a giver (None: anybody), by a key; the largest `top` rows (None: all)."""

    to: Place
    giver: Place | None
    key: By
    top: int | None
    claims: Sequence["Row"]

    @property
    def about(self) -> str:
        return self.giver.ref if self.giver and self.to.ref == WORLD else self.to.ref


@dataclass(frozen=True, slots=True)
class _Found:
    """The deliveries of a period, those of the period before (None: the edition has none), and the deals with their terms."""

    deliveries: list[Delivery]
    before: list[Delivery] | None
    deals: list[Entry]
    terms: Mapping[str, Terms]


def market(
    edition: DeliveryView, about: str | None, *, by: str = "supplier", periods: Sequence[Period] = (), supplier: str | None = None,
    top: int | None = None, claims: Sequence["Row"] = (),
) -> list[Figure]:  # fmt: skip
    """One figure for each period: deliveries to a country, region, bloc or WORLD, by supplier, recipient or class.

    With `supplier` they are that party's deliveries, to everybody where `about` is None, and then by recipient unless by
    class. Rows have the key (a reference, None: the register does not know), value (million TIV), share (fraction), rank,
    deals, orders of the window and their TIV, classes, whether the key is new, and the shares second-hand, aid and licence.
    `top` keeps the largest rows and bounds the HHI by them alone. The part `claims` is what saved claims say that the register
    does not have. Without periods: the edition's last five full years. UsageError for a place, key or period that cannot
    be; RegisterError where the edition covers nothing of it.
    """
    if by not in KEYS:
        raise UsageError(f"A market cannot be split by {by!r}", hint="by " + ", ".join(KEYS))
    if about is None and supplier is None:
        raise UsageError("Neither a market nor a supplier is named")
    if top is not None and top < 1:
        raise UsageError(f"The {top} largest rows cannot be had", hint="a number from 1 on")
    giver = place(supplier) if supplier else None
    wanted = next(key for key in KEYS if key == by)
    key: By = "recipient" if giver and wanted == "supplier" else wanted
    asked = _Question(place(about or WORLD), giver, key, top, claims)
    windows = [checked_period(period, edition) for period in periods or [last_window(edition)]]
    return [_figure(edition, asked, window, earlier) for window, earlier in zip(windows, [None, *windows], strict=False)]


def _figure(edition: DeliveryView, asked: _Question, period: Period, earlier: Period | None) -> Figure:
    """The figure of one period; `earlier` is the period asked for before it."""
    last = period[1]
    suppliers, recipients = asked.giver.members(last) if asked.giver else None, asked.to.members(last)
    part = covered_part(edition.edition.coverage, suppliers, recipients)
    then = compared_with(period, earlier, edition.edition.coverage)
    found = _found(edition, asked, period, then)
    if part == "none" and not found.deliveries:
        raise not_covered(edition.edition, asked.to, asked.giver)
    now = shares(found.deliveries, by=asked.key)
    before = None if found.before is None else shares(found.before, by=asked.key)
    moved = movement(now, before, key=asked.key)
    rows = market_rows(found.deliveries, found.deals, now, period=period, by=asked.key, terms=found.terms, moved=moved)
    said = _claimed(asked, edition.edition.register, last)
    notes = caveats(edition.edition, (asked.to, asked.giver), found.deliveries, period=period, part=part)
    formulas = [value_formula(found.deliveries), CONCENTRATION, TERMS, MOVEMENT, *([BOUNDS] if asked.top else [])]
    return Figure(
        figure="market",
        about=asked.about,
        register=edition.edition.register,
        edition=edition.edition.id,
        unit=UNIT,
        window=period,
        estimated=any(row.estimated for row in found.deliveries),
        formula=" ".join(formulas),
        rows=tuple(rows[: asked.top]),
        measures={**concentration(rows), **_top_measures(rows, asked.top), **_term_measures(found), **_moved(moved, then)},
        sources=(source_of(edition.edition),),
        caveats=(*notes, *((CLAIMED,) if said else ())),
        parts={"claims": said} if asked.claims else {},
    )


def _found(edition: DeliveryView, asked: _Question, period: Period, then: Period | None) -> _Found:
    def deliveries(years: Period) -> list[Delivery]:
        suppliers, recipients = asked.giver.members(years[1]) if asked.giver else None, asked.to.members(years[1])
        return edition.deliveries(suppliers=suppliers, recipients=recipients, first=years[0], last=years[1])

    suppliers, recipients = asked.giver.members(period[1]) if asked.giver else None, asked.to.members(period[1])
    deals, found = edition.deals(suppliers=suppliers, recipients=recipients), deliveries(period)
    delivered = {row.entry for row in found}
    terms = terms_of([deal for deal in deals if deal.id in delivered])
    return _Found(found, deliveries(then) if then else None, deals, terms)


def _top_measures(rows: Sequence[Mapping[str, Cell]], top: int | None) -> dict[str, Cell]:
    if top is None:
        return {}
    known = sorted(shares_of(rows), reverse=True)[:top]
    ends = bounds(known) or (None, None)
    return {f"cr{top}": ratio(known, top), "hhi_low": ends[0], "hhi_high": ends[1]}


def _term_measures(found: _Found) -> dict[str, Cell]:
    told = term_shares(found.deliveries, found.terms)
    return {f"{name}_share": told[name] for name in NAMES}


def _moved(moved: Movement, then: Period | None) -> dict[str, Cell]:
    known = then is not None
    return {
        "compared_with": f"{then[0]}:{then[1]}" if then else None,
        "entrants": len(moved.entered) if known else None,
        "leavers": len(moved.left) if known else None,
        "entered": BETWEEN.join(moved.entered) if known else None,
        "left": BETWEEN.join(moved.left) if known else None,
    }


def _claimed(asked: _Question, register: str, year: int) -> tuple[dict[str, Cell], ...]:
    to = None if asked.to.ref == WORLD else refs_of(asked.to, year)
    giver = refs_of(asked.giver, year) if asked.giver else None
    return claim_rows(beyond_register(asked.claims, register, to=to, giver=giver))
