"""Weapon families of the register's rows: a designation with its class in, the reference of the family out.

A short designation may name several weapons (HAWK is a missile system and a trainer, M-88 a recovery vehicle and an engine):
the row's class tells them apart.
"""

from collections import defaultdict
from collections.abc import Mapping
from functools import lru_cache

from talaan.reference.designation import designation_key
from talaan.reference.resolver import resolver
from talaan.reference.tables import System
from talaan.registers.sipri.facts import facts


def family(designation: str, category: str | None) -> str | None:
    """The reference of the family that a row's designation names; None where no family of the row's kind is known by it.

    >>> family("HAWK", "air-defence-system"), family("Lynx", "rocket-artillery"), family("Hawk", "patrol-boat")
    ('system:MIM-23 Hawk', 'system:Lynx MRL', None)
    """
    found = resolver().system(designation)
    if found is None or category is None:
        return found.ref if found else None
    kind = _kind(category)
    if kind in _kinds(found) or facts().kinds_apart.isdisjoint({kind, *_kinds(found)}):
        return found.ref
    longer = (resolver().system(f"{designation} {word}") for word in facts().added.get(category, ()))
    fitting = {
        system.ref for system in (*longer, *_named().get(designation_key(designation), {}).values()) if system and kind in _kinds(system)
    }
    return fitting.pop() if len(fitting) == 1 else None


def _kind(category: str) -> str:
    """The class right below "arms" that a class belongs to."""
    categories = resolver().tables.categories
    while (above := categories[category].parent) and categories[above].parent:
        category = above
    return category


def _kinds(system: System) -> set[str]:
    return {_kind(category) for category in (system.category, *system.also)}


@lru_cache(maxsize=1)
def _named() -> Mapping[str, Mapping[str, System]]:
    """Key of every name → the families it names, by designation."""
    named: dict[str, dict[str, System]] = defaultdict(dict)
    for system in resolver().tables.systems.values():
        for name in (system.designation, *system.variants, *system.register_names, *system.aliases):
            if name.isascii() and "*" not in name:
                named[designation_key(name.lstrip("="))][system.designation] = system
    return named
