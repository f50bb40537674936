"""The output contract: typed objects in, the JSON objects of `talaan check --json` out (data/contract.schema.json)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TypeAlias

from talaan.model.claim import Agreement, Claim, Lead, Mention, Quote, SaidElsewhere, Speaker, review_order
from talaan.model.document import Document
from talaan.model.entry import Entry
from talaan.model.figure import Figure
from talaan.model.quantity import Money, Quantity
from talaan.model.verdict import Verdict
from talaan.model.vocabulary import claim_type
from talaan.model.when import When

Json: TypeAlias = "str | int | float | bool | list[Json] | dict[str, Json] | None"
Object = dict[str, Json]


@dataclass(frozen=True, slots=True)
class Reading:
    """One document with everything talaan has to say about it."""

    document: Document
    leads: tuple[Lead, ...]
    claims: tuple[Claim, ...]
    entries: Mapping[str, Entry]
    notes: tuple[str, ...] = ()
    dropped: tuple[str, ...] = ()


def reading_json(reading: Reading, *, with_text: bool = True) -> Object:
    """The contract's object for one document; without text, quotes stay."""
    out: Object = {
        "document": document_json(reading.document, with_text=with_text),
        "claims": [claim_json(claim) for claim in reading.claims],
        "leads": [lead_json(lead) for lead in reading.leads],
        "entries": {key: entry_json(entry) for key, entry in sorted(reading.entries.items())},
        "notes": list(reading.notes),
        "dropped": list(reading.dropped),
    }
    if any(claim.agreement for claim in reading.claims):
        out["review"] = [claim.id for claim in review_order(reading.claims)]
    return out


def document_json(document: Document, *, with_text: bool = True) -> Object:
    """Id, path, language, title, address, date and text of a document."""
    out: Object = {
        "id": document.id,
        "path": document.path,
        "language": document.language,
        "title": document.title,
        "url": document.url,
        "published": published_json(document.published),
        "characters": len(document.text),
        "publisher": document.publisher,
        "encoding": document.encoding,
        "media_type": document.media_type,
        "raw_hash": document.raw_hash,
        "notes": list(document.notes),
    }
    if with_text:
        out["text"] = document.text
    return out


def published_json(when: When | None) -> str | None:
    """`2011-05-17`, `2011-05` or `2011`, as precise as it is known.

    >>> from talaan.model.when import parse_date
    >>> published_json(parse_date("2011-05"))
    '2011-05'
    """
    if when is None or when.first is None:
        return None
    return when.first.isoformat()[: {"day": 10, "month": 7}.get(when.precision, 4)]


def claim_json(claim: Claim) -> Object:
    """One claim; closed values stand at the top level, null where the text leaves them open."""
    values: Object = {name: claim.values.get(name) for name in claim_type(claim.type).values}
    out: Object = {
        "id": claim.id,
        "type": claim.type,
        **values,
        "modality": claim.modality,
        "negated": claim.negated,
        "optional": claim.optional,
        "reader": claim.reader,
        "roles": {role: [mention_json(filler) for filler in fillers] for role, fillers in claim.roles.items()},
        "quantity": quantity_json(claim.quantity),
        "value": money_json(claim.value),
        "when": when_json(claim.when),
        "speaker": speaker_json(claim.speaker),
        "quote": quote_json(claim.quote),
        "also": [quote_json(quote) for quote in claim.also],
        "gloss": dict(claim.gloss),
        "confidence": round(claim.confidence, 4),
        "extractor": claim.extractor,
        "lead": claim.lead,
        "verdicts": [verdict_json(verdict) for verdict in claim.verdicts],
    }
    if claim.said_elsewhere:
        out["said_elsewhere"] = [said_json(said) for said in claim.said_elsewhere]
    return out if claim.agreement is None else {**out, "readers": agreement_json(claim.agreement)}


def said_json(said: SaidElsewhere) -> Object:
    """What another document says of the same thing."""
    return {
        "claim": said.claim,
        "document": said.document,
        "path": said.path,
        "agrees": said.agrees,
        "speaker": said.speaker,
        "date": said.date,
    }


def agreement_json(agreement: Agreement) -> Object:
    """How a claim stands to the other reader's; `with` is that one's claim."""
    return {"agreement": agreement.status, "differs_in": list(agreement.differs_in), "with": agreement.other}


