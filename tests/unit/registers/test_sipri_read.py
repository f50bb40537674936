"""SIPRI's exports in every shape: what is read, what is set aside, what is refused."""

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registers.sipri_exports import DEAL_HEADER, DEALS, YEARS, deals_text, preamble, years_text
from talaan.model.errors import RegisterError
from talaan.reference.resolver import resolver
from talaan.registers.files import SourceFile
from talaan.registers.loaded import Loaded
from talaan.registers.sipri.read import read, row_ids

Change = Callable[[str], str]


def load(*texts: str, cut: bool = False) -> Loaded:
    return read([SourceFile(f"{number}.csv", str(number), text, "utf-8", cut) for number, text in enumerate(texts, 1)])


def test_a_deal_is_read_into_talaans_columns() -> None:
    loaded = load(deals_text())
    first = {name: column[0] for name, column in loaded.columns.items()}
    assert first | {"id": ""} == {
        "id": "",
        "supplier": "country:CHL",
        "supplier_name": "Chile",
        "recipient": "country:PER",
        "recipient_name": "Peru",
        "designation": "T-55",
        "description": "tank",
        "category": "tank",
        "system": resolver().system("T-55").ref,  # type: ignore[union-attr]
        "ordered": "2001",
        "ordered_uncertain": "true",
        "number_ordered": "10",
        "number_ordered_uncertain": "false",
        "number_delivered": "8",
        "number_delivered_uncertain": "true",
        "years": "2002;2003",
        "status": "Second hand",
        "comment": "Invented; for tests",
        "tiv_unit": "0.5",
        "tiv_ordered": "5",
        "tiv_delivered": "4",
        "licensed": "",
    }
    assert (loaded.layout, loaded.released, loaded.set_aside, loaded.unread_columns) == ("per-deal", "2026-05-18", (), ())


def test_parties_the_register_does_not_know_have_no_reference() -> None:
    columns = load(deals_text()).columns
    assert columns["supplier"][2] == ""
    assert columns["supplier_name"][2] == "unknown supplier(s)"
    assert columns["recipient"][2].startswith("group:")


def test_exact_repetitions_are_deals_of_their_own() -> None:
    ids = load(deals_text()).columns["id"]
    assert len(set(ids)) == 4
    assert ids[3] == ids[0] + "-2"


def test_ids_are_pinned_because_saved_verdicts_name_them() -> None:
    assert load(deals_text()).columns["id"][0] == "sipri:aa713c96d7b9"


SHAPES: dict[str, Change] = {
    "no preamble": lambda text: text[text.index("Recipient,") :],
    "semicolons at line ends": lambda text: text.replace("\n", ";;;;\n"),
    "years without blanks": lambda text: text.replace("2003; 2002", "2003;2002"),
    "blank lines": lambda text: text.replace("\nPeru", "\n\nPeru") + "\n,,,,\n",
    "no line end at the end": lambda text: text.rstrip("\n"),
    "quoted by a spreadsheet": lambda text: (
        preamble() + "".join(",".join(f'"{field}"' for field in line.split(",")) + "\n" for line in (DEAL_HEADER, *DEALS))
    ),
    "other wording of July 2026": lambda text: text.replace("Number delivered,", "Deliveries in the Year Range,"),
    "longer preamble": lambda text: "Notes\n" * 20 + text,
}


@pytest.mark.parametrize("shape", SHAPES)
def test_the_same_rows_come_out_of_every_shape(shape: str) -> None:
    assert load(SHAPES[shape](deals_text())).columns == load(deals_text()).columns


def test_quotes_inside_a_remark_stay_and_a_quoted_remark_may_hold_commas() -> None:
    inner = load(deals_text((DEALS[0].replace("Invented; for tests", 'For "Leopard" tanks'), DEALS[1])))
    assert inner.columns["comment"] == ['For "Leopard" tanks', ""]
    whole = load(deals_text((DEALS[0].replace("Invented; for tests", '"For 2, later ""3"" tanks"'), DEALS[1])))
    assert whole.columns["comment"] == ['For 2, later "3" tanks', ""]


