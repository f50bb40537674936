"""Opening a ledger: new, old, newer, foreign, locked, full; and the shape of its tables."""

import sqlite3
import threading
import time
from pathlib import Path

import pytest
from sqlalchemy import inspect, text

from ledger.ledger_readings import RUN, claim, reading
from talaan.ledger import Ledger, default_place, migrations, open_ledger, read, tables, write
from talaan.model.errors import LedgerError


def test_the_tables_are_those_the_code_knows(ledger: Ledger) -> None:
    with ledger.reading() as connection:
        found = inspect(connection)
        for name, table in tables.metadata.tables.items():
            columns = {column["name"]: column for column in found.get_columns(name)}
            assert set(columns) == set(table.columns.keys()), name
            if not name.startswith("latest_"):
                assert set(found.get_pk_constraint(name)["constrained_columns"]) == {column.name for column in table.primary_key}, name
                assert {"run", "reviewer", "versions", "text"} & set(columns), f"{name} does not say who made its rows"


def test_a_new_ledger_is_in_wal_mode_and_has_a_version(tmp_path: Path) -> None:
    place = default_place(tmp_path / "deep" / "home")
    open_ledger(place).close()
    with sqlite3.connect(place) as connection:
        assert connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)
        assert connection.execute("SELECT max(version) FROM talaan_schema").fetchone() == (migrations.LATEST,)


def test_opening_again_changes_nothing(tmp_path: Path) -> None:
    place = tmp_path / "ledger.sqlite"
    open_ledger(place).close()
    before = place.read_bytes()
    open_ledger(str(place)).close()
    open_ledger(f"sqlite:///{place}").close()
    assert place.read_bytes() == before


def test_migrations_are_applied_in_order_and_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    place = tmp_path / "ledger.sqlite"
    with open_ledger(place) as ledger:
        write.save(ledger, reading("one", claim("a")), RUN)
    known = migrations.statements

    def statements(step: str, dialect: str) -> list[str]:
        return ["ALTER TABLE runs ADD COLUMN machine TEXT"] if step == "002_machine" else list(known(step, dialect))

    monkeypatch.setattr(migrations, "statements", statements)
    monkeypatch.setattr(migrations, "STEPS", ("001_ledger", "002_machine"))
    monkeypatch.setattr("talaan.ledger.opening.LATEST", 2)
    for _ in range(2):
        with open_ledger(place) as ledger, ledger.reading() as connection:
            assert migrations.version(connection) == 2
            assert "machine" in {column["name"] for column in inspect(connection).get_columns("runs")}
            assert read.claim(ledger, "a") == claim("a")


