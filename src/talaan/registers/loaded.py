"""What every register's reader hands over: columns of text that become entries, typed tables, or both."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from talaan.model.entry import Coverage

ColumnType = Literal["text", "year", "integer", "number", "flag"]
MAIN_TABLE = "rows"


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
class Table:
    """A typed table: columns of equal length, each value normalised text without tabs and line ends, "" where unknown."""

    columns: Mapping[str, Sequence[str]]
    types: Mapping[str, ColumnType]


@dataclass(frozen=True, slots=True)
class Loaded:
    """Everything read from the files of one edition.

    A register that is a list of deals has `columns` (lists of equal length; each value is normalised text without tabs and
    line ends, "" where unknown, flags `true` or `false`, lists of years joined by `;`), `statements` that names the SQL which
    makes entries of them, and `deliveries` that names the one which makes yearly values, where the layout has them.
    A register that is none has `statements` None and its values in `tables` under the name `rows`. Further tables may stand beside either.
    """

    layout: str
    released: str | None
    columns: Mapping[str, Sequence[str]]
    set_aside: tuple[SetAside, ...]
    unread_columns: tuple[str, ...]
    coverage: Coverage
    statements: str | None
    deliveries: str | None = None
    tables: Mapping[str, Table] = field(default_factory=dict)