def test_columns_in_another_order_are_found_by_name() -> None:
    rows = [line.split(",") for line in (DEAL_HEADER, *DEALS)]
    moved = [",".join([*row[6:], *row[:6]]) for row in rows]
    assert load(preamble() + "\n".join(moved)).columns == load(deals_text()).columns


def test_rows_that_are_broken_are_set_aside_with_their_lines() -> None:
    broken = "Peru,Chile,2010,,1,,M-113,armoured personnel carrier,0,,,New,a line break stands\nin this comment,0.1,0.1,0"
    loaded = load(deals_text((DEALS[0], broken, DEALS[1])))
    lines = deals_text((DEALS[0], broken)).count("\n")
    assert [(line.line, line.reason) for line in loaded.set_aside] == [
        (lines - 1, "13 fields where the header has 16"),
        (lines, "4 fields where the header has 16"),
    ]
    assert len(loaded.columns["id"]) == 2
    assert loaded.set_aside[1].text == "in this comment,0.1,0.1,0"


@pytest.mark.parametrize(
    ("good", "bad", "reason"),
    [
        ("Chile,2001", "Chile,20O1", "Year of order: '20O1' is not a year"),
        (",10,,T-55", ",ten,,T-55", "Number ordered: 'ten' is not a whole number"),
        ("2001,?,10", "2001,x,10", "flag after Year of order: 'x' is no flag"),
        ("2003; 2002", "2003 - 2002", "Year(s) of delivery: '2003 - 2002' is not a year"),
        (",5,4", ",5,4.x", "SIPRI TIV of delivered weapons: '4.x' is not a number"),
        ("Peru,Chile", ",Chile", "Recipient: an empty field that names something"),
    ],
)
def test_a_value_that_is_none_sets_its_row_aside(good: str, bad: str, reason: str) -> None:
    loaded = load(deals_text((DEALS[0].replace(good, bad), DEALS[1])))
    assert [line.reason for line in loaded.set_aside] == [reason]
    assert loaded.columns["designation"] == ["Type-209"]


def test_a_file_that_ends_inside_its_last_line_is_refused() -> None:
    with pytest.raises(RegisterError, match="ends inside this line: 13 of 16 fields") as caught:
        load(deals_text()[:-20])
    assert caught.value.where == "1.csv:10"


def test_a_last_line_that_is_short_but_whole_says_so_and_the_file_covers_what_it_holds() -> None:
    loaded = load(deals_text((*DEALS, "Peru,Chile,2001")))
    assert [line.reason for line in loaded.set_aside] == ["the file ends in this line: 3 of 16 fields"]
    assert "not the whole export" in loaded.coverage.statement
    assert loaded.coverage.supplier_recipients == frozenset({"country:PER", load(deals_text()).columns["recipient"][2]})


def test_a_stream_that_ended_early_is_refused() -> None:
    with pytest.raises(RegisterError, match="ends early"):
        load(deals_text(), cut=True)


def test_missing_columns_are_all_named_with_those_there_are() -> None:
    text = deals_text().replace("Recipient,", "Land,").replace("Number ordered, ,", "Number ordered,")
    with pytest.raises(RegisterError) as caught:
        load(text)
    assert "'Recipient', the nameless flag column right after 'Number ordered'" in caught.value.what
    assert caught.value.where == "1.csv:6"
    assert "'Land', 'Supplier'" in caught.value.hint


@pytest.mark.parametrize("text", ["name,age\nAnna,30\n", "Transfers of arms\nPeru  Chile  T-55\n", "Recipient\nPeru\n"])
def test_what_is_no_register_is_refused(text: str) -> None:
    with pytest.raises(RegisterError, match="No header of a SIPRI trade register"):
        load(text)


def test_a_header_without_rows_is_refused() -> None:
    with pytest.raises(RegisterError, match="holds no row"):
        load(deals_text(()))
    with pytest.raises(RegisterError, match=r"2 fields where the header has 16 \(2 times, first in line 7\)"):
        load(deals_text(("a,b", "c,d")) + "e\n")


def test_unread_columns_are_told() -> None:
    rows = [line + extra for line, extra in zip((DEAL_HEADER, *DEALS), (",Region", *[",x"] * 4), strict=True)]
    assert load(preamble() + "\n".join(rows)).unread_columns == ("Region",)


