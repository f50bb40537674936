"""Objects of the vocabulary as rows of the ledger, and rows as objects again; what goes in comes out equal."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import date
from typing import Any

from sqlalchemy import RowMapping

from talaan.model.claim import Claim, Lead, LeadEntry, Mention, Quote, Speaker
from talaan.model.contract import Reading
from talaan.model.document import Document
from talaan.model.quantity import Money, Quantity
from talaan.model.verdict import Verdict
from talaan.model.when import When
from talaan.reference.fold import fold

Record = dict[str, Any]
Fetched = Mapping[str, Any] | RowMapping


def packed(value: object) -> str:
    """JSON with every letter as it is."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _packed_or_none(value: Quantity | Money | Speaker | None) -> str | None:
    return None if value is None else packed(asdict(value))


def document_record(reading: Reading) -> Record:
    """The row of `documents`; the text goes into `texts`."""
    document = reading.document
    return {
        "id": document.id,
        "path": document.path,
        "url": document.url,
        "title": document.title,
        "language": document.language,
        "publisher": document.publisher,
        **_when_record(document.published, "published"),
        "characters": len(document.text),
        "raw_hash": document.raw_hash,
        "media_type": document.media_type,
        "encoding": document.encoding,
        "document_notes": packed(document.notes),
        "notes": packed(reading.notes),
        "dropped": packed(reading.dropped),
    }


def document_of(row: Fetched) -> Document:
    """The document of a row of `latest_documents`."""
    return Document(
        text=row["text"],
        path=row["path"],
        raw_hash=row["raw_hash"],
        media_type=row["media_type"],
        encoding=row["encoding"],
        language=row["language"],
        title=row["title"],
        url=row["url"],
        publisher=row["publisher"],
        published=when_of(row, "published"),
        notes=tuple(json.loads(row["document_notes"])),
    )


def _when_record(when: When | None, prefix: str) -> Record:
    first, last, precision, mention = None, None, None, None
    if when is not None:
        first, last = (end.isoformat() if end else None for end in (when.first, when.last))
        precision, mention = when.precision, packed([when.text, when.start, when.end])
    return {f"{prefix}_from": first, f"{prefix}_to": last, f"{prefix}_precision": precision, f"{prefix}_mention": mention}


def when_of(row: Fetched, prefix: str) -> When | None:
    """The stretch of time in the columns with that prefix."""
    if row[f"{prefix}_precision"] is None:
        return None
    first, last = (date.fromisoformat(end) if end else None for end in (row[f"{prefix}_from"], row[f"{prefix}_to"]))
    return When(first, last, row[f"{prefix}_precision"], *json.loads(row[f"{prefix}_mention"]))


def claim_record(claim: Claim) -> Record:
    """The row of `claims`; roles, quotes and verdicts have rows of their own."""
    speaker = claim.speaker
    named = (speaker.ref, speaker.name, speaker.role, speaker.organisation, speaker.text) if speaker else ()
    said = (*(quote.text for quote in (claim.quote, *claim.also)), *claim.gloss.values())
    return {
        "id": claim.id,
        "type": claim.type,
        "closed_values": packed(dict(claim.values)),
        "modality": claim.modality,
        "negated": claim.negated,
        "optional": claim.optional,
        "reader": claim.reader,
        "role_names": packed(list(claim.roles)),
        "speaker_ref": speaker.ref if speaker else None,
        "speaker_name": speaker.name if speaker else None,
        "speaker": _packed_or_none(speaker),
        "quantity": _packed_or_none(claim.quantity),
        "money": _packed_or_none(claim.value),
        **_when_record(claim.when, "time"),
        "gloss": packed(dict(claim.gloss)),
        "confidence": claim.confidence,
        "extractor": claim.extractor,
        "lead": claim.lead,
        "folded_speaker": fold("\n".join(filter(None, named))),
        "folded_text": fold("\n".join(said)),
    }


def role_records(claim: Claim) -> list[Record]:
    """The rows of `roles`."""
    return [
        {**mention_record(filler), "role": role, "position": position}
        for role, fillers in claim.roles.items()
        for position, filler in enumerate(fillers)
    ]


