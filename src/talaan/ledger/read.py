"""Reading the ledger: filters in, claims, leads and documents of the latest run of each document out."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, Connection, RowMapping, Select, Table, and_, exists, func, or_, select

from talaan.ledger.opening import Ledger
from talaan.ledger.records import claim_of, document_of, lead_of, when_of
from talaan.ledger.runs import Run
from talaan.ledger.tables import claims as claim_table
from talaan.ledger.tables import documents as document_table
from talaan.ledger.tables import latest_claims, latest_documents, latest_leads, latest_reviews, quotes, roles, runs, verdicts
from talaan.ledger.tables import leads as lead_table
from talaan.model.claim import Claim, Lead
from talaan.model.document import Document
from talaan.model.errors import LedgerError
from talaan.model.when import When
from talaan.reference.fold import fold

_CHUNK = 400


@dataclass(frozen=True, slots=True)
class ClaimFilter:
    """Which claims are wanted; what is left out lets every claim pass.

    `actor` is a reference or an alpha-3 code (a firm counts for its state), `system` a reference or designation, `speaker` and
    `text` parts of names and quotes in any case and accents, `first` and `last` bound the document's date (undated ones fall out).
    """

    types: tuple[str, ...] = ()
    actor: str | None = None
    system: str | None = None
    speaker: str | None = None
    language: str | None = None
    first: date | None = None
    last: date | None = None
    verdict: str | None = None
    reader: str | None = None
    text: str | None = None
    document: str | None = None
    limit: int | None = None


@dataclass(frozen=True, slots=True)
class DocumentRow:
    """A document without its text, the run that read it last, and how much came of it."""

    id: str
    path: str
    url: str | None
    title: str | None
    language: str | None
    publisher: str | None
    published: When | None
    characters: int
    raw_hash: str
    media_type: str
    encoding: str | None
    run: Run
    claims: int
    leads: int


@dataclass(frozen=True, slots=True)
class Row:
    """One claim with the document it stands in, and the latest review's judgement, if any."""

    document: DocumentRow
    claim: Claim
    judgement: str | None = None


def claims(ledger: Ledger, filters: ClaimFilter | None = None) -> list[Row]:
    """The claims that pass, by document (in the order they were first saved) and place in it."""
    wanted = filters or ClaimFilter()
    query = select(latest_claims).join(document_table, document_table.c.number == latest_claims.c.document)
    query = query.where(*_conditions(wanted)).order_by(latest_claims.c.document, latest_claims.c.position)
    if wanted.limit is not None:
        query = query.limit(wanted.limit)
    with ledger.reading() as connection:
        found = connection.execute(query).mappings().all()
        built = _built(connection, found)
        held = {row.id: row for row in _document_rows(connection, {record["document"] for record in found})}
        judged = _judgements(connection, [record["id"] for record in found])
    pairs = zip(found, built, strict=True)
    return [Row(held[record["document_id"]], claim, judged.get((claim.id, record["document_id"]))) for record, claim in pairs]


def claim(ledger: Ledger, claim_id: str) -> Claim:
    """The claim of that id as the latest run read it, with roles, quotes and verdicts; LedgerError where there is none."""
    with ledger.reading() as connection:
        query = select(latest_claims).where(latest_claims.c.id == claim_id).order_by(latest_claims.c.document.desc()).limit(1)
        found = connection.execute(query).mappings().all()
        if not found:
            raise LedgerError(f"There is no claim {claim_id!r}", where=ledger.where, hint="talaan claims lists those there are")
        return _built(connection, found)[0]


def document_of_claim(ledger: Ledger, claim_id: str) -> str | None:
    """The id of the document a claim stands in, None where the ledger has no such claim."""
    with ledger.reading() as connection:
        query = select(latest_claims.c.document_id).where(latest_claims.c.id == claim_id).order_by(latest_claims.c.document.desc()).limit(1)
        found = connection.execute(query).scalar()
    return None if found is None else str(found)


def documents(ledger: Ledger) -> list[DocumentRow]:
    """All documents as last read, in the order of these readings."""
    with ledger.reading() as connection:
        return _document_rows(connection, None)


def document(ledger: Ledger, document_id: str) -> Document:
    """The document of that id with its text, as last read; LedgerError where there is none."""
    with ledger.reading() as connection:
        found = connection.execute(select(latest_documents).where(latest_documents.c.id == document_id)).mappings().first()
    if found is None:
        raise LedgerError(f"There is no document {document_id!r}", where=ledger.where)
    return document_of(found)


def leads(ledger: Ledger, document_id: str) -> list[Lead]:
    """The leads of a document as last read, in reading order; empty where there are none."""
    query = select(latest_leads).where(latest_leads.c.document_id == document_id).order_by(latest_leads.c.position)
    with ledger.reading() as connection:
        return [lead_of(row) for row in connection.execute(query).mappings()]


