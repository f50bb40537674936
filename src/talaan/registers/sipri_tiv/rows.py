"""Rows of one TIV table: a file in, one value for each row and year out, with the lines set aside."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from talaan.model.errors import RegisterError
from talaan.registers.delimited import read_grid, records, refuse_half_line, refuse_unreadable
from talaan.registers.files import SourceFile
from talaan.registers.loaded import SetAside
from talaan.registers.sipri_tiv.facts import fitting, tiv_facts
from talaan.registers.sipri_tiv.layout import LOOK_AT, Header, Labels, find_header, find_labels

_VALUE = re.compile(r"\d{1,9}(?:\.\d{1,9})?")
_THOUSANDS = re.compile(r"(?<=\d),(?=\d{3}(?:\D|$))")
_SUMS = re.compile(r"\d{4}-\d{4}|Total|")
PARTIES = ("supplier", "recipient")


@dataclass(frozen=True, slots=True)
class Label:
    """What a row is about, in the file's own words, "" where it is about all of them; `total` marks a sum of other rows."""

    supplier: str = ""
    recipient: str = ""
    region: str = ""
    category: str = ""
    total: bool = False

    @property
    def direction(self) -> str:
        """`exports` of a supplier, `imports` of a recipient or region, `transfers` where both parties or neither are named."""
        if bool(self.supplier) == bool(self.recipient or self.region):
            return "transfers"
        return "exports" if self.supplier else "imports"


@dataclass(frozen=True, slots=True)
class Value:
    """One cell: what it is about, its year, its value as text, and the line it stands on."""

    label: Label
    year: str
    value: str
    line: int


@dataclass(frozen=True, slots=True)
class Sheet:
    """One file read."""

    file: SourceFile
    layout: str
    preamble: str
    values: tuple[Value, ...]
    set_aside: tuple[SetAside, ...]
    unread: tuple[str, ...]


def read_sheet(file: SourceFile) -> Sheet:
    """The values of a file; RegisterError where it is no TIV table or holds no row that can be read."""
    header = None if _is_long(file) else find_header(file)
    sheet = _long(file) if header is None else _wide(file, header)
    if not sheet.values:
        first = f": {sheet.set_aside[0].reason}" if sheet.set_aside else ""
        raise RegisterError(f"The table holds no value{first}", where=file.name, hint="export the table again")
    refuse_unreadable(file, len({value.line for value in sheet.values}), sheet.set_aside)
    return sheet


def _is_long(file: SourceFile) -> bool:
    """Whether the first line names every column of the layout with one value a row."""
    first = file.text.lstrip().split("\n", 1)[0].lower()
    return all(any(re.search(rf"\b{name}\b", first) for name in column.names) for column in tiv_facts().long)


def _long(file: SourceFile) -> Sheet:
    """One value a row."""
    try:
        grid = read_grid(file, tiv_facts().long, "a TIV table")
    except RegisterError as error:
        if not error.what.startswith("No header"):
            raise
        raise RegisterError("No header of a TIV table", where=file.name, hint=LOOK_AT) from error
    columns = grid.columns
    rows = zip(columns["supplier"], columns["recipient"], columns["year"], columns["value"], grid.lines, strict=True)
    values = tuple(Value(Label(supplier, recipient), year, value, line) for supplier, recipient, year, value, line in rows)
    return Sheet(file, "values by supplier and recipient", "", values, grid.set_aside, grid.unread)


