"""Writing the ledger: readings in, rows out, one transaction for each; and the one way to take something out again."""

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from sqlalchemy import Connection, Table, delete, func, insert, or_, select

from talaan.ledger.opening import Ledger
from talaan.ledger.records import Record, claim_record, document_record, lead_record, quote_records, role_records, verdict_records
from talaan.ledger.runs import Run
from talaan.ledger.tables import claims, documents, leads, quotes, reviews, roles, runs, texts, verdicts
from talaan.model.contract import Reading
from talaan.model.errors import LedgerError, UsageError

__all__ = ["Forgotten", "Review", "Run", "Saved", "forget", "save", "save_review"]

_CHILDREN = (roles, quotes, verdicts, claims, leads)


@dataclass(frozen=True, slots=True)
class Saved:
    """What came of saving one reading; `new` is false where the same bytes had been read by the same versions."""

    document: str
    new: bool
    claims: int
    leads: int


@dataclass(frozen=True, slots=True)
class Forgotten:
    """What was removed; `bytes_gone` is false where another program still reads the ledger and its files keep the bytes for now."""

    document: str
    paths: tuple[str, ...]
    readings: int
    claims: int
    leads: int
    bytes_gone: bool


@dataclass(frozen=True, slots=True)
class Review:
    """A person's judgement on a claim; the latest one of a claim counts."""

    document: str
    claim: str
    reviewer: str
    judgement: str
    time: str
    note: str | None = None


def save(ledger: Ledger, reading: Reading, run: Run) -> Saved:
    """What is stored of the reading: all of it in one transaction, or nothing.

    The same bytes (with the same date) read by the same versions change nothing. LedgerError where it cannot be written.
    """
    record = document_record(reading)
    with ledger.writing() as connection:
        known = _known(connection, record, run)
        if known is None:
            _insert(connection, reading, record, run)
    return Saved(record["id"], known is None, len(reading.claims), len(reading.leads))


def _known(connection: Connection, record: Record, run: Run) -> int | None:
    """The number of the reading of these bytes by these versions, if there is one."""
    same = [documents.c[name].is_not_distinct_from(record[name]) for name in ("raw_hash", "published_from", "published_to")]
    query = select(documents.c.number).join(runs, runs.c.number == documents.c.run)
    return connection.execute(query.where(documents.c.id == record["id"], runs.c.versions == run.versions, *same)).scalar()


def _insert(connection: Connection, reading: Reading, record: Record, run: Run) -> None:
    number = _run_number(connection, run)
    if connection.execute(select(texts.c.id).where(texts.c.id == record["id"])).scalar() is None:
        connection.execute(insert(texts), {"id": record["id"], "text": reading.document.text})
    inserted = connection.execute(insert(documents), {**record, "run": number}).inserted_primary_key
    document = int(inserted[0]) if inserted else 0
    stamp = {"document": document, "run": number}
    _insert_all(connection, claims, ({**stamp, "position": place, **claim_record(claim)} for place, claim in enumerate(reading.claims)))
    for table, records in ((roles, role_records), (quotes, quote_records), (verdicts, verdict_records)):
        rows = ({**stamp, "claim": place, **row} for place, claim in enumerate(reading.claims) for row in records(claim))
        _insert_all(connection, table, rows)
    _insert_all(connection, leads, ({**stamp, "position": place, **lead_record(lead)} for place, lead in enumerate(reading.leads)))


def _run_number(connection: Connection, run: Run) -> int:
    """The row of the run, made at its first reading."""
    found = connection.execute(select(runs.c.number).where(runs.c.versions == run.versions, runs.c.time == run.time)).scalar()
    if found is not None:
        return int(found)
    inserted = connection.execute(insert(runs), {**asdict(run), "versions": run.versions}).inserted_primary_key
    return int(inserted[0]) if inserted else 0


def _insert_all(connection: Connection, table: Table, rows: Iterable[dict[str, Any]]) -> None:
    listed = list(rows)
    if listed:
        connection.execute(insert(table), listed)


def save_review(ledger: Ledger, review: Review) -> None:
    """Adds a judgement; LedgerError where the ledger holds no such claim."""
    with ledger.writing() as connection:
        held = select(claims.c.id).join(documents, documents.c.number == claims.c.document)
        held = held.where(claims.c.id == review.claim, documents.c.id == review.document).limit(1)
        if connection.execute(held).scalar() is None:
            raise LedgerError(f"There is no claim {review.claim!r} of that document", where=ledger.where)
        connection.execute(insert(reviews), asdict(review))


def forget(ledger: Ledger, document: str) -> Forgotten:
    """What was removed of a document: its text, and the claims, quotes, verdicts, leads and reviews of all runs.

    `document` is an id, the beginning of one that fits no other, or the path it was read from. Bytes go from the files as
    well. LedgerError where nothing or several documents fit.
    """
    with ledger.writing() as connection:
        key = _identified(connection, document, ledger.where)
        rows = connection.execute(select(documents.c.number, documents.c.path).where(documents.c.id == key)).all()
        numbers = [row.number for row in rows]
        counted = [_count(connection, table, numbers) for table in (claims, leads)]
        connection.execute(delete(reviews).where(reviews.c.document == key))
        for table in _CHILDREN:
            connection.execute(delete(table).where(table.c.document.in_(numbers)))
        connection.execute(delete(documents).where(documents.c.id == key))
        connection.execute(delete(texts).where(texts.c.id == key))
    paths = tuple(dict.fromkeys(row.path for row in rows))
    return Forgotten(key, paths, len(numbers), counted[0], counted[1], _scrub(ledger))


def _identified(connection: Connection, document: str, where: str) -> str:
    wanted = document.strip()
    if not wanted:
        raise UsageError("No document to forget", hint="give its id, the beginning of its id, or its path")
    beginnings = [documents.c.id.startswith(prefix + wanted, autoescape=True) for prefix in ("", "sha256:")]
    query = select(documents.c.id).where(or_(documents.c.path == wanted, *beginnings)).distinct().order_by(documents.c.id)
    found = [str(key) for key in connection.execute(query).scalars()]
    if wanted in found:
        return wanted
    if len(found) != 1:
        what = f"{len(found)} documents fit {document!r}" if found else f"No document fits {document!r}"
        raise LedgerError(what, where=where, hint=", ".join(found[:5]) if found else "talaan claims lists the documents there are")
    return found[0]


def _count(connection: Connection, table: Table, numbers: Sequence[int]) -> int:
    return connection.execute(select(func.count()).select_from(table).where(table.c.document.in_(numbers))).scalar_one()


def _scrub(ledger: Ledger) -> bool:
    """Whether the removed bytes are gone from the files.

    Deleted rows are overwritten with zeros, but SQLite may keep copies in pages it has rearranged, and old pages in its log:
    the file is written afresh and the log cut to nothing. Neither is possible while another program reads.
    """
    if ledger.engine.dialect.name != "sqlite":
        return False
    raw = ledger.engine.raw_connection()
    try:
        cursor = raw.cursor()
        cursor.execute("VACUUM")
        busy = cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]
        return not busy
    except ledger.engine.dialect.loaded_dbapi.Error:
        return False
    finally:
        raw.close()
