"""Deals with everything said of them: an edition, the saved claims held against it and a question in, one line per deal out."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from talaan.market.folding import fold, order, windows_of
from talaan.market.places import Place, place
from talaan.market.points import document_years, named_party, party_name, points_of, stated_years
from talaan.model.deal import Deal, DealList, Said
from talaan.model.entry import Edition, Entry
from talaan.model.errors import UsageError
from talaan.reference.designation import designation_key
from talaan.reference.resolver import resolver
from talaan.registers.sipri.designations import called

LISTED = frozenset({"supported", "partly_supported", "contradicted", "register_uncertain", "came_true", "partly_came_true"})
NO_MATCH = "A claim stands on the register's line only where a verdict names a row of it; otherwise it has a line of its own."


class DealView(Protocol):
    """An edition that gives its deals."""

    @property
    def edition(self) -> Edition:
        """What the edition is and covers."""
        ...

    def deals(
        self,
        *,
        suppliers: Collection[str] | None = None,
        recipients: Collection[str] | None = None,
        systems: Collection[str] | None = None,
        categories: Collection[str] | None = None,
    ) -> list[Entry]:
        """Deals that pass every filter given; None lets all pass."""
        ...


@dataclass(frozen=True, slots=True)
class Question:
    """Which deals are wanted: to whom, from whom (a name, code, region or bloc), of what weapon; at least one is given."""

    recipient: str | None = None
    supplier: str | None = None
    system: str | None = None
    period: tuple[int, int] | None = None


def deals(edition: DealView, said: Sequence[Said], question: Question) -> DealList:
    """The deals that answer the question: register rows folded, with the claims on them, and the claims that no row stands behind.

    `said` are transfer claims with the edition's verdicts. Where nothing is found, the caveats say so. UsageError where nothing is
    asked, or nobody is known by a name.
    """
    if question.recipient is question.supplier is question.system is None:
        raise UsageError("No market is named", hint="talaan deals KAZ, or --supplier RUS, or --system S-300")
    to = place(question.recipient) if question.recipient else None
    giver = place(question.supplier) if question.supplier else None
    last = question.period[1] if question.period else edition.edition.coverage.last_year
    sides = (giver.members(last) if giver else None, to.members(last) if to else None)
    entries = _entries(edition, sides, question.system)
    listed = {entry.id for entry in entries}
    wanted = [one for one in said if _asked(one, sides, question.system, listed, edition.edition.register)]
    bounds = edition.edition.coverage
    found = [deal for deal in _lines(entries, wanted, edition) if question.period is None or _within(deal, question.period)]
    caveats = [] if found else [_nothing(to, giver, question)]
    if bounds.recipients is not None or bounds.suppliers is not None:
        caveats.append(f"The edition covers only a part of the register: {bounds.statement} A full export: talaan register add sipri FILE")
    if any(deal.said for deal in found):
        caveats.append(NO_MATCH)
    system = _system_ref(question.system) if question.system else None
    about = next(ref for ref in (to and to.ref, giver and giver.ref, system) if ref)
    return DealList(about, giver.ref if giver else None, system, edition.edition, question.period, tuple(found), tuple(caveats))


def _entries(edition: DealView, sides: tuple[frozenset[str] | None, frozenset[str] | None], system: str | None) -> list[Entry]:
    """The rows asked for; of a weapon, those of its family and those that go by that name."""
    suppliers, recipients = sides
    if system is None:
        return edition.deals(suppliers=suppliers, recipients=recipients)
    rows = edition.deals(suppliers=suppliers, recipients=recipients)
    ref = _system_ref(system)
    named = {entry.id for entry in called((row for row in rows if row.system != ref), system)}
    return [row for row in rows if row.system == ref or row.id in named]


def _system_ref(system: str) -> str:
    """The reference of a weapon as the user calls it."""
    found = resolver().system(system.removeprefix("system:"))
    return found.ref if found else f"system:{system.removeprefix('system:')}"


def _nothing(to: Place | None, giver: Place | None, question: Question) -> str:
    """One line that says what was looked for in vain."""
    parts = [f"from {giver.name}" if giver else "", f"to {to.name}" if to else "", f"of {question.system}" if question.system else ""]
    span = f", {question.period[0]}–{question.period[1]}" if question.period else ""
    return f"Neither the edition nor a saved claim has a deal {' '.join(part for part in parts if part)}{span}."


def _asked(
    one: Said,
    sides: tuple[frozenset[str] | None, frozenset[str] | None],
    system: str | None,
    listed: Collection[str],
    register: str,
) -> bool:
    """Whether a claim is about what was asked: by parties and weapon, or because its verdict rests on rows that are."""
    verdict = one.verdict(register)
    if verdict and verdict.verdict in LISTED and any(key in listed for key in verdict.entries):
        return True
    refs = [named_party(one.claim, role) for role in ("supplier", "recipient")]
    if any(members is not None and ref not in members for ref, members in zip(refs, sides, strict=True)):
        return False
    return system is None or any(_is_system(filler.ref, filler.text, system) for filler in one.claim.roles.get("goods", ()))


def _is_system(ref: str | None, text: str, system: str) -> bool:
    return ref == _system_ref(system) or designation_key(text) == designation_key(system)


def _within(deal: Deal, period: tuple[int, int]) -> bool:
    """Whether an order, a delivery or a claim falls into the period, the document's date standing for years that a claim does not
    state where no row does; what has no year does."""
    spans = [stated_years(one) or (None if deal.entries else document_years(one)) for one in deal.said]
    years = [*deal.years, *(deal.window or ()), *(year for span in spans if span for year in span)]
    return not years or any(period[0] <= year <= period[1] for year in years)


def _lines(entries: Sequence[Entry], said: Sequence[Said], edition: DealView) -> list[Deal]:
    """The folded rows with the claims on them, and lines for the claims that stand on no row."""
    register, registered = edition.edition.register, fold(entries)
    place_of = {entry.id: number for number, deal in enumerate(registered) for entry in deal.entries}
    on_line: dict[int, list[Said]] = defaultdict(list)
    alone: list[Said] = []
    for one in said:
        verdict = one.verdict(register)
        rows = verdict.entries if verdict and verdict.verdict in LISTED else ()
        lines = sorted({place_of[key] for key in rows if key in place_of})
        for number in lines:
            on_line[number].append(one)
        if not lines:
            alone.append(one)
    out = [_with_claims(deal, on_line.get(number, ()), register) for number, deal in enumerate(registered)]
    out += [_beside(deal, edition) for deal in _claimed(alone, register)]
    return sorted(out, key=order)


def _with_claims(deal: Deal, said: Sequence[Said], register: str) -> Deal:
    agreed, differs = points_of(deal, said, register)
    return replace(deal, said=tuple(said), agreed=agreed, differs=differs)


def _claimed(said: Iterable[Said], register: str) -> list[Deal]:
    """Lines made of claims alone: one per supplier, recipient and goods, split by the years stated."""
    groups: dict[tuple[str, str, str], list[Said]] = defaultdict(list)
    for one in said:
        goods = one.claim.filler("goods")
        named = (goods.ref or designation_key(goods.text)) if goods else ""
        supplier, recipient = (named_party(one.claim, role) or party_name(one.claim, role) for role in ("supplier", "recipient"))
        groups[supplier, recipient, named].append(one)
    return [_claim_line(rows, span, register) for group in groups.values() for rows, span in _by_years(group)]


def _by_years(said: Sequence[Said]) -> list[tuple[list[Said], tuple[int, int] | None]]:
    """Claims that state years, by order window; those that state none together, since they may all mean one deal."""
    dated = [(years[0], one) for one in said if (years := stated_years(one))]
    undated = [one for one in said if stated_years(one) is None]
    found: list[tuple[list[Said], tuple[int, int] | None]] = [
        ([one for year, one in dated if first <= year <= last], (first, last)) for first, last in windows_of(year for year, _ in dated)
    ]
    return [*found, *([(undated, None)] if undated else [])]


def _claim_line(said: Sequence[Said], span: tuple[int, int] | None, register: str) -> Deal:
    claim = said[0].claim
    goods = claim.filler("goods")
    deal = Deal(
        supplier=named_party(claim, "supplier"),
        supplier_name=party_name(claim, "supplier"),
        recipient=named_party(claim, "recipient"),
        recipient_name=party_name(claim, "recipient"),
        family=goods.ref if goods else None,
        goods=(goods.name or goods.text) if goods else "goods not named",
        window=span,
        entries=(),
        parts=(),
        number=None,
        delivered=None,
        flagged=False,
        years=(),
    )
    return _with_claims(deal, said, register)


def _beside(deal: Deal, edition: DealView) -> Deal:
    """The claimed deal with everybody from whom the edition has that family for that recipient, whatever else was asked for."""
    if deal.recipient is None or deal.family is None or not deal.family.startswith("system:"):
        return deal
    told: dict[str, list[str]] = defaultdict(list)
    for one in fold(edition.deals(recipients={deal.recipient}, systems={deal.family})):
        told[one.supplier_name].append(_span(one.window))
    return replace(deal, elsewhere=tuple(f"{name} ({', '.join(spans)})" for name, spans in told.items()))


def _span(window: tuple[int, int] | None) -> str:
    """An order window in words."""
    if window is None:
        return "order year unknown"
    return str(window[0]) if window[0] == window[1] else f"{window[0]}–{window[1]}"
