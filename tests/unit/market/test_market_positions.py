"""Positions: sides, offices at the time, changes of mind. People are invented."""

from market.invented_claims import TODAY, claimed
from talaan.ledger.read import Row
from talaan.market.positions import positions
from talaan.model.figure import Figure

ANA = "person:ana-example"


def stands(stance: str, day: str | None, on: str = "organisation:CSTO", holder: str = ANA, **more: object) -> Row:
    return claimed("position", {"holder": holder, "on": on}, on=day, document=day or "undated", stance=stance, **more)  # type: ignore[arg-type]


def office(post: str, day: str, event: str = "holds") -> Row:
    return claimed("office", {"person": ANA, "post": post}, on=day, document=day, event=event)


def figure(*rows: Row, on: str | None = "CSTO", holder: str | None = None) -> Figure:
    return positions(rows, on=on, holder=holder, today=TODAY)


def test_the_office_is_the_one_held_at_the_time() -> None:
    offices = (office("minister", "2005"), office("minister", "2009", "resigned"), office("deputy", "2012"))
    rows = figure(*offices, stands("supports", "2007"), stands("supports", "2010"), stands("supports", "2013")).rows
    assert [row["office"] for row in rows] == ["minister", "minister (until then)", "deputy"]


def test_an_office_that_is_only_known_from_later_says_so() -> None:
    assert figure(office("minister", "2012"), stands("supports", "2007")).rows[0]["office"] == "minister (as said on 2012-01-01)"
    assert figure(stands("supports", "2007")).rows[0]["office"] is None


def test_a_change_of_mind_is_two_sides_at_two_times_on_one_topic() -> None:
    found = figure(stands("warns", "2012"), stands("supports", "2007"), stands("calls-for", "2009"))
    (change,) = found.parts["changes"]
    assert (change["before"], change["before_date"]) == ("for", "2009-01-01")
    assert (change["after"], change["after_date"]) == ("against", "2012-01-01")
    assert not figure(stands("warns", "2012"), stands("supports", None)).parts["changes"]
    assert not figure(stands("warns", "2012"), stands("supports", "2007", on="organisation:NATO"), on=None).parts["changes"]
    assert not figure(stands("warns", "2012"), stands("supports", "2007", holder="person:bo")).parts["changes"]


def test_a_denied_stance_is_the_other_side() -> None:
    found = figure(stands("supports", "2007", negated=True))
    assert (found.rows[0]["side"], found.measures["against"]) == ("against", 1)


def test_a_topic_is_found_by_reference_by_name_and_by_words() -> None:
    rows = (stands("supports", "2007", on="the Collective Security Treaty of old"), stands("warns", "2008", on="joint air defence"))
    assert [row["date"] for row in figure(*rows).rows] == ["2007-01-01"]
    assert [row["date"] for row in figure(*rows, on="air defence").rows] == ["2008-01-01"]
    assert [row["date"] for row in figure(*rows, on=None, holder="Ana Example").rows] == ["2007-01-01", "2008-01-01"]


def test_nothing_saved_is_said_so() -> None:
    found = figure(stands("supports", "2007", on="organisation:NATO"))
    assert (found.rows, found.measures["statements"]) == ((), 0)
    assert "the ledger holds 1 positions" in found.caveats[0]
