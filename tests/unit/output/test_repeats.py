"""A row stands once: later leads say at which lead it stands; rows nearest to a claim stand only where no row decides."""

from dataclasses import replace

from sample_readings import ENTRIES, claim, full_reading, lead, verdict

from talaan.model.claim import LeadEntry
from talaan.model.contract import Reading
from talaan.output.cards import reading_cards
from talaan.output.views import LeadView, reading_view, verdict_view
from talaan.output.words import words

KEYS = list(ENTRIES)[:2]


def views(*leads: tuple[list[str], str, str]) -> list[tuple[tuple[int, ...], int]]:
    """(where the missing rows stand, rows shown) of leads given as (rows, their origin, grade)."""
    made = [
        replace(lead(place), grade=grade, entries=tuple(LeadEntry(key, origin) for key in keys))
        for place, (keys, origin, grade) in enumerate(leads)
    ]
    reading = Reading(full_reading().document, tuple(made), (), ENTRIES)
    found: tuple[LeadView, ...] = reading_view(reading, words("en")).leads
    return [(view.seen_at, sum(len(pair.rows) for pair in view.pairs)) for view in found]


def test_the_same_rows_stand_once() -> None:
    assert views((KEYS, "sentence", "strong"), (KEYS, "sentence", "strong")) == [((), 2), ((1,), 0)]


def test_a_row_named_elsewhere_goes_but_one_of_the_sentence_stays() -> None:
    assert views((KEYS[:1], "sentence", "strong"), (KEYS, "context", "strong")) == [((), 1), ((1,), 1)]
    assert views((KEYS[:1], "sentence", "strong"), (KEYS, "sentence", "strong")) == [((), 1), ((), 2)]


def test_rows_never_point_to_a_lead_that_the_report_may_hide() -> None:
    assert views((KEYS, "sentence", "possible"), (KEYS, "sentence", "strong")) == [((), 2), ((), 2)]


def test_nearest_rows_stand_only_where_none_decides() -> None:
    say = words("en")
    decided = replace(verdict("supported"), entries=tuple(KEYS[:1]), nearest=tuple(KEYS[1:]))
    assert verdict_view(decided, ENTRIES, say).nearest == ()
    assert verdict_view(replace(decided, entries=()), ENTRIES, say).nearest != ()
    assert claim("transfer", decided).verdicts[0].nearest, "the contract keeps them"
    assert reading_cards(full_reading())
