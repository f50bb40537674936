"""The frozen form of a text."""

import time
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from talaan.documents.normalise import normalise

SIGNS = st.text(
    st.one_of(st.characters(), st.sampled_from("\r\n\x0b\x0c\x85\u2028\ufeff\u200b\u200d\u0300\u0316\u0345\u1100\u1161\ud800\ufb1d"))
)


@given(SIGNS)
def test_normalising_again_changes_nothing(text: str) -> None:
    once = normalise(text)
    assert normalise(once) == once


@given(SIGNS)
def test_the_result_is_composed_and_can_be_written(text: str) -> None:
    once = normalise(text)
    assert unicodedata.is_normalized("NFC", once)
    once.encode("utf-8")
    assert not set(once) & set("\r\x0b\x0c\x85\u2028\ufeff\u200b\x00\x1f\x7f")


@given(st.text(st.characters(categories=["L", "N", "P", "S"]), max_size=50))
def test_letters_digits_and_signs_stay(text: str) -> None:
    assert normalise(text) == unicodedata.normalize("NFC", text)


@pytest.mark.parametrize("end", ["\r\n", "\r", "\x0b", "\x0c", "\x85", "\u2028", "\u2029"])
def test_every_line_end_becomes_a_line_feed(end: str) -> None:
    assert normalise(f"a{end}b") == "a\nb"


def test_joiners_stay_and_direction_marks_go() -> None:
    assert normalise("می\u200cخواهد\u200f \u061cक\u094d\u200dष") == "می\u200cخواهد क\u094d\u200dष"


def test_a_surrogate_is_marked() -> None:
    assert normalise("a\udc80b") == "a\ufffdb"


def test_a_pile_of_marks_is_bounded_in_time_and_ordinary_marks_stay() -> None:
    start = time.monotonic()
    found = normalise("a" + "\u0300\u0316" * 50_000 + "b")
    assert time.monotonic() - start < 2
    assert len(found) <= 32
    assert found.endswith("b")
    assert normalise("·" * 200) == "·" * 200
    assert len(normalise("x" + "\u0316" * 30)) == 31
