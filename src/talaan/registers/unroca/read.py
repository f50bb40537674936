"""The reader of the UN Register: reports, dumps and the index of who reported in, entries with their details and reports out."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from talaan.model.entry import Coverage
from talaan.model.errors import RegisterError
from talaan.reference.resolver import resolver
from talaan.registers.deals import STATEMENT, entry_columns, hashed_ids
from talaan.registers.delimited import Column, read_grid
from talaan.registers.files import SourceFile
from talaan.registers.goods import class_of, system_in
from talaan.registers.loaded import ColumnType, Loaded, SetAside, Table
from talaan.registers.opened import DETAILS, REPORTS
from talaan.registers.parties import party_ref
from talaan.registers.publication import register_toml
from talaan.registers.records import Record, json_records, words
from talaan.registers.unroca.pages import FOLDER, is_page, page_records
from talaan.registers.unroca.reports import Filed, report_columns

VERSION = "1"
HOLDINGS = "holdings"
FIELDS = (
    "table", "year", "reporter", "exporter", "importer", "category", "num_items", "state_of_origin", "intermediate_locations",
    "description", "comments", "country", "url", "report_id", "retrieved_at",
)  # fmt: skip
KNOWN = frozenset({*FIELDS, "years", "filed"})
_DETAILS = (
    "id", "side", "reporter", "category", "num_items", "state_of_origin", "intermediate_locations", "description", "comments", "url",
)  # fmt: skip
_HOLDING = ("table", "country", "year", "category", "num_items", "description", "comments")
_YEAR = re.compile(r"(?:19|20)\d\d")
_NUMBER = re.compile(r"\d{1,9}")
_ROMAN = re.compile(r"(?:category\s+)?(VII|VI|IV|V|III|II|I)\b", re.IGNORECASE)


@dataclass(slots=True)
class _Found:
    """What the files hold, gathered file by file."""

    transfers: list[dict[str, str]] = field(default_factory=list)
    holdings: list[dict[str, str]] = field(default_factory=list)
    filed: list[Filed] = field(default_factory=list)
    indexed: list[Filed] = field(default_factory=list)
    aside: list[SetAside] = field(default_factory=list)
    unread: dict[str, None] = field(default_factory=dict)


def read(sources: Sequence[SourceFile]) -> Loaded:
    """All transfers of the files as entries, one for each state's word; beside them `details`, `reports` and `holdings`.

    A file is a report's page (HTML), a dump in the publisher's fields (JSON, JSON Lines or CSV), or the index of who reported
    (JSON with `country` and `years`); the index alone makes an edition without entries that knows who reported.
    RegisterError where a file is none of these, or no file holds a transfer or an index.
    """
    found = _Found()
    for source in sources:
        for line, record in _records(source):
            _sort_in(found, source, line, record)
    if not found.transfers and not any(filed.filed for filed in found.indexed):
        first = f": {found.aside[0].reason}" if found.aside else ""
        raise RegisterError(f"No transfer stands in these files{first}", where=", ".join(source.name for source in sources), hint=WANTED)
    entries = [_entry(row) for row in found.transfers]
    ids = hashed_ids(FOLDER, (tuple(row.get(name, "") for name in FIELDS) for row in found.transfers))
    for entry, row, key in zip(entries, found.transfers, ids, strict=True):
        entry["id"] = row["id"] = key
    return Loaded(
        layout="reports of states",
        released=None,
        columns=entry_columns(entries),
        set_aside=(*found.aside, *(SetAside("", 0, note) for note in _unknown(entries))),
        unread_columns=tuple(found.unread),
        coverage=_coverage(entries, found),
        statements=STATEMENT,
        tables=_tables(found),
    )


WANTED = "give report pages, or a dump with table, year, exporter, importer, category, num_items and description"


def _records(source: SourceFile) -> list[tuple[int, Record]]:
    """The records of one file, whatever its form."""
    if is_page(source):
        return page_records(source)
    if source.text.lstrip("\ufeff \n\t")[:1] in ("[", "{"):
        return json_records(source, ("transfers", "records", "data"))
    needed = ("table", "year", "exporter", "importer", "category")
    columns = [Column(name, (name,), "text", needed=name in needed) for name in FIELDS]
    grid = read_grid(source, columns, "a dump of the UN Register")
    if grid.set_aside:
        first = grid.set_aside[0]
        raise RegisterError(
            f"{len(grid.set_aside)} lines cannot be read, the first: {first.reason}", where=f"{source.name}:{first.line}", hint=WANTED
        )
    rows = [dict(zip(grid.columns, row, strict=True)) for row in zip(*grid.columns.values(), strict=True)]
    return list(zip(grid.lines, [dict[str, object](row) | dict.fromkeys(grid.unread, "") for row in rows], strict=True))


def _sort_in(found: _Found, source: SourceFile, line: int, record: Record) -> None:
    """A record put where it belongs; what cannot be read is set aside with its line."""
    found.unread.update(dict.fromkeys(key for key in record if key not in KNOWN))
    said = register_toml(FOLDER)
    years = record.get("years")
    if isinstance(years, list):
        found.indexed += _index(found, source, line, record)
        return
    row = {name: words(record, name) for name in FIELDS}
    sides: Mapping[str, str] = said["tables"]  # type: ignore[assignment]
    side = sides.get(row["table"])
    row["side"] = side or ""
    row["reporter"] = row["reporter"] or (row[side] if side else row["country"])
    fault = _fault(row, record, side)
    if fault:
        found.aside.append(SetAside(source.name, line, fault, " · ".join(value for value in row.values() if value)[:500]))
    elif side:
        found.transfers.append(row)
        found.filed.append(Filed(row["reporter"], row["year"], True))
    elif row["table"]:
        found.holdings.append(row)
        found.filed.append(Filed(row["reporter"], row["year"], True))
    else:
        found.filed.append(Filed(row["reporter"], row["year"], bool(record["filed"])))


def _fault(row: Mapping[str, str], record: Record, side: str | None) -> str | None:
    """Why a record cannot be read, None where it can."""
    if not _YEAR.fullmatch(row["year"]):
        return f"year: {row['year'][:40]!r} is not a year"
    holdings = register_toml(FOLDER)["holdings"]["tables"]  # type: ignore[index]
    is_report = not row["table"] and isinstance(record.get("filed"), bool)
    if side is None and row["table"] not in holdings and not is_report:
        return f"table: {row['table'][:40]!r} is not one of the register's"
    missing = [name for name in ("exporter", "importer", "category") if side and not row[name]]
    if missing:
        return f"empty: {', '.join(missing)}"
    return None if row["reporter"] else "no reporter"


def _index(found: _Found, source: SourceFile, line: int, record: Record) -> list[Filed]:
    """Which years a country of the index reported for; a country that never did has a row without a year."""
    country = words(record, "country")
    years = [words(item, "year") if isinstance(item, dict) else str(item) for item in record["years"]]  # type: ignore[attr-defined]
    bad = [year for year in years if not _YEAR.fullmatch(year)]
    if bad or not country:
        found.aside.append(SetAside(source.name, line, f"index of {country or 'nobody'}: {bad[:3]} are no years" if bad else "no country"))
        return []
    return [Filed(country, year, True) for year in years] or [Filed(country, "", False)]


def _entry(row: Mapping[str, str]) -> dict[str, str]:
    """A transfer in talaan's own columns; the report it stands in is told in the remark."""
    system = system_in(row["description"])
    number = row["num_items"].replace(",", "")
    remark = f"Reported by {row['reporter']} as {row['side']} for {row['year']}."
    return {
        "supplier": party_ref(row["exporter"]) or "",
        "supplier_name": row["exporter"],
        "recipient": party_ref(row["importer"]) or "",
        "recipient_name": row["importer"],
        "designation": row["description"] or row["category"],
        "description": row["category"],
        "category": class_of(system, row["description"], un_class(row["table"], row["category"])) or "",
        "system": system or "",
        "number_delivered": number if _NUMBER.fullmatch(number) else "",
        "years": row["year"],
        "comment": f"{remark} {row['comments']}".strip(),
    }


