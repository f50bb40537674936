"""An edition opened for questions: parties, systems and classes in, entries and yearly deliveries out."""

import os
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import as_file, files
from pathlib import Path
from typing import TYPE_CHECKING, Any

from talaan.model.entry import Edition, Entry
from talaan.model.errors import RegisterError
from talaan.model.figure import Cell
from talaan.reference.tables import tables
from talaan.registers.loaded import MAIN_TABLE
from talaan.registers.sipri.facts import facts as sipri_facts
from talaan.registers.storage import DELIVERIES, ENTRIES, bundled_editions, sql, stored_editions, table_file

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

_YEARS = list(Entry.__dataclass_fields__).index("years")
_FAR = 9999
REPORTS, DETAILS = "reports", "details"


@dataclass(frozen=True, slots=True)
class Delivery:
    """What one deal brought in one year: `tiv` in millions, `estimated` where a deal's total was spread evenly over its years."""

    supplier: str | None
    recipient: str | None
    category: str | None
    year: int
    tiv: float | None
    number: float | None
    estimated: bool
    entry: str


class OpenEdition:
    """One edition in memory; `edition` says what it is and what it covers. Several threads may ask at once."""

    def __init__(
        self, edition: Edition, connection: "DuckDBPyConnection", *, exact: bool, beside: Collection[str] = ()
    ) -> None:  # fmt: skip
        self.edition = edition
        self.exact = exact
        self._connection = connection
        self._beside = frozenset(beside)

    def entries(self, ids: Iterable[str]) -> dict[str, Entry]:
        """The entries with these ids, in the order asked; ids that the edition lacks are left out."""
        wanted = list(dict.fromkeys(ids))
        found = {entry.id: entry for entry in self._rows(ids=wanted)} if wanted else {}
        return {key: found[key] for key in wanted if key in found}

    def among(self, refs: Collection[str]) -> list[Entry]:
        """Deals whose supplier and recipient are both among these references, by recipient, supplier and order year."""
        return self._rows(suppliers=refs, recipients=refs) if refs else []

    def deals(
        self,
        *,
        suppliers: Collection[str] | None = None,
        recipients: Collection[str] | None = None,
        systems: Collection[str] | None = None,
        categories: Collection[str] | None = None,
    ) -> list[Entry]:
        """Deals that pass every filter given (references; a class code takes the classes below it too), ordered as `among`."""
        return self._rows(suppliers=suppliers, recipients=recipients, systems=systems, categories=_below(categories))

    def deliveries(
        self,
        *,
        suppliers: Collection[str] | None = None,
        recipients: Collection[str] | None = None,
        categories: Collection[str] | None = None,
        first: int | None = None,
        last: int | None = None,
    ) -> list[Delivery]:
        """Deliveries by deal and year, `first` to `last` year included.

        Exact where the register states years (per-year layout), else the deal's total spread evenly over its years.
        """
        given = _lists(suppliers=suppliers, recipients=recipients, categories=_below(categories))
        bounds = {"first": first or 0, "last": last or _FAR}
        rows = self._ask("deliveries_exact" if self.exact else "deliveries_spread", {**given, **bounds})
        return [Delivery(*row) for row in rows]

    def reported(self, country: str, year: int) -> bool | None:
        """Whether that state filed a report for that year; None where the edition does not know, or the register asks for none."""
        if REPORTS not in self._beside:
            return None
        found = self._ask("reported", {"country": country, "year": year})
        return bool(found[0][0]) if found else None

    def details(self, ids: Iterable[str]) -> dict[str, Mapping[str, Cell]]:
        """What the register says of its entries beyond talaan's own columns (its folder's read.py names the columns), by id."""
        wanted = sorted(set(ids))
        if DETAILS not in self._beside or not wanted:
            return {}
        answer = self._connection.cursor().execute(sql("details"), {"ids": wanted})
        names = [column[0] for column in answer.description or ()]
        return {str(row[0]): dict(zip(names[1:], row[1:], strict=True)) for row in answer.fetchall()}

    def _rows(
        self,
        *,
        ids: Collection[str] | None = None,
        suppliers: Collection[str] | None = None,
        recipients: Collection[str] | None = None,
        systems: Collection[str] | None = None,
        categories: Collection[str] | None = None,
    ) -> list[Entry]:
        given = _lists(ids=ids, suppliers=suppliers, recipients=recipients, systems=systems, categories=categories)
        return [_entry(row) for row in self._ask("rows", given)]

    def _ask(self, statement: str, parameters: Mapping[str, object]) -> list[tuple[Any, ...]]:
        """Rows of a statement; every question has a cursor of its own, which is what makes threads safe."""
        return self._connection.cursor().execute(sql(statement), parameters).fetchall()


