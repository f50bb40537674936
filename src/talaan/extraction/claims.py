"""Drafts made into claims, the same way for every reader: anchored, resolved, read again, merged, glossed."""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import product

from talaan.extraction.analysis import Analysis
from talaan.extraction.anchoring import Anchors
from talaan.extraction.confidence import confidence
from talaan.extraction.glossing import gloss
from talaan.extraction.merging import merge
from talaan.extraction.resolving import resolve
from talaan.extraction.sentences import Span
from talaan.extraction.speakers import speaker_at
from talaan.extraction.values import read_money, read_quantity, read_when
from talaan.model.claim import Claim, Draft, Mention, ReaderName
from talaan.model.document import Document
from talaan.model.vocabulary import ClaimType, Value, claim_type, vocabulary

LONGEST_QUOTE = 900
UNSURE = 0.5


@dataclass(frozen=True, slots=True)
class Made:
    """Claims of one document, and why each draft that made none was dropped."""

    claims: tuple[Claim, ...]
    dropped: tuple[str, ...]


def make_claims(document: Document, analysis: Analysis, drafts: Iterable[Draft], *, reader: ReaderName, extractor: str) -> Made:
    """Claims from a reader's drafts; what does not stand in the text is dropped with its reason."""
    anchors = Anchors(document.text, analysis.code)
    made: list[Claim] = []
    dropped: list[str] = []
    for number, draft in enumerate(drafts, 1):
        fault, claims = _make(document, analysis, anchors, draft, reader=reader, extractor=extractor)
        made += claims
        if fault:
            dropped.append(f"{draft.type} {number}: {fault}")
    claims = [replace(claim, gloss=gloss(claim)) for claim in merge(made)]
    return Made(tuple(claims), tuple(dropped))


def _make(
    document: Document, analysis: Analysis, anchors: Anchors, draft: Draft, *, reader: ReaderName, extractor: str
) -> tuple[str | None, list[Claim]]:
    kind = claim_type(draft.type)
    quote = _quote(anchors, draft)
    if quote is None:
        return f"the quote does not stand in the text: {draft.quote[:60]!r}", []
    if quote[1] - quote[0] > LONGEST_QUOTE:
        return f"the quote is longer than {LONGEST_QUOTE} characters", []
    places: dict[str, list[Span]] = {}
    for role, strings in draft.roles.items():
        for string in strings:
            place = anchors.nearest(string, quote)
            if place is None:
                return f"{role} does not stand in the text: {string[:60]!r}", []
            places.setdefault(role, []).append(place)
    if draft.speaker and anchors.nearest(draft.speaker, quote) is None:
        return f"the speaker does not stand in the text: {draft.speaker[:60]!r}", []
    missing = [role for role in kind.core if role not in places]
    if missing and not draft.optional and len(missing) == len(kind.core):
        return "no core role is filled", []
    template = _template(document, analysis, anchors, draft, quote=quote, places=places, reader=reader, extractor=extractor)
    sure = (_judged(analysis, replace(template, roles=roles)) for roles in _role_sets(analysis, kind, places))
    return None, [_identified(document, claim) for claim in sure]


def _judged(analysis: Analysis, claim: Claim) -> Claim:
    """The claim, less sure where a party comes from outside the quote though the quote names a state that the claim leaves out.

    So reads a model that obeyed an order in the text; also one that rightly went back to the sentence before (one claim in twelve of
    the corpus), which is why such a claim is not dropped.
    """
    if claim.reader != "llm":
        return claim
    quote, fillers = claim.quote, [filler for found in claim.roles.values() for filler in found]
    parties = [filler for role in claim_type(claim.type).core for filler in claim.roles.get(role, ()) if filler.category is None]
    if all(quote.start <= party.start and party.end <= quote.end for party in parties):
        return claim
    used = {filler.ref for filler in fillers} | {f"country:{filler.country}" for filler in fillers} | {claim.speaker and claim.speaker.ref}
    named = (found.mention for found in analysis.found if quote.start <= found.mention.start and found.mention.end <= quote.end)
    left_out = any(mention.kind == "country" and mention.ref not in used for mention in named)
    return replace(claim, confidence=UNSURE) if left_out else claim


def _quote(anchors: Anchors, draft: Draft) -> Span | None:
    """Where the quote stands; of several places the one nearest to where the reader was, else to the names that fill the roles."""
    places = anchors.places(draft.quote)
    if not places:
        return None
    if len(places) == 1:
        return places[0]
    if draft.near is not None:
        near = draft.near
        return min(places, key=lambda span: abs(span[0] - near))
    strings = [string for fillers in draft.roles.values() for string in fillers]
    return min(places, key=lambda span: (sum(_gap(anchors.nearest(string, span), span) for string in strings), places.index(span)))


def _gap(place: Span | None, quote: Span) -> int:
    """How many characters lie between a filler and a quote."""
    return 0 if place is None else max(0, quote[0] - place[1], place[0] - quote[1])


def _template(
    document: Document,
    analysis: Analysis,
    anchors: Anchors,
    draft: Draft,
    *,
    quote: Span,
    places: Mapping[str, Sequence[Span]],
    reader: ReaderName,
    extractor: str,
) -> Claim:
    """The claim without its roles; numbers, sums and dates are read again from the text."""
    first = {role: spans[0] for role, spans in places.items()}
    values: dict[str, Value | None] = {name: draft.values.get(name) for name in claim_type(draft.type).values}
    return Claim(
        id="",
        type=draft.type,
        values=values,
        modality=draft.modality,
        negated=draft.negated,
        optional=draft.optional,
        reader=reader,
        roles={},
        quote=anchors.quote(quote),
        speaker=speaker_at(analysis, anchors.nearest(draft.speaker, quote) if draft.speaker else None),
        extractor=extractor,
        confidence=confidence(reader, draft.type),
        quantity=read_quantity(document.text, *first["quantity"], analysis.code) if "quantity" in first else None,
        value=read_money(document.text, *first["value"], analysis.code) if "value" in first else None,
        when=read_when(document.text, *first["when"], analysis.code) if "when" in first else None,
    )


def _role_sets(analysis: Analysis, kind: ClaimType, places: Mapping[str, Sequence[Span]]) -> Iterable[dict[str, tuple[Mention, ...]]]:
    """One set of roles for every item of a list: several fillers of one core role make several claims."""
    details = vocabulary().detail_roles
    filled = {
        role: [resolve(analysis, role, span) for span in places[role]] for role in kind.roles if role in places and role not in details
    }
    listed = [role for role in kind.core if role not in kind.several and len(filled.get(role, ())) > 1]
    for items in product(*(filled[role] for role in listed)):
        chosen = dict(zip(listed, items, strict=True))
        yield {
            role: tuple(chosen[role]) if role in chosen else tuple(mention for fillers in filled[role] for mention in fillers)
            for role in kind.roles
            if role in filled
        }


def _identified(document: Document, claim: Claim) -> Claim:
    """The claim with its id: a hash of document, reader, type, roles, values and quote."""
    roles = sorted((role, filler.ref or filler.text, filler.start) for role, fillers in claim.roles.items() for filler in fillers)
    values = sorted((name, str(value)) for name, value in claim.values.items())
    parts = (
        document.id,
        claim.reader,
        claim.type,
        roles,
        values,
        claim.modality,
        claim.negated,
        claim.optional,
        claim.quote.start,
        claim.quote.end,
    )
    detail = (claim.quantity, claim.value, claim.when)
    return replace(claim, id="c" + hashlib.sha256(repr((parts, detail)).encode()).hexdigest()[:16])
