"""Rows of one export file: its text in, normalised columns and the lines set aside out."""

from collections.abc import Sequence
from dataclasses import dataclass

from talaan.model.errors import RegisterError
from talaan.registers.files import SourceFile
from talaan.registers.loaded import SetAside
from talaan.registers.sipri.header import Header, find_header, split_line
from talaan.registers.sipri.values import normalise

_PADDING = " \t;,"


@dataclass(frozen=True, slots=True)
class Sheet:
    """One file read: its preamble, its header, columns of equal length, the line each row stood on, and what was set aside."""

    file: SourceFile
    preamble: tuple[str, ...]
    header: Header
    columns: dict[str, list[str]]
    lines: tuple[int, ...]
    set_aside: tuple[SetAside, ...]


def read_sheet(file: SourceFile) -> Sheet:
    """The rows of a file; RegisterError where it has no header, lacks columns, or holds not one row that can be read."""
    lines = file.text.split("\n")
    header = find_header(lines, file.name)
    fields, numbers, aside = _whole_rows(file, lines, header)
    columns, bad = _columns(fields, header)
    aside += [SetAside(file.name, numbers[place], reason, lines[numbers[place] - 1]) for place, reason in bad.items()]
    if bad:
        kept = [place for place in range(len(numbers)) if place not in bad]
        columns = {field: [column[place] for place in kept] for field, column in columns.items()}
        numbers = [numbers[place] for place in kept]
    if not numbers:
        reason = f"{len(aside)} lines could not be read, the first: {aside[0].reason}" if aside else "the header is its last line"
        raise RegisterError(f"The file holds no row: {reason}", where=file.name, hint="export the register again")
    if file.cut:
        aside.append(SetAside(file.name, 0, "the compressed file ends early: rows are missing at its end"))
    aside.sort(key=lambda line: line.line)
    return Sheet(file, tuple(lines[: header.line - 1]), header, columns, tuple(numbers), tuple(aside))


def _whole_rows(file: SourceFile, lines: Sequence[str], header: Header) -> tuple[list[str], list[int], list[SetAside]]:
    """All fields of the rows that have as many as the header, one row after the other; their line numbers; the other lines."""
    whole: list[str] = []
    numbers: list[int] = []
    aside: list[SetAside] = []
    width, commas = len(header.names), len(header.names) - 1
    last = next((number for number in range(len(lines), header.line, -1) if lines[number - 1].strip(_PADDING)), header.line)
    cut_line = last if file.cut else None
    for number, line in enumerate(lines[header.line : last], header.line + 1):
        row = line.rstrip(";")
        found = len(split_line(row, quoted=True)) - 1 if header.quoted else row.count(",")
        if found == commas and number != cut_line:
            whole.append(row)
            numbers.append(number)
        elif row.strip(_PADDING):
            ends = number == last and (found <= commas or number == cut_line)
            aside.append(SetAside(file.name, number, _reason(found + 1, width, ends=ends), line, ends))
    if header.quoted:
        return [field for row in whole for field in split_line(row, quoted=True)], numbers, aside
    return ",".join(whole).split(",") if whole else [], numbers, aside


def _reason(found: int, width: int, *, ends: bool) -> str:
    if ends:
        return f"the file ends in this line: {found} of {width} fields"
    return f"{found} fields where the header has {width}"


def _columns(fields: Sequence[str], header: Header) -> tuple[dict[str, list[str]], dict[int, str]]:
    """Normalised columns, and the rows with a value that is none, with the column's name and the reason."""
    columns: dict[str, list[str]] = {}
    bad: dict[int, str] = {}
    for field in header.layout.fields:
        place = header.places[field]
        columns[field], faults = normalise(fields[place :: len(header.names)], field)
        label = header.names[place] or f"flag after {header.names[place - 1]}"
        for row, fault in faults.items():
            bad.setdefault(row, f"{label}: {fault}")
    return columns, bad
