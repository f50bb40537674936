"""The builtin reader: its patterns by their own examples, and what reads, marks and blocks them."""

import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from talaan.extraction.analysis import analyse
from talaan.extraction.language import folder, language_codes
from talaan.extraction.readers.builtin.patterns import Example, Grammar, Pattern, grammar, patterns, patterns_version, read_grammar
from talaan.extraction.readers.builtin.reader import builtin_drafts, live_types, pattern_drafts
from talaan.extraction.readers.builtin.skeleton import Phrase, Skeleton, skeleton
from talaan.model.claim import Draft
from talaan.model.errors import DataError

CODES = tuple(code for code in language_codes() if folder().joinpath(code, "patterns.toml").is_file())
GRAMMARS: dict[str, Grammar] = {code: read_grammar(folder().joinpath(code, "patterns.toml"), resting=True) for code in CODES}
RIGHT = [(code, pattern, example) for code in CODES for pattern in GRAMMARS[code].patterns for example in pattern.right]
WRONG = [(code, pattern, text) for code in CODES for pattern in GRAMMARS[code].patterns for text in pattern.wrong]
PARTIES = ("Ukraine", "Iraq", "Serbia", "Turkey", "India", "Rosoboronexport", "Rheinmetall", "Elbit Systems")


def drafts_of(code: str, pattern: Pattern, text: str) -> list[Draft]:
    analysis = analyse(text, code)
    shared = GRAMMARS[code]
    frames = [skeleton(analysis, number, shared.phrases) for number in range(len(analysis.sentences))]
    return [draft for number, frame in enumerate(frames) for draft in pattern_drafts(analysis, number, frame, pattern, shared)]


def read(text: str, code: str = "en") -> list[Draft]:
    return builtin_drafts(analyse(text, code))


def only(text: str, code: str = "en", *, kind: str = "transfer") -> Draft:
    found = [draft for draft in read(text, code) if draft.type == kind]
    assert len(found) == 1, found
    return found[0]


def frame_of(text: str, code: str = "en", phrases: tuple[Phrase, ...] | None = None) -> Skeleton:
    return skeleton(analyse(text, code), 0, grammar(code).phrases if phrases is None else phrases)


# -- the patterns' own examples


@pytest.mark.parametrize(("code", "pattern", "example"), RIGHT, ids=[f"{code}:{pattern.name}" for code, pattern, _ in RIGHT])
def test_right_example_gives_its_roles(code: str, pattern: Pattern, example: Example) -> None:
    assert example.roles
    found = drafts_of(code, pattern, example.text)
    assert any(all(words in draft.roles.get(role, ()) for role, words in example.roles.items()) for draft in found), found


@pytest.mark.parametrize(("code", "pattern", "text"), WRONG, ids=[f"{code}:{pattern.name}" for code, pattern, _ in WRONG])
def test_wrong_example_gives_nothing(code: str, pattern: Pattern, text: str) -> None:
    assert drafts_of(code, pattern, text) == []


@pytest.mark.parametrize("code", CODES)
def test_every_pattern_has_both_examples_and_a_name_of_its_own(code: str) -> None:
    every = GRAMMARS[code].patterns
    assert len({pattern.name for pattern in every}) == len(every)
    assert [pattern.name for pattern in every if not pattern.right or not pattern.wrong] == []


@pytest.mark.parametrize("code", CODES)
def test_only_live_types_are_read_and_each_has_a_pattern(code: str) -> None:
    live = {pattern.type for pattern in patterns(code)}
    assert live <= {pattern.type for pattern in GRAMMARS[code].patterns}
    assert int(patterns_version(code)) >= 1


@pytest.mark.parametrize("code", CODES)
def test_a_frame_never_fits_without_its_triggers(code: str) -> None:
    texts = [example.text for pattern in GRAMMARS[code].patterns for example in pattern.right]
    frames = [frame_of(text, code, GRAMMARS[code].phrases) for text in texts]
    fits = [(pattern, frame) for pattern in GRAMMARS[code].patterns for frame in frames if pattern.expression.search(frame.text)]
    assert len(fits) >= len(GRAMMARS[code].patterns)
    assert [(pattern.name, frame.text) for pattern, frame in fits if not pattern.may_fit(frame.text)] == []


def test_a_language_without_patterns_reads_nothing() -> None:
    assert patterns("ka") == ()
    assert patterns_version("ka") == "0"
    assert read("უკრაინამ ერაყს გადასცა BTR-4.", "ka") == []


