"""Transfers that are planned or possible, judged by what came after the document: a case in, a finding out, or None."""

from dataclasses import dataclass

from talaan.checking.case import Case, Finding, scores
from talaan.checking.matching import TOLERANCE, number_of
from talaan.checking.wording import count_words, entries_words
from talaan.model.entry import Entry

ENOUGH = 3
OLD_ORDER = 1


@dataclass(frozen=True, slots=True)
class Sequel:
    """Rows with an order or delivery after a year: `later` in later years, `same` in that year only, `old` only from earlier orders."""

    later: list[Entry]
    same: list[Entry]
    old: list[Entry]

    @property
    def rows(self) -> list[Entry]:
        """All of them, the clearest first."""
        return [*self.later, *self.same, *self.old]


def sequel(rows: list[Entry], year: int, *, old_orders_count: bool = False) -> Sequel:
    """What came after a year (rulings 28 and 32); deliveries from orders made well before it count only where asked."""
    later: list[Entry] = []
    same: list[Entry] = []
    old: list[Entry] = []
    for row in rows:
        new_order = row.ordered is not None and row.ordered > year
        delivered_later = any(one > year for one in row.years)
        fresh = row.ordered is None or row.ordered >= year - OLD_ORDER or old_orders_count
        if new_order or (delivered_later and fresh):
            later.append(row)
        elif delivered_later:
            old.append(row)
        elif row.ordered == year or year in row.years:
            same.append(row)
    return Sequel(later, same, old)


def undated(case: Case) -> Finding | None:
    """Ruling 33: without a date nobody knows what comes after."""
    if case.document_year is not None:
        return None
    return Finding("needs_human", "A forecast cannot be judged: the document has no date. Give one with --date.", nearest=case.related)


def too_early(case: Case) -> str | None:
    """Ruling 29: why it is too early to judge, or None."""
    last, year = case.coverage.last_year, case.document_year
    horizon = case.stated_years[1] if case.stated_years else None
    if horizon is not None and year is not None and horizon >= year:
        return f"the time named is {horizon}, the edition ends with {last}" if horizon > last else None
    if year is not None and last - year < ENOUGH:
        return f"the document is of {year}, the edition ends with {last}"
    return None


def is_ahead(case: Case) -> bool:
    """Whether a transfer is about what comes after its document: planned, possible, or still negotiated (rulings 28, 30)."""
    return case.is_forecast or case.stage == "negotiated"


def transfer_forecast(case: Case) -> Finding | None:
    """Rulings 25 and 27 to 33: what became of a planned, possible or negotiated transfer."""
    if not is_ahead(case):
        return None
    if case.document_year is None:
        return undated(case)
    found = sequel(case.fitting, case.document_year, old_orders_count=bool(case.delivered))
    if case.stage in ("cancelled", "refused"):
        return Finding(
            "not_checkable", "The register takes lapsed orders out, so that it cannot show what was dropped.", nearest=found.rows[:5]
        )
    if case.denies:
        return _denied(case, found)
    early = too_early(case)
    if not found.rows:
        return _nothing(case, early)
    return _judged(case, found, early)


def _denied(case: Case, found: Sequel) -> Finding:
    """ "Will not": came true while nothing follows."""
    if found.later:
        return Finding(
            "did_not_come_true", f"The register lists {entries_words(found.later)} {case.parties_words} after all.", found.later[:10]
        )
    early = too_early(case)
    if early or found.rows:
        return Finding("not_checkable", f"Too early or too close to tell: {early or entries_words(found.rows)}.", nearest=found.rows[:5])
    return Finding(
        "came_true", f"The register lists no {case.goods_words} {case.parties_words} after {case.document_year}.", nearest=case.nearest
    )


def _nothing(case: Case, early: str | None) -> Finding:
    what = f"{case.goods_words} {case.parties_words}"
    if early:
        return Finding("not_checkable", f"The time has not come: {early}; no {what} is listed so far.", nearest=case.nearest)
    reason = (
        f"No {what} is listed after {case.document_year}, up to {case.coverage.last_year}; lapsed orders are taken out of the register."
    )
    return Finding("did_not_come_true", reason, nearest=case.nearest, fields=scores(supplier=0, goods=0))


def _judged(case: Case, found: Sequel, early: str | None) -> Finding:
    """Ruling 28: whole, or smaller, later, only ordered, only of the document's own year, only from an old order."""
    off = _what_is_off(case, found)
    rows = found.later or found.rows
    reason = f"After the document of {case.document_year} the register lists {entries_words(rows)} {case.parties_words}"
    if case.delivered and not any(year >= (case.document_year or 0) for row in rows for year in row.years):
        word = "not_checkable" if early or _fresh(case, rows) else "partly_came_true"
        return Finding(word, f"{reason}; nothing is listed as delivered yet.", () if word == "not_checkable" else rows[:10], rows[:5])
    reason += "".join(f"; {part}" for part in off) + "."
    fields = scores(supplier=1, recipient=1, goods=1, number=_number(case, rows), year=0.5 if off else 1, stage=1)
    return Finding("partly_came_true" if off else "came_true", reason, rows[:10], case.nearest, fields)


def _fresh(case: Case, rows: list[Entry]) -> bool:
    return max((row.ordered or 0 for row in rows), default=0) + ENOUGH > case.coverage.last_year


def _what_is_off(case: Case, found: Sequel) -> list[str]:
    off = []
    if not found.later and found.same:
        off.append(f"only in {case.document_year} itself, and the register knows no months")
    elif not found.later:
        off.append("only deliveries from an older order")
    horizon = case.stated_years[1] if case.stated_years else None
    firsts = [min(years) for row in found.rows if (years := row.years if case.delivered else (row.ordered or 0,))]
    if horizon is not None and firsts and min(firsts) > horizon + 1:
        off.append(f"later than {horizon}")
    rows = found.later or found.rows
    number = _number(case, rows)
    if number is not None and number < 1 and case.claim.quantity:
        off.append(f"{count_words(_total(rows))} where {count_words(case.claim.quantity.number)} were meant")
    return off


def _number(case: Case, rows: list[Entry]) -> float | None:
    """The part of the number meant that the rows reach, at most 1; None where none is meant."""
    meant = case.claim.quantity
    if meant is None or meant.unit == "container" or not meant.number:
        return None
    part = _total(rows) / meant.number
    return 1.0 if part >= 1 - TOLERANCE else round(part, 3)


def _total(rows: list[Entry]) -> float:
    """The sum of the rows' numbers, unknown ones left out."""
    return float(sum(number_of(row) or 0 for row in rows))