def _entry(row: tuple[Any, ...]) -> Entry:
    """The entry of a row, whose columns stand in the order of Entry's fields."""
    values = list(row)
    values[_YEARS] = tuple(values[_YEARS])
    return Entry(*values)


def _lists(**given: Collection[str] | None) -> dict[str, list[str] | None]:
    return {name: None if values is None else sorted(values) for name, values in given.items()}


def _below(categories: Collection[str] | None) -> list[str] | None:
    """The classes and everything below them."""
    if categories is None:
        return None
    known = tables()
    return sorted({code for code in known.categories if any(known.is_below(code, above) for above in categories)})


def chosen_edition(home: Path, register: str, edition: str | None) -> Edition:
    """The edition of that id, the newest one for None, the bundled excerpt where none is loaded; RegisterError lists those there are."""
    found = [item for item in (*stored_editions(home), *bundled_editions()) if item.register == register]
    chosen = next((item for item in found if edition in (None, item.id)), None)
    if chosen is None:
        ids = ", ".join(item.id for item in found) or "none"
        what = f"There is no edition {edition!r} of {register}" if edition else f"There is no edition of a register {register!r}"
        raise RegisterError(what, hint=f"editions: {ids}")
    return chosen


def open_edition(home: Path, register: str = "sipri", edition: str | None = None) -> OpenEdition:
    """The edition of that id; without one the newest that is loaded, and where none is, the bundled excerpt.

    RegisterError for an unknown id, which lists those there are, for a damaged edition, and for a register that is no list of deals.
    """
    chosen = chosen_edition(home, register, edition)
    return _opened(None if chosen.bundled else home / "registers" / register / chosen.id, chosen, os.getpid())


@lru_cache(maxsize=8)
def _opened(folder: Path | None, edition: Edition, process: int) -> OpenEdition:
    """The edition read into memory; editions never change, so each process reads it once. No folder: the bundled excerpt.

    A connection does not survive a fork, hence the process among the keys.
    """
    import duckdb

    if folder is not None and not (folder / ENTRIES).exists() and (folder / table_file(MAIN_TABLE)).exists():
        raise RegisterError(f"The register {edition.register!r} is a table, not a list of deals", where=str(folder), hint="use open_table")
    connection = duckdb.connect()
    try:
        if folder is None:
            with as_file(files("talaan.registers.sipri").joinpath(f"sample/{sipri_facts().excerpt.file}")) as path:
                connection.execute(sql("open_excerpt"), {"path": str(path)})
            return OpenEdition(edition, connection, exact=False)
        connection.execute(sql("open_entries"), {"path": str(folder / ENTRIES)})
        exact = (folder / DELIVERIES).exists()
        if exact:
            connection.execute(sql("open_deliveries"), {"path": str(folder / DELIVERIES)})
        beside = [name for name in (REPORTS, DETAILS) if (folder / table_file(name)).exists()]
        for name in beside:
            connection.execute(sql(f"open_{name}"), {"path": str(folder / table_file(name))})
        return OpenEdition(edition, connection, exact=exact, beside=beside)
    except duckdb.Error as error:
        raise damaged(folder, edition) from error


def damaged(folder: Path | None, edition: Edition) -> RegisterError:
    """The error for an edition that cannot be read any more."""
    return RegisterError("This edition is damaged", where=str(folder or edition.id), hint="remove that folder and load the files again")
