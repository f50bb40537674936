"""Who competes with whom on a market: a case in, a finding by deliveries near or after the document's date out (rulings 11 and 31)."""

from collections.abc import Iterable

from talaan.checking.case import Case, Finding, scores
from talaan.checking.forecasts import sequel, too_early, undated
from talaan.checking.goods import ANY, Goods, fits, row_classes
from talaan.checking.matching import share_after, share_between
from talaan.checking.parties import Party, party_of
from talaan.checking.scope import holds
from talaan.checking.wording import entries_words
from talaan.model.entry import Entry
from talaan.reference.tables import Tables

BEFORE, AFTER = 6, 3
TINY = 0.05
ONE_SMALL_DEAL = 0.02
NEXT_TO_NOTHING = 0.002
SHOWN = 10


def market_read(case: Case) -> Finding | None:
    """Competitor, rival and market must be parties with deliveries: a state, a bloc of states, an armed group."""
    for role in ("competitor", "rival", "market"):
        filler = case.claim.filler(role)
        if filler is not None and party_of(filler, case.tables) is None:
            return Finding("not_checkable", f"The register knows no deliveries of {filler.text!r}.")
    if case.supplier is None:
        return Finding("not_checkable", "The competitor is not named.")
    return None


def market_covered(case: Case) -> Finding | None:
    """The edition must cover deliveries of the competitor to that market, and of the rival where both are compared."""
    rival = None if case.is_forecast else party_of(case.claim.filler("rival"), case.tables)
    if all(holds(case, party, case.recipient) for party in (case.supplier, rival or case.supplier)):
        return None
    where = case.recipient.name if case.recipient else "any market"
    return Finding("out_of_scope", f"Not covered by this edition: deliveries to {where} ({case.coverage.statement or 'see its coverage'}).")


def will_compete(case: Case) -> Finding | None:
    """Ruling 31: a rival to come came true for the supplier that then gains deliveries; one small deal is part of it."""
    if not case.is_forecast:
        return None
    year = case.document_year
    if year is None:
        return undated(case)
    goods = _goods(case)
    own = _of(case.pair, goods, case.tables)
    found = sequel(own, year)
    before = _before_words(own, year)
    if not found.rows:
        return _no_sequel(case, year, before)
    value = sum(share_after(row, year) for row in own)
    whole = sum(share_after(row, year) for row in case.rows(None, case.recipient))
    part = value / whole if whole and holds(case, None, case.recipient) else None
    small = len(found.later) < 2 if part is None else part < (ONE_SMALL_DEAL if len(found.later) < 2 else NEXT_TO_NOTHING)
    off = _short_of(found.later, small=small, same=found.same)
    rows = sorted(found.later or found.rows, key=lambda row: (-share_after(row, year), row.id))[:SHOWN]
    reason = f"{before} After {year} the register lists {entries_words(found.later or found.rows)} {case.parties_words}"
    fields = scores(supplier=1, recipient=1, goods=1, year=0.5 if off else 1)
    verdict = "partly_came_true" if off else "came_true"
    return Finding(verdict, f"{reason}{off}{_part_words(part) if found.later else ''}.", rows, (), fields)


def _part_words(part: float | None) -> str:
    """The share of the market, where the edition covers all of it."""
    return "" if part is None else f", {part:.1%} of all deliveries to that market since"


def _short_of(later: list[Entry], *, small: bool, same: list[Entry]) -> str:
    """Why a sequel is only part of the forecast, in words; empty where it is all of it."""
    if later and not small:
        return ""
    if later:
        return ": one small deal" if len(later) == 1 else ": small deals"
    return "; only in that year itself, and the register knows no months" if same else "; only from older orders"


def _no_sequel(case: Case, year: int, before: str) -> Finding:
    early = too_early(case)
    if early:
        return Finding("not_checkable", f"The time has not come: {early}. {before}", nearest=case.related)
    reason = f"{before} The register lists nothing {case.parties_words} after {year}, up to {case.coverage.last_year}."
    return Finding("did_not_come_true", reason, nearest=case.related, fields=scores(supplier=0, recipient=1))


def _before_words(rows: Iterable[Entry], year: int) -> str:
    """What the competitor had on that market before."""
    known = [row for row in rows if (row.ordered or 9999) < year or any(one < year for one in row.years)]
    return f"Before {year}: {entries_words(known)}." if known else f"Before {year}: no deal."


