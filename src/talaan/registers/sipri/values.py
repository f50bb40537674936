"""Values of an export: what a field may hold, raw text in, normalised text out, ValueError with the reason otherwise."""

import re
from collections.abc import Callable, Mapping, Sequence

_YEAR = re.compile(r"(?:19|20)\d\d")
_NUMBER = re.compile(r"\d{1,9}")
_DECIMAL = re.compile(r"\d{1,9}(?:\.\d{1,9})?")
_FLAGS = {"": "false", "No": "false", "?": "true", "Yes": "true"}
Normaliser = Callable[[str], str]


def year(raw: str) -> str:
    """A year, "" where none is given.

    >>> year("2010")
    '2010'
    """
    return _matching(raw, _YEAR, "a year")


def years(raw: str) -> str:
    """Years in order, each once.

    >>> years("2014;2016; 2015"), years("")
    ('2014;2015;2016', '')
    """
    return ";".join(sorted({_matching(part.strip(), _YEAR, "a year") for part in raw.split(";") if part.strip()}))


def number(raw: str) -> str:
    """A whole number, "" where none is given."""
    return str(int(_matching(raw, _NUMBER, "a whole number"))) if raw else ""


def decimal(raw: str) -> str:
    """A decimal number in its shortest form.

    >>> decimal("27"), decimal("0.50")
    ('27', '0.5')
    """
    return repr(float(_matching(raw, _DECIMAL, "a number"))).removesuffix(".0") if raw else ""


def flag(raw: str) -> str:
    """`true` for the register's mark of doubt (`?` or Yes), `false` for none.

    >>> flag("?"), flag("No"), flag("")
    ('true', 'false', 'false')
    """
    if raw not in _FLAGS:
        raise ValueError(f"{raw!r} is no flag")
    return _FLAGS[raw]


def words(raw: str) -> str:
    """Words with single blanks, perhaps none."""
    return raw if raw.isprintable() and "  " not in raw else " ".join(raw.split())


def name(raw: str) -> str:
    """Words, at least one."""
    if not raw.strip():
        raise ValueError("an empty field that names something")
    return words(raw)


NORMALISERS: Mapping[str, Normaliser] = {
    "deal": name,
    "supplier": name,
    "recipient": name,
    "designation": name,
    "description": name,
    "status": words,
    "comment": words,
    "ordered": year,
    "year": lambda raw: name(year(raw)),
    "years": years,
    "number": number,
    "number_ordered": number,
    "number_delivered": number,
    "tiv": decimal,
    "tiv_unit": decimal,
    "tiv_ordered": decimal,
    "tiv_delivered": decimal,
    "licensed": flag,
    "ordered_uncertain": flag,
    "number_ordered_uncertain": flag,
    "number_delivered_uncertain": flag,
    "number_uncertain": flag,
    "year_uncertain": flag,
}


def normalise(column: Sequence[str], field: str) -> tuple[list[str], dict[int, str]]:
    """The column normalised, and the rows that cannot be with the reason; every distinct value is looked at once.

    >>> normalise(["2010", "20l0", ""], "ordered")
    (['2010', '', ''], {1: "'20l0' is not a year"})
    """
    normaliser = NORMALISERS[field]
    done: dict[str, str] = {}
    faults: dict[str, str] = {}
    for raw in set(column):
        try:
            done[raw] = normaliser(raw.strip())
        except ValueError as fault:
            done[raw], faults[raw] = "", str(fault)
    bad = {place: faults[raw] for place, raw in enumerate(column) if raw in faults} if faults else {}
    same = all(raw == normal for raw, normal in done.items())
    return list(column) if same else [done[raw] for raw in column], bad


def _matching(raw: str, pattern: re.Pattern[str], form: str) -> str:
    if raw and not pattern.fullmatch(raw):
        raise ValueError(f"{raw[:40]!r} is not {form}")
    return raw
