"""What an export covers, from its preamble and its rows."""

import pytest

from registers.sipri_exports import DEAL_HEADER, DEALS, deals_text
from talaan.model.entry import Coverage
from talaan.registers.files import SourceFile
from talaan.registers.sipri.coverage import coverage, query, released
from talaan.registers.sipri.rows import read_sheet


def covered(text: str) -> Coverage:
    return coverage(read_sheet(SourceFile("export.csv", "", text, "utf-8")))


def test_one_recipient_covers_its_imports_only() -> None:
    bounds = covered(deals_text(recipients="Peru"))
    assert bounds.holds("country:CHL", "country:PER")
    assert not bounds.holds("country:PER", "country:CHL")


def test_one_supplier_covers_its_exports_only() -> None:
    bounds = covered(deals_text(suppliers="Chile", recipients="All countries"))
    assert bounds.holds("country:CHL", "country:BOL")
    assert not bounds.holds("country:RUS", "country:PER")


def test_a_pair_covers_itself() -> None:
    bounds = covered(deals_text(suppliers="Chile", recipients="Peru"))
    assert bounds.holds("country:CHL", "country:PER")
    assert not bounds.holds("country:CHL", "country:BOL")
    assert not bounds.holds("country:RUS", "country:PER")


def test_without_a_preamble_only_the_parties_present_are_covered() -> None:
    bounds = covered("\n".join((DEAL_HEADER, DEALS[0])))
    assert bounds.holds("country:CHL", "country:PER")
    assert not bounds.holds("country:CHL", "country:BOL")
    assert (bounds.first_year, bounds.last_year) == (2002, 2003)


def test_an_export_of_all_countries_with_three_rows_is_not_whole() -> None:
    bounds = covered(deals_text(recipients="All countries", first="Not specified", last="Not specified"))
    assert not bounds.holds("country:RUS", "country:IND")


@pytest.mark.parametrize(
    ("generated", "first", "last", "years"),
    [
        ("18 May 2026", "Not specified", "Not specified", (1950, 2025)),
        ("13 Oct 2024", "1950", "2024", (1950, 2023)),
        ("17 Feb 2025", "2000", "2024", (2000, 2023)),
        ("16 Apr 2024", "1950", "2010", (1950, 2010)),
        ("1 Jan 2005", "2000", "2004", (2000, 2003)),
    ],
)
def test_the_last_year_is_one_the_export_can_know(generated: str, first: str, last: str, years: tuple[int, int]) -> None:
    bounds = covered(deals_text(generated=generated, first=first, last=last))
    assert (bounds.first_year, bounds.last_year) == years


def test_a_query_for_a_party_nobody_knows_is_no_query() -> None:
    assert query(["from Atlantis  to Peru . Deals with deliveries made for the year range '1' to '2' "]) is None


@pytest.mark.parametrize("line", ["Data generated: 3 Jan 2025", "x;Data generated: 3 January 2025 9:00;"])
def test_export_dates(line: str) -> None:
    assert released([line]) == "2025-01-03"
    assert released(["no date"]) is None
