"""Words to references: names of registers and designations in, countries, groups, organisations, systems and classes out."""

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property, lru_cache

from talaan.reference.designation import designation_key, family_keys
from talaan.reference.fold import fold
from talaan.reference.sound import is_foreign, sound_index, sound_keys
from talaan.reference.tables import Group, Organisation, System, Tables, tables

COMMON = frozenset(
    {
        "class",
        "type",
        "model",
        "project",
        "missile",
        "radar",
        "system",
        "tank",
        "light",
        "medium",
        "heavy",
        "block",
        "super",
        "advanced",
        "series",
    }
)
QUOTES = "«»„“”\"' "
UNKNOWN_PARTIES = ("unknown supplier", "unknown recipient", "unknown rebel", "unknown country")


class Resolver:
    """Looks up what registers and readers write; the tables it was made from are at `tables`."""

    def __init__(self, loaded: Tables) -> None:
        self.tables = loaded
        self._parties = _parties(loaded)
        self._descriptions = {text.lower(): row.code for row in loaded.categories.values() for text in row.descriptions}
        self._systems, self._names = _systems(loaded.systems.values())

    def party(self, register_name: str) -> str | None:
        """The reference of a register's party name; None where the register itself does not know the party.

        >>> resolver().party("Soviet Union"), resolver().party("unknown supplier(s)")
        ('country:SUHH', None)
        """
        name = register_name.strip()
        return self._parties.get(name.lower()) or self._parties.get(name.rstrip("*").strip().lower())

    def knows_party(self, register_name: str) -> bool:
        """Whether the name is a known party or one of the register's words for an unknown one."""
        return self.party(register_name) is not None or register_name.lower().startswith(UNKNOWN_PARTIES)

    def category(self, description: str) -> str | None:
        """The class that a register's weapon description means.

        >>> resolver().category("tank")
        'tank'
        """
        return self._descriptions.get(description.strip().lower())

    def system(self, designation: str) -> System | None:
        """The family a designation belongs to, by its name or by letters and number, variants included."""
        key = designation_key(designation)
        found = self._names.get(key)
        if found:
            return found
        if any(sign.isdigit() for sign in key):
            return next((self._systems[part] for part in family_keys(key) if part in self._systems), None)
        return None

    def system_by_sound(self, text: str) -> System | None:
        """The family whose name, or one word of it, is the text: by its letters in Latin script, by its sound in any other."""
        index = self._system_sounds if is_foreign(text) else self._system_words
        keys = sound_keys(text, endings=True) if is_foreign(text) else (text.strip(QUOTES).lower(),)
        found = next((index[key] for key in keys if key in index), None)
        return self.tables.systems[found] if found else None

    def party_by_sound(self, text: str) -> str | None:
        """The organisation or group whose name sounds like the text, for other scripts than Latin."""
        if not is_foreign(text):
            return None
        return next((self._party_sounds[key] for key in sound_keys(text, endings=True) if key in self._party_sounds), None)

    def party_by_words(self, words: Sequence[str]) -> str | None:
        """The only organisation one of whose names has all these words (folded), at least one of them its own; None for several."""
        holders = [self._party_words.get(word, frozenset()) for word in words]
        common = frozenset.intersection(*holders) if holders else frozenset()
        return next(iter(common)) if len(common) == 1 and any(len(refs) == 1 for refs in holders) else None

    @cached_property
    def _party_words(self) -> dict[str, frozenset[str]]:
        """Folded word of an organisation's names → the organisations that have it."""
        owners: dict[str, set[str]] = {}
        for row in self.tables.organisations.values():
            for name in (row.name, *(alias for alias in row.aliases if _plain(alias))):
                for word in re.findall(r"[^\W\d_]{4,}", fold(name)):
                    owners.setdefault(word, set()).add(row.ref)
        return {word: frozenset(refs) for word, refs in owners.items()}

    @cached_property
    def _system_sounds(self) -> dict[str, str]:
        return sound_index((row.designation, _sounding(row)) for row in self.tables.systems.values())

    @cached_property
    def _system_words(self) -> dict[str, str]:
        """Words of designations that name one family only."""
        owners: dict[str, set[str]] = {}
        for row in self.tables.systems.values():
            for word in _sounding(row):
                owners.setdefault(word.lower(), set()).add(row.designation)
        return {word: next(iter(families)) for word, families in owners.items() if len(families) == 1}

    @cached_property
    def _party_sounds(self) -> dict[str, str]:
        parties: list[Organisation | Group] = [*self.tables.organisations.values(), *self.tables.groups.values()]
        return sound_index((row.ref, (row.name, row.slug, *(alias for alias in row.aliases if _plain(alias)))) for row in parties)

    def designations(self) -> Mapping[str, System]:
        """Keys of all letter-and-number designations."""
        return self._systems


def _parties(loaded: Tables) -> dict[str, str]:
    parties: dict[str, str] = {}
    for rows in (loaded.organisations.values(), loaded.groups.values(), loaded.countries.values()):
        for row in rows:
            for name in (row.name, *row.register_names):
                parties[name.rstrip("*").strip().lower()] = row.ref
    return parties


def _systems(systems: Iterable[System]) -> tuple[dict[str, System], dict[str, System]]:
    """(keys with letters and digits → family, keys of every name → family); a family's own designation goes before variants and aliases."""
    keys: dict[str, System] = {}
    names: dict[str, System] = {}
    ranks = (lambda row: (row.designation,), lambda row: row.variants, lambda row: row.register_names, lambda row: row.aliases)
    listed = list(systems)
    for rank in ranks:
        for system in listed:
            for name in rank(system):
                key = designation_key(name.lstrip("=").rstrip("*0123456789") if "*" in name else name.lstrip("="))
                names.setdefault(key, system)
                if any(sign.isdigit() for sign in key) and any(sign.isalpha() for sign in key):
                    keys.setdefault(key, system)
    return keys, names


def _plain(alias: str) -> bool:
    """Whether an alias is a name in Latin letters without stars, longer than an acronym."""
    return alias.isascii() and "*" not in alias and len(alias) > 5 and not alias.isupper()


def _sounding(system: System) -> list[str]:
    """A family's names, and the words of its designation that are names by themselves ("Spartan" in "C-27J Spartan")."""
    names = [system.designation, *(alias.lstrip("=") for alias in system.aliases if _plain(alias.lstrip("=")))]
    words = [word for name in names for word in name.split() if word.isalpha() and word[0].isupper() and word.lower() not in COMMON]
    return [*names, *words]


@lru_cache(maxsize=1)
def resolver() -> Resolver:
    """The resolver over the tables as shipped."""
    return Resolver(tables())
