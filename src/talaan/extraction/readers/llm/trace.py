"""How a claim of a model came to be: its id in, what was asked, what was answered and what became of it out."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from talaan.extraction.analysis import analyse
from talaan.extraction.claims import make_claims
from talaan.extraction.readers.llm.answers import content_of, raw_claims, read_answer
from talaan.extraction.readers.llm.cache import AnswerCache
from talaan.model.claim import Claim
from talaan.model.document import Document
from talaan.model.errors import UsageError

HINT = "claims read by talaan check --reader llm or both have one; answers from a file leave none"


@dataclass(frozen=True, slots=True)
class Trace:
    """A claim, the claim in the model's own words, and the record of the part it was read from.

    `record` holds the server, the model and parameters sent, the part's text and every attempt with what was wrong with it;
    `instructions` is the system's message. `dropped` is what the document's last reading set aside.
    """

    claim: Claim
    answered: Mapping[str, Any]
    document: Document
    part: int
    parts: int
    record: Mapping[str, Any]
    instructions: str | None
    dropped: tuple[str, ...]


def claim_trace(cache: AnswerCache, claim_id: str, document_id: str | None = None) -> Trace:
    """How the claim of that id came to be; `document_id` where it is known saves the search. UsageError where there is no record."""
    document_id = document_id or _document_of(cache, claim_id)
    reading = cache.reading(document_id) if document_id else None
    if document_id is None or reading is None:
        raise UsageError(f"No model was asked for a claim {claim_id!r}", hint=HINT)
    records = [record for key in reading.get("parts", ()) if (record := cache.get(document_id, str(key)))]
    document = Document(_text(records), str(reading.get("path")), "", "text/plain", language=reading.get("language"))
    if document.id != document_id or document.language is None:
        raise UsageError("The kept answers of this document are not whole any more", where=document_id, hint="read it again")
    for number, record in enumerate(records):
        for answered, claims in _made(document, record):
            claim = next((claim for claim in claims if claim.id == claim_id), None)
            if claim is not None:
                told = cache.instructions(str(record.get("instructions")))
                dropped = tuple(str(line) for line in reading.get("dropped", ()))
                return Trace(claim, answered, document, number, len(records), record, told, dropped)
    raise UsageError(f"No kept answer gives a claim {claim_id!r} any more", where=document_id, hint="read the document again")


def _document_of(cache: AnswerCache, claim_id: str) -> str | None:
    """The document whose last reading holds the claim, the last read first."""
    for document in cache.documents():
        reading = cache.reading(document)
        if reading is not None and claim_id in reading.get("claims", ()):
            return document
    return None


def _text(records: Sequence[Mapping[str, Any]]) -> str:
    """The document's text, put together from its parts."""
    text = ""
    for part in sorted((record["part"] for record in records), key=lambda part: int(part["start"])):
        text = text[: part["start"]] + str(part["text"])
    return text


def _made(document: Document, record: Mapping[str, Any]) -> Iterator[tuple[Mapping[str, Any], Sequence[Claim]]]:
    """Each claim of an answer as it stands there, with the claims made of it."""
    analysis = analyse(document.text, document.language or "")
    content, whole = content_of(record["answer"])
    try:
        found = raw_claims(content, whole=whole)
    except (ValueError, RecursionError):
        return
    for raw in found:
        if isinstance(raw, dict):
            drafts = read_answer(json.dumps({"claims": [raw]})).drafts
            yield raw, make_claims(document, analysis, drafts, reader="llm", extractor="").claims
