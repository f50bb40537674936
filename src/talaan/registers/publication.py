"""One register as talaan knows it: the folder of a register in, its facts and its reader out, each loaded when it is asked for."""

import tomllib
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib import import_module
from importlib.resources import files
from typing import NamedTuple

from talaan.registers.files import SourceFile
from talaan.registers.loaded import Loaded


class Reader(NamedTuple):
    """What reads a register's files; a new `version` makes the same files worth loading again."""

    version: str
    read: Callable[[Sequence[SourceFile]], Loaded]


@dataclass(frozen=True, slots=True)
class RegisterFacts:
    """What every register.toml says of its register."""

    title: str
    publisher: str
    licence: str
    address: str = ""
    citation: str = ""


@dataclass(frozen=True, slots=True)
class Publication:
    """One register: its name on the command line, its facts, its reader, and the kinds of files (of files.py) it takes beside text."""

    name: str
    facts: Callable[[], RegisterFacts]
    reader: Callable[[], Reader]
    takes: frozenset[str] = frozenset()


@lru_cache(maxsize=16)
def register_toml(folder: str) -> dict[str, object]:
    """What a register's register.toml says, read once.

    >>> register_toml("sipri")["name"]
    'sipri'
    """
    return tomllib.loads(files(f"talaan.registers.{folder}").joinpath("register.toml").read_text(encoding="utf-8"))


def in_folder(name: str, folder: str, *, takes: Collection[str] = ()) -> Publication:
    """The register whose register.toml and read.py (with VERSION and `read`) stand in that folder of registers."""

    def facts() -> RegisterFacts:
        said = register_toml(folder)
        known = {key: str(said[key]) for key in RegisterFacts.__dataclass_fields__ if key in said}
        return RegisterFacts(**known)

    def reader() -> Reader:
        module = import_module(f"talaan.registers.{folder}.read")
        return Reader(module.VERSION, module.read)

    return Publication(name, facts, reader, frozenset(takes))
