"""Sentences that may hold a claim: an analysed text in, graded leads with what they name out."""

import hashlib
import re
from collections.abc import Iterable
from dataclasses import replace

from talaan.extraction.analysis import Analysis, describe
from talaan.extraction.anchoring import Anchors
from talaan.extraction.features import sentence_features, type_features
from talaan.extraction.lexicon import Cue
from talaan.extraction.relevance import grade, likely_types, relevance
from talaan.model.claim import Claim, Lead, Mention
from talaan.model.document import Document
from talaan.reference.forms import Hit

ALWAYS_SHOWN = ("country", "organisation", "group", "person", "system", "category")
STORY_KINDS = ("country", "organisation", "group", "system", "category")
STORY_NAMES = 3
_FIGURE = re.compile(r"(?<![\w-])\d+(?![\w-])")


def find_leads(document: Document, analysis: Analysis) -> list[Lead]:
    """Every sentence graded strong or possible, in reading order."""
    anchors, document_id = Anchors(document.text), document.id
    leads = []
    for number, (span, seen) in enumerate(zip(analysis.sentences, sentence_features(analysis), strict=True)):
        score = relevance(seen)
        level = grade(score)
        if level is None:
            continue
        types, mentions = likely_types(type_features(analysis, number, seen)), tuple(sentence_mentions(analysis, number))
        leads.append(
            Lead(
                id=_lead_id(document_id, span),
                quote=anchors.quote(span),
                types=types,
                mentions=mentions,
                grade=level,
                score=score,
                story=story(types[0][0], mentions, document.text[span[0] : span[1]]),
            )
        )
    return leads


def _lead_id(document: str, span: tuple[int, int]) -> str:
    return "l" + hashlib.sha256(f"{document}{span}".encode()).hexdigest()[:16]


def story(kind: str, mentions: Iterable[Mention], sentence: str) -> str | None:
    """A key that leads of different reports share where they tell the same thing: likeliest type, references named, numbers in figures.

    None where fewer than STORY_NAMES things are named; guessed ones do not count. Wording and language play no part, so that
    translations and rewritten agency copy meet, and each is still kept.

    >>> names = [Mention("Kyiv", 0, 4, "country:UKR"), Mention("Iraq", 9, 13, "country:IRQ"), Mention("BTR-4", 20, 25, "system:BTR-4")]
    >>> story("transfer", names, "Kyiv sold Iraq 88 BTR-4") == story("transfer", names[::-1], "Iraq got 88 BTR-4 from Kyiv")
    True
    >>> story("transfer", names[:2], "Kyiv sold Iraq 88 BTR-4") is None
    True
    """
    named = {mention.ref for mention in mentions if mention.ref and not mention.guessed and mention.kind in STORY_KINDS}
    if len(named) < STORY_NAMES:
        return None
    told = "|".join([kind, *sorted(named), *sorted(set(_FIGURE.findall(sentence)))])
    return "s" + hashlib.sha256(told.encode()).hexdigest()[:16]


def sentence_mentions(analysis: Analysis, number: int) -> list[Mention]:
    """What the sentence names, then what it points back to ("the country", "the aircraft"), marked as guessed."""
    start, end = analysis.sentences[number]
    named = [row.mention for row in analysis.in_sentence(number) if row.mention.kind in ALWAYS_SHOWN]
    guessed = [guess for hit in analysis.cues_in(start, end, "back_country", "back_goods") if (guess := _guess(analysis, hit)) is not None]
    free = [guess for guess in guessed if not any(row.start < guess.end and guess.start < row.end for row in named)]
    return sorted([*named, *free], key=lambda mention: mention.start)


def _guess(analysis: Analysis, hit: Hit[Cue]) -> Mention | None:
    """The last country, or weapon family, named before a phrase that points back."""
    kinds = ("country",) if hit.payload.kind == "back_country" else ("system",)
    before = [
        row.mention for row in analysis.found if row.mention.end <= hit.start and row.mention.kind in kinds and not row.mention.metonym
    ]
    if not before:
        return None
    return describe(Mention(analysis.text[hit.start : hit.end], hit.start, hit.end, before[-1].ref, guessed=True))


def link_claims(leads: Iterable[Lead], claims: Iterable[Claim]) -> tuple[list[Lead], list[Claim]]:
    """Leads with the ids of the claims whose quote they share most of, and claims with their lead."""
    leads = list(leads)
    linked: dict[str, list[str]] = {lead.id: [] for lead in leads}
    out = []
    for claim in claims:
        best = max(leads, key=lambda lead: min(lead.quote.end, claim.quote.end) - max(lead.quote.start, claim.quote.start), default=None)
        if best is None or min(best.quote.end, claim.quote.end) <= max(best.quote.start, claim.quote.start):
            out.append(claim)
            continue
        linked[best.id].append(claim.id)
        out.append(replace(claim, lead=best.id))
    return [replace(lead, claims=tuple(linked[lead.id])) for lead in leads], out
