"""The scope test that comes before any search: a case in, a finding that stops it, or None to go on."""

from talaan.checking.case import Case, Finding
from talaan.checking.goods import classes_of
from talaan.checking.parties import Party, is_known
from talaan.checking.wording import list_words
from talaan.reference.fold import fold

# Ruling 1: classes of which the register holds nothing, or only odd pieces (turrets, refuelling pods, guided shells).
ODD_PIECES = frozenset({"spare-parts", "ammunition", "aircraft-equipment"})
ANYTHING = frozenset({"arms"})
HEADS_OF_STATE = ("presiden", "vip", "head of state", "heads of state", "royal", "президент", "总统", "대통령", "大統領", "رئاسي", "başkan")


def not_held(case: Case, category: str) -> bool:
    """Whether the register has no such class of goods (ruling 1)."""
    known = case.tables.categories.get(category)
    return category in ODD_PIECES or (known is not None and not known.sipri and category not in ANYTHING)


def offers(case: Case) -> Finding | None:
    """Ruling 1: offers and options are no deals."""
    if case.stage != "offered":
        return None
    return Finding("out_of_scope", "Stage: the register lists orders and deliveries, not offers.", nearest=case.related)


def goods_in_scope(case: Case) -> Finding | None:
    """Rulings 1 and 2: parts, small arms, ammunition, unarmoured vehicles are out; major arms of every class are in."""
    classes = classes_of(case.goods, case.tables)
    if not classes or not all(not_held(case, code) for code in classes):
        return None
    if case.goods.systems and case.fitting:
        return None
    names = list_words(sorted(case.tables.categories[code].plural_en for code in classes))
    but = ", a few odd pieces apart" if classes & ODD_PIECES else ""
    return Finding("out_of_scope", f"Category: the register does not hold {names}{but}.", nearest=case.related)


def domestic(case: Case) -> Finding | None:
    """Ruling 1: deliveries within one state are no transfers."""
    if case.supplier is None or case.recipient is None or case.supplier.ref != case.recipient.ref:
        return None
    return Finding("out_of_scope", f"Party kind: a delivery within {case.supplier.name} is no international transfer.")


def party_kind(case: Case) -> Finding | None:
    """Persons, and organisations no register names, are not parties of deals."""
    for party in (case.supplier, case.recipient):
        if party is not None and not is_known(party, case.tables):
            what = "a person" if party.kind == "person" else "an organisation that the register does not list"
            return Finding("out_of_scope", f"Party kind: {party.name} is {what}.")
    return None


def parties_read(case: Case) -> Finding | None:
    """Both parties must be known before rows can be looked for; one may be left unsaid, not misread."""
    unread = [
        filler.text
        for role, party in (("supplier", case.supplier), ("recipient", case.recipient))
        if party is None and (filler := case.claim.filler(role)) is not None
    ]
    if unread:
        return Finding("needs_human", f"It is not known who is meant by {list_words(repr(text) for text in unread)}.")
    if case.supplier is None and case.recipient is None:
        return Finding("needs_human", "Neither supplier nor recipient is named.")
    return None


def covered(case: Case) -> Finding | None:
    """The edition's own coverage: outside it, nothing can be found or missed."""
    if holds(case, case.supplier, case.recipient):
        return None
    statement = f" ({case.coverage.statement})" if case.coverage.statement else ""
    return Finding("out_of_scope", f"Not covered by this edition: deals {case.parties_words}{statement}.")


def holds(case: Case, supplier: Party | None, recipient: Party | None) -> bool:
    """Whether the edition covers deals between these parties under any of their references."""
    givers = supplier.refs if supplier else {None}
    takers = recipient.refs if recipient else {None}
    return any(case.coverage.holds(giver, taker) for giver in givers for taker in takers)


def period_in_scope(case: Case) -> Finding | None:
    """The years stated must overlap those of the edition; a forecast may look beyond them."""
    years = case.stated_years
    if years is None or (years[0] <= case.coverage.last_year and years[1] >= case.coverage.first_year):
        return None
    if case.is_forecast and years[0] > case.coverage.last_year:
        return None
    if any(row.ordered and years[0] - 1 <= row.ordered <= years[1] + 1 for row in case.fitting):
        return None  # an order of 1949 whose deliveries the edition holds
    held = f"{case.coverage.first_year}–{case.coverage.last_year}"
    return Finding("out_of_scope", f"Period: the edition covers {held}, the claim is about {years[0]}.", nearest=case.related)


def goods_read(case: Case) -> Finding | None:
    """Goods that nothing resolves are not looked for by guess (ruling 17: an alias not known is no "not found")."""
    if case.goods.named or case.fitting:
        return None
    return Finding("needs_human", f"It is not known what goods are meant by {case.goods_words!r}.", nearest=case.related)


def maybe_for_head_of_state(case: Case) -> bool:
    """Ruling 4: whether it may be about aircraft for a head of state, which the register may leave out."""
    classes = classes_of(case.goods, case.tables)
    if (
        not any(case.tables.is_below(code, above) for code in classes for above in ("transport-aircraft", "helicopter"))
        and "aircraft" not in classes
    ):
        return False
    quote = fold(case.claim.quote.text)
    return any(fold(word) in quote for word in HEADS_OF_STATE)
