"""What an export covers: its preamble and its rows in, a Coverage out."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from talaan.model.entry import Coverage
from talaan.model.errors import RegisterError
from talaan.reference.resolver import resolver
from talaan.registers.sipri.facts import Layout, facts
from talaan.registers.sipri.names import party_refs
from talaan.registers.sipri.rows import Sheet

_QUERY = re.compile(
    r"from\s+(?P<suppliers>.+?)\s+to\s+(?P<recipients>.+?)\s*\.\s*Deals with .*? year range '(?P<first>[^']*)' to '(?P<last>[^']*)'"
)
_GENERATED = re.compile(r"Data generated:\s*(\d{1,2}) ([A-Z][a-z]{2})[a-z]* (\d{4})")
_MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
_EVERYBODY = "all countries"


@dataclass(frozen=True, slots=True)
class Query:
    """What an export was asked for; None: all parties, or no year named."""

    suppliers: frozenset[str] | None
    recipients: frozenset[str] | None
    first: int | None
    last: int | None


def released(preamble: Sequence[str]) -> str | None:
    """The export date, or None where the preamble does not give it.

    >>> released(["Data generated: 18 May 2026 2:29:20 PM"])
    '2026-05-18'
    """
    found = next((found for line in preamble if (found := _GENERATED.search(line))), None)
    if found is None or found[2] not in _MONTHS:
        return None
    return f"{found[3]}-{_MONTHS.index(found[2]) + 1:02d}-{int(found[1]):02d}"


def query(preamble: Sequence[str]) -> Query | None:
    """The query of the export, or None where the preamble is missing or names a party nobody knows.

    >>> query(["Transfers … from All countries  to Ukraine  . Deals with deliveries made for the year range '2000' to '2024' "])
    Query(suppliers=None, recipients=frozenset({'country:UKR'}), first=2000, last=2024)
    """
    found = _QUERY.search(" ".join(preamble))
    if found is None:
        return None
    try:
        suppliers, recipients = (_parties(found[side]) for side in ("suppliers", "recipients"))
    except KeyError:
        return None
    first, last = (int(year) if year.isdecimal() else None for year in (found["first"], found["last"]))
    return Query(suppliers, recipients, first, last)


def _parties(words: str) -> frozenset[str] | None:
    """References of the parties named, None for all countries; KeyError for a name that nobody knows."""
    words = words.strip()
    if words.lower() == _EVERYBODY:
        return None
    whole = resolver().party(words)
    if whole:
        return frozenset({whole})
    found = [resolver().party(part) for part in re.split(r"[;,]", words)]
    if None in found:
        raise KeyError(words)
    return frozenset(ref for ref in found if ref)


def missing_parts(sheet: Sheet) -> list[str]:
    """Signs that the file is not the whole export, in words; empty where there is none."""
    asked, rows, aside = query(sheet.preamble), len(sheet.lines), [line for line in sheet.set_aside if line.line]
    signs = [line.reason for line in sheet.set_aside if line.line == 0 or line.ends_file]
    if asked is None or asked.suppliers is not None or asked.recipients is not None:
        return signs
    years = (asked.first, asked.last) if asked.first and asked.last else None
    key = (released(sheet.preamble), sheet.header.layout.name, years)
    counted = next((export.rows for export in facts().exports if (export.generated, export.layout, export.years) == key), None)
    if counted is not None and not counted <= rows + len(aside) <= counted + len(aside):
        return [*signs, f"{rows} rows where this export has {counted}: the file is not whole"]
    recipients = len(set(sheet.columns["recipient"]))
    if recipients < facts().whole_recipients and (years is None or years[1] - years[0] >= facts().whole_years):
        fewest = facts().whole_recipients
        return [*signs, f"{recipients} recipients where an export of all countries names more than {fewest}: the file is not whole"]
    return signs


def coverage(sheet: Sheet) -> Coverage:
    """What one file covers; without a preamble, or where rows are missing, the parties that stand in it and no others."""
    asked, date = query(sheet.preamble), released(sheet.preamble)
    years = _years_delivered(sheet)
    last = _last_year(date, asked.last if asked else None, max(years, default=facts().first_year))
    first = asked.first if asked and asked.first else (facts().first_year if asked else min(years, default=facts().first_year))
    bounds = Coverage(first_year=first, last_year=max(first, last), statement="")
    if asked is None or missing_parts(sheet):
        bounds = replace(bounds, suppliers=_present(sheet, "supplier"), supplier_recipients=_present(sheet, "recipient"))
    elif asked.suppliers is not None:
        bounds = replace(bounds, suppliers=asked.suppliers, supplier_recipients=asked.recipients)
    else:
        bounds = replace(bounds, recipients=asked.recipients)
    return bounds


def _last_year(date: str | None, asked: int | None, present: int) -> int:
    """The last year the export can know in full: not the year of the export, and before the yearly revision not the one before."""
    if date is None:
        return present
    complete = int(date[:4]) - 1
    if present < complete and int(date[5:7]) <= facts().revised_in_month:
        complete -= 1
    return max(present, min(complete, asked or complete))


def _years_delivered(sheet: Sheet) -> set[int]:
    """The years with deliveries; where deals stand with all their years whatever was asked, the last of each."""
    cells = set(sheet.columns["years" if "years" in sheet.columns else "year"])
    if sheet.header.layout.whole_deals:
        return {int(cell[-4:]) for cell in cells if cell}
    return {int(year) for cell in cells for year in cell.split(";") if year}


def _present(sheet: Sheet, side: str) -> frozenset[str]:
    return frozenset(filter(None, party_refs(sheet, side)))


def together(parts: Sequence[tuple[str, Coverage]]) -> Coverage:
    """The coverage of files that complete each other, (name, coverage) each.

    RegisterError where no single coverage says what they hold: other parties in other years.
    """
    name, whole = parts[0]
    for other, part in parts[1:]:
        whole = _both(whole, part, where=f"{name}, {other}")
    return whole


def _both(one: Coverage, two: Coverage, *, where: str) -> Coverage:
    scopes = [(part.recipients, part.suppliers, part.supplier_recipients) for part in (one, two)]
    first, last = min(one.first_year, two.first_year), max(one.last_year, two.last_year)
    if scopes[0] == scopes[1]:
        gap = max(one.first_year, two.first_year) - min(one.last_year, two.last_year)
        if gap > 1:
            hint = "load them one by one, or export the years between"
            raise RegisterError("Years are missing between these files", where=where, hint=hint)
        return replace(one, first_year=first, last_year=last)
    if (one.first_year, one.last_year) != (two.first_year, two.last_year):
        raise RegisterError("These files cover other parties in other years", where=where, hint="load them one by one")
    for part in (one, two):
        if part.recipients is None and part.suppliers is None:
            return part
    if one.suppliers is None or two.suppliers is None or one.supplier_recipients == two.supplier_recipients:
        return replace(
            one if one.suppliers is not None else two,
            recipients=_joined(one.recipients, two.recipients),
            suppliers=_joined(one.suppliers, two.suppliers),
        )
    if one.suppliers == two.suppliers and one.recipients == two.recipients and one.supplier_recipients and two.supplier_recipients:
        return replace(one, supplier_recipients=one.supplier_recipients | two.supplier_recipients)
    raise RegisterError("These files cover pairs of parties that cannot be told in one", where=where, hint="load them one by one")


def _joined(one: frozenset[str] | None, two: frozenset[str] | None) -> frozenset[str] | None:
    return one if two is None else two if one is None else one | two


def stated(bounds: Coverage, layout: Layout, date: str | None, *, whole: bool, flagged: bool) -> Coverage:
    """The coverage with a statement in words; `whole` false says that rows are missing, `flagged` false that doubts are not marked."""
    parties = "all suppliers to all recipients"
    if bounds.recipients is not None or bounds.suppliers is not None:
        sides = []
        if bounds.recipients is not None:
            sides.append(f"all suppliers to {_names(bounds.recipients)}")
        if bounds.suppliers is not None:
            to = "all recipients" if bounds.supplier_recipients is None else _names(bounds.supplier_recipients)
            sides.append(f"{_names(bounds.suppliers)} to {to}")
        parties = "; ".join(sides)
    when = f"exported {date}" if date else "export date not known"
    held = f"{parties[0].upper()}{parties[1:]}, {bounds.first_year}–{bounds.last_year}, {when}."
    text = f"{facts().whole} {held} {layout.statement}"
    text += "" if flagged else f" {facts().unflagged}"
    text += "" if whole else " Rows are missing: the file is not the whole export."
    return replace(bounds, statement=text)


def _names(refs: frozenset[str]) -> str:
    countries = resolver().tables.countries
    names = sorted(countries[code].name if (code := ref.removeprefix("country:")) in countries else ref for ref in refs)
    return ", ".join(names) if len(names) <= 8 else f"{', '.join(names[:5])} and {len(names) - 5} more"
