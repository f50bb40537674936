"""What a weapon is called in the register: entries in, versions and local names out of their remarks, and entries by any name."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from talaan.model.entry import Entry
from talaan.reference.designation import designation_key
from talaan.reference.resolver import resolver

_VERSION = re.compile(r"(?:^|[;(] ?|\b(?:and|incl|in|of|to) )([^;()]{2,40}?) versions?\b")
_LOCAL = re.compile(r"\b[A-Z][a-z]+(?:[ -][A-Z][a-z]+)* designation ([^;()]{2,40})")
_LICENSED = re.compile(r"\b(?:[Pp]roduced|[Aa]ssembled|[Bb]uilt)\b[^;()]*? as ([^;()]{2,40})")
_APART = re.compile(r", | and | or |/(?=[A-Z])")
_NO_NAME = frozenset(
    {"several", "new", "other", "modified", "improved", "export", "latest", "some", "different", "various", "both", "armed"}
)


@dataclass(frozen=True, slots=True)
class Names:
    """The designation of an entry, and the versions and local names (also of licensed production) that its remark gives."""

    designation: str
    versions: tuple[str, ...]
    local: tuple[str, ...]

    @property
    def all(self) -> tuple[str, ...]:
        """Every name, the designation first."""
        return (self.designation, *self.versions, *self.local)


def names(designation: str, remark: str | None) -> Names:
    """The names of one row.

    >>> names("Marauder", "Produced under licence in Kazakhstan as Arlan")
    Names(designation='Marauder', versions=(), local=('Arlan',))
    >>> names("EMB-314 Super Tucano", "A-29B version; financed by USA").versions
    ('A-29B',)
    >>> names("Type-056", "Algerian designation El Moutassadi").local
    ('El Moutassadi',)
    """
    text = remark or ""
    local = [part for pattern in (_LOCAL, _LICENSED) for found in pattern.findall(text) for part in _parts(found)]
    return Names(designation, tuple(_parts(*_VERSION.findall(text))), tuple(dict.fromkeys(local)))


def _parts(*found: str) -> list[str]:
    """The names in phrases such as "A-1 and A-2", each once, words that name nothing left out."""
    parts = (part.strip() for phrase in found for part in _APART.split(phrase))
    named = (part for part in parts if part and part.split()[0].lower() not in _NO_NAME and (part[0].isupper() or part[0].isdigit()))
    return list(dict.fromkeys(named))


def goes_by(entry: Entry, name: str) -> bool:
    """Whether the entry's weapon is called so: by its designation or family, by a version or local name in its remark, or by the name
    under which the recipient makes or uses that family.
    """
    key = designation_key(name)
    if key in {designation_key(one) for one in names(entry.designation, entry.comment).all}:
        return True
    family = resolver().system(name)
    return (family is not None and family.ref == entry.system) or key in {designation_key(one) for one in _names_there(entry)}


def _names_there(entry: Entry) -> list[str]:
    """What the recipient calls the entry's family, by talaan's table of systems."""
    system = resolver().tables.systems.get((entry.system or "").removeprefix("system:"))
    country = (entry.recipient or "").removeprefix("country:")
    pairs = (copy.partition(":") for copy in system.copies) if system else ()
    return [name for owner, _, name in pairs if owner == country]


def called(entries: Iterable[Entry], name: str) -> list[Entry]:
    """The entries whose weapon goes by that name, in the order given."""
    return [entry for entry in entries if goes_by(entry, name)]
