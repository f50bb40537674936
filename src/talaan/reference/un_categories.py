"""What the UN Register asks states to report: a class of goods in, its categories and the limits of them out."""

import re
from dataclasses import dataclass
from functools import lru_cache

from talaan.model.entry import Entry
from talaan.reference.tables import read_rows, tables

SMALL_ARMS = "small arms"
_ROMAN = re.compile(r"(?:category\s+)?(VII|VI|IV|V|III|II|I)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class UnScope:
    """The limits of each class that is taken in part, and the classes that states may add to their reports."""

    limits: dict[str, str]
    optional: frozenset[str]


@lru_cache(maxsize=1)
def un_scope() -> UnScope:
    """The table un_limits.csv."""
    rows = [row for _, row in read_rows("un_limits.csv")]
    limits = {row["category"]: row["means"] for row in rows if row["takes"] == "part"}
    return UnScope(limits, frozenset(row["category"] for row in rows if row["takes"] == "optional"))


def un_category(code: str | None) -> str | None:
    """The category of the UN Register that a class belongs to, `small arms` for these, None for what it does not ask for.

    >>> un_category("tank"), un_category("small-arms"), un_category("radar"), un_category("arms")
    ('I', 'small arms', None, None)
    """
    if code in un_scope().optional:
        return SMALL_ARMS
    known = tables().categories.get(code or "")
    return known.un_register or None if known else None


@lru_cache(maxsize=256)
def un_categories(code: str) -> frozenset[str]:
    """The categories of a class and of every class below it.

    >>> sorted(un_categories("aircraft")), sorted(un_categories("armoured-vehicle")), un_categories("radar")
    (['IV', 'V'], ['I', 'II'], frozenset())
    """
    known = tables()
    below = (other for other in known.categories if known.is_below(other, code))
    return frozenset(found for other in below if (found := un_category(other)))


def row_category(row: Entry) -> str | None:
    """The category under which a state reported a row: the one it names, else that of the row's class."""
    named = _ROMAN.match(row.description.strip())
    return named[1].upper() if named else un_category(row.category)


def limit_of(code: str) -> str | None:
    """Which goods of a class the Register takes, in words, where it takes only some of them.

    >>> limit_of("tank"), limit_of("helicopter")
    (None, 'of helicopters it takes attack helicopters only')
    """
    stated = un_scope().limits.get(code)
    if stated or un_category(code) or code not in tables().categories:
        return stated
    known = tables()
    taken = [known.categories[other].plural_en for other in known.categories if known.is_below(other, code) and un_category(other)]
    return f"of {known.categories[code].plural_en} it takes {', '.join(taken)} only" if taken else None
