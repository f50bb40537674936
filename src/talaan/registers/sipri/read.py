"""The reader of SIPRI's trade register: files of one export in, columns of entries with everything set aside out."""

from collections import Counter
from collections.abc import Iterable, Sequence
from hashlib import blake2b

from talaan.model.errors import RegisterError
from talaan.registers.files import SourceFile
from talaan.registers.loaded import Loaded, SetAside
from talaan.registers.sipri.coverage import coverage, missing_parts, query, released, stated, together
from talaan.registers.sipri.doubts import refuse_mixed_columns
from talaan.registers.sipri.facts import Layout, fields_of_shapes
from talaan.registers.sipri.families import family
from talaan.registers.sipri.names import knows_party, party_refs, weapon_class
from talaan.registers.sipri.rows import Sheet, read_sheet

VERSION = "3"
_LOST = "\ufffd"
_SHOWN = 10
_SAME_DEAL = ("supplier", "recipient", "designation", "description", "ordered", "status", "tiv_unit", "licensed")


def read(sources: Sequence[SourceFile]) -> Loaded:
    """All rows of the files as one edition.

    RegisterError where a file is no register, lacks columns, is damaged, or the files do not belong together.
    """
    sheets = [read_sheet(source) for source in sources]
    for sheet in sheets:
        refuse_mixed_columns(sheet)
    layout = _one_layout(sheets)
    dates = sorted(filter(None, (released(sheet.preamble) for sheet in sheets)))
    bounds = together([(sheet.file.name, coverage(sheet)) for sheet in sheets])
    columns, aside = _numbered(sheets) if "deal" in layout.columns else _unnumbered(sheets)
    notes = [note for sheet in sheets for note in _notes(sheet)]
    date = dates[-1] if dates else None
    flagged = not any(sheet.header.unflagged for sheet in sheets)
    return Loaded(
        layout=layout.name,
        released=date,
        columns=_resolved(columns, layout),
        set_aside=(*(line for sheet in sheets for line in sheet.set_aside), *aside, *notes),
        unread_columns=tuple(dict.fromkeys(name for sheet in sheets for name in sheet.header.unread)),
        coverage=stated(bounds, layout, date, whole=not any(map(missing_parts, sheets)), flagged=flagged),
        statements=f"sipri_{layout.shape.replace('-', '_')}",
        deliveries="sipri_deliveries" if layout.shape == "per-year" else None,
    )


def _one_layout(sheets: Sequence[Sheet]) -> Layout:
    layouts = {sheet.header.layout.name: sheet.header.layout for sheet in sheets}
    if len(layouts) > 1:
        what = f"Files of the layouts {' and '.join(sorted(layouts))} cannot make one edition"
        raise RegisterError(what, where=_names(sheets), hint="load them one by one")
    return layouts.popitem()[1]


def _names(sheets: Iterable[Sheet]) -> str:
    return ", ".join(sheet.file.name for sheet in sheets)


def _columns(sheet: Sheet) -> dict[str, list[str]]:
    """A file's columns with the references of its parties beside."""
    return {**sheet.columns, **{f"{side}_ref": party_refs(sheet, side) for side in ("supplier", "recipient")}}


def _unnumbered(sheets: Sequence[Sheet]) -> tuple[dict[str, list[str]], list[SetAside]]:
    """Rows under ids made of their content; a row that two files share is one deal, one that a file repeats is two."""
    asked = {(found.first, found.last) if (found := query(sheet.preamble)) else None for sheet in sheets}
    if len(asked) > 1:
        hint = "numbers and TIV of this layout hold for the years of the export only: export one range of years"
        raise RegisterError("Per-deal files of other ranges of years cannot make one edition", where=_names(sheets), hint=hint)
    merged: dict[str, list[str]] = {}
    seen: set[str] = set()
    for sheet in sheets:
        ids = row_ids(zip(*sheet.columns.values(), strict=True))
        kept = [place for place, key in enumerate(ids) if key not in seen]
        seen.update(ids)
        for field, column in {"id": ids, **_columns(sheet)}.items():
            taken = column if len(kept) == len(column) else [column[place] for place in kept]
            merged[field] = merged[field] + taken if field in merged else taken
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


