"""The reader of SIPRI's trade register: files of one export in, columns of entries with everything set aside out."""

from collections import Counter
from collections.abc import Iterable, Sequence
from hashlib import blake2b

from talaan.model.errors import RegisterError
from talaan.reference.resolver import resolver
from talaan.registers.files import SourceFile
from talaan.registers.loaded import Loaded, SetAside
from talaan.registers.sipri.coverage import coverage, missing_parts, query, released, stated, together
from talaan.registers.sipri.rows import Sheet, read_sheet

VERSION = "1"
_SAME_DEAL = ("supplier", "recipient", "designation", "description", "ordered", "status", "tiv_unit", "licensed")


def read(sources: Sequence[SourceFile]) -> Loaded:
    """All rows of the files as one edition.

    RegisterError where a file is no register, lacks columns, or the files do not belong together.
    """
    sheets = [read_sheet(source) for source in sources]
    layouts = {sheet.header.layout.name for sheet in sheets}
    if len(layouts) > 1:
        what = "Files of the per-deal and the per-year layout cannot make one edition"
        raise RegisterError(what, where=_names(sheets), hint="load them one by one")
    layout = layouts.pop()
    dates = sorted(filter(None, (released(sheet.preamble) for sheet in sheets)))
    bounds = together([(sheet.file.name, coverage(sheet)) for sheet in sheets])
    columns, aside = _deals(sheets) if layout == "per-deal" else _deliveries(sheets)
    notes = [note for sheet in sheets for note in _notes(sheet)]
    date = dates[-1] if dates else None
    return Loaded(
        layout=layout,
        released=date,
        columns=_resolved(columns),
        set_aside=(*(line for sheet in sheets for line in sheet.set_aside), *aside, *notes),
        unread_columns=tuple(dict.fromkeys(name for sheet in sheets for name in sheet.header.unread)),
        coverage=stated(bounds, layout, date, whole=not any(map(missing_parts, sheets))),
        statements=f"sipri_{layout.replace('-', '_')}",
        deliveries="sipri_deliveries" if layout == "per-year" else None,
    )


def _names(sheets: Iterable[Sheet]) -> str:
    return ", ".join(sheet.file.name for sheet in sheets)


def _deals(sheets: Sequence[Sheet]) -> tuple[dict[str, list[str]], list[SetAside]]:
    """Per-deal rows under ids made of their content; a row that two files share is one deal, one that a file repeats is two."""
    asked = {(found.first, found.last) if (found := query(sheet.preamble)) else None for sheet in sheets}
    if len(asked) > 1:
        hint = "numbers and TIV of this layout hold for the years of the export only: export one range of years"
        raise RegisterError("Per-deal files of other ranges of years cannot make one edition", where=_names(sheets), hint=hint)
    merged: dict[str, list[str]] = {"id": [], **{field: [] for field in sheets[0].header.layout.fields}}
    seen: set[str] = set()
    for sheet in sheets:
        ids = row_ids(zip(*sheet.columns.values(), strict=True))
        kept = [place for place, key in enumerate(ids) if key not in seen]
        seen.update(ids)
        merged["id"] += [ids[place] for place in kept]
        for field, column in sheet.columns.items():
            merged[field] += column if len(kept) == len(column) else [column[place] for place in kept]
    return merged, []


def row_ids(rows: Iterable[Sequence[str]]) -> list[str]:
    """`sipri:` and a short hash of each normalised row; exact repetitions are counted from 2 on.

    >>> row_ids([("a", "b"), ("a", "c"), ("a", "b")])
    ['sipri:8d9c57afb645', 'sipri:d422f9b82d2b', 'sipri:8d9c57afb645-2']
    """
    counts: Counter[str] = Counter()
    ids = []
    for row in rows:
        key = "sipri:" + blake2b("\x1f".join(row).encode(), digest_size=6).hexdigest()
        counts[key] += 1
        ids.append(key if counts[key] == 1 else f"{key}-{counts[key]}")
    return ids


def _deliveries(sheets: Sequence[Sheet]) -> tuple[dict[str, list[str]], list[SetAside]]:
    """Per-year rows, one for each deal and year, under the register's own ids.

    A row that stands in two files is taken once. Files that say different things about a deal are of different editions: RegisterError.
    """
    fields = sheets[0].header.layout.fields
    merged: dict[str, list[str]] = {field: [] for field in fields}
    aside: list[SetAside] = []
    years: dict[tuple[str, str], tuple[tuple[str, ...], str]] = {}
    deals: dict[str, tuple[tuple[str, ...], str]] = {}
    for sheet in sheets:
        same = zip(*(sheet.columns[field] for field in _SAME_DEAL), strict=True)
        rows = zip(*(sheet.columns[field] for field in fields), strict=True)
        for row, deal, year, told, line in zip(rows, sheet.columns["deal"], sheet.columns["year"], same, sheet.lines, strict=True):
            known = years.setdefault((deal, year), (row, sheet.file.name))
            first = deals.setdefault(deal, (told, sheet.file.name))
            if known[0] is row and first[0] == told:
                for column, value in zip(merged.values(), row, strict=True):
                    column.append(value)
            elif known[0] != row or first[0] != told:
                _refuse_other_edition(sheet, line, {known[1], first[1]})
                aside.append(SetAside(sheet.file.name, line, f"another row tells deal {deal} otherwise", ",".join(row)))
    merged["id"] = [f"sipri:{deal}" for deal in merged.pop("deal")]
    return merged, aside


def _refuse_other_edition(sheet: Sheet, line: int, others: set[str]) -> None:
    if others != {sheet.file.name}:
        where = f"{sheet.file.name}:{line}, {', '.join(sorted(others - {sheet.file.name}))}"
        what = "The files tell the same deal differently: they are of different editions"
        raise RegisterError(what, where=where, hint="load them one by one")


def _resolved(columns: dict[str, list[str]]) -> dict[str, list[str]]:
    """The columns with references beside the register's names; each distinct name is looked up once."""
    known = resolver()
    parties = {name: known.party(name) or "" for name in {*columns["supplier"], *columns["recipient"]}}
    classes = {name: known.category(name) or "" for name in set(columns["description"])}
    systems = {name: system.ref if (system := known.system(name)) else "" for name in set(columns["designation"])}
    return {
        **columns,
        "supplier": [parties[name] for name in columns["supplier"]],
        "supplier_name": columns["supplier"],
        "recipient": [parties[name] for name in columns["recipient"]],
        "recipient_name": columns["recipient"],
        "category": [classes[name] for name in columns["description"]],
        "system": [systems[name] for name in columns["designation"]],
    }


def _notes(sheet: Sheet) -> Iterable[SetAside]:
    """Notes on the file as a whole: signs that rows are missing, and parties nobody knows."""
    said = {line.reason for line in sheet.set_aside}
    yield from (SetAside(sheet.file.name, 0, sign) for sign in missing_parts(sheet) if sign not in said)
    names = {*sheet.columns["supplier"], *sheet.columns["recipient"]}
    unknown = sorted(name for name in names if not resolver().knows_party(name))
    if unknown:
        yield SetAside(sheet.file.name, 0, f"parties without a reference (their rows are kept): {', '.join(unknown[:10])}")