def un_class(table: str, category: str) -> str | None:
    """The class of goods that a category of the UN Register means.

    >>> un_class("major_export", "VI. Warships"), un_class("small_arms_export", "Rifles and carbines")
    ('warship', 'small-arms')
    """
    classes: Mapping[str, str] = register_toml(FOLDER)["categories"]  # type: ignore[assignment]
    if not table.startswith("major"):
        return classes[table.rsplit("_", 1)[0]]
    roman = _ROMAN.match(category.strip())
    return classes[roman[1].upper()] if roman else None


def _tables(found: _Found) -> dict[str, Table]:
    details = {name: [row[name] for row in found.transfers] for name in _DETAILS}
    details["reporter"] = [party_ref(row["reporter"]) or "" for row in found.transfers]
    tables = {DETAILS: Table(details, dict.fromkeys(_DETAILS, "text"))}
    reports = report_columns(found.filed, found.indexed)
    types: dict[str, ColumnType] = {"country": "text", "name": "text", "year": "year", "filed": "flag"}
    tables[REPORTS] = Table(reports, types)
    if found.holdings:
        kinds: dict[str, ColumnType] = {name: "year" if name == "year" else "text" for name in _HOLDING}
        holdings = {name: [row[name] or (row["reporter"] if name == "country" else "") for row in found.holdings] for name in _HOLDING}
        tables[HOLDINGS] = Table(holdings, kinds)
    return tables


def _unknown(entries: Sequence[Mapping[str, str]]) -> list[str]:
    pairs = {(row["supplier_name"], row["supplier"]) for row in entries} | {(row["recipient_name"], row["recipient"]) for row in entries}
    names = sorted(name for name, ref in pairs if not ref and not resolver().knows_party(name))
    return [f"parties without a reference (their rows are kept): {', '.join(names[:10])}"] if names else []


def _coverage(entries: Sequence[Mapping[str, str]], found: _Found) -> Coverage:
    """What the edition holds: transfers from and to the states whose reports are in it."""
    years = sorted({int(row["years"]) for row in entries} or {int(filed.year) for filed in found.indexed if filed.year})
    reporters = frozenset(ref for filed in found.filed if filed.filed and (ref := party_ref(filed.country)))
    counted = f"{len(found.transfers)} rows out of the reports of {len(reporters)} states, {years[0]}–{years[-1]}."
    index = " The index of who reported is loaded." if found.indexed else " Who filed no report is not known: load the index too."
    statement = f"{register_toml(FOLDER)['scope']} {counted}{index}"
    return Coverage(years[0], years[-1], recipients=reporters, suppliers=reporters, statement=statement)
