"""Transfers held against the UN Register: a case in, a finding by what exporter and importer reported out, or None.

Each row is one state's word on one year; a row of either side is enough, and silence tells only where a report was filed.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from talaan.checking.case import NEAREST, Case, Finding, scores
from talaan.checking.filing import (
    filed,
    first_report,
    is_unknown,
    named,
    neither_words,
    silent_years,
    told_categories,
    years_meant,
    years_words,
)
from talaan.checking.goods import classes_of, family
from talaan.checking.matching import RECENT, number_score, year_score
from talaan.checking.wording import entries_words, list_words
from talaan.model.entry import Entry
from talaan.reference.un_categories import limit_of, row_category, un_categories, un_category

SIDES = ("exporter", "importer")
HELD = ("delivered", "in-delivery")
DOUBT = 0.99


@dataclass(frozen=True, slots=True)
class Reported:
    """Rows that agree best: `exact` where they are the goods claimed, and not only of their category."""

    rows: list[Entry]
    exact: bool
    number: float | None
    year: float | None

    @property
    def whole(self) -> bool:
        """Whether nothing that was compared is off."""
        return self.exact and all(score is None or score > DOUBT for score in (self.number, self.year))


def stage_in_scope(case: Case) -> Finding | None:
    """Only what was transferred is reported: no offers, licences, orders, refusals."""
    if case.is_forecast or case.stage is None or case.stage in HELD:
        return None
    return Finding(
        "out_of_scope", "Stage: states report what was transferred, not offers, licences, orders or refusals.", nearest=_near(case)
    )


def category_in_scope(case: Case) -> Finding | None:
    """The seven categories, and small arms where a state adds them; everything else is not asked for."""
    if case.goods.anything or not case.goods.named or _categories(case) or case.fitting:
        return None
    names = list_words(sorted(case.tables.categories[code].plural_en for code in classes_of(case.goods, case.tables)))
    return Finding("out_of_scope", f"Category: the UN Register does not ask for {names}.", nearest=_near(case))


def period_in_scope(case: Case) -> Finding | None:
    """Reports begin with those on 1992."""
    years = case.stated_years
    if years is None or years[1] >= first_report():
        return None
    return Finding("out_of_scope", f"Period: states report to the UN Register since {first_report()}, the claim is about {years[0]}.")


def forecast(case: Case) -> Finding | None:
    """What was to come, by the reports on the years after the document."""
    if not case.is_forecast:
        return None
    year = case.document_year
    if year is None:
        return Finding("needs_human", "The document has no date, so it is not known what came after it.", nearest=_near(case))
    if case.denies:
        return Finding("not_checkable", "That something will not come cannot be read from reports.", nearest=_near(case))
    due = max(case.stated_years[1], year) if case.stated_years else year + RECENT
    rows = [row for row in _candidates(case)[0] if row.years and year <= row.years[0]]
    if rows:
        return _came(case, rows, due)
    return _did_not_come(case, range(year + 1, due + 1)) or Finding(
        "did_not_come_true", f"The reports on {years_words(range(year + 1, due + 1))} list no {_what(case)}.", nearest=_near(case)
    )


def _came(case: Case, rows: list[Entry], due: int) -> Finding:
    later = [row for row in rows if row.years[0] > (case.document_year or 0)]
    number = _number(case, later or rows)
    in_time = [row for row in later if case.stated_years is None or row.years[0] <= due + 1]
    whole = bool(in_time) and (number is None or number > DOUBT)
    reason = f"After the document {_said(case, later or rows)}."
    fields = scores(supplier=1, recipient=1, goods=1, number=number)
    return Finding("came_true" if whole else "partly_came_true", reason, (later or rows)[:10], (), fields)


def _did_not_come(case: Case, years: Sequence[int]) -> Finding | None:
    """Why silence after the document tells nothing; None where it does."""
    if not years or years[-1] > case.coverage.last_year:
        return Finding("not_checkable", "The reports do not reach to the end of the time meant.", nearest=_near(case))
    return _silence(case, years)


def denied(case: Case) -> Finding | None:
    """A denial falls with a row of the very goods on a year stated; it is borne out only by reports that were filed."""
    if not case.denies:
        return None
    rows, _ = _candidates(case)
    stated = case.stated_years
    against = [row for row in rows if stated and row.years and stated[0] <= row.years[0] <= stated[1]]
    if against and case.claim.quantity is None and not case.goods.anything:
        fields = scores(supplier=1, recipient=1, goods=1, year=1)
        return Finding("contradicted", f"The claim denies it, but {_said(case, against)}.", against[:10], (), fields)
    if rows:
        return Finding(
            "not_checkable", f"{_first_up(_said(case, rows))}; whether the claim means these is not known.", nearest=rows[:NEAREST]
        )
    found = absent(case)
    if found.verdict != "not_found_in_scope":
        return found
    return Finding("supported", f"{found.reason} That is what the claim says.", nearest=found.nearest, fields=scores(goods=1))


def matched(case: Case) -> Finding | None:
    """Rows of exporter's or importer's report of these parties, goods and years; then numbers."""
    found = _best(case)
    if found is None:
        return None
    off = []
    if not found.exact:
        off.append(f"only the category is stated, not {case.goods_words}")
    if found.year is not None and found.year <= DOUBT:
        off.append("the years are off")
    if found.number is not None and found.number <= DOUBT:
        off.append("the number is off")
    reason = "; ".join([_first_up(_said(case, found.rows)), *_other_side(case, found.rows), *off]) + "."
    fields = scores(
        supplier=1.0 if case.supplier else None,
        recipient=1.0 if case.recipient else None,
        goods=1.0 if found.exact else 0.5,
        number=found.number,
        year=found.year,
    )
    return Finding("supported" if found.whole else "partly_supported", reason, found.rows[:10], _near(case), fields)


def absent(case: Case) -> Finding:
    """No row: `not_found_in_scope` only where every year meant has a report of a party that speaks of such goods."""
    limits = sorted({limit for code in classes_of(case.goods, case.tables) if (limit := limit_of(code))})
    if limits:
        return Finding("out_of_scope", f"Threshold: no row, but the UN Register takes {'; '.join(limits)}.", nearest=_near(case))
    years = years_meant(case)
    if not years:
        return Finding("needs_human", "No row, and nothing says which years' reports to look at.", nearest=_near(case))
    silence = _silence(case, years)
    if silence is not None:
        return silence
    reason = f"The reports on {years_words(years)} list no {_what(case)}."
    return Finding("not_found_in_scope", reason, nearest=_near(case), fields=scores(goods=0.0))


def _silence(case: Case, years: Sequence[int]) -> Finding | None:
    """Why the lack of a row tells nothing: nobody filed, the reports are not loaded or do not speak of such goods; None where it does."""
    silent = silent_years(case, years)
    if silent and is_unknown(case, years):
        reason = f"Not covered by this edition: who filed a report for {years_words(years)} is not known; load the index of who reported."
        return Finding("out_of_scope", reason, nearest=_near(case))
    if silent:
        return Finding("no_report", f"{neither_words(case)} a report for {years_words(silent)}.", nearest=_near(case))
    wanted = _categories(case)
    told = {year: {one for party in named(case) for one in told_categories(case, party, year)} for year in years}
    unread = [year for year in years if not told[year]]
    if unread:
        reason = f"Not covered by this edition: no row of the reports that were filed for {years_words(unread)} is in it."
        return Finding("out_of_scope", reason, nearest=_near(case))
    mute = [year for year in years if wanted and not told[year] & wanted]
    if mute:
        return Finding("no_report", f"The reports filed for {years_words(mute)} say nothing on {case.goods_words}.", nearest=_near(case))
    return None


def _categories(case: Case) -> set[str]:
    """The UN categories the goods may belong to: a family by its own classes, a class by those below it too."""
    systems = (family(ref, case.tables) for ref in case.goods.systems)
    families = {un_category(code) for system in systems if system for code in system.categories}
    return {category for category in families if category} | {one for code in case.goods.categories for one in un_categories(code)}


def _candidates(case: Case) -> tuple[list[Entry], bool]:
    """Rows of the goods claimed; where there are none, rows that state no more than a category of theirs (False)."""
    if case.fitting:
        return case.fitting, True
    wanted = _categories(case)
    return [row for row in case.pair if row.system is None and row_category(row) in wanted], False


def _best(case: Case) -> Reported | None:
    """The rows nearest in time, those of the goods themselves before those of their category; None where none is near."""
    rows, exact = _candidates(case)
    timed = [(year_score(row, case.period, delivered=True), row) for row in rows]
    kept = [(1.0 if score is None else score, row) for score, row in timed if score != 0]
    if not kept:
        return None
    top = max(score for score, _ in kept)
    found = [row for score, row in kept if score == top]
    return Reported(found, exact, _number(case, found), top if case.period else None)


def _number(case: Case, rows: Sequence[Entry]) -> float | None:
    """The better of the two sides' numbers: each side tells the same transfer once."""
    told = [number_score(case.claim.quantity, side) for side in _by_side(case, rows).values()]
    return max((score for score in told if score is not None), default=None)


