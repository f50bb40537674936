"""Rows of one export file: its text in, normalised columns and the lines set aside out."""

import csv
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from talaan.model.errors import RegisterError
from talaan.registers.files import SourceFile
from talaan.registers.loaded import SetAside
from talaan.registers.sipri.facts import facts
from talaan.registers.sipri.header import Header, find_header, split_line
from talaan.registers.sipri.tree import read_tree
from talaan.registers.sipri.values import normalise, writable

_PADDING = " \t;,"
_SHOWN_REASONS = 5
_SHOWN_SIGNS = 10_000
_CUT = "download or export it again"


@dataclass(frozen=True, slots=True)
class Sheet:
    """One file read: its preamble, its header, columns of equal length, the line each row stood on, and what was set aside.

    In a file of JSON `lines` count its rows.
    """

    file: SourceFile
    preamble: tuple[str, ...]
    header: Header
    columns: dict[str, list[str]]
    lines: tuple[int, ...]
    set_aside: tuple[SetAside, ...]


@dataclass(frozen=True, slots=True)
class _Raw:
    """Fields of all rows, one row after the other; the number of each row; the lines that are no rows."""

    fields: list[str]
    numbers: list[int]
    set_aside: list[SetAside]


def read_sheet(file: SourceFile) -> Sheet:
    """The rows of a file.

    RegisterError where it has no header, lacks columns, was cut off, or holds fewer rows that can be read than others.
    """
    if file.cut:
        raise RegisterError("The compressed file ends early: rows are missing at its end", where=file.name, hint=_CUT)
    if file.text.lstrip()[:1] in ("{", "["):
        layout, fields, numbers = read_tree(file.text, file.name)
        places = {field: place for place, field in enumerate(layout.fields)}
        return _sheet(file, (), Header(layout, 0, layout.fields, places, ()), _Raw(fields, numbers, []))
    lines = file.text.split("\n")
    header = find_header(lines, file.name)
    return _sheet(file, tuple(lines[: header.line - 1]), header, _whole_rows(file, lines, header))


def _sheet(file: SourceFile, preamble: tuple[str, ...], header: Header, raw: _Raw) -> Sheet:
    """The rows normalised; those with a value that is none are set aside."""
    columns, bad = _columns(raw.fields, header)
    numbers, width = raw.numbers, len(header.names)
    aside = list(raw.set_aside)
    for place, reason in bad.items():
        text = header.layout.separator.join(raw.fields[place * width : (place + 1) * width])
        aside.append(SetAside(file.name, numbers[place], reason, writable(text[:_SHOWN_SIGNS])))
    if bad:
        kept = [place for place in range(len(numbers)) if place not in bad]
        columns = {field: [column[place] for place in kept] for field, column in columns.items()}
        numbers = [numbers[place] for place in kept]
    aside.sort(key=lambda line: line.line)
    _refuse_unreadable(file, len(numbers), aside)
    return Sheet(file, preamble, header, columns, tuple(numbers), tuple(aside))


def _refuse_unreadable(file: SourceFile, rows: int, aside: Sequence[SetAside]) -> None:
    """RegisterError where a file has no row, or more lines that cannot be read than rows: it is damaged, not merely faulty."""
    if rows >= max(1, len(aside)):
        return
    if not aside:
        raise RegisterError("The file holds no row: the header is its last line", where=file.name, hint="export the register again")
    reasons: Counter[str] = Counter(line.reason for line in aside)
    first = {reason: next(line.line for line in aside if line.reason == reason) for reason, _ in reasons.most_common(_SHOWN_REASONS)}
    told = "; ".join(f"{reason} ({reasons[reason]} times, first in line {line})" for reason, line in first.items())
    more = "" if len(reasons) <= _SHOWN_REASONS else f"; and {len(reasons) - _SHOWN_REASONS} other faults"
    held = "no row" if not rows else f"{rows} rows"
    what = f"The file holds {held}: {len(aside)} lines could not be read: {told}{more}"
    raise RegisterError(what, where=file.name, hint="export the register again")


def _whole_rows(file: SourceFile, lines: Sequence[str], header: Header) -> _Raw:
    """The rows that have as many fields as the header, and the other lines; RegisterError where the file ends inside a line."""
    separator, width = header.layout.separator, len(header.names)
    last = next((number for number in range(len(lines), header.line, -1) if lines[number - 1].strip(_PADDING)), header.line)
    rows = lines[header.line : last] if separator == ";" else [line.rstrip(";") for line in lines[header.line : last]]
    if rows and '"' not in file.text and all(row.count(separator) == width - 1 for row in rows):
        return _Raw(separator.join(rows).split(separator), list(range(header.line + 1, last + 1)), [])
    fields: list[str] = []
    numbers: list[int] = []
    aside: list[SetAside] = []
    for number, row in enumerate(rows, header.line + 1):
        found = _fields(row, separator, width)
        if len(found) == width:
            fields += found
            numbers.append(number)
        elif row.strip(_PADDING):
            if number == len(lines) and len(found) < width:
                where = f"{file.name}:{number}"
                raise RegisterError(f"The file ends inside this line: {len(found)} of {width} fields", where=where, hint=_CUT)
            ends = number == last and len(found) < width
            reason = _reason(len(found), width, ends=ends)
            aside.append(SetAside(file.name, number, reason, lines[number - 1][:_SHOWN_SIGNS], ends))
    return _Raw(fields, numbers, aside)


def _fields(row: str, separator: str, width: int) -> list[str]:
    """The fields of a row; quotes are taken for a spreadsheet's where they make as many fields as there should be, or nothing does."""
    plain = row.split(separator)
    if '"' not in row:
        return plain
    try:
        unquoted = split_line(row, separator)
    except csv.Error:
        return plain
    return unquoted if len(unquoted) == width or len(plain) != width else plain


def _reason(found: int, width: int, *, ends: bool) -> str:
    if ends:
        return f"the file ends in this line: {found} of {width} fields"
    return f"{found} fields where the header has {width}"


def _columns(fields: Sequence[str], header: Header) -> tuple[dict[str, list[str]], dict[int, str]]:
    """Normalised columns, and the rows with a value that is none, with the column's name and the reason."""
    columns: dict[str, list[str]] = {}
    bad: dict[int, str] = {}
    width = len(header.names)
    for field in header.layout.fields:
        place = header.places.get(field)
        if place is None:
            columns[field] = ["false"] * (len(fields) // width)
            continue
        column, faults = normalise(fields[place::width], header.layout.forms.get(field, field))
        columns[field] = _respelt(column, facts().status) if field == "status" else column
        label = header.names[place] or f"flag after {header.names[place - 1]}"
        for row, fault in faults.items():
            bad.setdefault(row, f"{label}: {fault}")
    return columns, bad


def _respelt(column: list[str], spellings: Mapping[str, str]) -> list[str]:
    return [spellings.get(word, word) for word in column] if any(word in spellings for word in set(column)) else column
