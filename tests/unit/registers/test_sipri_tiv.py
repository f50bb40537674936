"""SIPRI's TIV tables in every layout; the figures are invented, those of the shared tests are SIPRI's own."""

from collections import defaultdict
from collections.abc import Callable
from pathlib import Path

import pytest

from talaan.model.errors import RegisterError
from talaan.registers import add, open_edition, open_table
from talaan.registers.files import SourceFile
from talaan.registers.sipri_tiv.read import TivValue, read, tiv_values

Write = Callable[..., Path]
PREAMBLE = """Volume of transfers of major arms
Figures are in millions of SIPRI trend-indicator values (TIVs).

Source: SIPRI Arms Transfers Database (c) SIPRI.
Data generated: 13 Oct 2024 12:33:53 PM

"""
EXPORTS = PREAMBLE + (
    "Exports by,2001,2002,2003,2001-2003,Percentage,Sum total years,Percentage of total\n"
    'Chile,5,,0 ,5,1%,5,1%\nSoviet Union,,"1,200",1,1201,99%,1201,99%\nTotal world export,5,1200,1,1206,100%,1206,\n'
)
IMPORTS = PREAMBLE + "Recipient,2001,2002,2003,2001-2003\nPeru,5,1200,1,1206\nTotal world import,5,1200,1,1206\n"
ONE_SUPPLIER = PREAMBLE + "Recipient,2001,2002,2001-2002\nPeru,5,,5\nunknown recipient(s),,1,1\nTotal imports from Chile,5,1,6\n"
OLD = (
    '"TIV of arms exports from Chile, 2001-2002",,,\nSource: SIPRI Arms Transfers Database,,,\nGenerated: 28 July 2022,,,\n,,,\n'
    ",2001,2002,\nPeru,5,,5\n,,,\nTotal,5,,5\n"
)
CATEGORIES = ",2001,2002\nAircraft,7,8\nShips,,9\n=======,,\n,2001,2002\nAircraft,7,8\nShips,,9\n"
DYADS = "supplier,recipients,2001,2002,2001-2002\nChile,Peru,5,6,11\n,Bolivia,,2,2\n,,,,\n"
REGIONS = "Volume of imports of major arms by region 2001-2002,,\n,,\nImports by Regions,2001,2002\nAfrica,39,104\n,,\nWorld total,39,104\n"
BLOCKS = (
    "Volume of exports of major arms by region broken down by suppliers 2001-2002\n\n"
    ",,2001,2002,2001-2002,% of regional total\nAfrica,Regional total,3,4,7,100%\n,Chile,3,,3,43%\n,Peru,,4,4,57%\n"
    "Europe,Regional total,1,,1,100%\n,Chile,1,,1,100%\n"
)
RANKS = (
    "Volume of exports of major arms by the top suppliers  2001-2002;\n\n,,,,,,,,\n"
    ",Rank 2001-2002,,Supplier,2001,2002,2001-2002, Share of global arms imports,\n"
    ",1,,Chile,5,,5,100%,\n,,,Others,0,0,0,0.0%,\n,,,Total,5,,5,100%,\n"
)
LONG = "supplier,recipient,year,value,supplier_cown\nAustria,Australia,2021,11,305\nAustria,Czechia,2020,5,305\n"


def loaded(home: Path, *paths: Path) -> list[TivValue]:
    add(home, "sipri-tiv", paths)
    return tiv_values(open_table(home, "sipri-tiv"))


def facts(values: list[TivValue]) -> list[tuple[object, ...]]:
    return [
        (row.direction, row.supplier_name, row.recipient_name, row.region, row.category, row.total, row.year, row.value) for row in values
    ]


def test_exports_by_supplier(tmp_path: Path, write: Write) -> None:
    edition = add(tmp_path, "sipri-tiv", [write(EXPORTS)])
    values = tiv_values(open_table(tmp_path, "sipri-tiv"))
    assert (edition.id, edition.set_aside, edition.unread_columns) == ("2024-10-13", (), ())
    assert facts(values) == [
        ("exports", "Chile", None, None, None, False, 2001, 5.0),
        ("exports", "Chile", None, None, None, False, 2003, 0.0),
        ("exports", "Soviet Union", None, None, None, False, 2002, 1200.0),
        ("exports", "Soviet Union", None, None, None, False, 2003, 1.0),
        ("transfers", None, None, None, None, True, 2001, 5.0),
        ("transfers", None, None, None, None, True, 2002, 1200.0),
        ("transfers", None, None, None, None, True, 2003, 1.0),
    ]
    assert [row.supplier for row in values[1:3]] == ["country:CHL", "country:SUHH"]
    assert (edition.coverage.first_year, edition.coverage.last_year) == (2001, 2003)


