"""Allegations: life cycle, counts and replies. States are real, accusations invented."""

from itertools import permutations

import pytest

from market.invented_claims import TODAY, claimed
from talaan.ledger.read import Row
from talaan.market.allegations import Step, allegations, status
from talaan.model.errors import UsageError
from talaan.model.figure import Figure


def accused(day: str | None, adjudication: str = "alleged", *, of: str = "corruption", matter: str = "a deal", **more: object) -> Row:
    given = {"on": day, "document": day or "undated", **more}
    return claimed("allegation", {"accused": "country:PER", "about": matter}, offence=of, adjudication=adjudication, **given)  # type: ignore[arg-type]


def figure(*rows: Row, about: str | None = "PER", offence: str | None = None) -> Figure:
    return allegations(rows, about=about, offence=offence, today=TODAY)


def test_accused_often_and_proven_once_comes_out_as_a_figure() -> None:
    found = figure(
        accused("2001"), accused("2002"), accused("2003", "convicted"), accused("2004", of="diversion"), accused("2005", of="fraud"),
        accused("2006", "not-proven", of="fraud"),
    )  # fmt: skip
    told = found.measures
    assert (told["accusations"], told["matters"], told["matters_proven"], told["not_proven"], told["alleged"]) == (6, 3, 1, 1, 1)
    assert found.window == (2001, 2006)


def test_steps_come_in_order_with_source_and_date_whatever_the_order_given() -> None:
    rows = (accused("2001"), accused("2002", "denied"), accused("2003", "charged"), accused("2004", "acquitted"))
    for given in permutations(rows):
        found = figure(*given)
        assert [step["step"] for step in found.parts["steps"]] == ["alleged", "denied", "charged", "acquitted"]
        assert found.rows[0]["status"] == "acquitted"
        assert found.parts["steps"][0]["document"] == "Article 2001"


def test_a_denied_accusation_is_a_reply_and_no_accusation() -> None:
    found = figure(accused("2001"), accused("2002", modality="denied"), accused("2003", negated=True))
    assert (found.measures["accusations"], found.measures["denials"], found.rows[0]["status"]) == (1, 2, "denied")
    assert [row["document"] for row in found.parts["replies"]] == ["Article 2002", "Article 2003"]


def test_what_is_possible_or_denied_of_an_outcome_moves_nothing() -> None:
    found = figure(accused("2001"), accused("2002", "convicted", modality="possible"), accused("2003", "convicted", negated=True))
    assert found.rows[0]["status"] == "alleged"
    assert found.measures["matters_proven"] == 0


def test_a_later_charge_opens_a_matter_again_and_an_undated_one_does_not() -> None:
    assert figure(accused("2001", "acquitted"), accused("2002", "charged")).rows[0]["status"] == "charged"
    assert figure(accused("2001", "acquitted"), accused(None, "charged")).rows[0]["status"] == "acquitted"
    assert figure(accused("2003", "acquitted"), accused("2002", "charged")).rows[0]["status"] == "acquitted"


def test_documents_that_disagree_on_the_outcome_are_marked() -> None:
    assert figure(accused("2001", "convicted"), accused("2002", "acquitted")).rows[0]["disputed"] is True
    assert figure(accused("2001", "convicted"), accused("2002", "proven")).rows[0]["disputed"] is False


def test_a_state_that_is_only_what_it_is_about_is_not_counted_as_accused() -> None:
    found = figure(claimed("allegation", {"accused": "country:CHL", "about": "country:PER"}, offence="fraud"))
    assert found.rows[0]["named_as"] == "about"
    assert found.measures["accusations"] == 0


def test_a_firm_counts_for_its_state_and_a_wrong_claim_not_at_all() -> None:
    found = figure(claimed("allegation", {"accused": "plant@PER"}, offence="fraud"), accused("2001", judgement="wrong"))
    assert [row["accused"] for row in found.rows] == ["organisation:plant"]


def test_nothing_saved_is_said_so_and_an_unknown_offence_refused() -> None:
    found = figure(accused("2001"), about="NRU")
    assert found.rows == ()
    assert "No saved document has an allegation against Nauru" in found.caveats[0]
    assert figure(about=None).edition == "empty"
    with pytest.raises(UsageError, match="no offence"):
        figure(offence="theft")


def test_status_of_no_step_is_alleged() -> None:
    assert status([]) == "alleged"
    assert status([Step("investigated", None, True), Step("denied", "2001-01-01", True)]) == "investigated"
