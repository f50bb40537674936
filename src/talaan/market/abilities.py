"""Who can, or is said to be able or unable to, make and keep a weapon: deals and saved claims in, pieces of evidence out."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from talaan.market.stock import is_part, system_of
from talaan.market.subjects import country_of, denies, name_in, said_on
from talaan.market.terms import terms_of
from talaan.model.claim import Claim, Mention
from talaan.model.entry import Entry
from talaan.reference.tables import tables

if TYPE_CHECKING:
    from talaan.ledger.read import Row

Said = Literal["able", "possible", "unable"]
TYPES = ("capability", "service", "joint_project", "dependency")
NEW, MODERNISED = "New", "Second hand but modernized"
EVERYTHING = "arms"
SERVICES = {"modernisation": "modernise", "maintenance": "maintain", "repair": "repair", "overhaul": "overhaul"}
MAKING = ("licensed-production", "co-production", "assembly")
LICENCE = "produce-under-licence"


@dataclass(frozen=True, slots=True)
class Evidence:
    """One piece of evidence that a holder can, may or cannot do something for a weapon; a register row or a claim.

    `holder` is a state's reference (a firm counts for its state), else a reference or words; `named` is who it says; `scope` is
    whether it names the weapon or only its class; `date` an ISO day or year, None where unknown.
    """

    system: str
    ability: str
    holder: str
    named: str
    said: Said
    basis: Literal["register", "claim"]
    scope: Literal["system", "class"]
    date: str | None
    source: str
    exclusive: bool = False
    row: "Row | None" = None


def register_evidence(deals: Iterable[Entry]) -> list[Evidence]:
    """Exporters of new goods make them, recipients of licensed deals make them under licence; modernised ones were so before delivery.

    Who modernised them the register does not say, so that is only possible. Parts (missiles of a launcher) prove nothing of the whole.
    """
    rows = [deal for deal in deals if not is_part(deal)]
    licensed = {key for key, terms in terms_of(rows).items() if terms.licence}
    out = []
    for deal in rows:
        if deal.id in licensed:
            out.append(_of_deal(deal, LICENCE, deal.recipient, deal.recipient_name, "able"))
        elif deal.status == NEW:
            out.append(_of_deal(deal, "produce", deal.supplier, deal.supplier_name, "able"))
        elif deal.status == MODERNISED:
            out.append(_of_deal(deal, "modernise", deal.supplier, deal.supplier_name, "possible"))
    return [one for one in out if one is not None]


def _of_deal(deal: Entry, ability: str, holder: str | None, name: str, said: Said) -> Evidence | None:
    """The evidence of a deal; None where the register does not know that party."""
    if holder is None:
        return None
    year = max(deal.years, default=deal.ordered)
    return Evidence(system_of(deal), ability, holder, name, said, "register", "system", str(year) if year else None, deal.id)


def claim_evidence(claims: Iterable["Row"], systems: Mapping[str, frozenset[str]]) -> list[Evidence]:
    """What claims say of these weapons (family → its classes and those above them): abilities, services, joint making."""
    out = []
    for one in claims:
        for system, classes in systems.items():
            scope = covers(one.claim, system, classes)
            if scope is not None:
                out += _of_claim(one, system, scope)
    return out


def covers(claim: Claim, system: str, classes: frozenset[str]) -> Literal["system", "class"] | None:
    """Whether a claim's goods are this weapon, or a class it belongs to; None for neither."""
    goods = claim.roles.get("goods", ())
    if any(filler.ref == system or (filler.ref is None and filler.text == system) for filler in goods):
        return "system"
    general = any(filler.kind == "category" and (filler.ref or "").partition(":")[2] in classes for filler in goods)
    return "class" if general else None


def classes_of(system: str, deals: Iterable[Entry]) -> frozenset[str]:
    """The classes of a weapon and those above them, without the class of all arms."""
    known = tables()
    found = known.systems.get(system.removeprefix("system:"))
    own = {*(found.categories if found else ()), *(deal.category for deal in deals if deal.category)}
    return frozenset(above for one in own for above in known.ancestors(one)) - {EVERYTHING}


def _of_claim(one: "Row", system: str, scope: Literal["system", "class"]) -> list[Evidence]:
    claim = one.claim
    ability = _ability(claim)
    if ability is None or (claim.type != "capability" and denies(claim)):
        return []
    role = {"capability": "holder", "service": "provider"}.get(claim.type, "parties")
    exclusive = claim.values.get("exclusive") is True and not denies(claim)
    said, day = _said(claim), said_on(one)
    return [
        Evidence(system, ability, holder_of(filler), filler.name or filler.text, said, "claim", scope, day, claim.id, exclusive, one)
        for filler in claim.roles.get(role, ())
    ]


def holder_of(filler: Mention) -> str:
    """The state a holder belongs to, else its reference, else its words."""
    return country_of(filler) or filler.ref or filler.text


def _ability(claim: Claim) -> str | None:
    """What a claim speaks of being able to do; None for a claim about something else."""
    if claim.type == "capability":
        return str(claim.values.get("ability") or "other")
    if claim.type == "service":
        service = str(claim.values.get("service") or "other")
        return SERVICES.get(service, service)
    return "produce" if claim.type == "joint_project" and claim.values.get("kind") in MAKING else None


def _said(claim: Claim) -> Said:
    if claim.type == "capability" and (claim.values.get("has") is False) != denies(claim):
        return "unable"
    done = claim.type == "capability" or claim.values.get("stage") in (None, "in-delivery", "delivered")
    return "able" if claim.modality in ("asserted", "denied") and done else "possible"


def dependencies(claims: Sequence["Row"], systems: Mapping[str, frozenset[str]], user: frozenset[str]) -> list[tuple["Row", str | None]]:
    """Claims that one must turn to another, with the weapon they are about (None: no goods named, and the user is the dependent)."""
    out: list[tuple[Row, str | None]] = []
    for one in claims:
        if one.claim.type != "dependency":
            continue
        about = [system for system, classes in systems.items() if covers(one.claim, system, classes)]
        if about:
            out += [(one, system) for system in about]
        elif not one.claim.roles.get("goods") and any(holder_of(filler) in user for filler in one.claim.roles.get("dependent", ())):
            out.append((one, None))
    return out


def pair_of(claim: Claim) -> tuple[str, str] | None:
    """(dependent, provider) of a dependency; None where one of them is not named."""
    dependent, provider = claim.filler("dependent"), claim.filler("provider")
    return (holder_of(dependent), holder_of(provider)) if dependent and provider else None


def need_of(claim: Claim) -> str | None:
    """What the dependent needs, in the document's words."""
    return name_in(claim.roles.get("need", ()))
