"""Claims that a register of deliveries seldom holds: a case in, a finding with related rows out (rulings 1, 3, 7 to 10, 12)."""

from talaan.checking.case import Case, Finding, scores
from talaan.checking.forecasts import sequel
from talaan.checking.matching import is_licensed, share_between
from talaan.checking.parties import Party, party_of
from talaan.checking.scope import holds
from talaan.checking.wording import entries_words
from talaan.model.entry import Entry

DEPENDENCE_YEARS = 10
HALF, FIFTH = 0.5, 0.2
MADE_NEAR = 5
SERVICE_WORDS = ("service", "capability")
NO_PRODUCTION = ("co-development", "joint-venture")
PRODUCTION_LASTS = 10
SERVICED = frozenset({"category:spare-parts", "category:training-equipment", "category:ammunition"})


def service(case: Case) -> Finding | None:
    """Rulings 1 and 3: services are out of scope; a related row (engines for the aircraft under repair) is shown."""
    kind = case.claim.values.get("service") or "service"
    beside = f" Related rows: {entries_words(case.fitting)}." if case.fitting else ""
    return Finding("out_of_scope", f"Service: the register holds goods, not {kind}.{beside}", nearest=case.related)


def produces(case: Case) -> Finding | None:
    """Ruling 9: that a state makes something may be supported by its exports of new ones."""
    claim, holder = case.claim, case.claim.filler("holder")
    asks = claim.values.get("ability") == "produce" and claim.values.get("has") is True and not case.denies and not case.is_forecast
    if not asks or case.supplier is None or holder is None or holder.kind != "country" or not case.goods.specific.named:
        return None
    if not holds(case, case.supplier, None):
        return None
    rows = [row for row in case.fitting if row.status == "New" and not is_licensed(row)]
    if claim.values.get("exclusive") is True:
        return _only_one(case)
    last = case.document_year
    kept = [row for row in rows if last is None or (row.ordered or last) <= last + MADE_NEAR]
    if not kept:
        return None
    kept = sorted(kept, key=lambda row: (-(row.ordered or 0), row.id))
    reason = f"{case.supplier.name} exported new {case.goods_words}: {entries_words(kept)}."
    return Finding("supported", reason, kept[:5], (), scores(supplier=1, goods=1))


def _only_one(case: Case) -> Finding | None:
    """ "Only X makes it" falls with one counter-example and is never proven by absence."""
    if case.supplier is None:
        return None
    goods, known = case.goods.specific, case.context.edition
    rows = known.deals(systems=goods.systems) if goods.systems else known.deals(categories=goods.categories)
    mine = case.supplier.refs
    others = [row for row in rows if row.status == "New" and row.supplier and row.supplier not in mine and not is_licensed(row)]
    if not others:
        return None
    others.sort(key=lambda row: (-(row.ordered or 0), row.id))
    reason = f"Others export new {case.goods_words} too: {entries_words(others)} from {others[0].supplier_name}."
    return Finding("contradicted", reason, others[:5], (), scores(supplier=0, goods=1))


def capability(case: Case) -> Finding | None:
    """Ruling 9: what somebody can repair, run or make is in no row; a named plant can be neither confirmed nor refuted."""
    ability = case.claim.values.get("ability") or "do"
    return Finding("out_of_scope", f"Capability: the register holds deliveries, not who can {ability} {case.goods_words}.")


def joint_project(case: Case) -> Finding | None:
    """Ruling 10: supported only by a row of licensed production or assembly between the partners."""
    parties = [party for filler in case.claim.roles.get("parties", ()) if (party := party_of(filler, case.tables))]
    rows = [row for giver in parties for taker in parties if giver.ref != taker.ref for row in _between(case, giver, taker)]
    licensed = [row for row in rows if is_licensed(row)]
    if case.claim.values.get("kind") in NO_PRODUCTION:
        return Finding("out_of_scope", "Joint project: the register holds deliveries, not development or companies.", nearest=licensed[:5])
    kept = [row for row in licensed if _of_that_time(case, row)]
    if case.is_forecast and licensed:
        return _project_to_come(case, licensed)
    if kept and not case.denies:
        return Finding(
            "supported", f"The register lists {entries_words(kept)} as made or assembled under licence.", kept[:5], (), scores(goods=1)
        )
    return Finding(
        "out_of_scope", "Joint project: the register shows licensed production and assembly only, and no such row.", nearest=rows[:5]
    )


