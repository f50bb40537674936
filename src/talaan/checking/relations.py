"""Memberships and restrictions held against talaan's own dated tables: a case in, a finding out, or None (ruling 8)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from talaan.checking.case import Case, Finding
from talaan.checking.forecasts import ENOUGH
from talaan.checking.wording import list_words
from talaan.model.when import parse_date
from talaan.reference.tables import Membership, Restriction

INSIDE = ("leading", "full")
BANS = ("embargo", "export-ban")
TRADE = "all trade"
UNKNOWN = "undated"


@dataclass(frozen=True, slots=True)
class Span:
    """Dates a claim is about, both included."""

    first: date
    last: date


def _bounds(row: Membership | Restriction) -> tuple[date, date]:
    """First and last day of a row; an open side reaches as far as dates go."""
    first = parse_date(row.first).first if row.first else None
    last = parse_date(row.last).last if row.last else None
    return first or date.min, last or date.max


def _time(case: Case) -> Span | None:
    """The time stated, else the document's date, None where neither is known."""
    for when in (case.claim.when, case.context.document.published):
        if when is not None and when.first and when.last:
            return Span(when.first, when.last)
    return None


def _in_force(row: Membership | Restriction, time: Span) -> bool:
    first, last = _bounds(row)
    return first <= time.last and time.first <= last


def _edition(rows: Iterable[Membership | Restriction]) -> str:
    """The as-of date of the rows, the newest one."""
    return max((row.as_of for row in rows if row.as_of), default=UNKNOWN)


def _as_of_year(edition: str) -> int | None:
    return int(edition[:4]) if edition[:4].isdigit() else None


def membership(case: Case) -> Finding | None:
    """What the table of memberships says."""
    member, organisation = case.claim.filler("member"), case.claim.filler("organisation")
    slug = (organisation.ref or "").removeprefix("organisation:") if organisation else ""
    listed = [row for row in case.tables.memberships if row.organisation == slug]
    if member is None or member.kind != "country" or not member.ref:
        return None
    if not listed:
        return None
    code = member.ref.removeprefix("country:")
    own = [row for row in listed if row.member == code]
    edition = _edition(own) if _edition(own) != UNKNOWN else _edition(case.tables.memberships)
    verdict, reason = _membership(
        case, own, (_name(case, code), case.tables.organisations[slug].name if slug in case.tables.organisations else slug)
    )
    return Finding(verdict, reason, register="reference:memberships", edition=edition)


def _name(case: Case, code: str) -> str:
    return case.tables.countries[code].name if code in case.tables.countries else code


def _membership(case: Case, own: list[Membership], names: tuple[str, str]) -> tuple[str, str]:
    time = _time(case)
    if case.is_forecast:
        return _joining(case, own, names)
    claimed = case.claim.values.get("standing")
    current = [row for row in own if (_in_force(row, time) if time else not row.last)] or ([] if time else own)
    inside = [row for row in current if row.standing != "left"]
    if case.denies or claimed == "left":
        return _not_member(own, current, names, left=claimed == "left")
    if not own:
        return "not_found_in_scope", f"The table of memberships has no row for {names[0]} in {names[1]}."
    if not inside:
        return "contradicted", f"{names[0]} was no member of {names[1]} then: {_rows_words(own)}."
    return _standing(inside, claimed, names, dated=time is not None)


def _standing(inside: list[Membership], claimed: object, names: tuple[str, str], *, dated: bool) -> tuple[str, str]:
    """A member at the time: the standing claimed is compared where there is one."""
    standings = {row.standing for row in inside}
    said = f"{names[0]} in {names[1]}: {_rows_words(inside)}"
    if claimed is None or claimed in standings or (claimed == "full" and "leading" in standings):
        whole = bool(standings & set(INSIDE)) or claimed in standings
        ended = not dated and all(row.last for row in inside)
        return "supported" if whole and not ended else "partly_supported", f"{said}."
    return "partly_supported", f"{said}; the claim has {claimed}."


def _not_member(own: list[Membership], current: list[Membership], names: tuple[str, str], *, left: bool) -> tuple[str, str]:
    """Claims that somebody is not, or no longer, a member."""
    full = [row for row in current if row.standing in INSIDE]
    if full:
        return "contradicted", f"{names[0]} is a member of {names[1]}: {_rows_words(full)}."
    if left and not own:
        return "not_found_in_scope", f"The table of memberships has no row for {names[0]} in {names[1]}."
    return "supported", f"{names[0]} is no full member of {names[1]}: {_rows_words(own) if own else 'no row'}."


