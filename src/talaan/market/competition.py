"""Who competes with a supplier on a market: an edition, both places and a class level in, one figure with a row for each rival out."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from talaan.market.claimed import CLAIMED, claim_rows, names_one, refs_of
from talaan.market.contest import Sale, leaders, meetings, similarities
from talaan.market.goods import deal_rows, goods_words
from talaan.market.levels import STATED, Level, class_at, level_called
from talaan.market.places import Place, place
from talaan.market.rows import BETWEEN
from talaan.market.view import (
    UNIT,
    WINDOW,
    DeliveryView,
    Period,
    caveats,
    checked_period,
    covered_part,
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

TYPES = ("competition", "competitiveness")
RIVALS = ("competitor", "rival")
FORMULA = (
    "Similarity = 100·Σ min(s_ai, s_bi) over classes i, s a party's shares of its own deliveries to this market (Finger and Kreinin 1979);"
    " classes: {level}. Direct: both delivered a common class within {within} years of each other; indirect: both delivered within"
    " {within} years, but no common class. Before: years up to {before}; after: from {at} on. Leaders: the largest supplier of a class in"
    " each stretch of {within} years."
)


@dataclass(frozen=True, slots=True)
class _Asked:
    """The supplier, the market, and how they are compared; `at` is the first year of what comes after."""

    own: Place
    to: Place
    level: Level
    within: int
    period: Period
    at: int
    claims: Sequence["Row"]


@dataclass(frozen=True, slots=True)
class _Held:
    """What the edition holds of the market: deals by supplier, deliveries as sales of a party, their values by party and year."""

    deals: Mapping[str, list[Entry]]
    sales: list[Sale]
    values: Mapping[tuple[str, int], float]

    def value(self, party: str, years: Period) -> float:
        """What a party delivered in these years, million TIV."""
        return sum((self.values.get((party, year), 0.0) for year in range(years[0], years[1] + 1)), 0.0)


def competitors(
    edition: DeliveryView, supplier: str, market: str, *, level: str = "category", within: int = WINDOW, period: Period | None = None,
    at: int | None = None, claims: Sequence["Row"] = (),
) -> Figure:  # fmt: skip
    """One row for each rival: what it delivered (million TIV), its similarity with the supplier (0–100), directness, before and after.

    Parts: `head_to_head` (classes both delivered within `within` years), `displacement` (the leader of each of the supplier's
    classes over time), `deals` (the entries behind it), `claims` (what documents say of the competition, where `claims` has any).
    Without a period: all years of the edition; without `at`: the year of the first document that speaks of this competition,
    else the market's last `within` years are what comes after. UsageError for a place, level or number that cannot be;
    RegisterError where the edition covers nothing of the market.
    """
    if within < 1:
        raise UsageError(f"A window of {within} years is none", hint="a number from 1 on")
    bounds = edition.edition.coverage
    years = checked_period(period or (bounds.first_year, bounds.last_year), edition)
    own, to = place(supplier), place(market)
    said = [one for one in claims if _concerns(one, own, to, years[1])]
    found = edition.deliveries(recipients=to.members(years[1]), first=years[0], last=years[1])
    turn, why = _turn(at, said, found, within)
    asked = _Asked(own, to, level_called(level), within, years, turn, said)
    part = covered_part(bounds, None, to.members(years[1]))
    if part == "none" and not found:
        raise not_covered(edition.edition, to)
    held = _held(edition, asked, found)
    known = [row for row in found if row.supplier is not None]
    notes = [*caveats(edition.edition, (to, own), known, period=years, part=part), *_own_caveats(asked, held, why)]
    return Figure(
        figure="competitors",
        about=own.ref,
        register=edition.edition.register,
        edition=edition.edition.id,
        unit=UNIT,
        window=years,
        estimated=any(row.estimated for row in found),
        formula=f"{value_formula(found)} {FORMULA.format(level=STATED[asked.level], within=within, before=turn - 1, at=turn)}",
        rows=tuple(_rows(asked, held)),
        measures=_measures(asked, held),
        sources=(source_of(edition.edition),),
        caveats=tuple(notes),
        parts=_parts(asked, held),
    )


def _concerns(one: "Row", own: Place, to: Place, year: int) -> bool:
    """Whether a claim speaks of the supplier's competition, or of anybody's competitiveness, on that market or on none in particular."""
    claim = one.claim
    there = not claim.roles.get("market") or names_one(claim, ("market",), refs_of(to, year))
    ours = names_one(claim, (*RIVALS, "offerer"), refs_of(own, year))
    return claim.type in TYPES and there and (ours or (claim.type == "competitiveness" and bool(claim.roles.get("market"))))


def _turn(at: int | None, said: Sequence["Row"], found: Sequence[Delivery], within: int) -> tuple[int, str]:
    """The first year of what comes after, and why it is that one."""
    if at is not None:
        return at, "as asked"
    named = (one for one in said if one.claim.roles.get("market"))
    dated = sorted(when.first.year for one in named if (when := one.document.published) and when.first)
    if dated:
        return dated[0], "the year of the first saved document that speaks of this competition"
    last = max((row.year for row in found), default=0)
    return last - within + 1, f"the market's last {within} years"


def _held(edition: DeliveryView, asked: _Asked, found: list[Delivery]) -> _Held:
    members = asked.own.members(asked.period[1]) or frozenset()
    summed: dict[tuple[str | None, str | None, int], float] = defaultdict(float)
    for row in found:
        summed[_party(row.supplier, asked.own, members), class_at(row.category, asked.level), row.year] += row.tiv or 0.0
    sales = [Sale(*key, value) for key, value in summed.items()]
    delivered = {row.entry for row in found}
    deals: dict[str, list[Entry]] = defaultdict(list)
    for deal in edition.deals(recipients=asked.to.members(asked.period[1])):
        party = _party(deal.supplier, asked.own, members)
        if deal.id in delivered and party:
            deals[party].append(deal)
    values: dict[tuple[str, int], float] = defaultdict(float)
    for sale in sales:
        values[sale.party or "", sale.year] += sale.value
    return _Held(deals, sales, values)


def _party(supplier: str | None, own: Place, members: frozenset[str]) -> str | None:
    """The supplier, a member of the place asked for counting as that place."""
    return own.ref if supplier in members else supplier


def _rows(asked: _Asked, held: _Held) -> list[dict[str, Cell]]:
    """One row for each party that delivered there or is said to compete, the largest first."""
    named = _named(asked)
    parties = ({sale.party for sale in held.sales if sale.party} | named.keys()) - {asked.own.ref}
    values = {party: held.value(party, asked.period) for party in parties}
    total, ranked = sum(sale.value for sale in held.sales), sorted(values.values(), reverse=True)
    before, after = (asked.period[0], asked.at - 1), (asked.at, asked.period[1])
    alike = [similarities(_between(held.sales, *years), asked.own.ref) for years in (asked.period, before, after)]
    common: dict[str, list[str]] = defaultdict(list)
    for row in meetings(held.sales, asked.own.ref, within=asked.within):
        common[str(row["rival"])].append(str(row["class"]))
    rows: list[dict[str, Cell]] = []
    for party in sorted(values, key=lambda party: (-values[party], party)):
        deals = held.deals.get(party, [])
        rows.append({
            "rival": party,
            "value": values[party],
            "share": values[party] / total if total else None,
            "rank": 1 + ranked.index(values[party]),
            "similarity": alike[0].get(party),
            "similarity_before": alike[1].get(party),
            "similarity_after": alike[2].get(party),
            "directness": _directness(asked, held, party, bool(common[party])),
            "common_classes": BETWEEN.join(common[party]) or None,
            "before_value": held.value(party, before),
            "after_value": held.value(party, after),
            "before": goods_words(deals, before),
            "after": goods_words(deals, after),
            "claims": named[party],
        })  # fmt: skip
    return rows


def _named(asked: _Asked) -> Counter[str]:
    """How many saved claims name each party as a competitor or rival."""
    count: Counter[str] = Counter()
    for one in asked.claims:
        fillers = {filler.ref for role in RIVALS for filler in one.claim.roles.get(role, ()) if filler.kind in ("country", "organisation")}
        count.update(ref for ref in fillers if ref)
    return count


def _between(sales: Sequence[Sale], first: int, last: int) -> list[Sale]:
    return [sale for sale in sales if first <= sale.year <= last]


def _directness(asked: _Asked, held: _Held, party: str, met: bool) -> str | None:
    """direct, indirect, or None where the two never delivered within the window of each other."""
    if met:
        return "direct"
    ours, theirs = ([year for one, year in held.values if one == side] for side in (asked.own.ref, party))
    return "indirect" if any(abs(one - other) <= asked.within for one in ours for other in theirs) else None


def _measures(asked: _Asked, held: _Held) -> dict[str, Cell]:
    own, total = held.value(asked.own.ref, asked.period), sum(sale.value for sale in held.sales)
    deals = held.deals.get(asked.own.ref, [])
    before, after = (asked.period[0], asked.at - 1), (asked.at, asked.period[1])
    return {
        "market": asked.to.ref,
        "level": asked.level,
        "within": asked.within,
        "at": asked.at,
        "total": total,
        "own_value": own,
        "own_share": own / total if total else None,
        "own_before_value": held.value(asked.own.ref, before),
        "own_after_value": held.value(asked.own.ref, after),
        "own_before": goods_words(deals, before),
        "own_after": goods_words(deals, after),
    }


def _parts(asked: _Asked, held: _Held) -> dict[str, tuple[Mapping[str, Cell], ...]]:
    """The further tables of the figure."""
    parts: dict[str, tuple[Mapping[str, Cell], ...]] = {
        "head_to_head": tuple(meetings(held.sales, asked.own.ref, within=asked.within)),
        "displacement": tuple(leaders(held.sales, asked.own.ref, at=asked.at, width=asked.within)),
        "deals": deal_rows(held.deals, at=asked.at),
    }
    return {**parts, "claims": claim_rows(asked.claims)} if asked.claims else parts


def _own_caveats(asked: _Asked, held: _Held, why: str) -> list[str]:
    out = [f"Before and after are parted at {asked.at}: {why}. The register knows years, not months."]
    if not any(sale.party == asked.own.ref for sale in held.sales):
        out.append(f"{asked.own.name} has no delivery to {asked.to.name} in these years in this edition: no similarity can be had.")
    out.append("Lost bids leave no trace in a register of deliveries; a similarity of 0 does not mean that nobody competed.")
    if any(sale.party is None for sale in held.sales):
        out.append("Suppliers that the register does not know are part of the total; they are no rivals.")
    if any(sale.class_ is None for sale in held.sales):
        out.append("Deliveries of goods whose class is not known count in values, not in similarity.")
    return [*out, *([CLAIMED] if asked.claims else [])]
