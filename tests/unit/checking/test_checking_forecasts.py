"""Rulings on what was planned or possible when the document was written (25, 27 to 33). Deals are invented."""

from dataclasses import replace

import pytest

from checking.invented import claim, judge, row, transfer
from talaan.model.claim import Claim

TANK = "category:tank"


def plan(stage: str = "ordered", **more: object) -> Claim:
    return transfer("CHL", "PER", TANK, stage, modality="planned", **more)


def test_ruling_27_a_signature_is_a_fact_and_an_order_to_come_comes_true() -> None:
    signed = transfer("CHL", "PER", TANK, "ordered")
    assert judge(signed, row("CHL", "PER", "X", "tank", 2011), published="2011").verdict == "supported"
    assert judge(plan(), row("CHL", "PER", "X", "tank", 2012), published="2011").verdict == "came_true"


@pytest.mark.parametrize("modality", ["planned", "possible", "necessary"])
def test_ruling_28_whole(modality: str) -> None:
    one = replace(plan(number=10), modality=modality)
    verdict = judge(one, row("CHL", "PER", "X", "tank", 2013), published="2011-05")
    assert (verdict.verdict, verdict.rule) == ("came_true", "transfer.forecast")
    assert verdict.entries


def test_ruling_28_smaller_later_or_from_an_old_order() -> None:
    smaller = judge(plan(number=40), row("CHL", "PER", "X", "tank", 2013), published="2011")
    assert smaller.verdict == "partly_came_true"
    assert "ten where 40" in smaller.reason
    later = judge(plan(when="2012"), row("CHL", "PER", "X", "tank", 2019), published="2011")
    assert (later.verdict, "later than 2012" in later.reason) == ("partly_came_true", True)
    old = row("CHL", "PER", "X", "tank", 2006, years=(2007, 2012))
    assert judge(plan(), old, published="2011").verdict == "partly_came_true"
    assert judge(plan("delivered"), old, published="2011").verdict == "came_true", "a delivery to come is what was planned"


def test_rulings_25_and_30_nothing_followed() -> None:
    verdict = judge(plan(), row("CHL", "PER", "X", "tank", 2005), published="2011")
    assert verdict.verdict == "did_not_come_true"
    assert "lapsed" in verdict.reason
    negotiated = transfer("CHL", "PER", TANK, "negotiated")
    assert judge(negotiated, published="2011").verdict == "did_not_come_true"
    assert judge(negotiated, row("CHL", "PER", "X", "tank", 2012), published="2011").verdict == "came_true"


def test_ruling_29_too_early() -> None:
    assert judge(plan(), published="2024").verdict == "not_checkable"
    assert judge(plan(when="2028"), published="2015").verdict == "not_checkable"
    assert judge(plan(when="2024"), published="2023").verdict == "did_not_come_true", "the time named has passed"


def test_ruling_32_the_documents_own_year() -> None:
    own = row("CHL", "PER", "X", "tank", 2011, years=(2011,))
    verdict = judge(plan(), own, published="2011-05")
    assert (verdict.verdict, "knows no months" in verdict.reason) == ("partly_came_true", True)
    assert judge(plan(), own, row("CHL", "PER", "X", "tank", 2012), published="2011-05").verdict == "came_true"


def test_ruling_33_without_a_date() -> None:
    assert judge(plan(), row("CHL", "PER", "X", "tank", 2012)).verdict == "needs_human"
    assert judge(rivalry("possible"), row("CHL", "PER", "X", "tank", 2012)).verdict == "needs_human"


def test_a_denied_plan() -> None:
    never = plan(negated=True)
    assert judge(never, row("CHL", "PER", "X", "tank", 2013), published="2011").verdict == "did_not_come_true"
    assert judge(never, published="2011").verdict == "came_true"
    assert judge(never, published="2024").verdict == "not_checkable"


def rivalry(modality: str = "asserted", goods: str | None = None, **more: object) -> Claim:
    roles = {"competitor": "CHL", "rival": "BRA", "market": "PER"} | ({"goods": goods} if goods else {})
    return claim("competition", modality=modality, **roles, **more)  # type: ignore[arg-type]


def test_ruling_31_gaining_deliveries_comes_true() -> None:
    rows = [row("CHL", "PER", "X", "tank", year) for year in (2013, 2018)] + [row("BRA", "PER", "Y", "frigate", 2013, tiv_delivered=500.0)]
    verdict = judge(rivalry("possible"), *rows, published="2011-05")
    assert verdict.verdict == "came_true"
    assert set(verdict.entries) == {rows[0].id, rows[1].id}
    assert "Before 2011: no deal" in verdict.reason


def test_ruling_31_one_small_deal_is_part() -> None:
    small = row("CHL", "PER", "X", "tank", 2017, tiv_delivered=2.0)
    big = row("BRA", "PER", "Y", "frigate", 2013, tiv_delivered=1500.0)
    verdict = judge(rivalry("possible"), small, big, published="2011-05")
    assert verdict.verdict == "partly_came_true"
    assert verdict.entries == (small.id,)
    assert "one small deal" in verdict.reason
    assert judge(rivalry("possible"), replace(small, tiv_delivered=900.0), big, published="2011-05").verdict == "came_true"


def test_ruling_31_nothing_gained_or_too_early() -> None:
    before = row("CHL", "PER", "X", "tank", 2005)
    assert judge(rivalry("possible"), before, published="2011").verdict == "did_not_come_true"
    assert judge(rivalry("possible"), before, published="2024").verdict == "not_checkable"
    same_year = row("CHL", "PER", "X", "tank", 2011, years=(2011,))
    assert judge(rivalry("possible"), same_year, published="2011").verdict == "partly_came_true"


def test_ruling_11_both_supplied_the_class() -> None:
    ours, theirs = row("CHL", "PER", "X", "tank", 2009), row("BRA", "PER", "Y", "tank", 2010)
    assert judge(rivalry(goods=TANK), ours, theirs, published="2011").verdict == "supported"
    tiny = judge(rivalry(goods=TANK), ours, replace(theirs, tiv_delivered=0.1), published="2011")
    assert (tiny.verdict, "tiny" in tiny.reason) == ("partly_supported", True)
    assert judge(rivalry(goods=TANK), ours, theirs).verdict == "partly_supported", "near which date is not known"


def test_ruling_11_classes_differ_or_one_is_absent() -> None:
    ours, ship = row("CHL", "PER", "X", "tank", 2009), row("BRA", "PER", "Y", "frigate", 2010)
    assert judge(rivalry(goods=TANK), ours, ship, published="2011").verdict == "partly_supported"
    assert judge(rivalry(), ours, ship, published="2011").verdict == "partly_supported"
    alone = judge(rivalry(goods=TANK), ours, published="2011")
    assert alone.verdict == "not_checkable", "no rows refute nothing"
    assert judge(rivalry(goods=TANK), ours, row("BRA", "PER", "Y", "tank", 1990), published="2011").verdict == "not_checkable"
