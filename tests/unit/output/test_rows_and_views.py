"""Rows and claims in words."""

import sample_readings as sample

from talaan.model.claim import LeadEntry
from talaan.output.rows import pairs_of, row_line, row_of
from talaan.output.views import by_weight, lead_view, reading_view
from talaan.output.words import words

EN = words("en")


def test_row_line_reads_as_the_register_has_it() -> None:
    assert row_line(row_of(sample.entry("1"), EN), EN) == "BTR-3 (infantry fighting vehicle) · ordered 2005 · delivered 2 of 2 · 2005"


def test_row_line_keeps_flags_and_never_turns_unknown_into_nought() -> None:
    flagged = sample.entry("2", ordered=None, number_ordered=12, number_ordered_uncertain=True, number_delivered=None, years=())
    assert row_line(row_of(flagged, EN), EN) == "BTR-3 (infantry fighting vehicle) · order year unknown · 12? ordered"
    nothing_yet = sample.entry("3", number_ordered=90, number_delivered=0, years=(), licensed=True)
    assert row_line(row_of(nothing_yet, EN), EN).endswith("90 ordered · none delivered so far · licensed production")


def test_rows_are_grouped_by_pair_in_the_order_given() -> None:
    pairs = pairs_of(["sipri:2", "sipri:1", "sipri:2", "sipri:gone"], sample.ENTRIES, EN)
    assert [(pair.codes, [row.id for row in pair.rows]) for pair in pairs] == [("RUS → KAZ", ["sipri:2"]), ("UKR → KAZ", ["sipri:1"])]
    assert pairs_of(["sipri:4"], sample.ENTRIES, EN)[0].codes == "unknown supplier(s) → KAZ"


def test_claims_stand_under_their_lead_and_are_numbered_in_text_order() -> None:
    view = reading_view(sample.full_reading(), EN)
    assert [lead.number for lead in view.leads] == [1, 2, 3, 4, 5, 6]
    assert not view.loose
    numbers = [claim.number for claim in view.claims]
    assert numbers == list(range(1, 15))
    starts = [claim.claim.quote.start for claim in view.claims]
    assert starts == sorted(starts)
    assert all(claim.claim.lead == lead.lead.id for lead in view.leads for claim in lead.claims)


def test_a_claim_without_a_lead_of_this_reading_is_not_lost() -> None:
    reading = sample.full_reading()
    alone = type(reading)(reading.document, (), reading.claims, reading.entries)
    assert len(reading_view(alone, EN).loose) == 14
    named = sample.lead(0, claims=("claim-transfer",))
    stray = sample.claim("transfer", lead=None)
    assert reading_view(type(reading)(reading.document, (named,), (stray,), {}), EN).leads[0].claims[0].claim is stray


def test_an_allegation_always_has_a_status() -> None:
    unsaid = sample.claim("allegation", values={"offence": "corruption", "adjudication": None})
    view = reading_view(type(sample.full_reading())(sample.document(), (), (unsaid,), {}), EN).loose[0]
    assert view.status == "alleged, no outcome told"


def test_the_most_telling_verdict_comes_first() -> None:
    order = by_weight([sample.verdict(word) for word in ("out_of_scope", "supported", "contradicted")])
    assert [verdict.verdict for verdict in order] == ["contradicted", "supported", "out_of_scope"]
    assert [verdict.word for verdict in reading_view(sample.full_reading(), EN).claims[0].verdicts] == ["supported", "out_of_scope"]


def test_unsure_types_are_called_guesses_and_unlikely_ones_left_out() -> None:
    view = lead_view(sample.lead(1, entries=(LeadEntry("sipri:2", "neighbour", guessed=True),)), 1, sample.ENTRIES, EN)
    assert [(kind.name, kind.guess) for kind in view.types] == [("capability", True), ("service", False)]
    assert view.pairs[0].rows[0].origin == "named in a sentence next to it, guessed link"
