"""The form syntax and the automaton."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from talaan.model.errors import DataError
from talaan.reference.fold import fold
from talaan.reference.forms import Matcher, compile_form, longest

CASES = [
    ("tank", "a tank, two tanks, a tanker", ["tank"]),
    ("росси*", "Россия и российский, но не прусси", ["Россия", "российский"]),
    ("кита*3", "Китай, китаем, китаеведение", ["Китай", "китаем"]),
    ("*panzer*", "der Kampfpanzer und Panzerung", ["panzer", "Panzerung"]),
    ("=US", "US sells, us not, USA not", ["US"]),
    ("организаци* договор* о коллективн* безопасност*", "Организации Договора  о коллективной безопасности", None),
    ("Türkei", "Die TURKEI liefert", ["TURKEI"]),
    ("坦克", "两辆坦克抵达", ["坦克"]),
    ("S-300", "die S‑300 kam", ["S‑300"]),
    ("type 21*1", "type 214", []),
]


@pytest.mark.parametrize(("form", "text", "wanted"), CASES, ids=[case[0] for case in CASES])
def test_a_form_matches_what_the_syntax_says(form: str, text: str, wanted: list[str] | None) -> None:
    found = [text[hit.start : hit.end] for hit in Matcher([(form, 1)]).find(text)]
    assert found == ([text] if wanted is None else wanted)


def test_clitics_may_stand_before_a_form() -> None:
    matcher = Matcher([("دبابات", "tank")], prefixes=["ال", "و", "وال"])
    text = "والدبابات ودبابات مدبابات"
    assert [text[hit.start : hit.end] for hit in matcher.find(text)] == ["دبابات", "دبابات"]


def test_a_short_stem_with_a_bare_star_is_refused() -> None:
    with pytest.raises(DataError, match="too short"):
        compile_form("мал*", 1)


def test_an_exact_form_goes_before_a_loose_one_of_the_same_length() -> None:
    matcher = Matcher([("guam", "island"), ("=GUAM", "bloc")])
    assert [hit.payload for hit in longest(matcher.find("GUAM met"))] == ["bloc"]
    assert [hit.payload for hit in longest(matcher.find("Guam met"))] == ["island"]


def test_the_longest_of_overlapping_names_is_kept() -> None:
    text = "the South Sudanese army"
    matcher = Matcher([("sudan*3", "SDN"), ("south sudan*3", "SSD")])
    assert [hit.payload for hit in longest(matcher.find(text))] == ["SSD"]


@given(st.text())
def test_folding_never_changes_the_length(text: str) -> None:
    assert len(fold(text)) == len(text) == len(fold(text, accents=True))


@given(st.text(max_size=40), st.text(max_size=40))
def test_offsets_hold_in_any_surroundings(before: str, after: str) -> None:
    text = f"{before} howitzers {after}"
    hits = [hit for hit in Matcher([("howitzer*1", 1)]).find(text) if hit.start >= len(before)]
    assert any(text[hit.start : hit.end] == "howitzers" for hit in hits)
