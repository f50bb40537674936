"""Every real file of the trade register at hand, in every shape: rows, lines set aside, totals."""

import csv
import gzip
import json
from collections import defaultdict
from collections.abc import Mapping
from pathlib import Path

import pytest

from talaan.model.errors import RegisterError
from talaan.registers import OpenEdition, add, open_edition
from talaan.registers.sipri.designations import called
from talaan.registers.sipri.names import party

pytestmark = pytest.mark.shared
REGISTER = "data/sipri_register"
APRIL = ("peryear_1950-1989_exported_2024-04-16.csv.gz", "peryear_1990-2023_exported_2024-04-13.csv.gz")
BROKEN = [(5432, 13), (5433, 4), (21488, 13), (21489, 4), (25178, 13), (25179, 4), (27955, 13), (27956, 4)]
# layout, entries, deliveries (0: none), lines set aside (0: a note on the whole file)
FILES: Mapping[str, tuple[str, int, int, list[int]]] = {
    "perdeal_1950-2024_exported_2025-03-13.csv.gz": ("per-deal", 29511, 0, [line for line, _ in BROKEN]),
    "perdeal_1950-2025_exported_2026-05-18.csv.gz": ("per-deal", 29916, 0, []),
    "peryear_1950-1989_exported_2024-04-16.csv.gz": ("per-year", 14610, 31319, []),
    "peryear_1990-2023_exported_2024-04-13.csv.gz": ("per-year", 13893, 27838, []),
    "peryear_1995-2024_exported_2026-02-12.csv.gz": ("per-year", 12571, 25024, []),
    "peryear_tidy_1950-2025_rebuilt_2026-06.csv.gz": ("tidied", 60229, 60229, [0]),
    "peryear_tidy_1950-2025_rebuilt_2026-06.json.gz": ("tidied", 60229, 60229, [0]),
    "variants/a_perdeal_2014_style_report.csv.gz": ("report-2014", 2756, 0, [1758]),
    "variants/b_perdeal_webexport_preamble_latin1.sample.csv": ("per-deal", 388, 0, [0]),
    "variants/c_perdeal_no_preamble_utf8bom.sample.csv": ("per-deal", 149, 0, []),
    "variants/d_perdeal_semicolon_padded.sample.csv": ("per-deal", 149, 0, []),
    "variants/e_perdeal_renamed_columns.sample.csv": ("per-deal", 149, 0, []),
    "variants/f_peryear_preamble_ascii_lf.sample.csv": ("per-year", 115, 188, [0]),
    "variants/g_peryear_preamble_trailing_semicolon_crlf.sample.csv": ("per-year", 132, 188, [0]),
    "variants/h_peryear_no_preamble_bom_crlf.sample.csv": ("per-year", 97, 149, []),
    "variants/i_peryear_one_recipient_ukraine_2000-2024.csv": ("per-year", 323, 382, []),
    "variants/j_perdeal_api_scrape_no_tiv.sample.csv": ("interface", 149, 0, []),
    "variants/m_perdeal_broken_rows_cases.csv": ("per-deal", 10, 0, [0, 16, 17, 20, 21, 24, 25, 28, 29]),
    "variants/n_perdeal_2026-07_header_deliveries_in_the_year_range_china.csv": ("per-deal", 692, 0, []),
}


@pytest.fixture(scope="module")
def opened_file(tmp_path_factory: pytest.TempPathFactory) -> "Opened":
    return Opened(tmp_path_factory.mktemp("home"))


class Opened:
    """Editions of real files, each loaded once."""

    def __init__(self, home: Path) -> None:
        self.home = home

    def __call__(self, *paths: Path) -> OpenEdition:
        return open_edition(self.home, edition=add(self.home, "sipri", paths).id)


@pytest.mark.parametrize("name", FILES)
def test_every_file_gives_its_rows_and_names_the_lines_set_aside(shared: Path, opened_file: Opened, name: str) -> None:
    opened = opened_file(shared / REGISTER / name)
    layout, entries, deliveries, aside = FILES[name]
    edition = opened.edition
    assert (edition.layout, edition.rows, len(opened.deals())) == (layout, entries, entries)
    assert (sorted(line for line, _ in edition.set_aside), edition.unread_columns) == (aside, ())
    assert len(opened.deliveries()) == deliveries if deliveries else not opened.exact


def test_lines_broken_by_a_remark_are_named_with_what_they_hold(shared: Path, opened_file: Opened) -> None:
    edition = opened_file(shared / REGISTER / "perdeal_1950-2024_exported_2025-03-13.csv.gz").edition
    assert edition.set_aside == tuple((line, f"{fields} fields where the header has 16") for line, fields in BROKEN)
    assert "not the whole export" not in edition.coverage.statement


@pytest.mark.parametrize("name", ["variants/k_register_air_defence.rtf.gz", "variants/l_register_satellites.rtf"])
def test_formatted_text_is_refused_by_name(shared: Path, tmp_path: Path, name: str) -> None:
    with pytest.raises(RegisterError, match="formatted text"):
        add(tmp_path, "sipri", [shared / REGISTER / name])
    assert list(tmp_path.iterdir()) == []


