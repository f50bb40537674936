"""The layouts beside the two that SIPRI's site exports today: what each gives, and what it leaves unknown. Every deal is invented."""

import json
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import pytest

from registers.sipri_exports import DEAL_HEADER, DEALS, INTERFACE, REPORT, TIDIED, TREE, YEAR_HEADER, YEARS, deals_text, preamble
from talaan.model.errors import RegisterError
from talaan.registers import add, open_edition
from talaan.registers.files import SourceFile
from talaan.registers.loaded import Loaded
from talaan.registers.sipri.read import read

Write = Callable[..., Path]


def load(*texts: str) -> Loaded:
    return read([SourceFile(f"{number}.csv", str(number), text, "utf-8") for number, text in enumerate(texts, 1)])


def column(loaded: Loaded, *fields: str) -> list[tuple[str, ...]]:
    return list(zip(*(loaded.columns[field] for field in fields), strict=True))


def test_the_report_of_2014_is_read_under_numbers_that_no_later_export_has() -> None:
    loaded = load(REPORT)
    assert (loaded.layout, loaded.set_aside, loaded.unread_columns, loaded.deliveries) == ("report-2014", (), (), None)
    assert column(loaded, "id", "supplier", "recipient", "ordered", "ordered_uncertain", "years", "status", "licensed") == [
        ("sipri:report-12", "country:CHL", "country:KOR", "2007", "true", "2008;2009;2010", "Second hand", "false"),
        ("sipri:report-13", "organisation:NATO", "country:PER", "2009", "false", "2009", "Second hand but modernized", "true"),
    ]
    assert column(loaded, "number_ordered", "number_ordered_uncertain", "number_delivered", "number_delivered_uncertain") == [
        ("9", "false", "9", "true"),
        ("4", "true", "2", "false"),
    ]
    assert column(loaded, "category", "comment", "tiv_delivered") == [
        ("tank", "Aid; incl 2 command, 1 recovery version", ""),
        ("engine", "", ""),
    ]
    assert (loaded.coverage.first_year, loaded.coverage.last_year) == (2009, 2010)


@pytest.mark.parametrize("years", ["2010 - 2008", "194 - 2008", "2008; 2010"])
def test_a_span_of_years_that_is_none_sets_its_row_aside(years: str) -> None:
    loaded = load(REPORT.replace("2008 - 2010", years))
    assert [(line.line, line.reason) for line in loaded.set_aside] == [(2, f"Year(s) of deliveries: '{years}' is not a span of years")]


def test_rows_of_the_sites_interface_are_deals_with_their_last_year() -> None:
    loaded = load(INTERFACE)
    assert (loaded.layout, loaded.set_aside, loaded.unread_columns) == ("interface", (), ())
    assert column(loaded, "id", "supplier", "recipient", "ordered", "ordered_uncertain", "number_ordered", "years") == [
        ("sipri:551", "country:CHL", "country:PER", "2001", "true", "8", "2003"),
        ("sipri:552", "country:TUR", "country:PER", "2004", "false", "2", ""),
    ]
    assert column(loaded, "number_delivered", "tiv_delivered", "status")[0] == ("", "", "")


def test_a_deal_that_an_interface_file_tells_twice_is_one_and_one_told_otherwise_is_set_aside() -> None:
    rows = INTERFACE.splitlines()
    again = load("\n".join((*rows, rows[1], rows[2].replace(",2.0,", ",3.0,"), "")))
    assert again.columns["id"] == ["sipri:551", "sipri:552"]
    assert [(line.line, line.reason) for line in again.set_aside] == [(5, "another row tells deal 552 otherwise")]


def test_the_tidied_rows_are_deliveries_and_the_soviet_union_is_told_from_russia_by_the_year() -> None:
    loaded = load(TIDIED)
    assert (loaded.layout, loaded.deliveries) == ("tidied", "sipri_deliveries")
    assert column(loaded, "supplier", "supplier_name", "recipient", "year", "number", "tiv") == [
        ("country:SUHH", "Russia", "country:PER", "1991", "2", "19.6"),
        ("country:RUS", "Russia", "country:PER", "1992", "2", "19.6"),
        ("country:CHL", "Chile", "country:SUHH", "1980", "3", "1.5"),
        ("country:CHL", "Chile", "country:SUHH", "1980", "3", "1.5"),
    ]
    assert len(set(loaded.columns["id"])) == 4
    assert loaded.coverage.holds("country:SUHH", "country:PER") and loaded.coverage.holds("country:RUS", "country:PER")


def test_the_tree_holds_the_same_rows_as_the_table(tmp_path: Path, write: Write) -> None:
    table, tree = load(TIDIED), load(json.dumps(TREE))
    assert sorted(column(tree, *table.columns)) == sorted(column(table, *table.columns))
    add(tmp_path, "sipri", [write(json.dumps(TREE), "tree.json"), write(TIDIED, "table.csv")], edition="both")
    opened = open_edition(tmp_path, edition="both")
    assert (len(opened.deals()), len(opened.deliveries())) == (4, 4)
    assert sum(row.tiv or 0 for row in opened.deliveries(suppliers=["country:SUHH"])) == 19.6


