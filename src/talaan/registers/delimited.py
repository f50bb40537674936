"""Tables of text: a CSV file of any usual separator and the columns looked for in, normalised columns with line numbers out."""

import csv
import io
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from talaan.model.errors import RegisterError
from talaan.registers.cells import normalise
from talaan.registers.files import SourceFile, refuse_cut
from talaan.registers.loaded import ColumnType, SetAside

SEPARATORS = (",", ";", "\t", "|")
SEARCHED_LINES = 60
LONGEST_RECORD = 50
SHOWN_NAMES = 20
SHOWN_REASONS = 5


@dataclass(frozen=True, slots=True)
class Column:
    """A column looked for: its field, the names its header may have (letters' case does not matter) and its type.

    A column that is `needed` must be there, and unless `filled` is False no cell of it may be empty.
    """

    field: str
    names: tuple[str, ...]
    kind: ColumnType
    needed: bool = True
    filled: bool = True


@dataclass(frozen=True, slots=True)
class Grid:
    """One file read: columns of equal length, the line each row begins on, what was set aside, headers nobody asked for."""

    file: SourceFile
    header_line: int
    columns: Mapping[str, list[str]]
    lines: tuple[int, ...]
    set_aside: tuple[SetAside, ...]
    unread: tuple[str, ...]


def columns_of(said: Mapping[str, Mapping[str, object]]) -> tuple[Column, ...]:
    """The columns that a register.toml names: field → {names, type, needed}.

    >>> columns_of({"year": {"names": ["Year"], "type": "year"}})
    (Column(field='year', names=('Year',), kind='year', needed=True, filled=True),)
    """
    return tuple(
        Column(field, tuple(row["names"]), row["type"], bool(row.get("needed", True)))  # type: ignore[arg-type]
        for field, row in said.items()
    )


def records(file: SourceFile, separator: str) -> Iterator[tuple[int, list[str]]]:
    """(first line, cells) of every record that is not empty.

    RegisterError where the file was cut off, a quotation mark is never closed or a field has no end.
    """
    refuse_cut(file)
    reader = csv.reader(io.StringIO(file.text), delimiter=separator, strict=True)
    line = 1
    try:
        for cells in reader:
            if reader.line_num - line > LONGEST_RECORD:
                break
            if any(cell.strip() for cell in cells):
                yield line, cells
            line = reader.line_num + 1
        else:
            return
    except csv.Error as error:
        what = f"The line cannot be cut into fields ({error})"
        raise RegisterError(what, where=f"{file.name}:{line}", hint="is the file damaged? export it again") from error
    raise RegisterError("A quotation mark is never closed", where=f"{file.name}:{line}", hint="is the file damaged? export it again")


def read_grid(file: SourceFile, columns: Sequence[Column], what: str) -> Grid:
    """The rows of a file; `what` names the kind of table in errors.

    Rows of another width than the header, or with a value that is none, are set aside with their lines.
    RegisterError where there is no header, where columns are missing (all of them named), or not one row can be read.
    """
    separator, header_line, names = _header(file, columns, what)
    places = _places(file, columns, names, header_line)
    rows, lines, aside = _rows(file, separator, header_line, len(names))
    made: dict[str, list[str]] = {}
    bad: dict[int, str] = {}
    for column in columns:
        raw = [row[places[column.field]] for row in rows] if column.field in places else [""] * len(rows)
        made[column.field], faults = normalise(raw, column.kind, needed=column.needed and column.filled)
        for row, fault in faults.items():
            bad.setdefault(row, f"{names[places[column.field]]}: {fault}")
    aside += [SetAside(file.name, lines[row], reason, separator.join(rows[row])[:2000]) for row, reason in bad.items()]
    kept = [row for row in range(len(rows)) if row not in bad]
    refuse_unreadable(file, len(kept), aside)
    read = set(places.values())
    return Grid(
        file=file,
        header_line=header_line,
        columns={field: [column[row] for row in kept] for field, column in made.items()} if bad else made,
        lines=tuple(lines[row] for row in kept),
        set_aside=tuple(sorted(aside, key=lambda line: line.line)),
        unread=tuple(name for place, name in enumerate(names) if name and place not in read),
    )