def lead_json(lead: Lead) -> Object:
    """One lead with its mentions and register rows."""
    entries: list[Json] = []
    for row in lead.entries:
        entry: Object = {"id": row.id, "from": row.origin}
        entries.append({**entry, "guessed": True} if row.guessed else entry)
    return {
        "id": lead.id,
        "quote": quote_json(lead.quote),
        "types": [[name, round(share, 4)] for name, share in lead.types],
        "mentions": [mention_json(mention) for mention in lead.mentions],
        "entries": entries,
        "other_deals": lead.other_deals,
        "claims": list(lead.claims),
        "grade": lead.grade,
        "score": round(lead.score, 4),
        "story": lead.story,
    }


def mention_json(mention: Mention) -> Object:
    """A mention or filler; `metonym` and `guessed` only where they hold."""
    out: Object = {
        "ref": mention.ref,
        "name": mention.name,
        "country": mention.country,
        "category": mention.category,
        "text": mention.text,
        "start": mention.start,
        "end": mention.end,
    }
    if mention.metonym:
        out["metonym"] = True
    if mention.guessed:
        out["guessed"] = True
    return out


def quote_json(quote: Quote) -> Object:
    """A quote with its offsets and surroundings."""
    return {"text": quote.text, "start": quote.start, "end": quote.end, "prefix": quote.prefix, "suffix": quote.suffix}


def speaker_json(speaker: Speaker | None) -> Object | None:
    """The speaker, or None for the document's own voice."""
    if speaker is None:
        return None
    out: Object = {"ref": speaker.ref, "name": speaker.name, "role": speaker.role, "organisation": speaker.organisation}
    return {**out, "text": speaker.text, "start": speaker.start, "end": speaker.end}


def quantity_json(quantity: Quantity | None) -> Object | None:
    """A number of things."""
    if quantity is None:
        return None
    number = int(quantity.number) if quantity.number == int(quantity.number) else quantity.number
    return {
        "number": number,
        "unit": quantity.unit,
        "about": quantity.about,
        "text": quantity.text,
        "start": quantity.start,
        "end": quantity.end,
    }


def money_json(money: Money | None) -> Object | None:
    """A sum of money."""
    if money is None:
        return None
    return {"amount": money.amount, "currency": money.currency, "text": money.text, "start": money.start, "end": money.end}


def when_json(when: When | None) -> Object | None:
    """A date range."""
    if when is None:
        return None
    first, last = (end.isoformat() if end else None for end in (when.first, when.last))
    return {"from": first, "to": last, "precision": when.precision, "text": when.text, "start": when.start, "end": when.end}


def verdict_json(verdict: Verdict) -> Object:
    """One verdict with the rule, the rows and the score field by field."""
    return {
        "register": verdict.register,
        "edition": verdict.edition,
        "verdict": verdict.verdict,
        "reason": verdict.reason,
        "rule": verdict.rule,
        "entries": list(verdict.entries),
        "nearest": list(verdict.nearest),
        "fields": dict(verdict.fields),
    }


def entry_json(entry: Entry) -> Object:
    """One register row in talaan's own columns."""
    return {
        "id": entry.id,
        "supplier": entry.supplier,
        "supplier_name": entry.supplier_name,
        "recipient": entry.recipient,
        "recipient_name": entry.recipient_name,
        "designation": entry.designation,
        "description": entry.description,
        "category": entry.category,
        "system": entry.system,
        "ordered": entry.ordered,
        "ordered_uncertain": entry.ordered_uncertain,
        "number_ordered": entry.number_ordered,
        "number_ordered_uncertain": entry.number_ordered_uncertain,
        "number_delivered": entry.number_delivered,
        "number_delivered_uncertain": entry.number_delivered_uncertain,
        "years": list(entry.years),
        "status": entry.status,
        "comment": entry.comment,
        "licensed": entry.licensed,
        "tiv_unit": entry.tiv_unit,
        "tiv_ordered": entry.tiv_ordered,
        "tiv_delivered": entry.tiv_delivered,
    }


def figure_json(figure: Figure) -> Object:
    """A figure as the contract has it."""
    rows: list[Json] = [dict(row) for row in figure.rows]
    return {
        "figure": figure.figure,
        "about": figure.about,
        "register": figure.register,
        "edition": figure.edition,
        "unit": figure.unit,
        "window": list(figure.window),
        "estimated": figure.estimated,
        "formula": figure.formula,
        "rows": rows,
        "measures": dict(figure.measures),
        "sources": list(figure.sources),
        "caveats": list(figure.caveats),
        "parts": {name: [dict(row) for row in part] for name, part in figure.parts.items()},
    }


def references(claims: Iterable[Claim]) -> set[str]:
    """All references that fill a role of these claims."""
    return {filler.ref for claim in claims for fillers in claim.roles.values() for filler in fillers if filler.ref}