def test_tables_of_one_release_make_one_edition(tmp_path: Path, write: Write) -> None:
    values = loaded(tmp_path, write(EXPORTS, "e.csv"), write(IMPORTS, "i.csv"))
    assert [(row.direction, row.recipient) for row in values if row.recipient] == [("imports", "country:PER")] * 3
    assert sum(row.total for row in values) == 3, "the world's total stands in both and is kept once"
    table = open_table(tmp_path, "sipri-tiv")
    assert [row.year for row in tiv_values(table, direction="imports", recipients=["country:PER"], first=2002)] == [2002, 2003]
    assert tiv_values(table, suppliers=["country:CHL"], last=2001)[0].value == 5.0


def test_the_supplier_that_only_the_sum_names(tmp_path: Path, write: Write) -> None:
    assert facts(loaded(tmp_path, write(ONE_SUPPLIER))) == [
        ("transfers", "Chile", "Peru", None, None, False, 2001, 5.0),
        ("transfers", "Chile", "unknown recipient(s)", None, None, False, 2002, 1.0),
        ("exports", "Chile", None, None, None, True, 2001, 5.0),
        ("exports", "Chile", None, None, None, True, 2002, 1.0),
    ]


def test_the_supplier_that_only_the_title_names(tmp_path: Path, write: Write) -> None:
    path = write(OLD)
    assert facts(loaded(tmp_path, path)) == [
        ("transfers", "Chile", "Peru", None, None, False, 2001, 5.0),
        ("exports", "Chile", None, None, None, True, 2001, 5.0),
    ]
    assert add(tmp_path, "sipri-tiv", [path]).id == "2022-07-28"


def test_categories_and_a_table_that_stands_twice_in_a_file(tmp_path: Path, write: Write) -> None:
    path = write(CATEGORIES)
    assert facts(loaded(tmp_path, path)) == [
        ("transfers", None, None, None, "Aircraft", False, 2001, 7.0),
        ("transfers", None, None, None, "Aircraft", False, 2002, 8.0),
        ("transfers", None, None, None, "Ships", False, 2002, 9.0),
    ]
    assert add(tmp_path, "sipri-tiv", [path]).set_aside == ((4, "a mark that a version-control tool left between two copies of a table"),)


def test_a_supplier_that_stands_in_its_first_row_only(tmp_path: Path, write: Write) -> None:
    rows = [(row.supplier, row.recipient, row.year, row.value) for row in loaded(tmp_path, write(DYADS))]
    assert rows == [
        ("country:CHL", "country:PER", 2001, 5.0),
        ("country:CHL", "country:PER", 2002, 6.0),
        ("country:CHL", "country:BOL", 2002, 2.0),
    ]


def test_regions(tmp_path: Path, write: Write) -> None:
    assert facts(loaded(tmp_path, write(REGIONS)))[:3] == [
        ("imports", None, None, "Africa", None, False, 2001, 39.0),
        ("imports", None, None, "Africa", None, False, 2002, 104.0),
        ("transfers", None, None, None, None, True, 2001, 39.0),
    ]


def test_regions_with_their_suppliers(tmp_path: Path, write: Write) -> None:
    assert facts(loaded(tmp_path, write(BLOCKS)))[1:] == [
        ("imports", None, None, "Africa", None, True, 2002, 4.0),
        ("transfers", "Chile", None, "Africa", None, False, 2001, 3.0),
        ("transfers", "Peru", None, "Africa", None, False, 2002, 4.0),
        ("imports", None, None, "Europe", None, True, 2001, 1.0),
        ("transfers", "Chile", None, "Europe", None, False, 2001, 1.0),
    ]


def test_ranks(tmp_path: Path, write: Write) -> None:
    path = write(RANKS)
    assert facts(loaded(tmp_path, path))[0] == ("exports", "Chile", None, None, None, False, 2001, 5.0)
    edition = add(tmp_path, "sipri-tiv", [path])
    assert (edition.set_aside, edition.unread_columns) == ((), ())


def test_one_value_a_row(tmp_path: Path, write: Write) -> None:
    path = write(LONG)
    assert facts(loaded(tmp_path, path))[0] == ("transfers", "Austria", "Australia", None, None, False, 2021, 11.0)
    assert add(tmp_path, "sipri-tiv", [path]).unread_columns == ("supplier_cown",)


@pytest.mark.parametrize(
    ("good", "bad", "reason"),
    [
        ("Chile,5,,0 ", "Chile,5,x,0 ", "2002: 'x' is not a number"),
        ("Chile,5,,0 ,5", "Chile,5,,0 ,50", "the years add up to 5, the total says 50"),
        ("Chile,5,,0 ,5,1%,5,1%", "Chile,5", "2 fields where the header has 8"),
        ("Chile,5,,0 ,5,1%,5,1%", "Chile,5,,0 ,5,1%,5,1%,9", "9 fields where the header has 8"),
        ("Chile,5", ",5", "a row without a label"),
    ],
)
def test_rows_that_are_none_are_set_aside_with_their_line(tmp_path: Path, write: Write, good: str, bad: str, reason: str) -> None:
    edition = add(tmp_path, "sipri-tiv", [write(EXPORTS.replace(good, bad))])
    assert edition.set_aside == ((8, reason),)
    assert edition.rows == 5