def competes(case: Case) -> Finding | None:
    """Ruling 11: supported where both supplied the class near the date, partly where one share is tiny or the classes differ."""
    rival = party_of(case.claim.filler("rival"), case.tables)
    if case.supplier is None or rival is None or case.denies:
        return Finding("not_checkable", "Lost bids leave no trace in a register of deliveries.", nearest=case.related)
    first, last = _window(case)
    goods = _goods(case)
    sides = [_near(case.rows(party, case.recipient), first, last) for party in (case.supplier, rival)]
    ours, theirs = (_of(rows, goods, case.tables) for rows in sides)
    if ours and theirs:
        return _both(case, (ours, theirs), (case.supplier, rival), (first, last))
    if (ours and sides[1]) or (theirs and sides[0]):
        return _classes_differ(case, (ours or sides[0], theirs or sides[1]), (case.supplier, rival), when=f"{first}–{last}")
    present = [f"{party.name}: {entries_words(rows)}" for party, rows in zip((case.supplier, rival), sides, strict=True) if rows]
    what = "; ".join(present) or "nothing from either"
    wanted = case.goods_words if goods.named and not goods.anything else "that market"
    reason = f"Not both supplied {wanted} in {first}–{last} ({what}); lost bids leave no trace in the register."
    return Finding("not_checkable", reason, nearest=[*ours, *theirs][:5] or case.related)


def _both(case: Case, rows: tuple[list[Entry], list[Entry]], parties: tuple[Party, Party], years: tuple[int, int]) -> Finding:
    """Both supplied such goods: by shares and classes."""
    values = [sum(share_between(row, *years) for row in side) for side in rows]
    reason = f"In {years[0]}–{years[1]} " + " and ".join(
        f"{party.name} supplied {entries_words(_largest(side))}" for party, side in zip(parties, rows, strict=True)
    )
    entries = [row for side in rows for row in _largest(side)[: SHOWN // 2]]
    classes = [frozenset(code for row in side for code in row_classes(row, case.tables)) for side in rows]
    fields = scores(supplier=1, recipient=1, goods=1, year=1)
    if not classes[0] & classes[1]:
        return Finding("partly_supported", f"{reason}; the classes differ.", entries, (), fields | {"goods": 0.5})
    if min(values) < TINY * sum(values):
        least = parties[values.index(min(values))].name
        return Finding(
            "partly_supported",
            f"{reason}; {least}'s part, {min(values) / sum(values):.1%} of both, is tiny.",
            entries,
            (),
            fields | {"supplier": 0.5},
        )
    if _undated(case):
        return Finding("partly_supported", f"{reason}; near which date is not known.", entries, (), fields | {"year": 0.5})
    return Finding("supported", f"{reason}.", entries, (), fields)


def _classes_differ(case: Case, rows: tuple[list[Entry], list[Entry]], parties: tuple[Party, Party], *, when: str) -> Finding:
    """Only one of them supplied the goods named, the other something else."""
    said = " and ".join(f"{party.name} supplied {entries_words(_largest(side))}" for party, side in zip(parties, rows, strict=True))
    entries = [row for side in rows for row in _largest(side)[: SHOWN // 2]]
    reason = f"In {when} {said}; only one of them supplied {case.goods_words}, so the classes differ."
    return Finding("partly_supported", reason, entries, (), scores(supplier=1, recipient=1, goods=0.5, year=1))


def _window(case: Case) -> tuple[int, int]:
    """The years near the date: those stated, else six before to three after the document, else all."""
    if case.stated_years:
        return case.stated_years[0] - 1, case.stated_years[1] + 1
    if case.document_year is None:
        return case.coverage.first_year, case.coverage.last_year
    last = case.document_year
    return last - BEFORE, min(last + AFTER, case.coverage.last_year)


def _undated(case: Case) -> bool:
    return case.stated_years is None and case.document_year is None


def _near(rows: Iterable[Entry], first: int, last: int) -> list[Entry]:
    return [row for row in rows if any(first <= year <= last for year in (*row.years, row.ordered or 0))]


def _goods(case: Case) -> Goods:
    """The goods named, or anything where only "arms" or nothing is."""
    return case.goods.specific if case.goods.specific.named else Goods(categories=frozenset({ANY}))


def _of(rows: Iterable[Entry], goods: Goods, known: Tables) -> list[Entry]:
    return [row for row in rows if fits(row, goods, known)]


def _largest(rows: Iterable[Entry]) -> list[Entry]:
    return sorted(rows, key=lambda row: (-(row.tiv_delivered or row.tiv_ordered or 0.0), row.id))
