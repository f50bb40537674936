"""Values of tables: what a cell of each type may hold, raw text in, normalised text out, the reason where it cannot be."""

import re
from collections.abc import Callable, Mapping, Sequence

from talaan.registers.loaded import ColumnType

_YEAR = re.compile(r"1[5-9]\d\d|20\d\d")
_INTEGER = re.compile(r"-?\d{1,12}")
_NUMBER = re.compile(r"-?\d{1,15}(?:\.\d{1,15})?(?:[eE][-+]?\d{1,3})?")
_FLAGS = {"": "", "0": "false", "no": "false", "false": "false", "n": "false", "1": "true", "yes": "true", "true": "true", "y": "true"}
SHOWN = 40


def year(raw: str) -> str:
    """A year from 1500 to 2099; a spreadsheet's `2010.0` is one too.

    >>> year("2010"), year("2010.0"), year("")
    ('2010', '2010', '')
    """
    return _matching(raw.removesuffix(".0"), _YEAR, "a year")


def integer(raw: str) -> str:
    """A whole number; commas or blanks between thousands are dropped.

    >>> integer("1,200"), integer("12.0")
    ('1200', '12')
    """
    plain = re.sub(r"(?<=\d)[,\s](?=\d{3}(?:\D|$))", "", raw).removesuffix(".0")
    return str(int(_matching(plain, _INTEGER, "a whole number"))) if plain else ""


def number(raw: str) -> str:
    """A decimal number."""
    return _matching(raw, _NUMBER, "a number")


def flag(raw: str) -> str:
    """`true` or `false`."""
    found = _FLAGS.get(raw.lower())
    if found is None:
        raise ValueError(f"{raw[:SHOWN]!r} is neither yes nor no")
    return found


def text(raw: str) -> str:
    """Words with single blanks.

    >>> text("  Viet\\tNam ")
    'Viet Nam'
    """
    return raw if raw.isprintable() and "  " not in raw else " ".join(raw.split())


NORMALISERS: Mapping[ColumnType, Callable[[str], str]] = {
    "text": text,
    "year": year,
    "integer": integer,
    "number": number,
    "flag": flag,
}


def normalise(column: Sequence[str], kind: ColumnType, *, needed: bool) -> tuple[list[str], dict[int, str]]:
    """The column normalised, and the rows that cannot be with the reason; every distinct value is looked at once.

    >>> normalise(["2010", "20l0", ""], "year", needed=True)
    (['2010', '', ''], {1: "'20l0' is not a year", 2: 'empty'})
    """
    done: dict[str, str] = {}
    faults: dict[str, str] = {}
    for raw in set(column):
        try:
            done[raw] = NORMALISERS[kind](raw.strip())
            if needed and not done[raw]:
                faults[raw] = "empty"
        except ValueError as fault:
            done[raw], faults[raw] = "", str(fault)
    bad = {place: faults[raw] for place, raw in enumerate(column) if raw in faults} if faults else {}
    return [done[raw] for raw in column], bad


def _matching(raw: str, pattern: re.Pattern[str], form: str) -> str:
    if raw and not pattern.fullmatch(raw):
        raise ValueError(f"{raw[:SHOWN]!r} is not {form}")
    return raw
