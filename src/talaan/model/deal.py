"""A deal with everything said of it: the register's rows and the saved claims, what agrees and what differs, and rows for a coder."""

from dataclasses import dataclass
from typing import Literal

from talaan.model.claim import Claim
from talaan.model.contract import Json, Object, entry_json, published_json, quote_json, speaker_json, verdict_json, when_json
from talaan.model.difference import Difference
from talaan.model.entry import Edition, Entry
from talaan.model.verdict import Verdict
from talaan.model.when import When

Standing = Literal["registered", "claimed", "both"]
Mark = Literal["new", "known", "changed number", "new stage"]


@dataclass(frozen=True, slots=True)
class Said:
    """A claim of a saved document, with the verdicts of the edition it is now held against."""

    claim: Claim
    document: str
    path: str
    url: str | None
    published: When | None

    @property
    def speaker(self) -> str | None:
        """Who said it, None for the document's own voice."""
        return (self.claim.speaker.name or self.claim.speaker.text) if self.claim.speaker else None

    def verdict(self, register: str) -> Verdict | None:
        """What that register says of it."""
        return next((verdict for verdict in self.claim.verdicts if verdict.register == register), None)


@dataclass(frozen=True, slots=True)
class Point:
    """Something on which register and claim, or claims, are compared: both values in words, and the claim's id."""

    field: str
    registered: str | None
    claimed: str | None
    claim: str


@dataclass(frozen=True, slots=True)
class Deal:
    """Register rows and claims of one supplier, recipient, weapon family and order window.

    `family` is the reference of a family or class (None: no reference known); `parts` are ids of the entries that are missiles,
    turrets or engines of what the others are; `number` and `delivered` count the others (None: unknown), `flagged` where the register
    marks one of them. `elsewhere` says who else supplies this recipient with that family in the register.
    """

    supplier: str | None
    supplier_name: str
    recipient: str | None
    recipient_name: str
    family: str | None
    goods: str
    window: tuple[int, int] | None
    entries: tuple[Entry, ...]
    parts: tuple[str, ...]
    number: int | None
    delivered: int | None
    flagged: bool
    years: tuple[int, ...]
    said: tuple[Said, ...] = ()
    agreed: tuple[Point, ...] = ()
    differs: tuple[Point, ...] = ()
    elsewhere: tuple[str, ...] = ()

    @property
    def standing(self) -> Standing:
        """Whether register, claims, or both have it."""
        if not self.said:
            return "registered"
        return "both" if self.entries else "claimed"


@dataclass(frozen=True, slots=True)
class DealList:
    """Deals that answer one question, and the edition they were read from.

    `about` is the recipient asked for, else the supplier, else the weapon; `supplier` and `system` are those asked for, and `period` is
    first and last year, None for all.
    """

    about: str
    supplier: str | None
    system: str | None
    edition: Edition
    period: tuple[int, int] | None
    deals: tuple[Deal, ...]
    caveats: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Candidate:
    """A row that a register coder can take over from a saved claim; `mark` says how it stands to the edition, `entries` to which rows.

    `number` is the claimed one, `flag` whether number or date are no more than an estimate; years are None where the text has none.
    """

    said: Said
    supplier: str | None
    supplier_name: str
    recipient: str | None
    recipient_name: str
    designation: str
    category: str | None
    number: float | None
    ordered: int | None
    delivered: tuple[int, int] | None
    flag: bool
    mark: Mark
    entries: tuple[str, ...]
    why: str


@dataclass(frozen=True, slots=True)
class CandidateList:
    """Candidates and the edition they are marked against; `left_out` says how many claims are none, by reason."""

    edition: Edition
    candidates: tuple[Candidate, ...]
    left_out: tuple[tuple[str, int], ...] = ()
    caveats: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Flip:
    """A saved claim on which two editions say different things."""

    said: Said
    old: Verdict
    new: Verdict


