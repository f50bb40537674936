"""The reader of SIPRI's TIV tables: tables of one release in, one tidy table out; an edition in, values out."""

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import chain

from talaan.model.entry import Coverage
from talaan.model.errors import RegisterError
from talaan.reference.resolver import resolver
from talaan.registers.files import SourceFile
from talaan.registers.loaded import MAIN_TABLE, ColumnType, Loaded, SetAside, Table
from talaan.registers.parties import party_ref
from talaan.registers.sipri_tiv.facts import tiv_facts
from talaan.registers.sipri_tiv.rows import Label, Sheet, Value, read_sheet
from talaan.registers.tables import OpenTable

VERSION = "1"
ROUNDING = 1
_GENERATED = re.compile(r"[Gg]enerated:\s*(\d{1,2} [A-Z][a-z]+ \d{4})")
_TYPES: dict[str, ColumnType] = {
    "direction": "text",
    "supplier": "text",
    "supplier_name": "text",
    "recipient": "text",
    "recipient_name": "text",
    "region": "text",
    "category": "text",
    "total": "flag",
    "year": "year",
    "value": "number",
    "unit": "text",
}


@dataclass(frozen=True, slots=True)
class TivValue:
    """One published value: `value` in million TIV, rounded; 0 means more than nothing and less than 0.5.

    `direction` is exports (of a supplier to all), imports (of a recipient or region from all) or transfers (both parties,
    or neither, named). Parties are references, None where the row is about all or the register does not know the party; `total` marks sums.
    """

    direction: str
    supplier: str | None
    supplier_name: str | None
    recipient: str | None
    recipient_name: str | None
    region: str | None
    category: str | None
    total: bool
    year: int
    value: float


def tiv_values(
    table: OpenTable,
    *,
    direction: str | None = None,
    suppliers: Collection[str] | None = None,
    recipients: Collection[str] | None = None,
    first: int | None = None,
    last: int | None = None,
) -> list[TivValue]:
    """Published values that pass every filter given, `first` to `last` year included, in the order of the files."""
    bounds = table.edition.coverage
    given = {
        "direction": direction,
        "suppliers": None if suppliers is None else sorted(suppliers),
        "recipients": None if recipients is None else sorted(recipients),
        "first": first or bounds.first_year,
        "last": last or bounds.last_year,
    }
    return [TivValue(*row) for row in table.ask("tiv_values", given)]


def read(sources: Sequence[SourceFile]) -> Loaded:
    """All values of the files as one table; RegisterError where a file is no TIV table, or the files are of different releases."""
    sheets = [read_sheet(source) for source in sources]
    values, aside = _merged(sheets)
    dates = sorted(filter(None, map(released, (sheet.preamble for sheet in sheets))))
    years = [int(value.year) for value in values]
    layouts = list(dict.fromkeys(sheet.layout for sheet in sheets))
    statement = f"{tiv_facts().scope} {'; '.join(layouts).capitalize()}, {min(years)}–{max(years)}."
    notes = [SetAside("", 0, fault) for fault in _unknown(value.label for value in values)]
    return Loaded(
        layout="; ".join(layouts),
        released=dates[-1] if dates else None,
        columns={},
        set_aside=(*chain.from_iterable(sheet.set_aside for sheet in sheets), *aside, *notes),
        unread_columns=tuple(dict.fromkeys(name for sheet in sheets for name in sheet.unread)),
        coverage=Coverage(min(years), max(years), statement=statement),
        statements=None,
        tables={MAIN_TABLE: Table(_columns(values), _TYPES)},
    )


def released(preamble: str) -> str | None:
    """The day a table was generated, None where it does not say.

    >>> released("Data generated: 13 Oct 2024 12:33:53 PM"), released("Generated: 28 July 2022,,,"), released("")
    ('2024-10-13', '2022-07-28', None)
    """
    found = _GENERATED.search(preamble)
    if found is None:
        return None
    day, month, year = found[1].split()
    try:
        return datetime.strptime(f"{day} {month[:3]} {year}", "%d %b %Y").date().isoformat()
    except ValueError:
        return None


def _merged(sheets: Sequence[Sheet]) -> tuple[list[Value], list[SetAside]]:
    """Every value once. What the files say differently is set aside, where they differ by rounding; by more, they are of two releases."""
    kept: dict[tuple[Label, str], tuple[Value, Sheet]] = {}
    aside: dict[tuple[str, int], SetAside] = {}
    for sheet in sheets:
        for value in sheet.values:
            known, where = kept.setdefault((value.label, value.year), (value, sheet))
            if known is value or float(known.value) == float(value.value):
                continue
            if where is not sheet and abs(float(known.value) - float(value.value)) > ROUNDING:
                place = f"{where.file.name}:{known.line}, {sheet.file.name}:{value.line}"
                what = f"The files give different values for {value.year}: they are of different releases"
                raise RegisterError(what, where=place, hint="load them one by one")
            reason = f"{value.year}: {value.value} here, {known.value} in {where.file.name} line {known.line}, which is kept"
            aside.setdefault((sheet.file.name, value.line), SetAside(sheet.file.name, value.line, reason, value.value))
    return [value for value, _ in kept.values()], list(aside.values())


def _columns(values: Sequence[Value]) -> dict[str, list[str]]:
    names = {name for value in values for name in (value.label.supplier, value.label.recipient)}
    refs = {name: party_ref(name) or "" for name in names if name} | {"": ""}
    labels = [value.label for value in values]
    return {
        "direction": [label.direction for label in labels],
        "supplier": [refs[label.supplier] for label in labels],
        "supplier_name": [label.supplier for label in labels],
        "recipient": [refs[label.recipient] for label in labels],
        "recipient_name": [label.recipient for label in labels],
        "region": [label.region for label in labels],
        "category": [label.category for label in labels],
        "total": ["true" if label.total else "false" for label in labels],
        "year": [value.year for value in values],
        "value": [value.value for value in values],
        "unit": [tiv_facts().unit] * len(values),
    }


def _unknown(labels: Iterable[Label]) -> list[str]:
    """A note on party names that nobody knows, none where all are known."""
    names = {name for label in labels for name in (label.supplier, label.recipient) if name}
    unknown = sorted(name for name in names if not (party_ref(name) or resolver().knows_party(name)) and name not in tiv_facts().remainder)
    return [f"parties without a reference (their rows are kept): {', '.join(unknown[:10])}"] if unknown else []
