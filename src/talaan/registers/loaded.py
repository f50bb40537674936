"""What every register's reader hands over: columns of text that the edition's SQL turns into entries."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from talaan.model.entry import Coverage


@dataclass(frozen=True, slots=True)
class SetAside:
    """A line that could not be read without guessing; line 0 stands for the file as a whole.

    `ends_file` marks a broken last line: the file was probably cut off there.
    """

    file: str
    line: int
    reason: str
    text: str = ""
    ends_file: bool = False


@dataclass(frozen=True, slots=True)
class Loaded:
    """Everything read from the files of one edition.

    `columns` are lists of equal length; each value is normalised text without tabs and line ends, "" where unknown,
    flags `true` or `false`, lists of years joined by `;`. `statements` names the SQL that makes entries of them,
    `deliveries` the one that makes yearly values, where the layout has them.
    """

    layout: str
    released: str | None
    columns: Mapping[str, Sequence[str]]
    set_aside: tuple[SetAside, ...]
    unread_columns: tuple[str, ...]
    coverage: Coverage
    statements: str
    deliveries: str | None = None