@dataclass(frozen=True, slots=True)
class News:
    """What an edition changes against the one before: verdicts on saved claims, and new deals of the `markets` that documents name."""

    difference: Difference
    checked: int
    flips: tuple[Flip, ...]
    markets: tuple[str, ...]
    added: tuple[Entry, ...]


def deals_json(found: DealList) -> Object:
    """The deals with their rows and claims."""
    return {
        "figure": "deals",
        "about": found.about,
        "supplier": found.supplier,
        "system": found.system,
        "register": found.edition.register,
        "edition": found.edition.id,
        "window": list(found.period) if found.period else None,
        "rows": [_deal_json(deal) for deal in found.deals],
        "sources": [source_of(found.edition)],
        "caveats": list(found.caveats),
    }


def _deal_json(deal: Deal) -> Object:
    return {
        "supplier": deal.supplier,
        "supplier_name": deal.supplier_name,
        "recipient": deal.recipient,
        "recipient_name": deal.recipient_name,
        "family": deal.family,
        "goods": deal.goods,
        "window": list(deal.window) if deal.window else None,
        "standing": deal.standing,
        "number_ordered": deal.number,
        "number_delivered": deal.delivered,
        "uncertain": deal.flagged,
        "years": list(deal.years),
        "entries": [entry_json(entry) for entry in deal.entries],
        "parts": list(deal.parts),
        "said": [said_json(said) for said in deal.said],
        "agreed": [_point_json(point) for point in deal.agreed],
        "differs": [_point_json(point) for point in deal.differs],
        "elsewhere": list(deal.elsewhere),
    }


def _point_json(point: Point) -> Object:
    return {"field": point.field, "registered": point.registered, "claimed": point.claimed, "claim": point.claim}


def said_json(said: Said) -> Object:
    """A claim in short: who says what, where, with the quote and the verdicts."""
    claim = said.claim
    verdicts: list[Json] = [verdict_json(verdict) for verdict in claim.verdicts]
    return {
        "claim": claim.id,
        "type": claim.type,
        "gloss": dict(claim.gloss),
        "stage": claim.values.get("stage"),
        "modality": claim.modality,
        "negated": claim.negated,
        "quantity": claim.quantity.number if claim.quantity else None,
        "when": when_json(claim.when),
        "speaker": speaker_json(claim.speaker),
        "quote": quote_json(claim.quote),
        "document": {"id": said.document, "path": said.path, "url": said.url, "published": published_json(said.published)},
        "verdicts": verdicts,
    }


def candidates_json(found: CandidateList) -> Object:
    """The candidates with their sources."""
    rows: list[Json] = [
        {
            "mark": row.mark,
            "supplier": row.supplier,
            "supplier_name": row.supplier_name,
            "recipient": row.recipient,
            "recipient_name": row.recipient_name,
            "designation": row.designation,
            "category": row.category,
            "number": row.number,
            "ordered": row.ordered,
            "delivered": list(row.delivered) if row.delivered else None,
            "flag": row.flag,
            "entries": list(row.entries),
            "why": row.why,
            "source": said_json(row.said),
        }
        for row in found.candidates
    ]
    return {
        "register": found.edition.register,
        "edition": found.edition.id,
        "rows": rows,
        "left_out": dict(found.left_out),
        "sources": [source_of(found.edition)],
        "caveats": list(found.caveats),
    }


def news_json(found: News) -> Object:
    """Flipped verdicts and new deals."""
    flips: list[Json] = [{**said_json(row.said), "old": verdict_json(row.old), "new": verdict_json(row.new)} for row in found.flips]
    return {
        "register": found.difference.new.register,
        "old": found.difference.old.id,
        "new": found.difference.new.id,
        "claims_checked": found.checked,
        "flipped": flips,
        "markets": list(found.markets),
        "new_deals": [entry_json(entry) for entry in found.added],
        "caveats": list(found.difference.notes),
    }


def source_of(edition: Edition) -> str:
    """Publisher, title and edition in one line."""
    return f"{edition.publisher}: {edition.title}, edition {edition.id}{f', released {edition.released}' if edition.released else ''}"
