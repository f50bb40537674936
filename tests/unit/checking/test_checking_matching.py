"""Numbers, years and stages against rows."""

from hypothesis import given
from hypothesis import strategies as st

from checking.invented import row
from talaan.checking.matching import agrees, period_of, points, share_after, share_between, unsure_field, was_cut_short, year_score

years = st.integers(1950, 2025)


@given(st.integers(1, 5000), st.integers(0, 5000))
def test_wider_tolerance_never_agrees_less(claimed: int, listed: int) -> None:
    plain = agrees(claimed, listed, about=False, flagged=False)
    assert not plain or agrees(claimed, listed, about=False, flagged=True)
    assert not plain or agrees(claimed, listed, about=True, flagged=False)
    assert agrees(claimed, claimed, about=False, flagged=False)


@given(years, years)
def test_a_year_stated_is_scored_by_its_distance(ordered: int, stated: int) -> None:
    score = year_score(row("CHL", "PER", "X", "tank", ordered), period_of((stated, stated), 2020, relative=False), delivered=False)
    away = abs(ordered - stated)
    assert score == (1.0 if away <= 1 else 0.5 if away <= 6 else 0.0)


def test_points_by_stage() -> None:
    one = row("CHL", "PER", "X", "tank", 2009, years=(2011, 2012))
    assert points(one, delivered=True) == (2011, 2012)
    assert points(one, delivered=False) == (2009,)
    assert points(one, delivered=None) == (2009, 2011, 2012)
    assert points(row("CHL", "PER", "X", "tank", None), delivered=True) == ()


@given(st.lists(years, min_size=1, max_size=6, unique=True), years)
def test_value_before_and_after_a_year_is_the_whole(delivered: list[int], cut: int) -> None:
    one = row("CHL", "PER", "X", "tank", 1950, years=tuple(sorted(delivered)), tiv_delivered=30.0)
    assert abs(share_after(one, cut) + share_between(one, 0, cut) - 30.0) < 1e-9


def test_remarks() -> None:
    assert unsure_field(row("CHL", "PER", "X", "tank", 2009, comment="Second-hand; supplier uncertain (could be Bolivia)")) == "supplier"
    assert unsure_field(row("CHL", "PER", "X", "tank", 2009, comment="Status uncertain")) is None
    assert was_cut_short(row("CHL", "PER", "X", "tank", 2009, comment="18 more cancelled"), 2025)
    assert not was_cut_short(row("CHL", "PER", "X", "tank", 2009), 2025)
