"""What a table's columns seem to be: a file nobody mapped yet in, a proposed map with reasons out."""

import tomllib
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from itertools import islice

from talaan.model.errors import RegisterError
from talaan.reference.resolver import resolver
from talaan.registers.delimited import SEPARATORS, records
from talaan.registers.files import SourceFile
from talaan.registers.goods import system_in
from talaan.registers.mapped.mapping import FIELDS, PARTIES, Map
from talaan.registers.mapped.values import count_in, years_in
from talaan.registers.parties import party_ref

SAMPLE = 2000
SEARCHED = 60
BY_NAME, BY_WORD, ENOUGH, LITTLE = 1.0, 0.5, 0.7, 0.75
BY_CONTENT = frozenset({*PARTIES, "years"})
CONTENT: Mapping[str, str] = {
    "supplier": "party",
    "recipient": "party",
    "designation": "system",
    "description": "class",
    "ordered": "year",
    "years": "year",
    "number_ordered": "count",
    "number_delivered": "count",
}


@dataclass(frozen=True, slots=True)
class Seen:
    """One column: its header and the share of its cells that can be read as each kind of content."""

    header: str
    filled: float
    shares: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Proposal:
    """A map to look at: why each column was chosen, which fields rest on content alone, which columns nothing reads."""

    map: Map
    reasons: Mapping[str, str]
    unsure: tuple[str, ...]
    left: tuple[str, ...]


def propose(file: SourceFile) -> Proposal:
    """The map that a table's headers and contents suggest.

    Each field takes the column with the most points: 1 for a header that is one of the field's names, ½ for one that holds
    such a name, and the share of cells that read as the field's content; under 0.7 it takes none. Numbers and orders need a name,
    because any number may look like them. RegisterError where the file is no table.
    """
    header, rows = table_of(file)
    seen = [_seen(name, [row[place] for row in rows if place < len(row)]) for place, name in enumerate(header)]
    scored = sorted(
        ((_score(field, column), -rank, field, column) for rank, field in enumerate(FIELDS) for column in seen if column.header),
        key=lambda item: (-item[0], -item[1]),
    )
    columns: dict[str, tuple[str, ...]] = {}
    reasons: dict[str, str] = {}
    unsure: list[str] = []
    for score, _, field, column in scored:
        if score >= ENOUGH and field not in columns and (column.header,) not in columns.values():
            columns[field], reasons[field] = (column.header,), _reason(field, column)
            if _is_unsure(field, column):
                unsure.append(field)
    unsure += [party for party in PARTIES if party not in columns]
    left = tuple(column.header for column in seen if column.header and (column.header,) not in columns.values())
    return Proposal(Map(columns), reasons, tuple(unsure), left)


def _is_unsure(field: str, column: Seen) -> bool:
    """Whether a choice rests on content alone, or on a name whose content does not bear it out."""
    return _named(field, column.header) == 0 or (field in PARTIES and column.shares["party"] < ENOUGH)


def table_of(file: SourceFile) -> tuple[list[str], list[list[str]]]:
    """The header and the first rows of a table: the separator that cuts most lines alike, the first line that is as wide and is no data."""
    best = max((_fit(file, separator), separator) for separator in SEPARATORS)
    if not best[0]:
        raise RegisterError("This is no table: no line has two columns", where=file.name, hint="CSV, or a workbook (.xlsx)")
    found = [cells for _, cells in islice(records(file, best[1]), SAMPLE + SEARCHED)]
    width = Counter(len(cells) for cells in found if len(cells) > 1).most_common(1)[0][0]
    place = next((place for place, cells in enumerate(found[:SEARCHED]) if len(cells) == width and _is_header(cells)), None)
    if place is None or not found[place + 1 :]:
        raise RegisterError("No header stands in the first lines", where=file.name, hint="put the columns' names on the first line")
    return [cell.strip() for cell in found[place]], found[place + 1 :][:SAMPLE]


def _fit(file: SourceFile, separator: str) -> int:
    """Cells of the first lines that are cut alike; 0 where the separator cuts nothing, or cannot be the one because quotes do not close."""
    try:
        widths = Counter(len(cells) for _, cells in islice(records(file, separator), SEARCHED))
    except RegisterError:
        return 0
    return max((width * count for width, count in widths.items() if width > 1), default=0)


def _is_header(cells: Sequence[str]) -> bool:
    """Names, most of them different and none a number."""
    names = [cell.strip() for cell in cells if cell.strip()]
    return len(names) > len(cells) / 2 and len(set(names)) == len(names) and not any(name.replace(".", "").isdecimal() for name in names)


def _seen(header: str, cells: Sequence[str]) -> Seen:
    filled = Counter(cell.strip() for cell in cells if cell.strip())
    total = sum(filled.values())
    shares = {
        kind: sum(count for cell, count in filled.items() if reads(cell)) / total if total else 0.0 for kind, reads in _READERS.items()
    }
    return Seen(header, total / len(cells) if cells else 0.0, shares)


def _is_party(cell: str) -> bool:
    return party_ref(cell) is not None or resolver().knows_party(cell)


def _is_year(cell: str) -> bool:
    try:
        return bool(years_in(cell)) and len(cell) < 60
    except ValueError:
        return False


def _is_count(cell: str) -> bool:
    try:
        return bool(count_in(cell)[0]) and not _is_year(cell)
    except ValueError:
        return False


_READERS: Mapping[str, Callable[[str], bool]] = {
    "party": _is_party,
    "year": _is_year,
    "count": _is_count,
    "system": lambda cell: system_in(cell) is not None,
    "class": lambda cell: resolver().category(cell) is not None,
}


@lru_cache(maxsize=1)
def _words() -> dict[str, tuple[str, ...]]:
    """The names of each field's headers."""
    said = tomllib.loads(files("talaan.registers.mapped").joinpath("names.toml").read_text(encoding="utf-8"))
    return {field: tuple(rows["words"]) for field, rows in said.items()}


def _named(field: str, header: str) -> float:
    """How much a header's words say for a field; less, the later the word stands in the field's list."""
    name = " ".join(header.replace("_", " ").lower().split())
    words = _words()[field]
    if name in words:
        return BY_NAME + (len(words) - words.index(name)) / 1000
    spoken = f" {name} "
    return BY_WORD if any(f" {word} " in spoken for word in words if len(word) > 3) else 0.0


def _score(field: str, column: Seen) -> float:
    """Points of a column for a field; content that does not fit a field at all outweighs a name."""
    named = _named(field, column.header)
    kind = CONTENT.get(field)
    if kind is None:
        return named if column.filled else 0.0
    share = column.shares[kind]
    if kind in ("system", "class"):
        other = max(column.shares["party"], column.shares["year"]) >= ENOUGH
        return 0.0 if other else named + (share if share >= ENOUGH else share / 2)
    if share < ENOUGH:
        return named * LITTLE if kind == "party" else 0.0
    return named + share if named or field in BY_CONTENT else 0.0


def _reason(field: str, column: Seen) -> str:
    kind = CONTENT.get(field)
    named = _named(field, column.header)
    said = "by its name" if named >= BY_NAME else "by a word in its name" if named else "by its content only: look at it"
    return said if kind is None else f"{said}; {column.shares[kind]:.0%} of its cells read as {kind}"