def _numbered(sheets: Sequence[Sheet]) -> tuple[dict[str, list[str]], list[SetAside]]:
    """Rows under the register's own numbers, one for each deal, or for each deal and year in a per-year layout.

    A row that stands in two files is taken once. Files that say different things about a deal are of different editions: RegisterError.
    """
    layout = sheets[0].header.layout
    per_deal = [field for field in (layout.fields if layout.shape == "per-deal" else _SAME_DEAL) if field in layout.fields]
    merged: dict[str, list[str]] = {field: [] for field in _columns(sheets[0])}
    aside: list[SetAside] = []
    years: dict[tuple[str, str], tuple[tuple[str, ...], str]] = {}
    deals: dict[str, tuple[tuple[str, ...], str]] = {}
    for sheet in sheets:
        columns = _columns(sheet)
        same = zip(*(columns[field] for field in per_deal), strict=True)
        rows, moments = zip(*columns.values(), strict=True), columns.get("year", columns["deal"])
        for row, deal, year, told, line in zip(rows, columns["deal"], moments, same, sheet.lines, strict=True):
            known = years.setdefault((deal, year), (row, sheet.file.name))
            first = deals.setdefault(deal, (told, sheet.file.name))
            if known[0] is row and first[0] == told:
                for column, value in zip(merged.values(), row, strict=True):
                    column.append(value)
            elif known[0] != row or first[0] != told:
                _refuse_other_edition(sheet, line, {known[1], first[1]})
                text = ",".join(row[: len(sheet.columns)])
                aside.append(SetAside(sheet.file.name, line, f"another row tells deal {deal} otherwise", text))
    if len(aside) > len(merged["deal"]):
        header, kept = layout.columns["deal"][0], len(merged["deal"])
        what = f"{len(aside)} rows tell a deal otherwise than the {kept} before them: {header!r} holds no deals' numbers"
        raise RegisterError(what, where=_names(sheets), hint="load the file as the register exports it")
    merged["id"] = [f"sipri:{layout.numbering}{deal}" for deal in merged.pop("deal")]
    return merged, aside


def _refuse_other_edition(sheet: Sheet, line: int, others: set[str]) -> None:
    if others != {sheet.file.name}:
        where = f"{sheet.file.name}:{line}, {', '.join(sorted(others - {sheet.file.name}))}"
        what = "The files tell the same deal differently: they are of different editions"
        raise RegisterError(what, where=where, hint="load them one by one")


def _resolved(columns: dict[str, list[str]], layout: Layout) -> dict[str, list[str]]:
    """The columns with references beside the register's names, and the fields that the layout lacks as unknown.

    Each distinct name is looked up once.
    """
    classes = {name: weapon_class(name) or "" for name in set(columns["description"])}
    named = list(zip(columns["designation"], columns["description"], strict=True))
    systems = {(name, kind): family(name, classes[kind] or None) or "" for name, kind in set(named)}
    unknown = [""] * len(columns["id"])
    lacking = {field: unknown for field in fields_of_shapes()[layout.shape] if field not in columns and field != "deal"}
    suppliers, recipients = columns.pop("supplier_ref"), columns.pop("recipient_ref")
    return {
        **columns,
        **lacking,
        "supplier": suppliers,
        "supplier_name": columns["supplier"],
        "recipient": recipients,
        "recipient_name": columns["recipient"],
        "category": [classes[name] for name in columns["description"]],
        "system": [systems[pair] for pair in named],
    }


def _notes(sheet: Sheet) -> Iterable[SetAside]:
    """Notes on the file as a whole: signs that rows are missing, letters lost, and parties nobody knows."""
    said = {line.reason for line in sheet.set_aside}
    yield from (SetAside(sheet.file.name, 0, sign) for sign in missing_parts(sheet) if sign not in said)
    lost = [line for line, name in zip(sheet.lines, sheet.columns["designation"], strict=True) if _LOST in name]
    if lost:
        lines = ", ".join(map(str, lost[:_SHOWN])) + (" …" if len(lost) > _SHOWN else "")
        yield SetAside(sheet.file.name, 0, f"{len(lost)} designations lost a sign to a wrong encoding (their rows are kept): lines {lines}")
    names = {*sheet.columns["supplier"], *sheet.columns["recipient"]}
    unknown = sorted(name for name in names if not knows_party(name))
    if unknown:
        yield SetAside(sheet.file.name, 0, f"parties without a reference (their rows are kept): {', '.join(unknown[:_SHOWN])}")
