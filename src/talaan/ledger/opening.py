"""Opening a ledger: a file path or database URL in, a Ledger whose transactions speak LedgerError out."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType

from sqlalchemy import URL, Connection, Engine, create_engine, event, inspect, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError, SQLAlchemyError

from talaan.ledger.migrations import LATEST, VERSIONS, migrate, version
from talaan.model.errors import LedgerError

WAIT_SECONDS = 5.0
_FORMS = "a file path, or postgresql://user@host/database"
_WRITING = "talaan_writing"
_FAULTS = (
    ("locked", "The ledger is in use by another program", "wait until it is done, or close it, and try again"),
    ("readonly", "The ledger is read-only", "make the file and its folder writable, or put the ledger elsewhere with --ledger"),
    ("disk is full", "There is no space left for the ledger", "free some space; nothing was changed"),
    ("unable to open", "The ledger cannot be opened", "check the path and its permissions, or put the ledger elsewhere with --ledger"),
    ("not a database", "This file is not a ledger", "put the ledger elsewhere with --ledger"),
    ("malformed", "The ledger is damaged", "restore it from a copy"),
    ("disk i/o error", "The ledger's disk fails", "check the disk; nothing was changed"),
)


def default_place(home: Path) -> Path:
    """Where the ledger lies unless it was put elsewhere.

    >>> default_place(Path("data")).as_posix()
    'data/ledger.sqlite'
    """
    return home / "ledger.sqlite"


class Ledger:
    """An open ledger; use it in a `with` block, or call `close`."""

    def __init__(self, engine: Engine, where: str) -> None:
        self.engine = engine
        self.where = where

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A connection that sees one state of the ledger throughout."""
        with faults(self.where), self.engine.connect() as connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """A connection in one transaction: all of it is kept, or nothing."""
        with faults(self.where), self.engine.connect().execution_options(**{_WRITING: True}) as connection, connection.begin():
            yield connection

    def close(self) -> None:
        """Closes the file."""
        self.engine.dispose()

    def __enter__(self) -> "Ledger":
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()


@contextmanager
def faults(where: str) -> Iterator[None]:
    """Turns the database's errors into LedgerError."""
    try:
        yield
    except (SQLAlchemyError, sqlite3.Error) as error:
        told = str(error.orig if isinstance(error, DBAPIError) else error).splitlines()[0]
        for sign, what, hint in _FAULTS:
            if sign in told.lower():
                raise LedgerError(what, where=where, hint=hint) from error
        raise LedgerError("The ledger cannot be read or written", where=where, hint=told) from error
    except UnicodeEncodeError as error:
        raise LedgerError(
            "A text holds half a character, which no ledger can store", where=where, hint="read the document again"
        ) from error


def open_ledger(where: str | Path, *, wait: float = WAIT_SECONDS) -> Ledger:
    """The ledger at a file path or database URL, made if there is none; a busy one is waited for `wait` seconds.

    LedgerError for a file that is something else, a ledger of a newer talaan, and one that cannot be opened.
    """
    url = _url(where)
    shown = url.render_as_string(hide_password=True) if "://" in str(where) else str(where)
    if url.get_backend_name() not in ("sqlite", "postgresql"):
        raise LedgerError(f"A ledger cannot be kept in {url.drivername}", where=shown, hint=_FORMS)
    try:
        engine = create_engine(url, connect_args={"timeout": wait} if _is_sqlite(url) else {})
    except (NoSuchModuleError, ModuleNotFoundError) as error:
        raise LedgerError(f"No driver for {url.drivername}", where=shown, hint="pip install 'talaan[postgres]'") from error
    if _is_sqlite(url):
        event.listen(engine, "connect", _set_up)
        event.listen(engine, "begin", _begin)
    ledger = Ledger(engine, shown)
    try:
        if _is_sqlite(url) and url.database:
            _check_file(Path(url.database), shown)
        _prepare(ledger)
    except BaseException:
        ledger.close()
        raise
    return ledger


def _url(where: str | Path) -> URL:
    if isinstance(where, Path) or "://" not in where:
        return URL.create("sqlite", database=str(where))
    try:
        return make_url(where)
    except ArgumentError as error:
        raise LedgerError("This is no address of a ledger", where=where, hint=_FORMS) from error


def _is_sqlite(url: URL) -> bool:
    return url.get_backend_name() == "sqlite"


def _check_file(path: Path, where: str) -> None:
    """Refuses what is no SQLite file before anything is written to it."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        beginning = path.open("rb").read(16) if path.exists() else b""
    except OSError as error:
        raise LedgerError("The ledger cannot be opened", where=where, hint=error.strerror or str(error)) from error
    if beginning and beginning != b"SQLite format 3\0":
        raise LedgerError("This file is not a ledger", where=where, hint="put the ledger elsewhere with --ledger")


def _set_up(connection: sqlite3.Connection, _: object) -> None:
    """What every SQLite connection needs: transactions that we begin ourselves, and deletions that leave no bytes."""
    connection.isolation_level = None
    for setting in ("foreign_keys = ON", "secure_delete = ON"):
        connection.execute(f"PRAGMA {setting}")


def _begin(connection: Connection) -> None:
    """A writer asks for the lock at once: waiting half-way would fail instead of wait."""
    connection.exec_driver_sql("BEGIN IMMEDIATE" if connection.get_execution_options().get(_WRITING) else "BEGIN")


def _prepare(ledger: Ledger) -> None:
    """Makes the tables where there are none, and refuses what is no ledger or a newer one."""
    with ledger.reading() as connection:
        names = set(inspect(connection).get_table_names())
        current = version(connection) if VERSIONS in names else None
    if names and current is None:
        raise LedgerError("This database is not a ledger of talaan", where=ledger.where, hint="put the ledger elsewhere with --ledger")
    if current is not None and current > LATEST:
        hint = f"it has version {current}, this talaan knows {LATEST}: update talaan"
        raise LedgerError("This ledger was written by a newer talaan", where=ledger.where, hint=hint)
    if current == LATEST:
        return
    if ledger.engine.dialect.name == "sqlite":
        with faults(ledger.where):
            raw = ledger.engine.raw_connection()
            try:
                raw.cursor().execute("PRAGMA journal_mode = WAL")
            finally:
                raw.close()
    with ledger.writing() as connection:
        migrate(connection)
