"""US offers held against the notifications to Congress: a case in, a finding by the notices out, or None where none is to be expected.

A notification is an offer: it says nothing of orders and deliveries, and sales below a sum are not notified.
"""

from collections.abc import Sequence

from talaan.checking.case import NEAREST, Case, Finding, scores
from talaan.checking.matching import number_score
from talaan.checking.wording import list_words
from talaan.model.entry import Entry

AGENCY = "country:USA"
STAGES = ("offered", "ordered")
BEFORE_ORDER = 6
SLACK = 1
# Sums in US dollars from which every sale is notified, whatever is sold and to whom (Arms Export Control Act, section 36(b)).
SURELY_NOTIFIED = 100_000_000
DOUBT = 0.99


def concerned(case: Case) -> bool:
    """Whether notifications can tell of a claim: a sale by the United States, offered or ordered, said to have happened."""
    return case.supplier is not None and case.supplier.ref == AGENCY and case.stage in STAGES and not case.is_forecast


def recipient_read(case: Case) -> Finding | None:
    """Who is to get it must be known."""
    if not concerned(case) or case.recipient is not None:
        return None
    return Finding("needs_human", "It is not known to whom it is said to have been offered.")


def notified(case: Case) -> Finding | None:
    """Notices to the recipient of such goods near that time: an offer is supported by one, an order in part."""
    rows = [row for row in case.fitting if _near_in_time(case, row)]
    if not rows or not concerned(case):
        return None
    if case.denies:
        sure = case.stage == "offered" and case.stated_years is not None and case.claim.quantity is None and not case.goods.anything
        reason = f"The claim denies it, but the agency notified {_words(case, rows)}."
        return Finding("contradicted" if sure else "not_checkable", reason, rows[:10] if sure else (), () if sure else rows[:NEAREST])
    ordered = case.stage == "ordered"
    number = _number(case, rows)
    off = ["a notification is no order"] if ordered else []
    off += ["the number is off"] if number is not None and number <= DOUBT else []
    reason = "; ".join([f"The agency notified {_words(case, rows)}", *off]) + "."
    fields = scores(supplier=1, recipient=1, goods=1, number=number, year=1 if _span(case) else None, stage=0.5 if ordered else 1)
    return Finding("partly_supported" if off else "supported", reason, rows[:10], (), fields)


def goods_not_stated(case: Case) -> Finding | None:
    """Notices to the recipient in that time whose goods the edition does not know."""
    if case.denies or not concerned(case):
        return None
    rows = [row for row in case.pair if row.system is None and row.category is None and _near_in_time(case, row)]
    if not rows:
        return None
    reason = f"The agency notified sales to that recipient ({_words(case, rows)}); what was for sale is not in this edition."
    return Finding("register_uncertain", reason, rows[:NEAREST], (), scores(supplier=1, recipient=1, goods=0.5))


def not_notified(case: Case) -> Finding | None:
    """No notice: it tells something only of offers that were surely large enough, in years that the edition covers."""
    if not concerned(case):
        return None
    span = _span(case)
    coverage = case.coverage
    if case.denies:
        return Finding("not_checkable", "No notification; that alone does not show that nothing was offered.", nearest=case.related)
    if span is None or span[0] < coverage.first_year or span[1] > coverage.last_year:
        held = f"{coverage.first_year}–{coverage.last_year}"
        return Finding("out_of_scope", f"Period: the edition holds notifications of {held}.", nearest=case.related)
    money = case.claim.value
    large = money is not None and money.currency == "USD" and money.amount >= SURELY_NOTIFIED
    if case.stage == "ordered" or not large:
        reason = "Threshold: no notification; sales below the sums in the law, and direct sales by firms, are not among them."
        return Finding("out_of_scope", reason, nearest=case.related)
    reason = f"No notification of {case.goods_words} {case.parties_words} stands in the edition."
    return Finding("not_found_in_scope", reason, nearest=case.related, fields=scores(goods=0.0))


def _span(case: Case) -> tuple[int, int] | None:
    """The years in which a notice of it would have been given; an order follows its notice, often by years."""
    if case.period is None:
        return None
    before = BEFORE_ORDER if case.stage == "ordered" else SLACK
    return case.period.first - (before if case.period.stated else 0), case.period.last + (SLACK if case.period.stated else 0)


def _near_in_time(case: Case, row: Entry) -> bool:
    span, year = _span(case), _details(case, row).get("year")
    return span is None or not isinstance(year, int) or span[0] <= year <= span[1]


def _number(case: Case, rows: Sequence[Entry]) -> float | None:
    """How well any notice's number agrees; offers state upper bounds, so that fewer agrees too."""
    claimed = case.claim.quantity
    told = [found for row in rows if isinstance(found := _details(case, row).get("quantity"), int)]
    if claimed is None or claimed.unit == "container" or not told:
        return number_score(claimed, rows)
    return 1.0 if claimed.number <= max(told) * 1.1 else 0.3


def _details(case: Case, row: Entry) -> dict[str, object]:
    return dict(case.context.edition.details([row.id]).get(row.id, {}))


def _words(case: Case, rows: Sequence[Entry]) -> str:
    """Up to three notices: their goods, number and year."""
    parts = []
    for row in rows[:3]:
        told = _details(case, row)
        known = ", ".join(str(told[name]) for name in ("number", "year") if told.get(name))
        parts.append(f"{row.designation} ({known})" if known else row.designation)
    more = len(rows) - 3
    return list_words([*parts, *([f"{more} more"] if more > 0 else [])])
