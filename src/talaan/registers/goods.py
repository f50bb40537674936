"""Goods in free words: a description in, the weapon family that it names and its class out."""

import re
from functools import lru_cache

from talaan.reference.resolver import resolver
from talaan.reference.tables import System

LONGEST = 5
_WORD = re.compile(r"[^\s,;:()/\"“”]+")


@lru_cache(maxsize=20_000)
def system_in(text: str) -> str | None:
    """The reference of the one weapon family that a text names; None where it names none, or several.

    Longest groups of words go first; a group must hold a digit, unless it is the whole text or begins with a capital letter.

    >>> system_in("T-72M1 main battle tanks, used"), system_in("spare parts")
    ('system:T-72', None)
    """
    whole = resolver().system(text.strip())
    if whole is not None:
        return whole.ref
    words = _WORD.findall(text)
    found: dict[str, None] = {}
    taken: set[int] = set()
    for length in range(min(LONGEST, len(words)), 0, -1):
        for start in range(len(words) - length + 1):
            places = set(range(start, start + length))
            if places & taken or not _may_name(words[start : start + length]):
                continue
            system = resolver().system(" ".join(words[start : start + length]))
            if system is not None and not _needs_goods(system, words[start : start + length]):
                found[system.ref] = None
                taken |= places
    return next(iter(found)) if len(found) == 1 else None


def _may_name(words: list[str]) -> bool:
    """A designation has a digit; a name is written with a capital letter and has more than three letters."""
    joined = "".join(words)
    return (any(sign.isdigit() for sign in joined) and any(sign.isalpha() for sign in joined)) or (
        words[0][:1].isupper() and len(joined) > 4
    )


def _needs_goods(system: System, words: list[str]) -> bool:
    """Whether the words are a name that also means other things, such as a bird or another firm's product."""
    name = " ".join(words).lower()
    return any(name == form.lstrip("=").rstrip("*0123456789").lower() for form in system.needs_goods)


def class_of(system: str | None, description: str, otherwise: str | None = None) -> str | None:
    """The class of goods: of the family, else of the description in the words that registers use, else the one given."""
    known = resolver().tables.systems.get(system.removeprefix("system:")) if system else None
    return known.category if known else resolver().category(description) or otherwise
