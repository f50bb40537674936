"""What talaan finds in a text by itself."""

import json
from pathlib import Path

import pytest

from talaan.extraction.analysis import analyse
from talaan.extraction.detection import FUNCTION_WORDS_FILE, detect_language, function_word_rows
from talaan.extraction.doctor import language_faults
from talaan.extraction.gate import GATE_FILE, gate_words, may_concern_arms, passes
from talaan.extraction.language import language_codes
from talaan.extraction.values import read_money, read_quantity, read_when
from talaan.reference.tables import tables

ROOT = Path(__file__).parent.parent.parent.parent
BUILT = ROOT / "src/talaan/extraction"

SENTENCES = {
    "en": ("Kazakhstan bought two BTR-3 armoured vehicles from Ukraine.", {"country:KAZ", "system:BTR-3", "country:UKR"}),
    "ru": ("Казахстан купил у Украины два БТР-3.", {"country:KAZ", "system:BTR-3", "country:UKR"}),
    "tl": ("Bumili ang Kazakhstan ng dalawang BTR-3 mula sa Ukraine.", {"country:KAZ", "system:BTR-3", "country:UKR"}),
    "ar": ("اشترت كازاخستان منظومة إس-300 من روسيا", {"country:KAZ", "system:S-300", "country:RUS"}),
    "zh": ("哈萨克斯坦从俄罗斯购买了苏-30战斗机。", {"country:KAZ", "system:Su-30", "country:RUS"}),
    "tr": ("Kazakistan, Türkiye'den Cobra zırhlı araç aldı.", {"country:KAZ", "country:TUR"}),
    "ko": ("폴란드는 한국에서 K2 전차를 도입했다.", {"country:POL", "country:KOR", "system:K2"}),
    "hi": ("भारत ने रूस से एस-400 प्रणाली खरीदी।", {"country:IND", "country:RUS", "system:S-400"}),
}


@pytest.mark.parametrize("code", sorted(SENTENCES))
def test_names_are_found_and_resolved(code: str) -> None:
    text, wanted = SENTENCES[code]
    found = analyse(text, code).found
    assert wanted <= {row.mention.ref for row in found}
    assert all(text[row.mention.start : row.mention.end] == row.mention.text for row in found)


def test_persons_are_found_and_later_short_or_misspelt_names_join_them() -> None:
    text = "Si Sergei Hordienko, pinuno ng sentro, ay nagsabi nito. Ayon kay Hordienk, darating ang mga tangke."
    people = [row.mention for row in analyse(text, "tl").found if row.mention.kind == "person"]
    assert [person.text for person in people] == ["Sergei Hordienko", "Hordienk"] and len({person.ref for person in people}) == 1


def test_an_ambiguous_name_needs_goods_beside_it() -> None:
    quiet = analyse("The Tor hill is visible from the road.", "en").found
    loud = analyse("Two Tor air defence systems were delivered.", "en").found
    assert not any(row.mention.ref and "Tor" in row.mention.ref for row in quiet)
    assert any(row.mention.ref and row.mention.ref.startswith("system:Tor") for row in loud)


def test_an_unknown_designation_beside_goods_is_named_by_its_shape() -> None:
    found = {row.mention.ref for row in analyse("The XQ-771 tanks were shown.", "en").found}
    assert "system:XQ-771" in found


@pytest.mark.parametrize(
    ("code", "text", "number"),
    [
        ("en", "twenty-four", 24),
        ("en", "1,200", 1200),
        ("de", "1.200", 1200),
        ("en", "3.5 million", 3.5e6),
        ("zh", "二十四架", 24),
        ("ru", "полтора десятка", None),
        ("tl", "dalawa", 2),
        ("tl", "dalawang daan", 200),
        ("id", "dua ratus", 200),
        ("en", "around a hundred", 100),
        ("en", "two hundred thousand", 200_000),
        ("es", "una docena", 12),
    ],
)
def test_numbers_are_read(code: str, text: str, number: float | None) -> None:
    found = read_quantity(text, 0, len(text), code)
    if number is not None:
        assert found is not None and found.number == number


def test_money_and_dates_are_read() -> None:
    money = read_money("$120 million", 0, 12, "en")
    assert money is not None and (money.amount, money.currency) == (120e6, "USD")
    assert read_when("2010–2012", 0, 9, "en").years == (2010, 2012)
    assert read_when("two years later", 0, 15, "en").precision == "relative"


def test_a_text_without_arms_does_not_pass_the_gate() -> None:
    quiet = "The city council met on Tuesday to speak about schools, parks and the new tram line. " * 5
    loud = "Ukraine delivered howitzers, armoured personnel carriers and S-300 missiles to the army. "
    assert not may_concern_arms(quiet)
    assert may_concern_arms(loud) and passes(loud, "en")


def test_the_files_made_before_a_language_is_known_are_fresh() -> None:
    assert (BUILT / GATE_FILE).read_text(encoding="utf-8").splitlines() == sorted(gate_words()), "run tools/build_tables.py"
    rows = [f"{code},{words}" for code, words in function_word_rows()]
    assert (BUILT / FUNCTION_WORDS_FILE).read_text(encoding="utf-8").splitlines()[1:] == rows, "run tools/build_tables.py"


def test_the_language_of_a_passage_is_told() -> None:
    wrong = 0
    for code in language_codes():
        lines = (ROOT / "corpus" / f"{code}.jsonl").read_text(encoding="utf-8").splitlines()[:10]
        wrong += sum(detect_language(json.loads(line)["text"]) != code for line in lines)
    assert wrong <= 6
    assert (
        detect_language("De minister zei dinsdag in de Tweede Kamer dat het kabinet nog geen besluit had genomen over de nieuwe schepen.")
        is None
    )


def test_the_language_data_are_sound() -> None:
    assert [fault for fault in language_faults(tables()) if "means both" not in fault] == []