def test_the_tidied_table_and_tree_hold_the_same_and_say_what_they_merge(shared: Path, opened_file: Opened) -> None:
    names = [name for name in FILES if "tidy" in name]
    table, tree = (opened_file(shared / REGISTER / name) for name in names)
    assert {entry.id for entry in table.deals()} == {entry.id for entry in tree.deals()}
    assert round(sum(row.tiv or 0 for row in table.deliveries())) == 2123487
    assert max(row.year for row in table.deliveries(suppliers=["country:SUHH"])) == 1991
    assert min(row.year for row in table.deliveries(suppliers=["country:RUS"])) == 1992
    assert "read as the Soviet Union" in table.edition.coverage.statement
    assert json.loads((opened_file.home / "registers/sipri" / table.edition.id / "edition.json").read_text())["layout"] == "tidied"


def published(path: Path) -> dict[tuple[str, int], float]:
    """(party name, year) → million TIV of a published table, rounded as it is; empty cells are absent, totals left out."""
    lines = path.read_text(encoding="utf-8-sig").splitlines()
    start = next(place for place, line in enumerate(lines) if line.startswith(("Exports by,", "Recipient,")))
    header, *rows = csv.reader(lines[start:])
    cells = ((row[0].strip(), year, value) for row in rows for year, value in zip(header[1:], row[1:], strict=False))
    return {
        (name, int(year)): float(value)
        for name, year, value in cells
        if name and year.strip().isdecimal() and value.strip() and not name.lower().startswith("total")
    }


@pytest.mark.parametrize(
    ("table", "side", "cells"),
    [
        ("exports_all_1950-2023_exported_2024-10-13.csv", "supplier", 2668),
        ("imports_all_1950-2023_exported_2024-10-13.csv", "recipient", 7976),
    ],
)
def test_the_two_yearly_files_of_april_2024_give_the_published_tables(
    shared: Path, opened_file: Opened, table: str, side: str, cells: int
) -> None:
    opened = opened_file(*(shared / REGISTER / name for name in APRIL))
    assert (opened.edition.released, opened.edition.set_aside, len(opened.edition.files)) == ("2024-04-16", (), 2)
    assert (opened.edition.coverage.recipients, opened.edition.coverage.first_year, opened.edition.coverage.last_year) == (None, 1950, 2023)
    told = published(shared / "data/sipri_tiv_tables" / table)
    names = {entry.id: getattr(entry, f"{side}_name") for entry in opened.deals()}
    ours: dict[tuple[str, int], float] = defaultdict(float)
    for row in opened.deliveries():
        ours[names[row.entry], row.year] += row.tiv or 0.0
    assert len(told) == cells
    # Tables write some names otherwise (an older edition's, a mark left out): references are the same.
    by_ref = {(party(name) or name.rstrip("*"), year): value for (name, year), value in ours.items()}
    assert {
        key: value for key, value in told.items() if abs(by_ref.get((party(key[0]) or key[0].rstrip("*"), key[1]), -9) - value) > 0.5001
    } == {}


def test_world_shares_of_the_february_2026_file_are_those_published(shared: Path, opened_file: Opened) -> None:
    opened = opened_file(shared / REGISTER / "peryear_1995-2024_exported_2026-02-12.csv.gz")
    values: dict[str | None, float] = defaultdict(float)
    for row in opened.deliveries(first=2020, last=2024):
        values[row.supplier] += row.tiv or 0.0
    shares = {code: 100 * values[f"country:{code}"] / sum(values.values()) for code in ("USA", "FRA", "RUS", "CHN", "DEU", "ITA")}
    assert {code: round(share, 1) for code, share in shares.items() if code != "USA"} == {
        "FRA": 9.6,
        "RUS": 7.8,
        "CHN": 5.9,
        "DEU": 5.6,
        "ITA": 4.8,
    }
    assert round(shares["USA"]) == 43


def test_a_kazakh_name_finds_the_rows_of_both_layouts(shared: Path, opened_file: Opened) -> None:
    for name in ("perdeal_1950-2025_exported_2026-05-18.csv.gz", "peryear_1990-2023_exported_2024-04-13.csv.gz"):
        opened = opened_file(shared / REGISTER / name)
        rows = called(opened.deals(recipients=["country:KAZ"]), "Arlan")
        assert rows and {entry.supplier for entry in rows} == {"country:ZAF"}
        assert {entry.designation.rstrip(" -") for entry in rows} == {"Marauder"}


def test_files_cut_anywhere_are_refused(shared: Path, tmp_path: Path) -> None:
    raw = (shared / REGISTER / "perdeal_1950-2025_exported_2026-05-18.csv.gz").read_bytes()
    text = gzip.decompress(raw)
    for number, part in enumerate((raw[: len(raw) // 2], raw[:-4], text[: len(text) // 2], text[:-20])):
        path = tmp_path / f"{number}.csv"
        path.write_bytes(part)
        with pytest.raises(RegisterError, match="ends"):
            add(tmp_path / "home", "sipri", [path])
    assert not (tmp_path / "home").exists()
