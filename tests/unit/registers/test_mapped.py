"""Any list of deals: maps and their faults, values as people write them, workbooks, and what the wizard proposes; all invented."""

from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from talaan.model.errors import RegisterError, UsageError
from talaan.registers import add, editions, open_edition
from talaan.registers.mapped.mapping import Map, load_map, map_toml
from talaan.registers.mapped.values import count_in, years_in
from talaan.registers.mapped.wizard import proposed_map

Write = Callable[..., Path]
MAP = """
title = "Deals of Peru"
publisher = "Nobody"
licence = "CC0"
scope = "Deals that a newspaper told of."
[columns]
recipient = "Buyer"
designation = "What"
number_ordered = "How many"
ordered = "Signed"
years = ["From", "To"]
comment = ["Note", "Source"]
[constants]
supplier = "Chile"
[values.recipient]
"P." = "Peru"
"""
TABLE = (
    "Buyer;What;How many;Signed;From;To;Note;Source;Colour\n"
    "P.;T-55 tanks;ca. 10;14/03/2001;2002;2004;old;a paper;green\n"
    "Bolivia;Mi-17;;2003;;;;;\n"
    "Bolivia;Mi-17;many;2003;;;;;\n"
    ";Mi-17;1;2003;;;;;\n"
    "Atlantis;Mi-17;1;;;;;;\n"
)


def mapped(home: Path, write: Write, table: str = TABLE, text: str = MAP, name: str = "peru") -> Path:
    add(home, name, [write(table, "t.csv", "utf-8")], map_file=write(text, "my.toml", "utf-8"))
    return home


def test_a_table_is_read_as_its_map_says(tmp_path: Path, write: Write) -> None:
    opened = open_edition(mapped(tmp_path, write), "peru")
    peru = next(entry for entry in opened.deals() if entry.recipient == "country:PER")
    assert (peru.supplier, peru.supplier_name, peru.recipient_name) == ("country:CHL", "Chile", "Peru")
    assert (peru.designation, peru.system, peru.category) == ("T-55 tanks", "system:T-55", "tank")
    assert (peru.number_ordered, peru.number_ordered_uncertain, peru.number_delivered) == (10, True, None)
    assert (peru.ordered, peru.years, peru.comment) == (2001, (2002, 2004), "old; a paper")
    edition = opened.edition
    assert (edition.title, edition.publisher, edition.licence, edition.rows) == ("Deals of Peru", "Nobody", "CC0", 3)
    assert edition.set_aside == (
        (4, "number_ordered: 'many' is not a whole number"),
        (5, "recipient: empty"),
        (0, "parties without a reference (their rows are kept): Atlantis"),
    )
    assert edition.unread_columns == ("Colour",)
    assert edition.coverage.holds("country:CHL", "country:BOL")
    assert not edition.coverage.holds("country:CHL", "country:KAZ")


def test_another_map_of_the_same_file_makes_another_edition(tmp_path: Path, write: Write) -> None:
    mapped(tmp_path, write)
    mapped(tmp_path, write)
    mapped(tmp_path, write, text=MAP.replace('"Note", ', ""))
    assert len([row for row in editions(tmp_path) if row.register == "peru"]) == 2


def test_a_workbook_gives_the_same_rows(tmp_path: Path, write: Write) -> None:
    book = openpyxl.Workbook()
    book.active.append(["just a title"])
    sheet = book.create_sheet("Deals")
    for line in TABLE.splitlines():
        sheet.append([int(cell) if cell.isdecimal() else cell or None for cell in line.split(";")])
    path = tmp_path / "t.xlsx"
    book.save(path)
    plain = open_edition(mapped(tmp_path / "plain", write), "peru")
    edition = add(tmp_path / "book", "peru", [path], map_file=write(MAP, "my.toml", "utf-8"))
    assert open_edition(tmp_path / "book", "peru").deals() == plain.deals()
    assert edition.set_aside[0] == plain.edition.set_aside[0], "line n is row n of the sheet"


def test_the_lists_own_numbers_become_ids(tmp_path: Path, write: Write) -> None:
    table = TABLE.replace("Colour", "Nr").replace("green", "77")
    opened = open_edition(mapped(tmp_path, write, table, MAP.replace("[columns]", '[columns]\nid = "Nr"')), "peru")
    assert "peru:77" in opened.entries(["peru:77"])


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (("[columns]", "[colums]"), "'colums' is not a key"),
        (('designation = "What"', 'designaton = "What"'), "'designaton' is not a field; no column for designation or description"),
        (('supplier = "Chile"', ""), "no column or constant for supplier"),
        (('supplier = "Chile"', 'supplier = "Chile"\nrecipient = "Peru"'), "recipient has a column and a constant"),
        (('designation = "What"', 'designation = ["What", "Note"]'), "designation takes one column"),
        (('ordered = "Signed"\nyears = ["From", "To"]', ""), "no column or constant for years or ordered"),
        (('title = "', "title = "), "no TOML"),
        (('"Buyer"', '"Purchaser"'), "'Purchaser' is missing"),
    ],
)
def test_faults_of_a_map_are_named(tmp_path: Path, write: Write, change: tuple[str, str], says: str) -> None:
    with pytest.raises(RegisterError, match=says):
        mapped(tmp_path, write, text=MAP.replace(*change))
    assert [row for row in editions(tmp_path) if not row.bundled] == []


