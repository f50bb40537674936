"""S, κ and π: worked numbers, limits, and what must not change them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from talaan.market.portfolios import kappa, pi, signorino_ritter
from talaan.model.errors import UsageError

X, Y = [3, 0, 0, 1, 3, 0, 0, 0, 2, 0], [0, 3, 0, 1, 3, 0, 0, 0, 0, 0]
pairs = st.lists(st.tuples(st.integers(0, 3), st.integers(0, 3)), min_size=1, max_size=30)


def test_the_worked_example_to_its_digits() -> None:
    assert [f"{measure(X, Y):.7f}" for measure in (signorino_ritter, kappa, pi)] == ["0.4666667", "0.2517007", "0.2465753"]


@given(pairs)
def test_order_of_states_and_sides_change_nothing(given_pairs: list[tuple[int, int]]) -> None:
    x, y = [list(side) for side in zip(*given_pairs, strict=True)]
    for measure in (signorino_ritter, kappa, pi):
        assert measure(x, y) == pytest.approx(measure(y, x))
        assert measure(x[::-1], y[::-1]) == pytest.approx(measure(x, y))
        assert measure(x, x) in (None, 1.0)


@given(pairs)
def test_the_bounds_and_that_pi_is_never_above_kappa(given_pairs: list[tuple[int, int]]) -> None:
    x, y = [list(side) for side in zip(*given_pairs, strict=True)]
    s, k, p = (measure(x, y) for measure in (signorino_ritter, kappa, pi))
    assert s is not None and -1 <= s <= 1
    assert (k is None) == (p is None)
    if k is not None and p is not None:
        assert -1 - 1e-9 <= p <= k + 1e-9 <= 1 + 2e-9


def test_states_without_any_obligation_agree_only_by_s() -> None:
    nothing = [0] * 5
    assert (signorino_ritter(nothing, nothing), kappa(nothing, nothing), pi(nothing, nothing)) == (1.0, None, None)
    assert signorino_ritter([], []) is None
    with pytest.raises(UsageError, match="cannot be compared"):
        kappa([1, 2], [1])
