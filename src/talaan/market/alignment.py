"""With whom a state is aligned: memberships, alliances, UN votes, arms supply and claims in, one figure with a row for each partner out."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from talaan.market.claimed import CLAIMED, claim_rows, names_one
from talaan.market.loyalties import Portfolios, alliance_cells, newest_votes, portfolios, vote_rows
from talaan.market.memberships import SOURCE, in_common, membership_events, membership_rows, standings
from talaan.market.places import INSIDE, Place, place
from talaan.market.portfolios import FORMULA as PORTFOLIOS
from talaan.market.rows import BETWEEN
from talaan.market.view import UNIT, WINDOW, DeliveryView, Part, Period, caveats, covered_part, source_of, value_formula
from talaan.model.errors import UsageError
from talaan.model.figure import Cell, Figure
from talaan.model.when import parse_date
from talaan.reference.tables import tables
from talaan.registers import Delivery, OpenTable

if TYPE_CHECKING:
    from talaan.ledger.read import Row

TYPES = ("cooperation", "membership", "organisation_relation")
ROLES = ("parties", "member", "organisation", "first", "second")
LARGEST = 10
ALLIANCE = "alliance"
FORMULA = (
    "Common memberships: organisations of which both are full or leading members on 31 December of {year}. Blocs: the share of arms that"
    " came from full members of an alliance; a supplier may be in several, so shares need not add up to 1."
)
VOTES = "Vote distance: |a − b| of ideal points in UN votes (Bailey, Strezhnev and Voeten 2017), all votes, the newest year of both."


@dataclass(frozen=True, slots=True)
class Loyalties:
    """The registers of alliances and of UN ideal points at hand; `votes` None: none is loaded."""

    alliances: Sequence[OpenTable] = ()
    votes: OpenTable | None = None


@dataclass(frozen=True, slots=True)
class _Asked:
    """The state, its partners (those named by the user, else its largest suppliers), the year and the window of deliveries."""

    state: Place
    partners: tuple[str, ...]
    named: bool
    year: int
    window: Period
    claims: Sequence["Row"]


def alignment(
    edition: DeliveryView, about: str, *, others: Sequence[str] = (), year: int | None = None, within: int = WINDOW,
    loyalties: Loyalties | None = None, claims: Sequence["Row"] = (),
) -> Figure:  # fmt: skip
    """One row for each partner: arms from it (million TIV), common memberships, obligation, S with κ and π, UN vote distance.

    Partners are `others`, else the ten largest suppliers of the last `within` years. Alliance and vote cells are there where
    `loyalties` has editions, each in the nearest year that edition has. Parts: `memberships`, `blocs`, `votes`, `claims`,
    `timeline`. Without a year: the edition's last, or the state's own last. UsageError where one is no state, or did not
    exist yet in that year.
    """
    if within < 1:
        raise UsageError(f"A window of {within} years is none", hint="a number from 1 on")
    state = _state(about)
    bounds = edition.edition.coverage
    when, notes = _year_of(state, year or bounds.last_year)
    window = (when - within + 1, when)
    part = covered_part(bounds, None, state.members(when))
    found = edition.deliveries(recipients=state.members(when), first=window[0], last=when)
    partners = tuple(dict.fromkeys(_state(one).ref for one in others)) or _largest(found)
    said = [one for one in claims if _concerns(one, state, partners if others else ())]
    asked = _Asked(state, partners, bool(others), when, window, said)
    given = loyalties or Loyalties()
    known = [portfolios(table, [state.ref, *partners], when) for table in given.alliances]
    votes = vote_rows(given.votes, state.ref, partners, first=given.votes.edition.coverage.first_year, last=when) if given.votes else None
    tables_used = [*given.alliances, *([given.votes] if given.votes else [])]
    told = caveats(edition.edition, (state,), [row for row in found if row.supplier], period=window, part=part)
    formulas = [value_formula(found), FORMULA.format(year=when), *([PORTFOLIOS] if known else []), *([VOTES] if given.votes else [])]
    return Figure(
        figure="alignment",
        about=state.ref,
        register=edition.edition.register,
        edition=edition.edition.id,
        unit=UNIT,
        window=window,
        estimated=any(row.estimated for row in found),
        formula=" ".join(formulas),
        rows=tuple(_rows(asked, found, known, votes, part=part)),
        measures={"year": when, **{f"{one.register.replace('-', '_')}_year": one.year for one in known}},
        sources=(source_of(edition.edition), SOURCE, *(source_of(table.edition) for table in tables_used)),
        caveats=(*told, *notes, *_own_caveats(asked, given, known, part)),
        parts=_parts(asked, () if part == "none" else _blocs(asked, found), votes),
    )


def _state(words: str) -> Place:
    found = place(words)
    if not found.ref.startswith("country:"):
        raise UsageError(f"{found.name} is no state", hint="alignment is between states; a bloc's share of arms is in the part blocs")
    return found


def _year_of(state: Place, year: int) -> tuple[int, list[str]]:
    """The year to look at, the last one of a state that is gone; UsageError where it did not exist yet."""
    country = tables().countries[state.ref.partition(":")[2]]
    first = parse_date(country.first).years if country.first else None
    last = parse_date(country.last).years if country.last else None
    if first and year < first[0]:
        raise UsageError(f"{country.name} did not exist in {year}", hint=f"it begins in {first[0]}")
    if last and year > last[0]:
        before = last[0] - 1 if not country.last.endswith("12-31") and last[0] > (first or (0, 0))[0] else last[0]
        return before, [f"{country.name} ended on {country.last}; this is how it stood at the end of {before}."]
    return year, []


def _largest(found: Sequence[Delivery]) -> tuple[str, ...]:
    values: dict[str, float] = {}
    for row in found:
        if row.supplier and row.supplier.startswith("country:"):
            values[row.supplier] = values.get(row.supplier, 0.0) + (row.tiv or 0.0)
    return tuple(sorted(values, key=lambda one: (-values[one], one))[:LARGEST])


def _concerns(one: "Row", state: Place, named: Sequence[str]) -> bool:
    return one.claim.type in TYPES and names_one(one.claim, ROLES, frozenset({state.ref, *named}))


def _rows(
    asked: _Asked, found: Sequence[Delivery], known: Sequence[Portfolios], votes: Sequence[dict[str, Cell]] | None, *, part: Part
) -> list[dict[str, Cell]]:
    """One row for each partner, in the order asked, or by arms supply."""
    day = date(asked.year, 12, 31)
    own = standings(asked.state.ref, day)
    total = sum(row.tiv or 0.0 for row in found)
    rows: list[dict[str, Cell]] = []
    for partner in asked.partners:
        value = sum((row.tiv or 0.0 for row in found if row.supplier == partner), 0.0)
        shared = in_common(own, standings(partner, day))
        row: dict[str, Cell] = {"partner": partner, "value": None if part == "none" else value, "share": value / total if total else None}
        row |= {"common_memberships": len(shared), "in_common": BETWEEN.join(shared) or None}
        for one in known:
            row |= alliance_cells(one, asked.state.ref, partner)
        rows.append(row if votes is None else row | newest_votes(votes, partner))
    return rows


def _parts(
    asked: _Asked, blocs: Sequence[dict[str, Cell]], votes: tuple[dict[str, Cell], ...] | None
) -> dict[str, tuple[Mapping[str, Cell], ...]]:
    states = [asked.state.ref, *(asked.partners if asked.named else ())]
    said = claim_rows(asked.claims)
    parts: dict[str, tuple[Mapping[str, Cell], ...]] = {
        "memberships": membership_rows(states),
        "blocs": tuple(blocs),
        "timeline": tuple(_timeline(states, said)),
    }
    parts |= {"votes": votes} if votes else {}
    return {**parts, "claims": said} if said else parts


def _blocs(asked: _Asked, found: Sequence[Delivery]) -> list[dict[str, Cell]]:
    """The arms that came from each alliance's full members, the largest first; None: from members of no alliance in the table."""
    day = date(asked.year, 12, 31)
    own = standings(asked.state.ref, day)
    kinds = tables().organisations
    total = sum(row.tiv or 0.0 for row in found)
    values: dict[str | None, float] = {body: 0.0 for body in own if kinds[body.partition(":")[2]].kind == ALLIANCE}
    suppliers = {row.supplier for row in found}
    theirs = {one: _alliances_of(one, day) for one in suppliers if one}
    for row in found:
        for body in theirs.get(row.supplier or "") or (None,):
            values[body] = values.get(body, 0.0) + (row.tiv or 0.0)
    ranked = sorted(values, key=lambda body: (-values[body], body is None, body or ""))
    return [
        {"bloc": body, "value": values[body], "share": values[body] / total if total else None, "standing": own.get(body or "")}
        for body in ranked
    ]