def _of_that_time(case: Case, row: Entry) -> bool:
    """Whether production can have been going on when the document speaks, or in the years stated."""
    years = case.stated_years or ((case.document_year, case.document_year) if case.document_year else None)
    if years is None:
        return True
    last = max((*row.years, row.ordered or 0))
    return (row.ordered or 0) <= years[1] + 1 and last + PRODUCTION_LASTS >= years[0]


def _project_to_come(case: Case, licensed: list[Entry]) -> Finding:
    """A project that is planned: by licensed rows ordered after the document."""
    if case.document_year is None:
        return Finding("needs_human", "A forecast cannot be judged: the document has no date. Give one with --date.", nearest=licensed[:5])
    later = sequel(licensed, case.document_year).later
    if later and not case.denies:
        return Finding(
            "came_true", f"After {case.document_year} the register lists {entries_words(later)} made or assembled under licence.", later[:5]
        )
    return Finding("out_of_scope", "Joint project: no row of licensed production or assembly after the document.", nearest=licensed[:5])


def _between(case: Case, giver: Party, taker: Party) -> list[Entry]:
    return case.fit(case.rows(giver, taker)) if holds(case, giver, taker) else []


def dependency(case: Case) -> Finding | None:
    """Ruling 12: shares of deliveries where the claim is about supply; stock in service and services are out of scope."""
    if case.supplier is None or case.recipient is None or _is_about_service(case) or not holds(case, None, case.recipient):
        return None
    goods = case.goods.named
    last = case.stated_years[1] if case.stated_years else case.document_year or case.coverage.last_year
    first = last - DEPENDENCE_YEARS + 1
    rows = case.rows(None, case.recipient)
    values = {row.id: share_between(row, first, last) for row in (case.fit(rows) if goods else rows)}
    own = [row for row in case.pair if values.get(row.id)]
    whole = sum(values.values())
    part = sum(values[row.id] for row in own) / whole if whole else 0.0
    reason = f"{case.supplier.name} made {part:.0%} of the deliveries to {case.recipient.name} in {first}–{last}."
    verdict = "supported" if part >= HALF else "partly_supported" if part >= FIFTH else "not_checkable"
    own.sort(key=lambda row: (-values[row.id], row.id))
    return Finding(verdict, reason, own[:5] if part >= FIFTH else (), own[:5], scores(supplier=part, recipient=1))


def _is_about_service(case: Case) -> bool:
    """Whether the need is something other than goods: words of its own, or a service or ability of that provider in the same document."""
    need, goods = case.claim.filler("need"), case.claim.filler("goods")
    if need is not None and need.category is None:
        return True
    if any(filler is not None and filler.ref in SERVICED for filler in (need, goods)):
        return True
    services = (other for other in case.context.claims if other.type in SERVICE_WORDS)
    named = {filler.ref for other in services for role in ("provider", "holder") if (filler := other.filler(role))}
    provider = case.claim.filler("provider")
    return provider is not None and provider.ref in named


def no_dependency(case: Case) -> Finding | None:
    """Ruling 12, the rest."""
    return Finding("out_of_scope", "Dependency: the register holds deliveries, not stocks in service or services.")


def opinion(case: Case) -> Finding | None:
    """Ruling 7: positions, accusations, prices, quality, trends of relations, rank among alliances."""
    said = case.claim.type.replace("_", " ")
    return Finding("not_checkable", f"A register of deliveries can neither support nor refute a statement of this kind ({said}).")


def not_goods(case: Case) -> Finding | None:
    """Ruling 8: memberships, offices and restrictions are no deliveries."""
    return Finding("out_of_scope", f"The register holds deliveries of arms, not {case.claim.type.replace('_', ' ')}s.")
