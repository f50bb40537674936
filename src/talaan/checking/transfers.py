"""Transfers that are said to have happened, or not: a case in, a finding by rows in the register out, or None."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from talaan.checking.case import Case, Finding, scores
from talaan.checking.goods import family, fits
from talaan.checking.matching import (
    RECENT,
    number_score,
    points,
    stage_score,
    totals,
    unsure_field,
    was_cut_short,
    year_score,
)
from talaan.checking.parties import party_names
from talaan.checking.scope import maybe_for_head_of_state
from talaan.checking.wording import count_words, entries_words, span_words
from talaan.model.entry import Entry
from talaan.reference.fold import fold

HUGE_SUM = 1e9
DOUBT = 0.99
_FOR_OTHER_GOODS = re.compile(r"\bfor \d", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Match:
    """Rows that agree best in time, with the score of every field."""

    entries: list[Entry]
    number: float | None
    year: float | None
    stage: float | None

    @property
    def whole(self) -> bool:
        """Whether nothing that was compared is off."""
        return all(score is None or score > DOUBT for score in (self.number, self.year, self.stage))


def best_match(case: Case) -> Match | None:
    """The rows of the period that fit, or None where there are none."""
    timed = [(year_score(row, case.period, delivered=case.delivered), row) for row in case.fitting]
    kept = [(score, row) for score, row in timed if score is None or score > 0]
    if not kept:
        return None
    top = max(1.0 if score is None else score for score, _ in kept)
    rows = [row for score, row in kept if (1.0 if score is None else score) == top]
    if case.delivered:  # an order of which nothing came does not stand beside deliveries
        rows = [row for row in rows if row.years or row.number_delivered] or rows
    rows.sort(key=lambda row: (-(stage_score(case.stage, row) or 0), -(row.tiv_ordered or row.tiv_delivered or 0), row.id))
    stages = [score for row in rows if (score := stage_score(case.stage, row)) is not None]
    year = None if case.period is None or all(score is None for score, _ in kept) else top
    return Match(rows, number_score(case.claim.quantity, rows, delivered=case.delivered), year, max(stages, default=None))


def undone(case: Case) -> Finding | None:
    """Ruling 24: refused or cancelled. A remark or a short delivery supports it; silence proves nothing."""
    if case.stage not in ("cancelled", "refused") or case.denies:
        return None
    last = case.coverage.last_year
    kept = [row for row in case.fitting if year_score(row, case.period, delivered=None) != 0]
    short = [row for row in kept if was_cut_short(row, last)]
    if short:
        dropped = any(not row.years for row in short)
        reason = f"The register shows that it was cut short: {entries_words(short)}."
        return Finding(
            "supported" if dropped else "partly_supported", reason, short, case.nearest, scores(supplier=1, recipient=1, goods=1, stage=1)
        )
    elsewhere = _remarks_elsewhere(case) if case.goods.named and not case.goods.anything else []
    told = [row for row in elsewhere if was_cut_short(row, last)]
    if told:
        reason = f"A remark in the register says so: {entries_words(told)}: “{told[0].comment}”."
        return Finding("supported", reason, told[:5], case.nearest, scores(supplier=1, recipient=1, goods=1, stage=1))
    reason = f"The register takes lapsed orders out, so that no row of {case.goods_words} {case.parties_words} can prove or refute this."
    return Finding("not_checkable", reason, nearest=[*kept, *case.nearest][:5])


def denied(case: Case) -> Finding | None:
    """Rulings 22 and 26: a denial agrees with an empty register and is contradicted only by rows it cannot stand beside."""
    if not case.denies:
        return None
    rows = [row for row in case.fitting if row.years] if case.delivered else case.fitting
    if not rows:
        if case.goods.anything:
            return Finding(
                "not_checkable", f"The register lists no deal {case.parties_words}; small arms are not in it.", nearest=case.nearest
            )
        reason = f"The register lists no {case.goods_words} {case.parties_words}, as the claim has it."
        return Finding("supported", reason, nearest=case.nearest, fields=scores(goods=1))
    against = [row for row in rows if _inside(case, row)]
    if case.claim.quantity is not None and (against or case.period is None):
        return _limited(case, against or rows)
    if not against:
        reason = f"The register lists {entries_words(rows)} {case.parties_words}; whether the claim means that time is not known."
        return Finding("not_checkable", reason, nearest=rows[:5])
    doubtful = all(unsure_field(row) or (row.ordered_uncertain and not row.years) for row in against)
    reason = f"The claim denies it, but the register lists {entries_words(against)} {case.parties_words}."
    fields = scores(supplier=1, recipient=1, goods=1, year=1)
    return Finding("register_uncertain" if doubtful else "contradicted", reason, against[:10], (), fields)


def _inside(case: Case, row: Entry) -> bool:
    """Whether a row lies surely within the time that a denial is about: the years stated, else those just before the document's.

    The document's own year is left out, since the register knows no months.
    """
    if case.period is None:
        return False
    years = points(row, delivered=case.delivered)
    if case.period.stated:
        return any(case.period.first <= year <= case.period.last for year in years)
    first = case.period.first if case.goods.systems else case.period.last - RECENT
    return any(first <= year < case.period.last for year in years)


def _limited(case: Case, rows: list[Entry]) -> Finding:
    """A denial with a number, "no more than six": contradicted by a larger number of things delivered."""
    claimed = case.claim.quantity.number if case.claim.quantity else 0
    listed = sum(row.number_delivered or 0 for row in rows)
    fields = scores(supplier=1, recipient=1, goods=1, number=0.0 if listed > claimed else 1.0)
    what = f"the register lists {count_words(listed)} delivered: {entries_words(rows)}"
    if listed <= claimed:
        return Finding("supported", f"No more than {count_words(claimed)}: {what}.", rows[:10], (), fields)
    flagged = any(row.number_delivered_uncertain for row in rows)
    reason = f"The claim has no more than {count_words(claimed)}; {what}."
    return Finding("register_uncertain" if flagged else "contradicted", reason, rows[:10], (), fields)


def matched(case: Case) -> Finding | None:
    """Rulings 5 and 13 to 21: rows with these parties, in this direction and time, of these goods; then numbers and years."""
    match = best_match(case)
    if match is None:
        return None
    unsure = {field for row in match.entries if (field := unsure_field(row))}
    if unsure and all(unsure_field(row) for row in match.entries) and (case.goods.systems or unsure & {"supplier", "recipient"}):
        reason = f"The register lists {entries_words(match.entries)} {case.parties_words} but calls the {sorted(unsure)[0]} uncertain."
        return Finding("register_uncertain", reason, match.entries, case.nearest, _fields(match, case))
    off = _what_is_off(case, match)
    huge = case.goods.anything and case.claim.value is not None and case.claim.value.amount >= HUGE_SUM
    if huge:  # ruling 19: the register has no comparable values
        off.append("the sum cannot be held against the register, which has no prices")
    reason = f"The register lists {entries_words(match.entries)} {case.parties_words}" + "".join(f"; {part}" for part in off) + "."
    verdict = "supported" if match.whole and not huge else "partly_supported"
    return Finding(verdict, reason + _same_source(case), match.entries[:10], case.nearest, _fields(match, case))


def _what_is_off(case: Case, match: Match) -> list[str]:
    """What does not agree, in words."""
    off = []
    if match.year is not None and match.year <= DOUBT and case.period:
        years = [year for row in match.entries for year in (*row.years, *((row.ordered,) if row.ordered else ()))]
        wanted = span_words([case.period.first, case.period.last])
        off.append(f"the years are off: {span_words(years)} against {wanted}")
    if match.number is not None and match.number <= DOUBT and case.claim.quantity:
        listed = max(number for number, _ in totals(match.entries, delivered=case.delivered))
        kind = "it may be a batch of a larger deal, and per-deal rows cannot show batches" if match.number > 0.5 else "the number is off"
        off.append(f"{kind}: {count_words(case.claim.quantity.number)} claimed, {count_words(listed)} listed")
    if match.stage is not None and match.stage <= DOUBT:
        off.append("ordered, but nothing is listed as delivered")
    return off


def _fields(match: Match, case: Case) -> dict[str, float | None]:
    own = {case.supplier.ref} if case.supplier else set()
    giver = 1.0 if any(row.supplier in own for row in match.entries) else 0.9
    taker = {case.recipient.ref} if case.recipient else set()
    return scores(
        supplier=giver if case.supplier else None,
        recipient=(1.0 if any(row.recipient in taker for row in match.entries) else 0.9) if case.recipient else None,
        goods=1.0,
        number=match.number,
        year=match.year,
        stage=match.stage,
    )


def _same_source(case: Case) -> str:
    """Ruling 21: a claim that quotes this register is still only supported; the reason says so."""
    speaker = case.claim.speaker
    words = (speaker.ref, speaker.name, speaker.organisation) if speaker else ()
    register = case.context.edition.edition.register
    quotes = any(register in fold(word) for word in words if word)
    return " The claim quotes this register, so the source is the same." if quotes else ""


def supplier_unknown(case: Case) -> Finding | None:
    """Ruling 13: the register has such a deal but does not know one of its parties."""
    if case.supplier is None or case.recipient is None or not case.goods.named or case.goods.anything:
        return None
    rows = [row for row in case.fit(case.rows(None, case.recipient)) if row.supplier is None]
    rows += [row for row in case.fit(case.rows(case.supplier, None)) if row.recipient is None]
    kept = [row for row in rows if year_score(row, case.period, delivered=case.delivered) not in (0, 0.5)]
    if not kept:
        return None
    reason = f"The register lists {entries_words(kept)} but does not know the {'supplier' if kept[0].supplier is None else 'recipient'}."
    fields = scores(supplier=1.0 if kept[0].supplier else 0.5, recipient=1.0 if kept[0].recipient else 0.5, goods=1)
    return Finding("register_uncertain", reason, kept[:5], case.nearest, fields)


def remarked(case: Case) -> Finding | None:
    """Ruling 18: a remark in another row names the other party and such goods."""
    if case.supplier is None or case.recipient is None or not case.goods.named or case.goods.anything:
        return None
    kept = _remarks_elsewhere(case)
    if not kept:
        return None
    reason = f"No row of its own, but a remark in the register says so: {entries_words(kept)}: “{kept[0].comment}”."
    return Finding("partly_supported", reason, kept[:5], case.nearest, scores(supplier=0.5, recipient=0.5, goods=0.5))


def _remarks_elsewhere(case: Case) -> list[Entry]:
    """Rows of one party with somebody else whose remark names the other party and such goods, in the time looked at."""
    giver, taker = case.supplier, case.recipient
    if giver is None or taker is None:
        return []
    of_giver, of_taker = (_any_of(party_names(party, case.tables)) for party in (giver, taker))
    to_taker, from_giver = case.remarking(case.rows(None, taker), giver), case.remarking(case.rows(giver, None), taker)
    found = [row for row in to_taker if row.supplier not in giver.refs and _remarks(row, of_giver, case)]
    found += [row for row in from_giver if row.recipient not in taker.refs and _remarks(row, of_taker, case)]
    return [row for row in found if year_score(row, case.period, delivered=case.delivered) != 0]


def _remarks(row: Entry, party: re.Pattern[str], case: Case) -> bool:
    """Whether the remark names the party, and such goods; a part's remark, "for 4 trainers from …", speaks of the whole."""
    comment = row.comment
    if not comment or not party.search(comment):
        return False
    whole = _FOR_OTHER_GOODS.search(comment)
    said = comment[whole.start() :] if whole else comment
    own = fits(row, case.goods, case.tables) and whole is None
    return own or bool(_any_of(_goods_names(case)).search(said))


