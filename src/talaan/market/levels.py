"""Goods classes at the levels on which markets are compared: a class code and a level in, the class at that level out."""

from functools import lru_cache
from typing import Literal

from talaan.model.errors import UsageError
from talaan.reference.tables import tables

Level = Literal["category", "parent", "un", "sipri"]
LEVELS: tuple[Level, ...] = ("category", "parent", "un", "sipri")
STATED = {
    "category": "talaan's goods classes",
    "parent": "talaan's goods classes one step up",
    "un": "categories of the UN Register of Conventional Arms; a class outside them stands for itself",
    "sipri": "armament categories of SIPRI; a class outside them stands for itself",
}
_ROOT = "arms"


def level_called(name: str) -> Level:
    """The level of that name; UsageError lists those there are."""
    found = next((level for level in LEVELS if level == name), None)
    if found is None:
        raise UsageError(f"There is no level {name!r}", hint="levels: " + ", ".join(LEVELS))
    return found


@lru_cache(maxsize=512)
def class_at(code: str | None, level: Level) -> str | None:
    """The class that a goods class belongs to at a level, each level a grouping of the classes; None for None.

    >>> class_at("frigate", "category"), class_at("frigate", "parent"), class_at("frigate", "un"), class_at("frigate", "sipri")
    ('category:frigate', 'category:warship', 'UN VI', 'Ships')
    >>> class_at("radar", "un"), class_at("engine", "parent"), class_at(None, "un")
    ('category:radar', 'category:engine', None)
    """
    found = tables().categories.get(code or "")
    if code is None:
        return None
    if found is None or level == "category":
        return f"category:{code}"
    if level == "parent":
        above = found.parent if found.parent and found.parent != _ROOT else code
        return f"category:{above}"
    named = found.un_register if level == "un" else found.sipri.partition("|")[0]
    return f"category:{code}" if not named else f"UN {named}" if level == "un" else named