def _header(file: SourceFile, columns: Sequence[Column], what: str) -> tuple[str, int, list[str]]:
    """The separator, the line and the names of the header: the line that names most of the columns."""
    known = {name.lower() for column in columns for name in column.names}
    best: tuple[int, str, int, list[str]] = (0, ",", 0, [])
    for number, line in enumerate(file.text.split("\n", SEARCHED_LINES)[:SEARCHED_LINES], 1):
        for separator in SEPARATORS:
            names = _names(line, separator)
            found = sum(name.lower() in known for name in names)
            if found > best[0]:
                best = (found, separator, number, names)
    if best[0] < min(2, len(columns)):
        wanted = ", ".join(column.names[0] for column in columns if column.needed)
        none = f"No header of {what} in the first {SEARCHED_LINES} lines"
        raise RegisterError(none, where=file.name, hint=f"columns looked for: {wanted}")
    return best[1], best[2], best[3]


def _names(line: str, separator: str) -> list[str]:
    """The fields of a line that may be a header; none of one that is too long to be one."""
    if len(line) >= csv.field_size_limit():
        return []
    return [name.strip() for name in next(csv.reader([line], delimiter=separator), [])]


def _places(file: SourceFile, columns: Sequence[Column], names: Sequence[str], line: int) -> dict[str, int]:
    """field → place of its column; RegisterError with every column that is missing or stands twice."""
    lowered = [name.lower() for name in names]
    places: dict[str, int] = {}
    faults = []
    for column in columns:
        found = [place for place, name in enumerate(lowered) if name in {known.lower() for known in column.names}]
        if len(found) > 1:
            faults.append(f"{names[found[0]]!r} stands twice")
        elif found:
            places[column.field] = found[0]
        elif column.needed:
            faults.append(f"{column.names[0]!r} is missing")
    if faults:
        shown = ", ".join(repr(name[:SHOWN_NAMES]) for name in names[:SHOWN_NAMES])
        raise RegisterError(f"Columns: {'; '.join(faults)}", where=f"{file.name}:{line}", hint=f"columns found: {shown}")
    return places


def _rows(file: SourceFile, separator: str, header: int, width: int) -> tuple[list[list[str]], list[int], list[SetAside]]:
    """Rows as wide as the header, empty cells at their end apart; their lines; the others set aside."""
    rows: list[list[str]] = []
    lines: list[int] = []
    aside: list[SetAside] = []
    for line, cells in records(file, separator):
        if line <= header:
            continue
        if len(cells) == width or (len(cells) > width and not any(cell.strip() for cell in cells[width:])):
            rows.append(cells)
            lines.append(line)
        else:
            reason = f"{len(cells)} fields where the header has {width}"
            aside.append(SetAside(file.name, line, reason, separator.join(cells[:SHOWN_NAMES])))
    if aside and (not lines or aside[-1].line > lines[-1]):
        refuse_half_line(file, aside[-1])
    return rows, lines, aside


def refuse_half_line(file: SourceFile, last: SetAside) -> None:
    """RegisterError where the file's last line is broken and has no end: the file was cut off there."""
    if not file.text.endswith("\n"):
        where = f"{file.name}:{last.line}"
        raise RegisterError(f"The file ends inside this line: {last.reason}", where=where, hint="download or export it again")


def refuse_unreadable(file: SourceFile, rows: int, aside: Sequence[SetAside]) -> None:
    """RegisterError where a file has no row, or more lines that cannot be read than rows: it is damaged, not merely faulty."""
    if rows >= max(1, len(aside)):
        return
    if not aside:
        raise RegisterError("The file holds no row: the header is its last line", where=file.name, hint="export it again")
    counts = Counter(line.reason for line in aside)
    first = {line.reason: line.line for line in reversed(aside)}
    told = "; ".join(f"{reason} ({count} times, first in line {first[reason]})" for reason, count in counts.most_common(SHOWN_REASONS))
    held = f"{rows} rows" if rows else "no row"
    what = f"The file holds {held}: {len(aside)} lines could not be read: {told}"
    raise RegisterError(what, where=file.name, hint="are its columns where they should be? export it again")