def _goods_names(case: Case) -> tuple[str, ...]:
    """Designations and variants of the families that the claim names, and the words a register has for its classes."""
    systems = (family(ref, case.tables) for ref in case.goods.systems)
    classes = (case.tables.categories[code] for code in case.goods.categories if code in case.tables.categories)
    names = [name for system in systems if system for name in (system.designation, *system.variants)]
    return (*names, *(name for known in classes for name in (known.name_en, known.plural_en, *known.descriptions)))


@lru_cache(maxsize=1024)
def _any_of(names: tuple[str, ...]) -> re.Pattern[str]:
    """Whether any of these names stands in a text as words of its own; nothing where there are none."""
    words = "|".join(re.escape(name) for name in names)
    return re.compile(rf"(?<!\w)(?:{words})(?!\w)" if words else r"(?!)", re.IGNORECASE)


def unknown_designation(case: Case) -> Finding | None:
    """Ruling 17: a row of the class whose designation talaan does not know may be the very system: no "not found"."""
    systems = [system for ref in case.goods.systems if (system := family(ref, case.tables))]
    rows = [
        row
        for row in case.pair
        if row.system is None
        and any(case.tables.is_below(row.category, code) for system in systems for code in system.categories)
        and year_score(row, case.period, delivered=case.delivered) != 0
    ]
    if not rows:
        return None
    reason = f"The register lists {entries_words(rows)} {case.parties_words}; whether that is {case.goods_words} is not known to talaan."
    return Finding("needs_human", reason, nearest=rows[:5])


