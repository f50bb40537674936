"""What saved claims say beside a figure: rows of the ledger in, rows of a figure's part out, each with speaker, document and quote."""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from talaan.market.places import Place
from talaan.model.claim import Claim
from talaan.model.figure import Cell

if TYPE_CHECKING:
    from talaan.ledger.read import Row

CLAIMED = "Claims are what documents say, not what the register lists; a speaker of null is the document's own voice."
DEALS = ("transfer", "service", "joint_project")
FOUND = ("supported", "partly_supported", "came_true", "partly_came_true")


def claim_rows(found: Iterable["Row"]) -> tuple[dict[str, Cell], ...]:
    """One row per claim, by the document's date: what it says in a sentence, who, where, the quote and the main verdict."""
    return tuple(_row(one) for one in sorted(found, key=lambda one: (_published(one) or "9999", one.claim.id)))


def _row(one: "Row") -> dict[str, Cell]:
    claim = one.claim
    verdict = next(iter(claim.verdicts), None)
    speaker = claim.speaker
    return {
        "claim": claim.id,
        "type": claim.type,
        "says": claim.gloss.get("en") or claim.quote.text,
        "modality": claim.modality,
        "negated": claim.negated,
        "speaker": (speaker.name or speaker.text or speaker.role) if speaker else None,
        "published": _published(one),
        "document": one.document.title or one.document.path,
        "quote": claim.quote.text,
        "register": verdict.register if verdict else None,
        "verdict": verdict.verdict if verdict else None,
        "judgement": one.judgement,
    }


def _published(one: "Row") -> str | None:
    when = one.document.published
    return when.first.isoformat() if when and when.first else None


def names_one(claim: Claim, roles: Sequence[str], refs: frozenset[str]) -> bool:
    """Whether a filler of one of these roles is among the references; a firm counts for its home state."""
    fillers = (filler for role in roles for filler in claim.roles.get(role, ()))
    return any(filler.ref in refs or (filler.country and f"country:{filler.country}" in refs) for filler in fillers)


def refs_of(place: Place, year: int) -> frozenset[str]:
    """The place's own reference and those of its members in a year."""
    return (place.members(year) or frozenset()) | {place.ref}


def beyond_register(found: Iterable["Row"], register: str, *, to: frozenset[str] | None, giver: frozenset[str] | None) -> list["Row"]:
    """Claims on deliveries, services and joint work of a market (None: any party) for which the register has no row that fits."""
    wanted = []
    for one in found:
        claim = one.claim
        theirs = to is None or names_one(claim, ("recipient", "client", "parties"), to)
        ours = giver is None or names_one(claim, ("supplier", "provider", "parties"), giver)
        judged = [verdict.verdict for verdict in claim.verdicts if verdict.register == register]
        if claim.type in DEALS and theirs and ours and not any(verdict in FOUND for verdict in judged):
            wanted.append(one)
    return wanted
