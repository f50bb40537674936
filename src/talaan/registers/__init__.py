"""Registers: exports in, immutable editions out, and rows of an edition by parties, systems and classes.

`REGISTERS` is the table of all registers talaan reads; a further one is a folder with register.toml, read.py and a line here.
Any other list of deals is read by a map of its columns. Registers that are no lists of deals are opened by `open_table`.
"""

import re
from collections.abc import Sequence
from pathlib import Path

from talaan.model.entry import Edition
from talaan.model.errors import UsageError
from talaan.registers.files import PAGE
from talaan.registers.opened import Delivery, OpenEdition, open_edition
from talaan.registers.publication import Publication, in_folder
from talaan.registers.storage import add_edition, bundled_editions, stored_editions
from talaan.registers.tables import OpenTable, open_table
from talaan.registers.verification import Verified, verify

__all__ = [
    "REGISTERS",
    "Delivery",
    "OpenEdition",
    "OpenTable",
    "Verified",
    "add",
    "edition_called",
    "editions",
    "open_edition",
    "open_table",
    "verify",
]

REGISTERS = {
    "sipri": in_folder("sipri", "sipri"),
    "sipri-tiv": in_folder("sipri-tiv", "sipri_tiv"),
    "unroca": in_folder("unroca", "unroca", takes=(PAGE,)),
    "dsca": in_folder("dsca", "dsca"),
    "cow-alliances": in_folder("cow-alliances", "cow_alliances"),
    "atop": in_folder("atop", "atop"),
    "ideal-points": in_folder("ideal-points", "ideal_points"),
}
_NAME = re.compile(r"[a-z0-9][a-z0-9-]{0,40}")


def add(home: Path, name: str, paths: Sequence[Path], *, edition: str | None = None, map_file: Path | None = None) -> Edition:
    """The edition that these files make, stored under `home`; the stored one where the same files are loaded already.

    Its id is the newest export date, else `edition`, else the first eight signs of the files' hash; a taken id gets `-2`.
    A name that is not in REGISTERS needs the map of its columns in `map_file`. UsageError for an unknown register or no
    file; RegisterError where the files or the map cannot be read, or the edition cannot be stored.
    """
    if not paths:
        raise UsageError("No file to load", hint=f"talaan register add {name} FILE…")
    return add_edition(home, _publication(name, map_file), paths, edition=edition)


def _publication(name: str, map_file: Path | None) -> Publication:
    if map_file is None:
        if name not in REGISTERS:
            hint = f"registers: {', '.join(REGISTERS)}; any other table needs --map (talaan register map FILE proposes one)"
            raise UsageError(f"There is no register {name!r}", hint=hint)
        return REGISTERS[name]
    if name in REGISTERS or not _NAME.fullmatch(name):
        why = "is read without a map" if name in REGISTERS else "cannot be a register's name"
        raise UsageError(f"{name!r} {why}", hint="take a name of your own: small letters, digits and hyphens")
    from talaan.registers.mapped.mapping import load_map
    from talaan.registers.mapped.read import mapped_publication

    return mapped_publication(name, load_map(map_file))


def editions(home: Path) -> list[Edition]:
    """All editions at hand, the newest first, the bundled excerpt last."""
    return [*stored_editions(home), *bundled_editions()]


def edition_called(home: Path, edition: str, register: str | None = None) -> Edition:
    """The edition of that id, of that register where one is named; UsageError where there is none, or several registers have one."""
    known = editions(home)
    found = [row for row in known if row.id == edition and register in (None, row.register)]
    if not found:
        ids = ", ".join(f"{row.register} {row.id}" for row in known if register in (None, row.register)) or "none"
        raise UsageError(f"There is no edition {edition!r}", hint=f"editions: {ids}; talaan register add loads another")
    if len(found) > 1:
        hint = "say which: " + ", ".join(f"--register {row.register}" for row in found)
        raise UsageError(f"Several registers have an edition {edition!r}", hint=hint)
    return found[0]