def test_files_of_two_releases_are_refused_and_rounding_is_told() -> None:
    def both(value: str) -> tuple[SourceFile, SourceFile]:
        return SourceFile("a.csv", "", EXPORTS, "utf-8"), SourceFile(
            "b.csv", "", EXPORTS.replace("Chile,5,,0 ,5", f"Chile,{value},,0 ,{value}"), "utf-8"
        )

    with pytest.raises(RegisterError, match="different releases") as caught:
        read(both("7"))
    assert caught.value.where == "a.csv:8, b.csv:8"
    assert [line.reason for line in read(both("6")).set_aside] == ["2001: 6 here, 5 in a.csv line 8, which is kept"]


@pytest.mark.parametrize("text", ["a,b\n1,2\n", "x,2001,2002\nPeru,1,2\n", ",2001,2002\nPeru,1,2\n", EXPORTS.replace("2002", "2005", 1)])
def test_what_is_no_tiv_table_is_refused(text: str) -> None:
    with pytest.raises(RegisterError, match="columns looked for"):
        read([SourceFile("a.csv", "", text, "utf-8")])


def test_unknown_parties_and_columns_are_told() -> None:
    text = EXPORTS.replace("Chile", "Atlantis").replace("Percentage,", "Mood,", 1)
    loaded = read([SourceFile("a.csv", "", text, "utf-8")])
    assert [line.reason for line in loaded.set_aside] == ["parties without a reference (their rows are kept): Atlantis"]
    assert loaded.unread_columns == ("Mood",)


FILES = {
    "by_weapon_category_1950-2023.csv": (725, 1),
    "china_exports_2000-2025.csv": (510, 0),
    "dyadic_china_exports.csv": (794, 0),
    "dyadic_russia_exports.csv": (822, 0),
    "dyadic_us_exports.csv": (4088, 0),
    "exports_all_1950-2023_exported_2024-10-13.csv": (2668 + 74, 0),
    "exports_all_1990-2023_exported_2024-04-13.csv": (1561, 0),
    "imports_all_1950-2023_exported_2024-10-13.csv": (7976 + 74, 0),
    "imports_all_1990-2023_exported_2024-04-13.csv": (3915, 0),
    "recipient_table_1950-2023.csv": (7976 + 74, 0),
    "regional_imports_1950-2023.csv": (536, 0),
    "regional_suppliers_1990-2023.csv": (21519, 0),
    "supplier_rank_table_1950-2023.csv": (2816, 0),
    "dyadic_all_long_1950-2021.csv.gz": (21324, 0),
}


@pytest.mark.shared
@pytest.mark.parametrize("name", FILES)
def test_every_layout_found_in_the_wild_is_read(shared: Path, tmp_path: Path, name: str) -> None:
    edition = add(tmp_path, "sipri-tiv", [shared / "data/sipri_tiv_tables" / name])
    assert (edition.rows, len(edition.set_aside)) == FILES[name]


@pytest.mark.shared
def test_the_old_tables_by_supplier_make_one_edition(shared: Path, tmp_path: Path) -> None:
    edition = add(tmp_path, "sipri-tiv", sorted((shared / "data/sipri_tiv_tables/old_style_by_supplier").iterdir()))
    assert (edition.id, edition.rows, edition.set_aside) == ("2022-07-28", 2951, ())


@pytest.mark.shared
@pytest.mark.parametrize(("side", "table", "cells"), [("supplier", "exports", 2668), ("recipient", "imports", 7976)])
def test_the_register_by_year_gives_every_cell_of_sipris_own_tables(
    shared: Path, tmp_path: Path, side: str, table: str, cells: int
) -> None:
    """The two per-year files of April 2024, loaded as one edition, against the tables of the same release, within rounding."""
    folder = shared / "data/sipri_register"
    add(
        tmp_path,
        "sipri",
        [folder / f"peryear_{years}.csv.gz" for years in ("1950-1989_exported_2024-04-16", "1990-2023_exported_2024-04-13")],
    )
    add(tmp_path, "sipri-tiv", [shared / f"data/sipri_tiv_tables/{table}_all_1950-2023_exported_2024-10-13.csv"])
    register = open_edition(tmp_path)
    deliveries = register.deliveries()
    entries = register.entries({row.entry for row in deliveries})
    sums: dict[tuple[str, int], float] = defaultdict(float)
    for row in deliveries:
        sums[getattr(entries[row.entry], f"{side}_name"), row.year] += row.tiv or 0.0
    published = {
        (getattr(row, f"{side}_name"), row.year): row.value
        for row in tiv_values(open_table(tmp_path, "sipri-tiv"), direction=table)
        if not row.total
    }
    assert len(published) == cells
    assert not any(row.estimated for row in deliveries)
    assert set(sums) == set(published)
    assert max(abs(sums[key] - published[key]) for key in published) <= 0.5 + 1e-6
