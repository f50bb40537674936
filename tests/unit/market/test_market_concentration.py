"""Bounds of the HHI where only the largest shares are known."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from talaan.market.concentration import bounds, ratio
from talaan.model.errors import UsageError


def test_the_worked_example_to_its_digits() -> None:
    low, high = bounds([0.31, 0.27, 0.05, 0.05, 0.05, 0.04]) or (0, 0)
    assert (f"{low:.4f}", f"{high:.4f}") == ("0.1781", "0.1870")


@given(st.lists(st.integers(1, 1000), min_size=1, max_size=12), st.integers(1, 12))
def test_the_true_concentration_lies_within(values: list[int], k: int) -> None:
    shares = sorted((value / sum(values) for value in values), reverse=True)
    low, high = bounds(shares[:k]) or (0, 0)
    assert low - 1e-9 <= sum(share * share for share in shares) <= high + 1e-9


def test_all_known_nothing_known_and_too_much() -> None:
    assert bounds([1.0]) == (1.0, 1.0)
    assert bounds([]) is None
    assert bounds([0.0]) is None
    assert ratio([], 3) is None
    with pytest.raises(UsageError, match="add up"):
        bounds([0.7, 0.6])
