"""Claims held against the claims of other documents: a reading's claims and a ledger in, who else said so or denied it out."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from talaan.checking.goods import fits_goods, goods_of
from talaan.checking.matching import UNDATED
from talaan.checking.parties import party_ref, same_party
from talaan.model.claim import Claim, SaidElsewhere, Speaker
from talaan.model.contract import published_json
from talaan.model.document import Document
from talaan.model.when import When
from talaan.reference.tables import Tables, tables

if TYPE_CHECKING:
    from talaan.ledger import Ledger
    from talaan.ledger.read import Row

# Roles whose parties must be the same, and the closed value that must be the same, by type of claim.
SAME: Mapping[str, tuple[tuple[str, ...], str]] = {
    "transfer": (("supplier", "recipient"), ""),
    "service": (("provider", "client"), "service"),
    "capability": (("holder",), "ability"),
    "dependency": (("dependent", "provider"), ""),
    "competition": (("competitor", "rival", "market"), ""),
    "allegation": (("accused",), "offence"),
}
# Closed values by which a claim says that a thing is not so.
DENYING = {("stage", "cancelled"), ("stage", "refused"), ("has", False), ("adjudication", "denied"), ("adjudication", "acquitted")}
SLACK = 2
MOST = 20


@dataclass(frozen=True, slots=True)
class Statement:
    """A claim with the date of its document."""

    claim: Claim
    published: When | None

    @property
    def denies(self) -> bool:
        """Whether it says that the thing is not so."""
        off = any((name, value) in DENYING for name, value in self.claim.values.items())
        return (self.claim.negated != (self.claim.modality == "denied")) != off

    @property
    def window(self) -> tuple[int, int] | None:
        """The years it is about: those stated, else the dozen before its document; None where neither is known."""
        if self.claim.when and self.claim.when.years:
            return self.claim.when.years
        return (self.published.years[1] - UNDATED, self.published.years[1]) if self.published and self.published.years else None


def said_elsewhere(claims: Sequence[Claim], document: Document, ledger: "Ledger") -> list[Claim]:
    """The claims, each with what other documents in the ledger say of the same parties, goods and years, at most twenty each.

    A forecast is held against forecasts only, a statement of fact against such statements.
    """
    known: dict[tuple[str, str], list[Row]] = {}
    return [replace(claim, said_elsewhere=tuple(_found(claim, document, ledger, known))) for claim in claims]


def _found(claim: Claim, document: Document, ledger: "Ledger", known: dict[tuple[str, str], "list[Row]"]) -> Iterable[SaidElsewhere]:
    from talaan.ledger.read import ClaimFilter
    from talaan.ledger.read import claims as search

    roles, _ = SAME.get(claim.type, ((), ""))
    filler = next((found for role in roles if (found := claim.filler(role)) is not None), None)
    actor = party_ref(filler) if filler is not None else None
    if actor is None:
        return []
    key = (claim.type, actor)
    if key not in known:
        known[key] = search(ledger, ClaimFilter(types=(claim.type,), actor=actor))
    mine, others = Statement(claim, document.published), [row for row in known[key] if row.document.id != document.id]
    same = [row for row in others if same_statement(mine, Statement(row.claim, row.document.published), tables())]
    return [_said(mine, row) for row in same[:MOST]]


def _said(mine: Statement, row: "Row") -> SaidElsewhere:
    other = Statement(row.claim, row.document.published)
    return SaidElsewhere(
        claim=row.claim.id,
        document=row.document.id,
        path=row.document.path,
        agrees=mine.denies == other.denies,
        speaker=speaker_words(row.claim.speaker),
        date=published_json(row.document.published),
    )


def speaker_words(speaker: Speaker | None) -> str | None:
    """Who said it: the name, else the role or organisation; None for the document's own voice."""
    return (speaker.name or speaker.text or speaker.role or speaker.organisation) if speaker else None


def same_statement(one: Statement, other: Statement, known: Tables) -> bool:
    """Whether two claims speak of one thing: type, parties, goods, years and what is said of them, agreeing or not."""
    roles, value = SAME.get(one.claim.type, ((), ""))
    if not roles or one.claim.type != other.claim.type or _is_forecast(one) != _is_forecast(other):
        return False
    if value and one.claim.values.get(value) != other.claim.values.get(value):
        return False
    return (
        all(_same_party(one.claim, other.claim, role, known) for role in roles)
        and _same_goods(one.claim, other.claim, known)
        and _overlap(one.window, other.window)
    )


def _is_forecast(one: Statement) -> bool:
    return one.claim.modality in ("planned", "possible", "necessary")


def _same_party(one: Claim, other: Claim, role: str, known: Tables) -> bool:
    """Whether the same parties fill a role, in any order; a role empty in both is the same, in one it is not."""
    mine, theirs = (
        {ref for filler in claim.roles.get(role, ()) if (named := party_ref(filler)) for ref in same_party(named, known)}
        for claim in (one, other)
    )
    unread = any(party_ref(filler) is None for claim in (one, other) for filler in claim.roles.get(role, ()))
    return not unread and (bool(mine & theirs) or not (mine or theirs))


def _same_goods(one: Claim, other: Claim, known: Tables) -> bool:
    """Whether the goods are of one family, or of one class where either names no family; claims without goods are the same."""
    mine, theirs = goods_of(one.roles.get("goods", ())), goods_of(other.roles.get("goods", ()))
    if not (mine.named or mine.texts or theirs.named or theirs.texts):
        return True
    if mine.systems and theirs.systems:
        return bool(mine.systems & theirs.systems)
    return fits_goods(mine, theirs, known) or fits_goods(theirs, mine, known)


def _overlap(one: tuple[int, int] | None, other: tuple[int, int] | None) -> bool:
    """Whether two stretches of years meet, two years apart at most; an unknown one meets any."""
    return one is None or other is None or (one[0] - SLACK <= other[1] and other[0] - SLACK <= one[1])
