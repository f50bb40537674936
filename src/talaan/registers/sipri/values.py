"""Values of an export: what a field may hold, raw text in, normalised text out, ValueError with the reason otherwise."""

import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence

_YEAR = re.compile(r"((?:19|20)\d\d)(?:\.0{1,6}|-[01]\d-[0-3]\d(?:[T ][\d:.+Z-]{5,20})?)?", re.ASCII)
_SPAN = re.compile(r"((?:19|20)\d\d) *[-–] *((?:19|20)\d\d)", re.ASCII)
_NUMBER = re.compile(r"(\d{1,9})(?:\.0{1,6})?", re.ASCII)
_DECIMAL = re.compile(r"(\d{1,9}(?:\.\d{1,9})?)", re.ASCII)
LONGEST = 32_767
SHOWN = 40
_FLAGS = {"": "false", "No": "false", "False": "false", "?": "true", "Yes": "true", "True": "true"}
Normaliser = Callable[[str], str]


def year(raw: str) -> str:
    """A year, also of a date and as a spreadsheet's number; "" where none is given.

    >>> year("2010"), year("2010.0"), year("2005-01-01 00:00:00+00:00")
    ('2010', '2010', '2005')
    """
    return _matching(raw, _YEAR, "a year")


def years(raw: str) -> str:
    """Years in order, each once.

    >>> years("2014;2016; 2015"), years("")
    ('2014;2015;2016', '')
    """
    return ";".join(sorted({year(part.strip()) for part in raw.split(";") if part.strip()}))


def span(raw: str) -> str:
    """All years of a span from its first to its last.

    >>> span("2014 - 2016"), span("2014 - 2014"), span("")
    ('2014;2015;2016', '2014', '')
    """
    if not raw:
        return ""
    found = _SPAN.fullmatch(raw)
    if found is None or found[1] > found[2]:
        raise ValueError(f"{raw[:SHOWN]!r} is not a span of years")
    return ";".join(str(one) for one in range(int(found[1]), int(found[2]) + 1))


def number(raw: str) -> str:
    """A whole number, "" where none is given.

    >>> number("007"), number("4.0")
    ('7', '4')
    """
    return str(int(_matching(raw, _NUMBER, "a whole number"))) if raw else ""


def decimal(raw: str) -> str:
    """A decimal number in its shortest form.

    >>> decimal("27"), decimal("0.50")
    ('27', '0.5')
    """
    return repr(float(_matching(raw, _DECIMAL, "a number"))).removesuffix(".0") if raw else ""


def flag(raw: str) -> str:
    """`true` for the register's mark of doubt (`?`, Yes or True), `false` for none.

    >>> flag("?"), flag("No"), flag("")
    ('true', 'false', 'false')
    """
    if raw not in _FLAGS:
        raise ValueError(f"{raw[:SHOWN]!r} is no flag")
    return _FLAGS[raw]


def words(raw: str) -> str:
    """Words with single blanks, perhaps none; no signs that steer a terminal.

    >>> words("T-55  tank"), words("")
    ('T-55 tank', '')
    """
    if len(raw) > LONGEST:
        raise ValueError(f"a field of {len(raw)} signs")
    kept = raw if raw.isprintable() and "  " not in raw else " ".join(raw.split())
    if not kept.isprintable() and any(unicodedata.category(sign) in ("Cc", "Cs") for sign in kept):
        raise ValueError(f"{raw[:SHOWN]!r} holds control signs")
    return kept


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
    "span": span,
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
    """What the pattern's group holds, "" for ""; ValueError with the form that was expected."""
    found = pattern.fullmatch(raw)
    if raw and not found:
        raise ValueError(f"{raw[:SHOWN]!r} is not {form}")
    return found[1] if found else ""


def writable(text: str) -> str:
    """The text with code points that no encoding can write as escapes.

    >>> writable("T-55" + chr(0xD800))
    'T-55\\\\ud800'
    """
    return text.encode("utf-8", "backslashreplace").decode("utf-8")
