"""Lines about a model's work: a probe of a server, or how a claim came to be, in; plain lines or JSON out."""

import json
from collections.abc import Iterator
from dataclasses import asdict
from typing import TYPE_CHECKING

from talaan.model.claim import Claim
from talaan.model.contract import claim_json
from talaan.output.cards import plain

if TYPE_CHECKING:
    from talaan.extraction.readers.llm.probe import Probe
    from talaan.extraction.readers.llm.trace import Trace

SEEDS = {"same": "one seed gives one answer", "differs": "taken, but one seed gives different answers", "refused": "not taken"}
MODELS_SHOWN = 10


def probe_lines(found: "Probe", *, as_json: bool) -> Iterator[str]:
    """What a server can do and what a page costs."""
    from talaan.extraction.readers.llm.probe import MODE_LABELS

    if as_json:
        yield json.dumps(asdict(found), ensure_ascii=False)
        return
    yield f"server: {found.server}"
    yield f"model: {plain(found.model)}"
    more = f" and {len(found.models) - MODELS_SHOWN} more" if len(found.models) > MODELS_SHOWN else ""
    yield f"models there: {plain(', '.join(found.models[:MODELS_SHOWN]) or 'the server does not say')}{more}"
    yield f"context: {f'{found.context_length:,} tokens' if found.context_length else 'the server does not say'}"
    yield f"form of answers: {MODE_LABELS[found.schema_mode]}"
    yield f"seed: {SEEDS[found.seed]}"
    price = "no price is set" if found.price is None else f"{found.price:.6f} {found.currency or ''}".strip()
    tokens = f"{found.tokens_in:,} tokens in, {found.tokens_out:,} out"
    yield f"a page of 2 kB: {tokens}, {found.attempts} requests, {found.seconds:.1f} s; {price}"
    yield f"its claims: {found.claims} anchored, {len(found.dropped)} faults"
    for line in found.dropped:
        yield f"  dropped · {plain(line)}"


def trace_lines(found: "Trace", *, full: bool, as_json: bool) -> Iterator[str]:
    """What was asked, what was answered, what was anchored and what was dropped."""
    record = found.record
    if as_json:
        told = {"claim": claim_json(found.claim), "answered": found.answered, "record": record, "dropped": found.dropped}
        yield json.dumps({**told, "document": found.document.id, "instructions": found.instructions if full else None}, ensure_ascii=False)
        return
    yield f"claim {found.claim.id}: {plain(found.claim.gloss.get('en') or found.claim.quote.text)}"
    yield f"document {found.document.id} · {plain(found.document.path)} · part {found.part + 1} of {found.parts}"
    yield f"asked {plain(str(record['asked']))} at {plain(str(record['server']))}, form of the answer: {plain(str(record['schema_mode']))}"
    yield "  " + plain(json.dumps(record["sent"], ensure_ascii=False))
    size = f"{len(found.instructions):,} characters" if found.instructions else "not kept any more"
    yield f"  instructions {plain(str(record['instructions']))} ({size}{'' if full else '; --full prints them'}), then the text"
    if full:
        yield from (f"  | {plain(line)}" for line in (found.instructions or "").splitlines())
        yield from (f"  > {plain(line)}" for line in str(record["part"]["text"]).splitlines())
    yield f"answered, attempt {len(record['attempts'])}:"
    for number, attempt in enumerate(record["attempts"][:-1], 1):
        yield f"  attempt {number} was not usable: {plain('; '.join(map(str, attempt['faults'])) or 'cut off')}"
    yield "  " + plain(json.dumps(found.answered, ensure_ascii=False))
    yield "anchored:"
    yield from _anchored(found.claim)
    yield f"dropped from this document: {len(found.dropped)}"
    yield from (f"  {plain(line)}" for line in found.dropped)


def _anchored(claim: Claim) -> Iterator[str]:
    yield f"  quote {claim.quote.start}–{claim.quote.end}: “{plain(claim.quote.text)}”"
    for role, fillers in claim.roles.items():
        for filler in fillers:
            yield f"  {role} {filler.start}–{filler.end}: “{plain(filler.text)}” → {filler.ref or 'nothing resolves'}"
    for name, detail in (("quantity", claim.quantity), ("value", claim.value), ("when", claim.when)):
        if detail is not None:
            yield f"  {name} {detail.start}–{detail.end}: “{plain(detail.text or '')}”"
    if claim.speaker is not None and claim.speaker.start is not None:
        yield f"  speaker {claim.speaker.start}–{claim.speaker.end}: “{plain(claim.speaker.text or '')}”"