# -- the reader


def test_number_before_the_goods_and_year_after() -> None:
    found = only("Romania bought 54 K2 tanks from Hyundai Rotem in 2024.")
    assert found.roles["quantity"] == ("54",)
    assert found.roles["when"] == ("2024",)
    assert found.values == {"stage": "ordered"}
    assert found.modality == "asserted"


def test_each_item_of_a_list_keeps_its_own_number() -> None:
    found = read("Ukraine delivered two radars, 12 BTR-4 and missiles to Iraq.")
    assert [(draft.roles["goods"][0], draft.roles.get("quantity")) for draft in found] == [
        ("radars", ("two",)),
        ("BTR-4", ("12",)),
        ("missiles", None),
    ]


def test_a_number_that_counts_something_else_is_no_quantity() -> None:
    assert "quantity" not in only("Serbia sold tanks worth 12 million dollars to Turkey.").roles


@pytest.mark.parametrize(
    "text",
    [
        "Ukraine has not delivered tanks to Iraq.",
        "Nobody can say that Ukraine delivered tanks to Iraq.",
        "Ukraine delivered tanks to Iraq, a claim that Iraq denied.",
        "“Is it true that Ukraine delivered tanks to Iraq?”",
        "Had it been asked, it is said, whether Ukraine delivered tanks to Iraq.",
        "Turkey accused Serbia of supplying Iraq with tanks.",
        "Ukraine delivered tanks to Ukraine.",
    ],
)
def test_what_blocks(text: str) -> None:
    assert [draft for draft in read(text) if draft.type == "transfer"] == []


def test_a_negation_in_another_clause_does_not_block() -> None:
    assert only("Iraq was not asked, but Ukraine delivered tanks to Serbia.").roles["recipient"] == ("Serbia",)


def test_planned_and_possible() -> None:
    assert only("Germany will deliver four submarines to Israel.").modality == "planned"
    assert only("Peru is considering buying fighters from Sweden.").modality == "possible"


def test_stage_follows_the_verb() -> None:
    assert only("Serbia sold two radars to Turkey.").values == {"stage": "ordered"}
    assert only("Serbia shipped two radars to Turkey.").values == {"stage": "delivered"}


def test_a_rank_is_no_post() -> None:
    assert [draft for draft in read("Colonel Ivan Petrov said that the tanks had arrived.") if draft.type == "office"] == []
    found = only("Defence minister General Ivan Petrov said that the tanks had arrived.", kind="office")
    assert found.roles["post"] == ("Defence minister",)
    assert found.roles["person"] == ("Ivan Petrov",)


def test_office_is_the_documents_own_voice() -> None:
    assert only("The tanks came, Defence Minister Ivan Petrov said.", kind="office").speaker is None


@given(st.sampled_from(PARTIES), st.sampled_from(PARTIES))
@settings(max_examples=30, deadline=None)
def test_swapping_the_parties_swaps_the_roles(first: str, second: str) -> None:
    one, other = (read(f"{a} delivered two radars to {b}.") for a, b in ((first, second), (second, first)))
    if first == second:
        assert one == other == []
    else:
        assert (one[0].roles["supplier"], one[0].roles["recipient"]) == (other[0].roles["recipient"], other[0].roles["supplier"])
        assert one[0].roles["supplier"] == (first,)


# -- the speaker


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("Ukraine delivered tanks to Iraq.", None),
        ("Ukraine delivered tanks to Iraq, defence minister Ivan Petrov said.", "Ivan Petrov"),
        ("Ukraine delivered tanks to Iraq, said Ivan Petrov, director of the Kyiv institute.", "Ivan Petrov"),
        ("According to military analyst Ivan Petrov, Ukraine delivered tanks to Iraq.", "Ivan Petrov"),
        ("Ukraine delivered tanks to Iraq, experts say.", "experts"),
        ("Defence minister Ivan Petrov was in Kyiv. He said that Ukraine delivered tanks to Iraq.", "Ivan Petrov"),
        ("“We are proud,” said minister Ivan Petrov. “Ukraine delivered tanks to Iraq.”", "Ivan Petrov"),
        ("Minister Ivan Petrov told reporters of the weather. Ukraine delivered tanks to Iraq.", None),
    ],
)
def test_speaker(text: str, speaker: str | None) -> None:
    assert only(text).speaker == speaker


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("Naibigay ng Ukraine sa Iraq ang dalawang BTR-4, sinabi ni Ivan Petrov.", "Ivan Petrov"),
        ("Si Ivan Petrov, pinuno ng Rosoboronexport, ay nagsabi na ang Russia ay naghatid ng mga tangke sa Iraq.", "Ivan Petrov"),
        ("Naibigay ng Ukraine sa Iraq ang dalawang BTR-4.", None),
    ],
)
def test_speaker_in_tagalog(text: str, speaker: str | None) -> None:
    assert only(text, "tl").speaker == speaker


