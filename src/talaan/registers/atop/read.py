"""The reader of ATOP's alliance obligations: files of one release in, a table of directed pairs and years out."""

from collections.abc import Sequence

from talaan.registers.alliances import read_alliances
from talaan.registers.files import SourceFile
from talaan.registers.loaded import Loaded

VERSION = "1"


def read(sources: Sequence[SourceFile]) -> Loaded:
    """All rows of the files as one table; RegisterError where they lack columns or hold no row."""
    return read_alliances(sources, "atop")
