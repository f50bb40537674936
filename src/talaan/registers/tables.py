"""An edition of a register that is no list of deals, opened for questions: a statement of sql/ and its parameters in, rows out."""

import os
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from talaan.model.entry import Edition
from talaan.model.errors import RegisterError
from talaan.registers.loaded import MAIN_TABLE
from talaan.registers.opened import chosen_edition, damaged
from talaan.registers.storage import sql, table_file

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection


class OpenTable:
    """One table in memory; `edition` says what it is and what it covers. Several threads may ask at once."""

    def __init__(self, edition: Edition, connection: "DuckDBPyConnection") -> None:
        self.edition = edition
        self._connection = connection

    def ask(self, statement: str, parameters: Mapping[str, object]) -> list[tuple[Any, ...]]:
        """The rows that the statement sql/<statement>.sql gives for these parameters."""
        return self._connection.cursor().execute(sql(statement), parameters).fetchall()

    def columns(self) -> dict[str, list[Any]]:
        """Every column of the table, whole, in the order it was written."""
        answer = self._connection.cursor().execute(sql("whole_table"))
        names = [column[0] for column in answer.description or ()]
        rows = answer.fetchall()
        return {name: [row[place] for row in rows] for place, name in enumerate(names)}


def open_table(home: Path, register: str, edition: str | None = None) -> OpenTable:
    """The edition of that id, the newest for None.

    RegisterError for an unknown id, a damaged edition, and a register that is a list of deals.
    """
    chosen = chosen_edition(home, register, edition)
    return _opened(home / "registers" / register / chosen.id, chosen, os.getpid())


@lru_cache(maxsize=8)
def _opened(folder: Path, edition: Edition, process: int) -> OpenTable:
    """The table read into memory once for each process."""
    import duckdb

    path = folder / table_file(MAIN_TABLE)
    if edition.bundled or not path.exists():
        what = f"The register {edition.register!r} is a list of deals, not a table"
        raise RegisterError(what, where=str(folder), hint="use open_edition")
    connection = duckdb.connect()
    try:
        connection.execute(sql("open_table"), {"path": str(path)})
    except duckdb.Error as error:
        raise damaged(folder, edition) from error
    return OpenTable(edition, connection)