# -- the skeleton


def test_marks_without_phrases() -> None:
    frame = frame_of("Ukraine delivered 12 BTR-4 to Iraq in 2013.", phrases=())
    assert frame.text == "<C0> delivered <N1> <G2> to <C3> in <D4>."
    assert frame.slot("<G2>").letter == "G"


def test_a_phrase_becomes_one_mark_and_keeps_its_place() -> None:
    text = "The Norwegian company Kongsberg met Deputy Foreign Minister Hayk Sarkisov."
    frame = frame_of(text)
    marked = [(number, slot) for number, slot in enumerate(frame.slots) if f"<{slot.letter}{number}>" in frame.text]
    words = {slot.letter: text[slot.start : slot.end] for _, slot in marked}
    assert "company" not in frame.text
    assert words == {"O": "Kongsberg", "T": "Deputy Foreign Minister", "P": "Hayk Sarkisov"}


def test_a_small_word_after_a_name_is_no_part_of_it() -> None:
    assert frame_of("Paris a vendu 24 Rafale à Dassault.", "fr", ()).text == "<C0> a vendu <N1> <G2> à <O3>."


def test_a_name_never_begins_inside_a_word() -> None:
    frame = frame_of("Le sénateur accuse la société Delmar Industries de corruption.", "fr")
    assert all(slot.letter != "P" for slot in frame.slots)


def test_arabic_vowel_signs_are_left_out_and_places_stay_true() -> None:
    text = "سلّمت روسيا صواريخَ إلى سوريا عقداً."
    frame = frame_of(text, "ar", ())
    assert "سلمت" in frame.text
    assert "عقدا." in frame.text
    assert len(frame.places) == len(frame.text) + 1
    start = frame.text.index("عقدا")
    assert text[slice(*frame.span(start, start + 4))] == "عقداً"


def test_an_arabic_comma_ends_a_gap(tmp_path: Path) -> None:
    place = tmp_path / "patterns.toml"
    place.write_text(
        """live = ["transfer"]
[[patterns]]
name = "gap"
type = "transfer"
frame = "{supplier}~4 {recipient}"
""",
        encoding="utf-8",
    )
    (pattern,) = read_grammar(place).patterns
    assert pattern.expression.search("<C0> سلمت صواريخ إلى <C1>")
    assert not pattern.expression.search("<C0> سلمت صواريخ، إلى <C1>")


def test_a_mark_carries_the_cases_its_words_can_stand_in() -> None:
    assert frame_of("Россия поставила Ираку Су-30.", "ru").text == "<C0n> поставила <C1d> <G2s>."
    assert frame_of("Польща отримала від США танки.", "uk").text.startswith("<C0n> отримала від <C1ngdai> ")


def test_a_mark_made_by_a_phrase_stands_in_the_case_of_the_whole() -> None:
    frame = frame_of("Министр рассказал правительству Ирака о погоде.", "ru")
    (mark,) = (word for word in frame.text.split() if word.startswith("<C"))
    assert mark.endswith("d>")
    slot = frame.slot(mark)
    assert "Министр рассказал правительству Ирака о погоде."[slot.start : slot.end].endswith("Ирака")


@pytest.mark.parametrize(
    "text",
    [
        "Россия поставила Ираку танки.",
        "Россия поставила танки Ираку.",
        "Ираку Россия поставила танки.",
        "Танки были поставлены Ираку Россией.",
    ],
)
def test_the_case_tells_who_supplied_whom_in_any_order(text: str) -> None:
    roles = only(text, "ru").roles
    assert roles["supplier"][0].startswith("Росси")
    assert roles["recipient"] == ("Ираку",)


