"""The DuckDB in memory that does the arithmetic: a statement of sql/ and its parameters in, rows out."""

from collections.abc import Mapping
from functools import lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING

from talaan.model.figure import Cell

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection


def rows_of(statement: str, parameters: Mapping[str, object]) -> list[tuple[Cell, ...]]:
    """The rows that sql/<statement>.sql gives for these parameters; every question has a cursor of its own."""
    return _memory().cursor().execute(_text(statement), parameters).fetchall()


@lru_cache
def _text(statement: str) -> str:
    return files("talaan.market").joinpath(f"sql/{statement}.sql").read_text(encoding="utf-8")


@lru_cache(maxsize=1)
def _memory() -> "DuckDBPyConnection":
    """A DuckDB in memory that holds no tables: the rows come as parameters."""
    import duckdb

    return duckdb.connect(config={"python_enable_replacements": False})
