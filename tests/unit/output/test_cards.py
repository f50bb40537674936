"""Terminal cards say what the page says, at 80 columns, without colour and without the document's control signs."""

import io
from dataclasses import replace

import pytest
import sample_readings as sample
from rich.console import Console, RenderableType

from talaan.model.contract import Reading
from talaan.model.errors import UsageError
from talaan.output.cards import reading_cards, summary
from talaan.output.explain import explanation
from talaan.output.words import words


def shown(renderable: RenderableType, *, width: int = 80, colour: bool = False) -> str:
    out = io.StringIO()
    Console(file=out, width=width, force_terminal=colour, color_system="standard" if colour else None).print(renderable)
    return out.getvalue()


def flat(renderable: RenderableType) -> str:
    return " ".join(shown(renderable).split())


def test_summary_says_language_counts_edition_and_how_to_load_a_full_register() -> None:
    text = flat(summary(sample.full_reading(), editions=[sample.edition(bundled=True)], sentences=7))
    assert "English · 7 sentences · 6 leads (4 strong, 2 possible) · 14 claims" in text
    assert "excerpt-2026-05-18 (bundled excerpt)" in text
    assert "talaan register add sipri FILE" in text
    assert "12 sentences were not read" in text


def test_a_full_register_gets_no_warning_and_none_gets_one() -> None:
    assert "excerpt" not in flat(summary(sample.full_reading(), editions=[sample.edition()]))
    assert "No register was opened" in flat(summary(sample.full_reading()))


def test_leads_only_is_said() -> None:
    text = flat(reading_cards(sample.leads_only(), editions=[sample.edition()]))
    assert "No reader: leads only" in text
    assert "language not known" in text


def test_undated_forecasts_are_explained() -> None:
    reading = Reading(sample.document(published=None), (), (sample.claim("competition", sample.verdict("needs_human")),), {})
    assert "--date" in flat(summary(reading, editions=[sample.edition()]))


@pytest.mark.parametrize("language", ["en", "fil"])
def test_every_verdict_and_type_is_shown_within_80_columns(language: str) -> None:
    text = shown(reading_cards(sample.full_reading(), editions=[sample.edition()], language=language))
    say = words(language)
    joined = " ".join(text.split())
    for verdict in ("supported", "contradicted", "not_found_in_scope", "needs_human", "came_true", "did_not_come_true"):
        assert say.label("verdict", f"{verdict}.label").upper() in joined
    assert say.say("caveat.allegation") in joined
    assert max(map(len, text.splitlines())) <= 80
    assert "\x1b" not in text


def test_rows_stand_by_pair_with_an_arrow() -> None:
    text = flat(reading_cards(sample.full_reading(), editions=[sample.edition()]))
    assert "UKR → KAZ BTR-3 (infantry fighting vehicle) · ordered 2005 · delivered 2 of 2 · 2005" in text
    assert "15 deals between Ukraine and Kazakhstan" in text


def test_names_are_marked_where_there_is_colour() -> None:
    assert "\x1b[1;4mUkraine" in shown(reading_cards(sample.full_reading()), colour=True)


def test_a_document_cannot_steer_the_terminal() -> None:
    text = f"\x1b[2J{sample.SENTENCES[0]} \u202eevil [bold]x[/bold]"
    reading = Reading(sample.document(text, title="\x1b]0;owned\x07"), (sample.lead(0, text=text),), (), {}, notes=("\x1b[31mnote",))
    out = shown(reading_cards(reading))
    assert "\x1b" not in out
    assert "\x07" not in out
    assert "\u202e" not in out
    hostile = shown(reading_cards(sample.hostile_reading(), editions=[sample.edition()]))
    assert "<script>" in hostile


def test_nothing_found_is_said() -> None:
    assert "No sentence in this text" in flat(reading_cards(Reading(sample.document(), (), (), {})))


def test_explanation_shows_rule_steps_scores_and_rows() -> None:
    text = flat(explanation(sample.full_reading(), "claim-transfer"))
    assert "rule: rule.supported" in text
    assert "1. the edition covers Kazakhstan" in text
    assert "supplier 1.00, number 0.50, year –" in text
    assert "[sipri:1]" in text
    assert "does not mean: that the sentence is true in every detail" in text
    assert flat(explanation(sample.full_reading(), "1")) == text
    assert len(flat(explanation(sample.full_reading(), "all"))) > 5 * len(text)


def test_explanation_of_no_such_claim_names_those_there_are() -> None:
    with pytest.raises(UsageError, match="1 to 14"):
        explanation(sample.full_reading(), "99")
    with pytest.raises(UsageError, match="no claims"):
        explanation(sample.leads_only(), "1")


def test_long_lists_of_rows_are_cut_and_counted() -> None:
    entries = {row.id: row for row in (sample.entry(str(number)) for number in range(12))}
    verdict = replace(sample.verdict("supported"), entries=tuple(entries))
    text = flat(reading_cards(Reading(sample.document(), (), (sample.claim("transfer", verdict),), entries)))
    assert text.count("BTR-3 (infantry") == 5
    assert "and 7 rows more" in text
    whole = flat(explanation(Reading(sample.document(), (), (sample.claim("transfer", verdict),), entries), "1"))
    assert whole.count("BTR-3 (infantry") == 12