def _joining(case: Case, own: list[Membership], names: tuple[str, str]) -> tuple[str, str]:
    """A membership to come: by what the table has after the document's date (rulings 29 and 33)."""
    published = case.context.document.published
    if published is None or published.last is None:
        return "needs_human", "A forecast cannot be judged: the document has no date. Give one with --date."
    wanted = ("left",) if case.denies or case.claim.values.get("standing") == "left" else INSIDE
    later = [row for row in own if _bounds(row)[0] > published.last]
    reached = [row for row in later if row.standing in wanted]
    if reached:
        return "came_true", f"{names[0]} in {names[1]}, after the document: {_rows_words(reached)}."
    if later:
        return "partly_came_true", f"{names[0]} in {names[1]}, after the document: {_rows_words(later)}."
    known = _as_of_year(_edition(case.tables.memberships))
    if known is None or known - published.last.year < ENOUGH:
        return "not_checkable", f"The time has not come: the document is of {published.last.year}."
    return "did_not_come_true", f"The table of memberships has no later row for {names[0]} in {names[1]}."


def _rows_words(rows: Iterable[Membership]) -> str:
    """Standing and dates of rows, and which of them name no source."""
    return list_words(_row_words(row) for row in rows)


def _row_words(row: Membership) -> str:
    since = f" {'from' if row.last else 'since'} {row.first}" if row.first else ""
    source = " (this row names no source)" if row.source == "unsourced" else ""
    return f"{row.standing}{since}{f' to {row.last}' if row.last else ''}{source}"


def restriction(case: Case) -> Finding | None:
    """What the table of restrictions says."""
    imposer, target = case.claim.filler("imposer"), case.claim.filler("target")
    if imposer is None or target is None or not imposer.ref or not target.ref or case.claim.values.get("kind") == "licence-refusal":
        return None
    if target.kind not in ("country", "group") or imposer.kind not in ("country", "organisation"):
        return None
    own = [row for row in case.tables.restrictions if row.imposer == imposer.ref and row.target == target.ref]
    verdict, reason = _restriction(case, own, (imposer.name or imposer.text, target.name or target.text))
    edition = _edition(own) if _edition(own) != UNKNOWN else _edition(case.tables.restrictions)
    return Finding(verdict, reason, register="reference:restrictions", edition=edition)


def _restriction(case: Case, own: list[Restriction], names: tuple[str, str]) -> tuple[str, str]:
    where = f"{names[0]} against {names[1]}"
    time, event = _time(case), case.claim.values.get("event")
    bans = [row for row in own if row.kind in BANS]
    wanted = own if case.claim.values.get("kind") == "sanction" else bans
    if event == "proposed" or case.is_forecast:
        return _proposed(case, wanted, where)
    if event == "lifted":
        return _lifted(wanted, time, where)
    current = [row for row in wanted if time is None or _in_force(row, time)]
    if case.denies:
        if current and time is not None:
            return "contradicted", f"The table has {_cases(current)}, {where}."
        return "not_checkable", f"The table of restrictions has no row {where} then; its silence proves nothing."
    general = [row for row in current if TRADE in row.document]
    if general and len(general) == len(current) and case.claim.values.get("kind") in BANS:  # ruling 8
        return "partly_supported", f"{where} there is a measure about trade in general: {_cases(general)}; it does not name arms."
    if current:
        return "supported", f"{where}: {_cases(current)}."
    if wanted:
        return "not_found_in_scope", f"{where}: {_cases(wanted)}, but none at that time."
    if own:  # ruling 8: trade in general does not confirm an arms ban
        return "not_checkable", f"{where} there is only a measure about trade in general: {_cases(own)}."
    return "not_found_in_scope", f"The table of restrictions has no row {where}."


def _proposed(case: Case, rows: list[Restriction], where: str) -> tuple[str, str]:
    """Ruling 8: a proposed measure, or its absence, is not confirmed by silence."""
    published = case.context.document.published
    if case.is_forecast and published is None:
        return "needs_human", "A forecast cannot be judged: the document has no date. Give one with --date."
    later = [row for row in rows if published and published.last and row.first and _bounds(row)[0] > published.last]
    if later and case.is_forecast and not case.denies:
        return "came_true", f"{where}, after the document: {_cases(later)}."
    return "not_checkable", f"That a measure {where} is proposed is in no table; silence proves nothing."


def _lifted(rows: list[Restriction], time: Span | None, where: str) -> tuple[str, str]:
    """A measure that ended, near the time claimed."""
    ended = [row for row in rows if row.last]
    near = [row for row in ended if time is None or abs(_bounds(row)[1].year - time.last.year) <= 1]
    if near:
        return "supported", f"{where}: {_cases(near)}."
    if ended:
        return "partly_supported", f"{where}: {_cases(ended)}; the years are others."
    return "not_found_in_scope", f"{where} the table has no measure that ended{f': {_cases(rows)}' if rows else ''}."


def _cases(rows: Iterable[Restriction]) -> str:
    """Up to three measures with their dates and documents."""
    return list_words(_case_words(row) for row in list(rows)[:3])


def _case_words(row: Restriction) -> str:
    dates = (f" from {row.first}" if row.first else "") + (f" to {row.last}" if row.last else " in force")
    return f"{row.kind}{dates} ({row.document or row.source})"