def mention_record(mention: Mention) -> Record:
    """A mention, its offsets under names that are no words of SQL."""
    record = asdict(mention)
    record["begins"], record["ends"] = record.pop("start"), record.pop("end")
    return record


def mention_of(row: Fetched) -> Mention:
    """The mention of such a record."""
    names = ("ref", "name", "country", "category", "metonym", "guessed")
    return Mention(row["text"], row["begins"], row["ends"], **{name: row[name] for name in names})


def quote_records(claim: Claim) -> list[Record]:
    """The rows of `quotes`: the claim's own at position 0, then the further ones."""
    return [{**_quote_record(quote), "position": position} for position, quote in enumerate((claim.quote, *claim.also))]


def _quote_record(quote: Quote) -> Record:
    return {"text": quote.text, "begins": quote.start, "ends": quote.end, "prefix": quote.prefix, "suffix": quote.suffix}


def _quote_of(row: Fetched) -> Quote:
    return Quote(row["text"], row["begins"], row["ends"], row["prefix"], row["suffix"])


def verdict_records(claim: Claim) -> list[Record]:
    """The rows of `verdicts`."""
    return [
        {
            "position": position,
            "register": verdict.register,
            "edition": verdict.edition,
            "verdict": verdict.verdict,
            "reason": verdict.reason,
            "rule": verdict.rule,
            "entries": packed(verdict.entries),
            "nearest": packed(verdict.nearest),
            "fields": packed(dict(verdict.fields)),
            "trace": packed(verdict.trace),
        }
        for position, verdict in enumerate(claim.verdicts)
    ]


def _verdict_of(row: Fetched) -> Verdict:
    entries, nearest, fields, trace = (json.loads(row[name]) for name in ("entries", "nearest", "fields", "trace"))
    words = {name: row[name] for name in ("register", "edition", "verdict", "reason", "rule")}
    return Verdict(**words, entries=tuple(entries), nearest=tuple(nearest), fields=fields, trace=tuple(trace))


def claim_of(row: Fetched, roles: Sequence[Fetched], quotes: Sequence[Fetched], verdicts: Sequence[Fetched]) -> Claim:
    """The claim of its rows, each list ordered by position."""
    quote, *also = (_quote_of(found) for found in quotes)
    fillers = {name: tuple(mention_of(found) for found in roles if found["role"] == name) for name in json.loads(row["role_names"])}
    return Claim(
        id=row["id"],
        type=row["type"],
        values=json.loads(row["closed_values"]),
        modality=row["modality"],
        negated=row["negated"],
        optional=row["optional"],
        reader=row["reader"],
        roles=fillers,
        quote=quote,
        speaker=Speaker(**json.loads(row["speaker"])) if row["speaker"] else None,
        extractor=row["extractor"],
        confidence=row["confidence"],
        quantity=Quantity(**json.loads(row["quantity"])) if row["quantity"] else None,
        value=Money(**json.loads(row["money"])) if row["money"] else None,
        when=when_of(row, "time"),
        also=tuple(also),
        gloss=json.loads(row["gloss"]),
        verdicts=tuple(_verdict_of(found) for found in verdicts),
        lead=row["lead"],
    )


def lead_record(lead: Lead) -> Record:
    """The row of `leads`."""
    return {
        "id": lead.id,
        "grade": lead.grade,
        "score": lead.score,
        "quote": packed(_quote_record(lead.quote)),
        "types": packed(lead.types),
        "mentions": packed([mention_record(mention) for mention in lead.mentions]),
        "entries": packed([asdict(entry) for entry in lead.entries]),
        "other_deals": lead.other_deals,
        "claims": packed(lead.claims),
    }


def lead_of(row: Fetched) -> Lead:
    """The lead of its row."""
    return Lead(
        id=row["id"],
        quote=_quote_of(json.loads(row["quote"])),
        types=tuple((name, share) for name, share in json.loads(row["types"])),
        mentions=tuple(mention_of(mention) for mention in json.loads(row["mentions"])),
        grade=row["grade"],
        score=row["score"],
        entries=tuple(LeadEntry(**entry) for entry in json.loads(row["entries"])),
        other_deals=row["other_deals"],
        claims=tuple(json.loads(row["claims"])),
    )
