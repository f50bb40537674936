"""Whether stored editions are as they were loaded: a home folder in, the faults of every edition out."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from talaan.registers.storage import FACTS, hashes_of, seal_of

NO_HASHES = "no hashes were kept when it was loaded (by an older version): load the files again"


@dataclass(frozen=True, slots=True)
class Verified:
    """One stored edition and what is wrong with it; no faults: every file is as it was written."""

    register: str
    edition: str
    files: int
    faults: tuple[str, ...]


def verify(home: Path, register: str | None = None) -> list[Verified]:
    """Every stored edition (of one register where it is named) with its faults, by register and id."""
    root = home / "registers"
    registers = sorted(path for path in root.iterdir() if path.is_dir()) if root.is_dir() else []
    return [
        Verified(folder.name, place.name, len(list(place.iterdir())), tuple(_faults(place)))
        for folder in registers
        if register in (None, folder.name)
        for place in sorted(folder.iterdir())
        if place.is_dir() and not place.name.startswith(".")
    ]


def _faults(place: Path) -> Iterator[str]:
    try:
        kept = json.loads((place / FACTS).read_text(encoding="utf-8"))
        hashes, named = kept.get("hashes"), (kept["register"], kept["id"])
        found = hashes_of(place)
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        yield f"{FACTS} cannot be read ({type(error).__name__})"
        return
    if named != (place.parent.name, place.name):
        yield f"{FACTS} says it is {named[0]} {named[1]}"
    if kept.get("seal") not in (None, seal_of(kept)):
        yield f"{FACTS} is not as it was written"
    if not isinstance(hashes, dict):
        yield NO_HASHES
        return
    for name in sorted({*hashes, *found}):
        if name not in found:
            yield f"{name} is missing"
        elif name not in hashes:
            yield f"{name} was not there when it was loaded"
        elif hashes[name] != found[name]:
            yield f"{name} is not as it was written"