def _alliances_of(state: str, day: date) -> list[str]:
    """The alliances of which a state is a full or leading member on a day."""
    kinds = tables().organisations
    return [
        body for body, standing in standings(state, day).items() if standing in INSIDE and kinds[body.partition(":")[2]].kind == ALLIANCE
    ]


def _timeline(states: Sequence[str], said: Sequence[Mapping[str, Cell]]) -> list[dict[str, Cell]]:
    """Dated events in order: standings taken and ended, and what documents said, under the document's date."""
    events = membership_events(states)
    for row in said:
        if row["published"]:
            who = row["speaker"]
            told = {"who": who, "what": row["claim"], "says": row["says"], "source": row["document"]}
            events.append({"date": row["published"], "event": "claimed", **told})
    return sorted(events, key=lambda event: (str(event["date"]), str(event["what"])))


def _own_caveats(asked: _Asked, given: Loyalties, known: Sequence[Portfolios], part: Part) -> list[str]:
    out = []
    if part == "none":
        out.append(f"This edition does not cover deliveries to {asked.state.name}: no arms supply can be had.")
    away = [one for one in known if one.year != asked.year]
    out += [f"{one.register}: obligations of {one.year}, the nearest year of that edition to {asked.year}." for one in away]
    if not known:
        out.append("No alliance data are loaded: talaan register add cow-alliances FILE, or atop FILE.")
    else:
        out.append("S alone misleads, since most states have no obligation to most others; read it with κ and π.")
    if given.votes is None:
        out.append("No UN votes are loaded: talaan register add ideal-points FILE.")
    out.append("An absence from the table of memberships is no proof, and its rows marked unsourced were not checked.")
    return [*out, *([CLAIMED] if asked.claims else [])]