def _wide(file: SourceFile, header: Header) -> Sheet:
    """One row for each party, region or category, one column for each year."""
    lines = [(line, cells) for line, cells in records(file, header.separator) if line > header.line]
    preamble = " ".join(file.text.split("\n", header.line)[: header.line - 1])
    labels = find_labels(header, preamble, [cells for _, cells in lines], f"{file.name}:{header.line}")
    read = _Reading(file, header, labels)
    labelled = [(line, cells, label) for line, cells in lines if (label := read.label(line, cells)) is not None]
    shared = read.shared
    values: list[Value] = []
    for line, cells, label in labelled:
        if fault := read.fault(cells):
            read.aside.append(SetAside(file.name, line, fault, header.separator.join(cells)[:2000]))
            if line == labelled[-1][0]:
                refuse_half_line(file, read.aside[-1])
            continue
        about = _about(label, shared)
        values += (Value(about, year, value, line) for year, value in read.values(cells))
    layout = " and ".join(role for _, role in labels.roles)
    return Sheet(file, f"years by {layout}", preamble, tuple(values), tuple(read.aside), header.unread)


def _about(label: Label, shared: Mapping[str, str]) -> Label:
    """The label with the party that all rows share."""
    supplier, recipient = (getattr(label, party) or shared.get(party, "") for party in PARTIES)
    return replace(label, supplier=supplier, recipient=recipient) if shared else label


class _Reading:
    """What is known while the rows of one table are read: the label carried down, the party that a sum names."""

    def __init__(self, file: SourceFile, header: Header, labels: Labels) -> None:
        self.file, self.header, self.roles = file, header, labels.roles
        self.shared = dict(labels.shared)
        self.aside: list[SetAside] = []
        self._above = ""

    def label(self, line: int, cells: Sequence[str]) -> Label | None:
        """What the row is about; None for a repeated header, a mark between copies, and a row without a label."""
        names = [cell.strip() for cell in cells]
        if tuple(names) == self.header.names:
            return None
        found = {role: names[place] for place, role in self.roles if place < len(names)}
        if any(fitting(tiv_facts().marks, name) for name in names[:1]):
            reason = "a mark that a version-control tool left between two copies of a table"
            self.aside.append(SetAside(self.file.name, line, reason, names[0]))
            return None
        if not any(found.values()):
            self.aside.append(SetAside(self.file.name, line, "a row without a label", self.header.separator.join(cells)[:2000]))
            return None
        first = self.roles[0][1]
        if len(self.roles) > 1:
            self._above = found[first] = found[first] or self._above
        sums = {role: match for role, name in found.items() if (match := fitting(tiv_facts().totals, name))}
        for match in sums.values():
            self.shared |= {party: name for party, name in match.groupdict().items() if name}
        return Label(**(found | dict.fromkeys(sums, "")), total=bool(sums))

    def fault(self, cells: Sequence[str]) -> str | None:
        """Why the row cannot be read, None where it can."""
        width = len(self.header.names)
        end = self.header.first + len(self.header.years)
        if len(cells) < end or any(cell.strip() for cell in cells[width:]):
            return f"{len(cells)} fields where the header has {width}"
        for year, cell in zip(self.header.years, cells[self.header.first :], strict=False):
            plain = _plain(cell)
            if plain and not _VALUE.fullmatch(plain):
                return f"{year}: {cell.strip()[:40]!r} is not a number"
        return self._sum_fault(cells)

    def _sum_fault(self, cells: Sequence[str]) -> str | None:
        """A total that the years cannot add up to, by more than rounding explains."""
        found = [float(value) for _, value in self.values(cells)]
        for place in self.header.after:
            plain = _plain(cells[place]) if place < len(cells) else ""
            if _SUMS.fullmatch(self.header.names[place]) and _VALUE.fullmatch(plain):
                if abs(float(plain) - sum(found)) > (len(found) + 1) / 2:
                    return f"the years add up to {sum(found):g}, the total says {plain}"
                return None
        return None

    def values(self, cells: Sequence[str]) -> Iterator[tuple[str, str]]:
        """(year, value) of every cell that is not empty."""
        for year, cell in zip(self.header.years, cells[self.header.first :], strict=False):
            if plain := _plain(cell):
                yield str(year), plain


def _plain(cell: str) -> str:
    """A number without the commas between its thousands."""
    return _THOUSANDS.sub("", cell.strip())
