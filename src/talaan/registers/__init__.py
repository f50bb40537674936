"""Registers: exports in, immutable editions out, and rows of an edition by parties, systems and classes.

`REGISTERS` is the table of all registers talaan reads; a further one is a folder with register.toml, read.py and a line here.
"""

from collections.abc import Sequence
from pathlib import Path

from talaan.model.entry import Edition
from talaan.model.errors import UsageError
from talaan.registers.opened import Delivery, OpenEdition, open_edition
from talaan.registers.sipri.facts import facts as sipri_facts
from talaan.registers.sipri.read import VERSION as SIPRI_VERSION
from talaan.registers.sipri.read import read as read_sipri
from talaan.registers.storage import Publication, add_edition, bundled_editions, stored_editions

__all__ = ["REGISTERS", "Delivery", "OpenEdition", "add", "editions", "open_edition"]

REGISTERS = {
    "sipri": Publication("sipri", SIPRI_VERSION, sipri_facts, read_sipri),
}


def add(home: Path, name: str, paths: Sequence[Path], *, edition: str | None = None) -> Edition:
    """The edition that these files make, stored under `home`; the stored one where the same files are loaded already.

    Its id is the newest export date, else `edition`, else the first eight signs of the files' hash; a taken id gets `-2`.
    UsageError for an unknown register or no file; RegisterError where the files cannot be read or stored.
    """
    if name not in REGISTERS:
        raise UsageError(f"There is no register {name!r}", hint="registers: " + ", ".join(REGISTERS))
    if not paths:
        raise UsageError("No file to load", hint=f"talaan register add {name} FILE…")
    return add_edition(home, REGISTERS[name], paths, edition=edition)


def editions(home: Path) -> list[Edition]:
    """All editions at hand, the newest first, the bundled excerpt last."""
    return [*stored_editions(home), *bundled_editions()]