def absent(case: Case) -> Finding:
    """Rulings 4, 5, 23 and 25: the register would hold it and does not; that is not "false"."""
    last = case.coverage.last_year
    what = f"{case.goods_words} {case.parties_words}"
    if maybe_for_head_of_state(case):
        return Finding("out_of_scope", f"No row of {what}; the register may leave out aircraft for heads of state.", nearest=case.nearest)
    if case.stated_years is None and case.document_year is not None and case.document_year > last:
        return Finding(
            "out_of_scope", f"Period: the document is of {case.document_year}, the edition ends with {last}.", nearest=case.nearest
        )
    reason = f"The register, {_span(case)}, lists no {what}"
    reason += _time_words(case) + "." + _alternatives(case)
    if case.goods.anything:
        reason += " Small arms and ammunition are not in the register."
    if case.stage == "ordered":
        reason += " Orders that lapsed are taken out of it."
    fields = scores(supplier=0.0, recipient=1.0, goods=1.0) if _same_goods(case) else scores(goods=0.0)
    return Finding("not_found_in_scope", reason, nearest=case.nearest, fields=fields)


def _span(case: Case) -> str:
    return f"{case.coverage.first_year}–{case.coverage.last_year}"


def _time_words(case: Case) -> str:
    """What the rows that do fit miss in time, if there are any."""
    if not case.fitting or case.period is None:
        return ""
    return f" about {span_words([case.period.first, case.period.last])}, but at another time {entries_words(case.fitting)}"


def _same_goods(case: Case) -> Sequence[Entry]:
    return [row for row in case.nearest if case.supplier is not None and row.supplier not in case.supplier.refs]


def _alternatives(case: Case) -> str:
    """The same goods from others, in words."""
    others = _same_goods(case)
    if not others or case.recipient is None:
        return ""
    giver = others[0].supplier_name
    rows = [row for row in others if row.supplier_name == giver]
    return f" {case.recipient.name} got {entries_words(rows)} from {giver}."