@pytest.mark.parametrize(
    ("tree", "says"),
    [
        ({"Russia": {"1991": {"Peru": [["2", "19.6", "tank"]]}}}, "Russia › 1991 › Peru, row 1"),
        ({"Russia": {"1991": [["2", "19.6", "tank", "T-55"]]}}, "Russia › 1991, row 1"),
        ({"Russia": {"1991": {"Peru": [["2", None, "tank", "T-55"]]}}}, "Russia › 1991 › Peru, row 1"),
        ([1, 2], "its top, row 1"),
        ({}, "no row"),
        ({"\ud800": 1}, r"\\ud800"),
    ],
)
def test_another_tree_is_refused_with_the_place(tree: object, says: str) -> None:
    with pytest.raises(RegisterError, match=says):
        load(json.dumps(tree))


@pytest.mark.parametrize("text", ['{"Russia": {"1991"', "[" * 100_000, '{"a": 1, "a": 2}', "[" + "9" * 5_000 + "]"])
def test_what_is_no_json_is_refused(text: str) -> None:
    with pytest.raises(RegisterError, match="JSON cannot be read"):
        load(text)


def test_a_tree_whose_value_is_none_sets_its_row_aside_by_number() -> None:
    loaded = load(json.dumps(TREE).replace('"2"', '"two"', 1))
    assert [(line.line, line.reason) for line in loaded.set_aside] == [(1, "number: 'two' is not a whole number")]


def test_the_text_file_with_semicolons_is_read_as_yearly_rows() -> None:
    header = YEAR_HEADER.replace("SIPRI AT Database ID", "Deal ID").replace("Supplier", "Seller").replace("Recipient", "Buyer")
    loaded = load("\n".join(("Four lines", "of text", "before", "it", *(line.replace(",", ";") for line in (header, *YEARS)), "")))
    plain = load("\n".join((YEAR_HEADER, *YEARS, "")))
    assert (loaded.layout, loaded.columns) == ("deals-and-tivs", plain.columns)


def unflagged(lines: Sequence[str]) -> str:
    """The lines without the nameless columns."""
    rows = [line.split(",") for line in lines]
    kept = [place for place, name in enumerate(rows[0]) if name.strip()]
    return "\n".join(",".join(row[place] for place in kept) for row in rows) + "\n"


def test_a_file_without_any_mark_of_doubt_is_read_and_says_so() -> None:
    header = DEAL_HEADER.replace("Recipient", "Country").replace("Year of order", "Year")
    loaded, whole = load(unflagged((header, *DEALS))), load("\n".join((DEAL_HEADER, *DEALS, "")))
    flags = [field for field in whole.columns if field.endswith("uncertain")]
    assert all(set(loaded.columns[field]) == {"false"} for field in flags)
    assert all(loaded.columns[field] == whole.columns[field] for field in whole.columns if field not in (*flags, "id"))
    assert "nothing in it is marked as uncertain" in loaded.coverage.statement
    assert "nothing in it is marked" not in whole.coverage.statement


def test_a_column_under_its_usual_name_goes_before_one_under_another() -> None:
    rows = [f"{line},{extra}" for line, extra in zip((DEAL_HEADER, *DEALS), ("Year", "1", "2", "3", "4"), strict=True)]
    loaded = load("\n".join(rows) + "\n")
    assert (loaded.columns["ordered"][0], loaded.unread_columns) == ("2001", ("Year",))


def test_a_column_that_stands_twice_is_refused() -> None:
    with pytest.raises(RegisterError, match="'Supplier' stands twice"):
        load(deals_text().replace("Recipient,", "Supplier,"))


SPREADSHEET: Mapping[str, tuple[str, str]] = {
    "numbers with a point": (",10,,T-55", ",10.0,,T-55"),
    "years with a point": ("Chile,2001", "Chile,2001.0"),
    "dates for years": ("Chile,2001", "Chile,2001-01-01"),
}


@pytest.mark.parametrize("change", SPREADSHEET)
def test_numbers_that_a_program_rewrote_mean_the_same(change: str) -> None:
    assert load(deals_text().replace(*SPREADSHEET[change])).columns == load(deals_text()).columns


def test_layouts_do_not_mix() -> None:
    with pytest.raises(RegisterError, match="layouts per-deal and tidied cannot make one edition"):
        load(deals_text(), TIDIED)


def test_letters_lost_to_a_wrong_encoding_are_told_and_the_row_is_kept() -> None:
    loaded = load(deals_text((DEALS[0].replace("T-55", "Br\ufffdnnhilde"), DEALS[1])))
    assert len(loaded.columns["id"]) == 2
    assert [(line.line, line.reason) for line in loaded.set_aside] == [
        (0, "1 designations lost a sign to a wrong encoding (their rows are kept): lines 7")
    ]


def test_a_preamble_alone_is_no_register() -> None:
    with pytest.raises(RegisterError, match="No header"):
        load(preamble())


@pytest.mark.parametrize("text", [REPORT, INTERFACE, TIDIED])
def test_layouts_that_lack_totals_are_not_suspected_of_mixed_columns(text: str) -> None:
    header, row = text.splitlines()[:2]
    number, _, rest = row.partition(",")
    rows = [f"{int(number) + place},{rest}" if number.isdecimal() else row for place in range(30)]
    rows = [line.replace(",551,", f",{551 + place},") for place, line in enumerate(rows)]
    assert len(load("\n".join((header, *rows, ""))).columns["id"]) == 30


def test_a_register_of_parties_and_numbers_that_nobody_knows_is_read_and_told() -> None:
    rows = tuple(
        f"Atlantis{place},Lemuria,{1950 + place},,{place},,Thing,thing,{40 - place},,1999,New,,{place},7,3" for place in range(1, 41)
    )
    loaded = load(deals_text(rows))
    assert len(loaded.columns["id"]) == 40 and "Atlantis" in loaded.set_aside[0].reason