def test_a_case_in_a_frame_rules_other_forms_out(tmp_path: Path) -> None:
    made = read_grammar(
        toy(
            tmp_path,
            """
live = ["transfer"]
[[phrases]]
case = "d"
of = "C"
text = ".*q"
[[patterns]]
name = "toy"
type = "transfer"
frame = "{supplier} {recipient:CO/d} {goods+}"
""",
        )
    )
    (pattern,) = made.patterns
    assert pattern.expression.search("<C0> <C1d> <G2>")
    assert not pattern.expression.search("<C0> <C1> <G2>")
    assert not pattern.expression.search("<C0> <C1n> <G2>")


def test_span_takes_marks_whole() -> None:
    text = "Ukraine delivered 12 BTR-4 to Iraq."
    frame = frame_of(text, phrases=())
    start, end = frame.span(0, frame.text.index(" to"))
    assert text[start:end] == "Ukraine delivered 12 BTR-4"


@given(st.lists(st.sampled_from([*PARTIES, "tanks", "12", "2013", "the", "minister Ivan Petrov", "delivered", "<", ">", ","]), max_size=12))
@settings(max_examples=60, deadline=None)
def test_skeletons_stay_true_to_the_text(words: list[str]) -> None:
    text = " ".join(["It", *words])
    analysis = analyse(text, "en")
    for number, (start, end) in enumerate(analysis.sentences):
        frame = skeleton(analysis, number, grammar("en").phrases)
        assert len(frame.places) == len(frame.text) + 1
        assert list(frame.places) == sorted(frame.places)
        assert skeleton(analysis, number).span(0, len(skeleton(analysis, number).text)) == (start, end)
        assert all(start <= slot.start < slot.end <= end for slot in frame.slots)


# -- the file


TOY = """
version = 7
live = ["transfer"]
[words]
gave = "gave|handed"
[choices.stages]
ordered = "bill"
delivered = "gave"
[[patterns]]
name = "toy"
type = "transfer"
choices = { stage = "stages" }
frame = "{supplier} <gave> {recipient} {goods+}"
right = [{ text = "Ukraine gave Iraq tanks.", roles = { supplier = "Ukraine" } }]
wrong = ["Ukraine handed Iraq tanks."]
[[patterns]]
name = "resting"
type = "office"
frame = "{post} {person}"
"""


def toy(tmp_path: Path, text: str) -> Path:
    place = tmp_path / "patterns.toml"
    place.write_text(text, encoding="utf-8")
    return place


def test_a_toy_file_is_read(tmp_path: Path) -> None:
    made = read_grammar(toy(tmp_path, TOY))
    assert made.version == "7"
    assert [pattern.name for pattern in made.patterns] == ["toy"]
    assert [pattern.name for pattern in read_grammar(toy(tmp_path, TOY), resting=True).patterns] == ["toy", "resting"]
    analysis = analyse("Ukraine gave Iraq tanks.", "en")
    (draft,) = pattern_drafts(analysis, 0, skeleton(analysis, 0), made.patterns[0], made)
    assert draft.values == {"stage": "delivered"}


def test_a_match_without_a_choice_is_no_claim(tmp_path: Path) -> None:
    made = read_grammar(toy(tmp_path, TOY))
    analysis = analyse("Ukraine handed Iraq tanks.", "en")
    assert list(pattern_drafts(analysis, 0, skeleton(analysis, 0), made.patterns[0], made)) == []


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('type = "transfer"', 'type = "gift"', "claim type"),
        ("{supplier}", "{seller}", "no role seller"),
        ("{goods+}", "{goods+:G}", "no filler"),
        ("<gave>", "<gives>", "gives"),
        ("{supplier} ", "({supplier} ", "toy"),
        ('delivered = "gave"', 'arrived = "gave"', "not in the vocabulary"),
        ("version = 7", "version = ", "TOML"),
    ],
)
def test_a_fault_names_file_and_entry(tmp_path: Path, old: str, new: str, said: str) -> None:
    with pytest.raises(DataError) as fault:
        assert [pattern.expression for pattern in read_grammar(toy(tmp_path, TOY.replace(old, new, 1))).patterns]
    assert said in str(fault.value)
    assert "patterns.toml" in str(fault.value)


def test_the_table_of_live_types_in_the_documentation_is_fresh() -> None:
    page = (Path(__file__).parents[3] / "docs/how-to/patterns.md").read_text(encoding="utf-8")
    told = re.findall(r"^\| `(\w+)` \| (.+) \|$", page, re.MULTILINE)
    assert dict(told) == {code: ", ".join(types) or "none: all patterns rest" for code, types in live_types().items()}