def _by_side(case: Case, rows: Sequence[Entry]) -> dict[str, list[Entry]]:
    """Rows by the side whose report they stand in, exporter's first."""
    details = case.context.edition.details(row.id for row in rows)
    sides = {row.id: str(details.get(row.id, {}).get("side") or "") for row in rows}
    return {side: kept for side in (*SIDES, "") if (kept := [row for row in rows if sides[row.id] == side])}


def _said(case: Case, rows: Sequence[Entry]) -> str:
    """Who reported what, in words."""
    parts = []
    for side, told in _by_side(case, rows).items():
        who = told[0].supplier_name if side == "exporter" else told[0].recipient_name if side == "importer" else "a state"
        parts.append(f"{who}{f' as {side}' if side else ''} reported {entries_words(told)}")
    return list_words(parts)


def _other_side(case: Case, rows: Sequence[Entry]) -> list[str]:
    """What the side that has no row did in that year, where it is known."""
    told, out = _by_side(case, rows), []
    years = sorted({year for row in rows for year in row.years})
    for side, party in zip(SIDES, (case.supplier, case.recipient), strict=True):
        if party is None or side in told:
            continue
        answers = {filed(case, party, year) for year in years}
        if all(told_categories(case, party, year) for year in years):
            out.append(f"{party.name} filed a report without it")
        elif answers == {False}:
            out.append(f"{party.name} filed no report for {years_words(years)}")
    return out


def _what(case: Case) -> str:
    return f"{case.goods_words} {case.parties_words}"


def _near(case: Case) -> Sequence[Entry]:
    return case.related


def _first_up(words: str) -> str:
    return words[:1].upper() + words[1:]