def test_a_map_and_a_name_must_fit(tmp_path: Path, write: Write) -> None:
    for name in ("sipri", "My List", "../x"):
        with pytest.raises(UsageError, match="name of your own"):
            mapped(tmp_path, write, name=name)
    with pytest.raises(UsageError, match="needs --map"):
        add(tmp_path, "peru", [tmp_path / "t.csv"])
    with pytest.raises(RegisterError, match="cannot be read"):
        add(tmp_path, "peru", [tmp_path / "t.csv"], map_file=tmp_path / "none.toml")


def test_a_table_without_one_readable_row_or_year_is_refused(tmp_path: Path, write: Write) -> None:
    header = TABLE.splitlines()[0]
    with pytest.raises(RegisterError, match=r"no row: 1 lines could not be read: recipient: empty \(1 times, first in line 2\)"):
        mapped(tmp_path, write, f"{header}\n;Mi-17;1;2003;;;;;\n")
    with pytest.raises(RegisterError, match="No row has a year"):
        mapped(tmp_path, write, f"{header}\nP.;Mi-17;1;;;;;;\n")


@pytest.mark.parametrize("cell", ["two", "2007-2001", "1900-2000", "March", "12"])
def test_years_that_are_none(cell: str) -> None:
    with pytest.raises(ValueError, match="year"):
        years_in(cell)


@given(st.integers(1900, 2099), st.integers(0, 40))
def test_spans_of_years_are_filled(first: int, length: int) -> None:
    last = min(first + length, 2099)
    assert years_in(f"{first}-{last}") == years_in(f"{first} – {last}") == list(range(first, last + 1))


@given(st.integers(0, 999_999_999), st.sampled_from(["{}", "{:,}"]), st.sampled_from(["ca. {}", "about {}", "{}?", "({})", "~{}"]))
def test_numbers_with_and_without_doubt(number: int, form: str, doubt: str) -> None:
    assert count_in(form.format(number)) == (str(number), False)
    assert count_in(doubt.format(form.format(number))) == (str(number), True)


def test_a_map_written_is_the_map_read(tmp_path: Path, write: Write) -> None:
    made = Map({"supplier": ('A "quoted" one',), "comment": ("x", "y"), "designation": ("ü",), "years": ("z",)}, {"recipient": "Peru"})
    assert load_map(write(map_toml(made, {"supplier": "by its name"}), "m.toml", "utf-8")) == made


def test_the_wizard_knows_columns_by_name_and_by_content(write: Write) -> None:
    table = "Nr,Land A,Exporter,Item,Type of weapon,Anzahl,Jahr,Remarks\n" + "".join(
        f"{number},{buyer},{seller},T-55,tank,{number * 3},{2000 + number},none\n"
        for number, (buyer, seller) in enumerate((("Peru", "Chile"), ("Bolivia", "Russia"), ("Kenya", "China")), 1)
    )
    proposed = proposed_map(write(table, "t.csv", "utf-8"))
    assert proposed.lacking == ()
    made = load_map(write(proposed.toml, "m.toml", "utf-8"))
    assert made.columns == {
        "supplier": ("Exporter",),
        "recipient": ("Land A",),
        "designation": ("Item",),
        "description": ("Type of weapon",),
        "number_delivered": ("Anzahl",),
        "years": ("Jahr",),
        "comment": ("Remarks",),
    }
    assert proposed.unsure == ("recipient",)
    first = proposed.preview.rows[0]
    assert (first["supplier"], first["recipient"], first["system"], first["years"]) == ("country:CHL", "country:PER", "system:T-55", "2001")
    assert "# Columns not read: Nr" in proposed.toml


def test_the_wizard_says_what_is_lacking_and_shows_rows_all_the_same(write: Write) -> None:
    proposed = proposed_map(write("Country;Weapon;Year\nPeru;T-55;2001\nBolivia;Mi-17;2002\n", "t.csv", "utf-8"))
    assert proposed.lacking == ("no column or constant for supplier",)
    assert proposed.preview.rows[0]["supplier_name"] == "(to be said)"
    assert 'supplier = ""' in proposed.toml
    assert "supplier" in proposed.unsure


@pytest.mark.parametrize(("text", "says"), [("just\nwords\n", "no table"), ("1,2\n3,4\n", "No header"), ("a,b\n", "No header|no table")])
def test_the_wizard_refuses_what_is_no_table(write: Write, text: str, says: str) -> None:
    with pytest.raises(RegisterError, match=says):
        proposed_map(write(text, "t.csv"))


@pytest.mark.shared
def test_the_report_of_2014_is_read_by_the_map_that_the_wizard_proposes(shared: Path, tmp_path: Path, write: Write) -> None:
    path = shared / "data/sipri_register/variants/a_perdeal_2014_style_report.csv.gz"
    proposed = proposed_map(path)
    edition = add(tmp_path, "old", [path], map_file=write(proposed.toml, "m.toml", "utf-8"))
    assert (proposed.lacking, edition.rows, edition.set_aside) == ((), 2757, ())
