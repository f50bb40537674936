"""The form of one TIV table: its lines in, where the years stand and what each label column holds out."""

import csv
import re
from collections.abc import Sequence
from dataclasses import dataclass

from talaan.model.errors import RegisterError
from talaan.registers.delimited import SEARCHED_LINES, SEPARATORS, SHOWN_NAMES
from talaan.registers.files import SourceFile
from talaan.registers.sipri_tiv.facts import fitting, tiv_facts

_YEAR = re.compile(r"(?:19|20)\d\d")
LOOK_AT = "columns looked for: one for each year, and before them Supplier, Recipient, Exports by, Imports by …"


@dataclass(frozen=True, slots=True)
class Header:
    """Where a table's header stands: its separator, line, names, and the places of its years, which follow each other."""

    separator: str
    line: int
    names: tuple[str, ...]
    first: int
    years: tuple[int, ...]

    @property
    def after(self) -> range:
        """Places of the columns after the years."""
        return range(self.first + len(self.years), len(self.names))

    @property
    def unread(self) -> tuple[str, ...]:
        """Names of columns that are neither labels nor years nor known repetitions of them."""
        labels = tiv_facts().labels
        rest = [name for place, name in enumerate(self.names) if place < self.first or place in self.after]
        return tuple(name for name in rest if name.lower() not in labels and not fitting(tiv_facts().derived, name))


@dataclass(frozen=True, slots=True)
class Labels:
    """What the label columns hold, (place, role) from left to right, and the party that the title gives to all rows."""

    roles: tuple[tuple[int, str], ...]
    shared: tuple[tuple[str, str], ...]


def find_header(file: SourceFile) -> Header | None:
    """The first line among the first ones that holds a run of years, whatever the separator; None where there is none."""
    for number, line in enumerate(file.text.split("\n", SEARCHED_LINES)[:SEARCHED_LINES], 1):
        if len(line) >= csv.field_size_limit():
            continue
        for separator in SEPARATORS:
            names = tuple(name.strip() for name in next(csv.reader([line], delimiter=separator), []))
            places = [place for place, name in enumerate(names) if _YEAR.fullmatch(name)]
            years = tuple(int(names[place]) for place in places)
            if places and places == list(range(places[0], places[0] + len(places))) and _runs(years) and _is_header(names, places[0]):
                return Header(separator, number, names, places[0], years)
    return None


def _runs(years: Sequence[int]) -> bool:
    return list(years) == list(range(years[0], years[0] + len(years)))


def _is_header(names: Sequence[str], first: int) -> bool:
    """Labels before the years, and no number that is no year: a row of values is no header."""
    return first > 0 and not any(name.isdecimal() and not _YEAR.fullmatch(name) for name in names)


def find_labels(header: Header, preamble: str, rows: Sequence[Sequence[str]], where: str) -> Labels:
    """What the label columns hold: by their names, else by the title, else by the words in them; RegisterError where none says it."""
    known = tiv_facts()
    named = [(place, known.labels[name.lower()]) for place, name in enumerate(header.names[: header.first]) if name.lower() in known.labels]
    title, found = next(((title, match) for title in known.titles if (match := title.pattern.search(preamble))), (None, None))
    shared = tuple((role, words.strip()) for role, words in found.groupdict().items()) if found else ()
    if named:
        return Labels(tuple(named), shared)
    nameless = [place for place in range(header.first) if not header.names[place]]
    if title is not None and len(title.nameless) == len(nameless):
        return Labels(tuple(zip(nameless, title.nameless, strict=True)), shared)
    words = {row[nameless[0]].strip() for row in rows if nameless and len(row) > nameless[0]} - {""}
    if len(nameless) == 1 and len(words & known.categories) > len(words) / 2:
        return Labels(((nameless[0], "category"),), shared)
    shown = ", ".join(repr(name[:SHOWN_NAMES]) for name in header.names[: header.first][:SHOWN_NAMES])
    raise RegisterError(f"It is not said what the rows are (label columns: {shown})", where=where, hint=LOOK_AT)