def test_yearly_rows_stay_rows_under_the_registers_own_ids() -> None:
    loaded = load(years_text())
    assert loaded.columns["id"] == ["sipri:77", "sipri:78", "sipri:77"]
    assert (loaded.layout, loaded.unread_columns) == ("per-year", ())
    assert loaded.columns["licensed"] == ["false", "true", "false"]


@pytest.mark.parametrize("flag", ["", "No"])
def test_a_flag_that_is_not_set_is_false(flag: str) -> None:
    row = YEARS[1].replace("2004,No", f"2004,{flag}")
    assert load(years_text((row,))).columns["ordered_uncertain"] == ["false"]


def test_files_of_one_edition_complete_each_other() -> None:
    early, late = years_text(YEARS[:2], first="2000", last="2002"), years_text(YEARS[1:], first="2003", last="2024")
    loaded = load(early, late)
    assert sorted(zip(loaded.columns["id"], loaded.columns["year"], strict=True)) == [
        ("sipri:77", "2002"),
        ("sipri:77", "2003"),
        ("sipri:78", "2005"),
    ]
    assert (loaded.coverage.first_year, loaded.coverage.last_year) == (2000, 2024)


def test_a_deal_that_two_files_share_is_one_and_one_that_a_file_repeats_is_two() -> None:
    both = load(deals_text(recipients="Peru"), deals_text((DEALS[0],), suppliers="Chile", recipients="All countries"))
    assert sorted(both.columns["id"]) == sorted(load(deals_text()).columns["id"])
    assert both.coverage.recipients == frozenset({"country:PER"})
    assert both.coverage.suppliers == frozenset({"country:CHL"})
    assert both.coverage.supplier_recipients is None


@pytest.mark.parametrize(
    ("one", "two", "says"),
    [
        (deals_text(), years_text(), "cannot make one edition"),
        (deals_text(), deals_text(first="1990"), "other ranges of years"),
        (years_text(), years_text((YEARS[0].replace("2.5,No", "2.9,No"),)), "different editions"),
        (years_text(), years_text((YEARS[0].replace("T-55", "T-62").replace("2002", "2004"),)), "different editions"),
        (years_text(last="2003"), years_text(first="2008"), "Years are missing"),
        (years_text(), years_text(first="1990", recipients="Chile"), "other parties in other years"),
    ],
)
def test_files_that_do_not_belong_together_are_refused(one: str, two: str, says: str) -> None:
    with pytest.raises(RegisterError, match=says):
        load(one, two)


def test_a_row_that_contradicts_another_of_its_file_is_set_aside() -> None:
    loaded = load(years_text((*YEARS, YEARS[0].replace("2.5,No", "2.9,No"))))
    assert [line.reason for line in loaded.set_aside] == ["another row tells deal 77 otherwise"]
    assert loaded.columns["tiv"] == ["2.5", "7", "1.5"]


def test_parties_nobody_knows_are_told_and_their_rows_kept() -> None:
    loaded = load(deals_text((DEALS[0].replace("Chile", "Atlantis"),)))
    assert loaded.columns["supplier"] == [""]
    assert "Atlantis" in loaded.set_aside[0].reason


def test_a_column_left_unread_on_purpose_is_one_only_by_its_name() -> None:
    loaded = load(years_text().replace("Armament category", "Armament class"))
    assert loaded.unread_columns == ("Armament class",)


words = st.text(st.characters(exclude_categories=("C", "Z"), exclude_characters=',;"'), min_size=1, max_size=12)


@given(st.lists(st.tuples(words, words), min_size=1, max_size=6))
def test_names_survive_reading(pairs: list[tuple[str, str]]) -> None:
    rows = tuple(DEALS[0].replace("T-55", designation).replace("Invented; for tests", comment) for designation, comment in pairs)
    columns = load(deals_text(rows)).columns
    assert list(zip(columns["designation"], columns["comment"], strict=True)) == pairs


@given(st.lists(st.tuples(words, words), max_size=8))
def test_ids_are_unique_and_do_not_depend_on_other_rows(rows: list[tuple[str, str]]) -> None:
    ids = row_ids(rows)
    assert len(set(ids)) == len(ids)
    assert row_ids(rows[:1]) == ids[:1]
