"""Where things stand in an export: lines in, the header's line, the layout and the place of every column out."""

import csv
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from talaan.model.errors import RegisterError
from talaan.registers.sipri.facts import Layout, facts

SEARCHED_LINES = 60
LONGEST_HEADER = 8_192
FEWEST_NAMES = 4
SHOWN_NAMES = 40
SEPARATORS = {",": "commas", ";": "semicolons", "\t": "tabs", "|": "upright strokes"}


@dataclass(frozen=True, slots=True)
class Header:
    """The header found: `line` counts from 1, `places` maps fields to column numbers from 0; flags without a column have no place."""

    layout: Layout
    line: int
    names: tuple[str, ...]
    places: Mapping[str, int]
    unread: tuple[str, ...]

    @property
    def unflagged(self) -> bool:
        """Whether the file lacks the flag columns that its layout has."""
        return bool(self.layout.flags) and not any(flag in self.places for flag in self.layout.flags)


class _Fit(NamedTuple):
    """How well a line fits a layout: columns known, minus those missing, minus its number, so that the greatest fits best."""

    known: int
    missing: int
    number: int
    layout: Layout
    names: tuple[str, ...]


def split_line(line: str, separator: str = ",") -> list[str]:
    """The fields of one line, quoted or not; semicolons that a spreadsheet left at its end are dropped.

    csv.Error where a quoted field is too long.

    >>> split_line("Algeria,T-55,100;;;"), split_line('Algeria,"tanks, used",100')
    (['Algeria', 'T-55', '100'], ['Algeria', 'tanks, used', '100'])
    """
    line = line if separator == ";" else line.rstrip(";")
    return next(csv.reader([line], delimiter=separator), []) if '"' in line else line.split(separator)


def find_header(lines: Sequence[str], where: str) -> Header:
    """The header of an export, found by its names; RegisterError where there is none, or where columns are missing."""
    best = _best(lines, [(layout, layout.separator) for layout in facts().layouts])
    if best is None or best.known < FEWEST_NAMES or best.missing:
        _refuse_other_separator(lines, where, least=max(FEWEST_NAMES, best.known + 1 if best else 0))
    if best is None or best.known < FEWEST_NAMES:
        what = f"No header of a SIPRI trade register in the first {SEARCHED_LINES} lines"
        wanted = "; ".join(f"{layout.name}: {_first_names(layout)}" for layout in facts().layouts)
        raise RegisterError(what, where=where, hint=f"give the register's CSV export; columns looked for: {wanted}")
    return _placed(best, where=f"{where}:{-best.number}")


def _first_names(layout: Layout) -> str:
    return ", ".join([headers[0] for headers in layout.columns.values()][:FEWEST_NAMES]) + " …"


def _best(lines: Sequence[str], tried: Sequence[tuple[Layout, str]]) -> _Fit | None:
    """The line and layout that fit best; of equal ones the first."""
    fits = (
        _fit(number, names, layout)
        for number, line in enumerate(lines[:SEARCHED_LINES], 1)
        if len(line) <= LONGEST_HEADER
        for layout, separator in tried
        if separator in line and (names := tuple(name.strip() for name in split_line(line, separator)))
    )
    return max(fits, key=lambda fit: fit[:3], default=None)


def _fit(number: int, names: tuple[str, ...], layout: Layout) -> _Fit:
    there = set(names)
    known = sum(1 for headers in layout.columns.values() if not there.isdisjoint(headers))
    return _Fit(known, known - len(layout.columns), -number, layout, names)


def _refuse_other_separator(lines: Sequence[str], where: str, *, least: int) -> None:
    """RegisterError where a header with at least so many known names stands there, but with another sign between its names."""
    for layout in facts().layouts:
        for separator, signs in SEPARATORS.items():
            found = _best(lines, [(layout, separator)]) if separator != layout.separator else None
            if found is not None and found.known >= least:
                what = f"The columns are separated by {signs} where the {layout.name} layout has {SEPARATORS[layout.separator]}"
                raise RegisterError(what, where=f"{where}:{-found.number}", hint="load the file as the register exports it")


def _placed(fit: _Fit, *, where: str) -> Header:
    """The header with the place of each column; every column that is missing is named at once."""
    names, layout = fit.names, fit.layout
    places: dict[str, int] = {}
    missing: list[str] = []
    for field, headers in layout.columns.items():
        header = next((header for header in headers if header in names), None)
        if header is None:
            missing.append(repr(headers[0]))
        elif names.count(header) > 1:
            raise RegisterError(f"The column {header!r} stands twice", where=where, hint="export the register again")
        else:
            places[field] = names.index(header)
    flags, lacking = _flags(layout, names, places)
    missing += lacking if flags else []
    if missing:
        columns = ", ".join(repr(name) for name in names[:SHOWN_NAMES]) + (" …" if len(names) > SHOWN_NAMES else "")
        raise RegisterError(f"Missing in the {layout.name} layout: {', '.join(missing)}", where=where, hint=f"columns found: {columns}")
    places |= flags
    unread = tuple(name for place, name in enumerate(names) if name and place not in places.values() and name not in layout.left)
    return Header(layout, -fit.number, names, places, unread)


def _flags(layout: Layout, names: Sequence[str], places: Mapping[str, int]) -> tuple[dict[str, int], list[str]]:
    """The places of the nameless flag columns, and those missing in words; a file that was tidied may have none at all."""
    found: dict[str, int] = {}
    lacking: list[str] = []
    for flag, owner in layout.flags.items():
        place = places[owner] + 1 if owner in places else len(names)
        if place < len(names) and not names[place]:
            found[flag] = place
        elif owner in places:
            lacking.append(f"the nameless flag column right after {names[places[owner]]!r}")
    return found, lacking
