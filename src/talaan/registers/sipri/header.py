"""Where things stand in an export: lines in, the header's line, the layout and the place of every column out."""

import csv
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from talaan.model.errors import RegisterError
from talaan.registers.sipri.facts import Layout, facts

SEARCHED_LINES = 60
FEWEST_NAMES = 4


@dataclass(frozen=True, slots=True)
class Header:
    """The header found: `line` counts from 1, `places` maps fields to column numbers from 0."""

    layout: Layout
    line: int
    names: tuple[str, ...]
    places: Mapping[str, int]
    unread: tuple[str, ...]
    quoted: bool


def split_line(line: str, *, quoted: bool) -> list[str]:
    """The fields of one line; semicolons that a spreadsheet left at its end are dropped.

    >>> split_line("Algeria,T-55,100;;;", quoted=False)
    ['Algeria', 'T-55', '100']
    """
    line = line.rstrip(";")
    return next(csv.reader([line]), []) if quoted else line.split(",")


def find_header(lines: Sequence[str], where: str) -> Header:
    """The header of an export, found by its names; RegisterError where there is none, or where columns are missing."""
    best: tuple[int, int, Layout, tuple[str, ...]] | None = None
    for number, line in enumerate(lines[:SEARCHED_LINES], 1):
        names = tuple(name.strip() for name in split_line(line, quoted='"' in line))
        for layout in facts().layouts:
            known = sum(1 for headers in layout.columns.values() if any(header in names for header in headers))
            if best is None or known > best[0]:
                best = (known, number, layout, names)
    if best is None or best[0] < FEWEST_NAMES:
        wanted = "; ".join(f"{layout.name}: {', '.join(headers[0] for headers in layout.columns.values())}" for layout in facts().layouts)
        what = f"No header of a SIPRI trade register in the first {SEARCHED_LINES} lines"
        raise RegisterError(what, where=where, hint=f"columns looked for: {wanted}")
    _, number, layout, names = best
    return _placed(layout, number, names, where=f"{where}:{number}", quoted='"' in lines[number - 1])


def _placed(layout: Layout, line: int, names: tuple[str, ...], *, where: str, quoted: bool) -> Header:
    """The header with the place of each column; every column that is missing is named at once."""
    places: dict[str, int] = {}
    missing: list[str] = []
    for field, headers in layout.columns.items():
        found = [place for place, name in enumerate(names) if name in headers]
        if len(found) > 1:
            raise RegisterError(f"The column {names[found[0]]!r} stands twice", where=where, hint="export the register again")
        if found:
            places[field] = found[0]
        else:
            missing.append(repr(headers[0]))
    for flag, owner in layout.flags.items():
        place = places[owner] + 1 if owner in places else len(names)
        if place < len(names) and not names[place]:
            places[flag] = place
        elif owner in places:
            missing.append(f"the nameless flag column right after {names[places[owner]]!r}")
    if missing:
        columns = ", ".join(repr(name) for name in names)
        raise RegisterError(f"Missing in the {layout.name} layout: {', '.join(missing)}", where=where, hint=f"columns found: {columns}")
    unread = tuple(name for place, name in enumerate(names) if name and place not in places.values() and name not in layout.left)
    return Header(layout, line, names, places, unread, quoted)
