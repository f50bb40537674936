"""The reader of any list of deals: files and the map of their columns in, entries out."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import TypeVar

from talaan.model.entry import Coverage
from talaan.model.errors import RegisterError
from talaan.reference.resolver import resolver
from talaan.registers.deals import STATEMENT, counted, entry_columns, hashed_ids
from talaan.registers.delimited import Column, Grid, read_grid, refuse_unreadable
from talaan.registers.files import WORKBOOK, SourceFile
from talaan.registers.goods import class_of, system_in
from talaan.registers.loaded import Loaded, SetAside
from talaan.registers.mapped.mapping import PARTIES, Map
from talaan.registers.mapped.values import count_in, years_in
from talaan.registers.parties import party_ref
from talaan.registers.publication import Publication, Reader, RegisterFacts

VERSION = "1"
NUMBERS = ("number_ordered", "number_delivered")
NOT_SAID = "not said in its map"
Value = TypeVar("Value")


def mapped_publication(name: str, made: Map) -> Publication:
    """The register of that name whose files the map reads."""
    about = made.about
    facts = RegisterFacts(
        title=about.get("title", name),
        publisher=about.get("publisher", NOT_SAID),
        licence=about.get("licence", NOT_SAID),
        address=about.get("address", ""),
    )
    return Publication(name, lambda: facts, lambda: Reader(f"{VERSION} {made.version}", partial(read, name, made)), frozenset({WORKBOOK}))


def read(name: str, made: Map, sources: Sequence[SourceFile]) -> Loaded:
    """All rows of the files as entries; RegisterError where a file lacks a column of the map, or no row can be read.

    A row is set aside where a party is not named, or a year or number is none.
    """
    grids = [read_grid(source, columns_for(made), f"a table that fits the map ({name})") for source in sources]
    rows: list[dict[str, str]] = []
    aside: list[SetAside] = []
    for grid in grids:
        found, faults = rows_of(grid, made)
        refuse_unreadable(grid.file, len(found), faults)
        rows += found
        aside += [*grid.set_aside, *faults]
    for row, key in zip(rows, _ids(name, rows), strict=True):
        row["id"] = key
    unread = tuple(dict.fromkeys(header for grid in grids for header in grid.unread))
    return Loaded(
        layout="mapped table",
        released=None,
        columns=entry_columns(rows),
        set_aside=(*aside, *_unknown(rows)),
        unread_columns=unread,
        coverage=_coverage(rows, made),
        statements=STATEMENT,
    )


def columns_for(made: Map) -> list[Column]:
    """The columns that a map reads, a field with several headers under several names."""
    return [
        Column(f"{field}/{place}" if place else field, (header,), "text", filled=False)
        for field, headers in made.columns.items()
        for place, header in enumerate(headers)
    ]


def rows_of(grid: Grid, made: Map) -> tuple[list[dict[str, str]], list[SetAside]]:
    """The rows of one file in talaan's own columns, and those that cannot be read with the reason."""
    rows: list[dict[str, str]] = []
    aside: list[SetAside] = []
    for cells, line in zip(zip(*grid.columns.values(), strict=True), grid.lines, strict=True):
        raw = _said(dict(zip(grid.columns, cells, strict=True)), made)
        try:
            rows.append(_entry(raw))
        except ValueError as fault:
            aside.append(SetAside(grid.file.name, line, str(fault), " · ".join(cell for cell in cells if cell)[:500]))
    return rows, aside


def _said(cells: Mapping[str, str], made: Map) -> dict[str, str]:
    """field → words of a row: several columns joined, constants filled in, words read as the map says."""
    raw = dict(made.constants)
    for field, headers in made.columns.items():
        parts = [cells[field if not place else f"{field}/{place}"] for place in range(len(headers))]
        raw[field] = "; ".join(part for part in parts if part)
    return {field: made.values.get(field, {}).get(value, value) for field, value in raw.items()}


def _entry(raw: Mapping[str, str]) -> dict[str, str]:
    """A row in talaan's own columns; ValueError with the reason where it cannot be read."""
    for party in PARTIES:
        if not raw.get(party):
            raise ValueError(f"{party}: empty")
    designation, description = raw.get("designation", ""), raw.get("description", "")
    if not designation and not description:
        raise ValueError("neither designation nor description")
    system = system_in(designation or description)
    row = {
        "key": raw.get("id", ""),
        "designation": designation or description,
        "description": description,
        "system": system or "",
        "category": class_of(system, description) or "",
        "status": raw.get("status", ""),
        "comment": raw.get("comment", ""),
    }
    for party in PARTIES:
        row |= {party: party_ref(raw[party]) or "", f"{party}_name": raw[party]}
    for number in NUMBERS:
        count, doubtful = _told(number, count_in, raw.get(number, ""))
        row |= {number: count, f"{number}_uncertain": "true" if doubtful else "false"}
    ordered = _told("ordered", years_in, raw.get("ordered", ""))
    row["ordered"] = str(ordered[0]) if ordered else ""
    row["years"] = ";".join(map(str, _told("years", years_in, raw.get("years", ""))))
    return row


def _told(field: str, parse: Callable[[str], Value], raw: str) -> Value:
    """The value, or ValueError that names the field."""
    try:
        return parse(raw)
    except ValueError as fault:
        raise ValueError(f"{field}: {fault}") from None


def _ids(name: str, rows: Sequence[Mapping[str, str]]) -> list[str]:
    """`name:` and the list's own number of each row, a hash of the row where it has none; repetitions are counted."""
    hashed = hashed_ids(name, [tuple(row.values()) for row in rows])
    return counted(f"{name}:{row['key']}" if row["key"] else key for row, key in zip(rows, hashed, strict=True))


def _unknown(rows: Sequence[Mapping[str, str]]) -> list[SetAside]:
    names = {row[f"{party}_name"] for row in rows for party in PARTIES if not row[party]}
    unknown = sorted(name for name in names if not resolver().knows_party(name))
    return [SetAside("", 0, f"parties without a reference (their rows are kept): {', '.join(unknown[:10])}")] if unknown else []


def _coverage(rows: Sequence[Mapping[str, str]], made: Map) -> Coverage:
    """What the list holds: the pairs of parties that stand in it and no others, because nobody can say that it is complete."""
    delivered = {int(year) for row in rows for year in row["years"].split(";") if year}
    years = sorted(delivered or {int(row["ordered"]) for row in rows if row["ordered"]})
    if not years:
        hint = "the map must name a column for years or ordered, or say years under [constants]"
        raise RegisterError("No row has a year", hint=hint)
    suppliers, recipients = (frozenset(row[party] for row in rows if row[party]) for party in PARTIES)
    scope = made.about.get("scope", "What the list covers is not said in its map.")
    statement = f"{scope} {len(rows)} rows, {years[0]}–{years[-1]}; only the parties that stand in it are covered."
    return Coverage(years[0], years[-1], suppliers=suppliers, supplier_recipients=recipients, statement=statement)