def test_a_migration_that_fails_leaves_the_old_shape(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    place = tmp_path / "ledger.sqlite"
    open_ledger(place).close()
    broken = ["CREATE TABLE half (number INTEGER)", "ALTER TABLE nothing ADD COLUMN machine TEXT"]
    monkeypatch.setattr(migrations, "statements", lambda step, dialect: broken)
    monkeypatch.setattr(migrations, "STEPS", ("001_ledger", "002_broken"))
    monkeypatch.setattr("talaan.ledger.opening.LATEST", 2)
    with pytest.raises(LedgerError):
        open_ledger(place)
    with sqlite3.connect(place) as connection:
        assert connection.execute("SELECT count(*) FROM sqlite_master WHERE name = 'half'").fetchone() == (0,)
        assert connection.execute("SELECT max(version) FROM talaan_schema").fetchone() == (1,)


def test_a_ledger_of_a_newer_talaan_is_refused(tmp_path: Path) -> None:
    place = tmp_path / "ledger.sqlite"
    with open_ledger(place) as ledger, ledger.writing() as connection:
        connection.execute(text("INSERT INTO talaan_schema VALUES (99, 'later')"))
    with pytest.raises(LedgerError, match=r"newer talaan.*version 99.*update talaan"):
        open_ledger(place)


@pytest.mark.parametrize("content", [b"Recipient,Supplier\n", b"SQLite format 2", b"\0" * 4096])
def test_a_file_that_is_no_database_is_refused_and_left_alone(tmp_path: Path, content: bytes) -> None:
    place = tmp_path / "register.csv"
    place.write_bytes(content)
    with pytest.raises(LedgerError, match="not a ledger"):
        open_ledger(place)
    assert place.read_bytes() == content


def test_a_database_of_another_program_is_refused_and_left_alone(tmp_path: Path) -> None:
    place = tmp_path / "other.sqlite"
    with sqlite3.connect(place) as connection:
        connection.execute("CREATE TABLE claims (id)")
    before = place.read_bytes()
    with pytest.raises(LedgerError, match="not a ledger of talaan"):
        open_ledger(place)
    assert place.read_bytes() == before


def test_a_damaged_ledger_is_told(tmp_path: Path) -> None:
    place = tmp_path / "ledger.sqlite"
    open_ledger(place).close()
    content = bytearray(place.read_bytes())
    content[100:] = b"\xff" * (len(content) - 100)
    place.write_bytes(content)
    with pytest.raises(LedgerError, match="damaged"):
        open_ledger(place)


@pytest.mark.parametrize(
    ("where", "says"),
    [("mysql://host/base", "cannot be kept in mysql"), ("://", "no address"), ("oracle+none://x", "cannot be kept")],
)
def test_addresses_that_are_none_are_refused(where: str, says: str) -> None:
    with pytest.raises(LedgerError, match=says):
        open_ledger(where)


def test_a_folder_is_no_ledger(tmp_path: Path) -> None:
    with pytest.raises(LedgerError, match="cannot be opened"):
        open_ledger(tmp_path)
    (tmp_path / "file").touch()
    with pytest.raises(LedgerError, match="cannot be opened"):
        open_ledger(tmp_path / "file" / "ledger.sqlite")


def test_a_locked_ledger_is_waited_for_then_told(tmp_path: Path) -> None:
    place = tmp_path / "ledger.sqlite"
    with open_ledger(place, wait=0.2) as ledger:
        other = sqlite3.connect(place, isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        started = time.monotonic()
        with pytest.raises(LedgerError, match="in use by another program"):
            write.save(ledger, reading("one", claim("a")), RUN)
        assert 0.2 <= time.monotonic() - started < 3
        assert read.claims(ledger) == []
        other.execute("ROLLBACK")
        assert write.save(ledger, reading("one", claim("a")), RUN).new
        other.close()


def test_a_lock_that_goes_in_time_is_no_failure(tmp_path: Path) -> None:
    place = tmp_path / "ledger.sqlite"
    with open_ledger(place) as ledger:
        other = sqlite3.connect(place, isolation_level=None, check_same_thread=False)
        other.execute("BEGIN IMMEDIATE")
        threading.Timer(0.3, lambda: other.execute("ROLLBACK")).start()
        assert write.save(ledger, reading("one", claim("a")), RUN).new
        other.close()


def test_no_space_is_told_and_nothing_is_kept(ledger: Ledger) -> None:
    with ledger.reading() as connection:
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar()
        connection.exec_driver_sql(f"PRAGMA max_page_count = {pages + 2}")
    with pytest.raises(LedgerError, match="no space left"):
        write.save(ledger, reading("long " * 10_000, claim("a")), RUN)
    assert read.documents(ledger) == []


def test_a_read_only_ledger_is_told(ledger: Ledger) -> None:
    with ledger.reading() as connection:
        connection.exec_driver_sql("PRAGMA query_only = ON")
    with pytest.raises(LedgerError, match="read-only"):
        write.save(ledger, reading("one"), RUN)


def test_readers_do_not_wait_for_a_writer(ledger: Ledger) -> None:
    write.save(ledger, reading("one", claim("a")), RUN)
    with ledger.writing() as connection:
        connection.execute(text("DELETE FROM leads"))
        assert [row.claim.id for row in read.claims(ledger)] == ["a"]