def _conditions(wanted: ClaimFilter) -> list[ColumnElement[bool]]:
    """The filter as conditions on `latest_claims` and `documents`."""
    view, held = latest_claims.c, document_table.c
    found: list[ColumnElement[bool] | None] = [
        view.type.in_(wanted.types) if wanted.types else None,
        _has_role(_actor(wanted.actor)) if wanted.actor else None,
        _has_role(roles.c.ref == f"system:{wanted.system.removeprefix('system:')}") if wanted.system else None,
        view.folded_speaker.contains(fold(wanted.speaker), autoescape=True) if wanted.speaker else None,
        held.language == wanted.language if wanted.language else None,
        held.published_to >= wanted.first.isoformat() if wanted.first else None,
        held.published_from <= wanted.last.isoformat() if wanted.last else None,
        _has_verdict(wanted.verdict) if wanted.verdict else None,
        view.reader == wanted.reader if wanted.reader else None,
        view.folded_text.contains(fold(wanted.text), autoescape=True) if wanted.text else None,
        view.document_id == wanted.document if wanted.document else None,
    ]
    return [condition for condition in found if condition is not None]


def _actor(actor: str) -> ColumnElement[bool]:
    kind, _, code = actor.rpartition(":")
    if kind in ("", "country"):
        return or_(roles.c.ref == f"country:{code}", roles.c.country == code)
    return roles.c.ref == actor


def _has_role(condition: ColumnElement[bool]) -> ColumnElement[bool]:
    return exists().where(roles.c.document == latest_claims.c.document, roles.c.claim == latest_claims.c.position, condition)


def _has_verdict(word: str) -> ColumnElement[bool]:
    joined = and_(verdicts.c.document == latest_claims.c.document, verdicts.c.claim == latest_claims.c.position)
    return exists().where(joined, verdicts.c.verdict == word)


def _built(connection: Connection, found: Sequence[RowMapping]) -> list[Claim]:
    """Claims of their rows, with what hangs on them fetched for many at once."""
    numbers = sorted({record["document"] for record in found})
    fillers, quoted, judged = (_by_claim(connection, table, numbers) for table in (roles, quotes, verdicts))
    keys = ((record, (record["document"], record["position"])) for record in found)
    return [claim_of(record, fillers.get(key, []), quoted.get(key, []), judged.get(key, [])) for record, key in keys]


def _by_claim(connection: Connection, table: Table, numbers: Sequence[int]) -> dict[tuple[int, int], list[RowMapping]]:
    rows: dict[tuple[int, int], list[RowMapping]] = defaultdict(list)
    for chunk in _chunks(numbers):
        query = select(table).where(table.c.document.in_(chunk)).order_by(table.c.document, table.c.claim, table.c.position)
        for row in connection.execute(query).mappings():
            rows[row["document"], row["claim"]].append(row)
    return rows


def _document_rows(connection: Connection, numbers: Iterable[int] | None) -> list[DocumentRow]:
    """Document rows with run and counts; None: the latest reading of every document."""
    held = document_table.c
    counts = [
        select(func.count()).select_from(table).where(table.c.document == held.number).scalar_subquery().label(f"{table.name}_count")
        for table in (claim_table, lead_table)
    ]
    run_columns = [column.label(f"run_{column.name}") for column in runs.c]
    query = select(document_table, *counts, *run_columns).join(runs, runs.c.number == held.run).order_by(held.number)
    if numbers is None:
        later = document_table.alias()
        newest = ~exists().where(later.c.id == document_table.c.id, later.c.number > document_table.c.number)
        return _listed(connection, query.where(newest))
    return [row for chunk in _chunks(sorted(numbers)) for row in _listed(connection, query.where(document_table.c.number.in_(chunk)))]


def _listed(connection: Connection, query: Select[tuple[object, ...]]) -> list[DocumentRow]:
    copied = [name for name in DocumentRow.__dataclass_fields__ if name not in ("published", "run", "claims", "leads")]
    told = list(Run.__dataclass_fields__)
    return [
        DocumentRow(
            **{name: row[name] for name in copied},
            published=when_of(row, "published"),
            run=Run(**{name: row[f"run_{name}"] for name in told}),
            claims=row["claims_count"],
            leads=row["leads_count"],
        )
        for row in connection.execute(query).mappings()
    ]


def _judgements(connection: Connection, ids: Sequence[str]) -> dict[tuple[str, str], str]:
    found: dict[tuple[str, str], str] = {}
    for chunk in _chunks(sorted(set(ids))):
        query = select(latest_reviews).where(latest_reviews.c.claim.in_(chunk))
        found |= {(row["claim"], row["document"]): row["judgement"] for row in connection.execute(query).mappings()}
    return found


def _chunks(values: Sequence[object]) -> Iterable[Sequence[object]]:
    return (values[place : place + _CHUNK] for place in range(0, len(values), _CHUNK))
