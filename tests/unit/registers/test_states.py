"""Alliances and ideal points: state numbers with their dates, levels of obligation, estimates by year."""

from collections.abc import Callable
from pathlib import Path

import pytest

from talaan.model.errors import RegisterError
from talaan.reference.state_codes import Bearer, bearer
from talaan.registers import add, open_table
from talaan.registers.alliances import Commitment, commitments
from talaan.registers.ideal_points.read import IdealPoint, ideal_points
from talaan.registers.states import states_of

Write = Callable[..., Path]
COW = (
    "ccode1,ccode2,year,cow_defense,cow_neutral,cow_nonagg,cow_entente\n"
    "2,200,1990,1,0,0,1\n2,365,1990,0,0,0,1\n2,365,1995,0,1,0,0\n300,365,1900,0,0,1,0\n2,200,1990,0,0,0,1\n2,20,1990,0,0,0,0\n"
)
ATOP = "ccode1,ccode2,year,atop_defense,atop_offense,atop_neutral,atop_nonagg,atop_consul\n2,200,1990,0,1,0,0,0\n2,20,1990,0,0,0,0,1\n"
POINTS = (
    "ccode,iso3c,countryname,year,idealpointfp,idealpointall,idealpointlegacy,nvotesall\n"
    "2,USA,United States,1946,1.66,1.88,1.67,39.0\n365,RUS,Russia,1985,,-2.5,,120.0\n365,RUS,Russia,1995,0.1,0.2,,120\n"
    "260,,West,1980,,1.1,,\n"
)


@pytest.mark.parametrize(
    ("number", "year", "ref", "dated"),
    [
        (365, 1991, "SUHH", True),
        (365, 1992, "RUS", True),
        (345, 1999, "YUCS", True),
        (345, 2004, "CSXX", True),
        (345, 2010, "SRB", True),
        (816, 1970, "VDVN", True),
        (260, 1970, "DEU", True),
        (369, 1950, "UKR", False),
        (315, 1995, "CSHH", False),
    ],
)
def test_a_number_and_a_year_give_the_state_that_bore_it(number: int, year: int, ref: str, dated: bool) -> None:
    assert bearer("cow", number, year) == Bearer(f"country:{ref}", dated)


def test_numbers_nobody_knows_are_named_and_historic_states_are_no_fault() -> None:
    states = states_of(["999", "999", "300", "369", "2"], ["1990", "1995", "1900", "1950", "1990"])
    assert states.refs == ["", "", "", "country:UKR", "country:USA"]
    assert states.faults == ("COW numbers nobody knows (their rows are kept without a reference): 999 in 1990–1995 (2 rows)",)
    assert "Austria-Hungary (300)" in states.remarks[0]
    assert "369 in 1950" in states.remarks[1]


def test_commitments_have_the_highest_level_of_a_pair(tmp_path: Path, write: Write) -> None:
    edition = add(tmp_path, "cow-alliances", [write(COW)])
    assert edition.set_aside == ()
    assert "Austria-Hungary" in edition.coverage.statement
    table = open_table(tmp_path, "cow-alliances")
    assert commitments(table, year=1990) == [
        Commitment("country:USA", 2, "country:GBR", 200, 1990, 3),
        Commitment("country:USA", 2, "country:SUHH", 365, 1990, 1),
    ]
    assert commitments(table, year=1995, countries=["country:USA"]) == [Commitment("country:USA", 2, "country:RUS", 365, 1995, 2)]
    assert commitments(table, year=1900)[0].first is None
    assert commitments(table, year=1990, countries=["country:KAZ"]) == []


def test_atop_counts_offence_as_defence_and_consultation_as_entente(tmp_path: Path, write: Write) -> None:
    add(tmp_path, "atop", [write(ATOP)])
    assert [(row.second, row.level) for row in commitments(open_table(tmp_path, "atop"), year=1990)] == [
        ("country:CAN", 1),
        ("country:GBR", 3),
    ]


def test_rows_that_cannot_be_are_set_aside_with_their_lines(tmp_path: Path, write: Write) -> None:
    bad = COW + "2,2,1990,1,0,0,0\n2,200,19990,1,0,0,0\n2,200,1991,7,0,0,0\n2,200,1991,,0,0,0\n999,200,1991,1,0,0,0\n"
    edition = add(tmp_path, "cow-alliances", [write(bad)])
    assert dict(edition.set_aside) == {
        8: "state 2 allied with itself",
        9: "year: '19990' is not a year",
        10: "cow_defense: '7' is neither yes nor no",
        11: "cow_defense: empty",
        0: "COW numbers nobody knows (their rows are kept without a reference): 999 in 1991",
    }


def test_ideal_points(tmp_path: Path, write: Write) -> None:
    add(tmp_path, "ideal-points", [write(POINTS)])
    table = open_table(tmp_path, "ideal-points")
    assert ideal_points(table, countries=["country:SUHH", "country:RUS"], first=1980) == [
        IdealPoint("country:SUHH", 365, 1985, -2.5, None, 120),
        IdealPoint("country:RUS", 365, 1995, 0.2, 0.1, 120),
    ]
    assert [row.year for row in ideal_points(table, last=1980)] == [1946, 1980]


def test_a_session_stands_for_its_year(tmp_path: Path, write: Write) -> None:
    add(tmp_path, "ideal-points", [write("ccode,session,IdealPointAll\n2,1,1.5\n2,50,1.7\n")])
    assert [(row.year, row.point) for row in ideal_points(open_table(tmp_path, "ideal-points"))] == [(1946, 1.5), (1995, 1.7)]


def test_two_values_for_a_state_and_year_are_two_releases(tmp_path: Path, write: Write) -> None:
    with pytest.raises(RegisterError, match="Two values for state 2 in 1946") as caught:
        add(tmp_path, "ideal-points", [write(POINTS), write(POINTS.replace("1.88", "1.89"), "b.csv")])
    assert caught.value.where == "b.csv:2"


def test_numbers_of_votes_in_the_column_of_states_are_refused(tmp_path: Path, write: Write) -> None:
    with pytest.raises(RegisterError, match="Most state numbers are not known: 1039 in 1946") as caught:
        add(tmp_path, "ideal-points", [write("ccode,year,nvotesall,idealpointall\n1039,1946,2,1.5\n1040,1947,2,1.6\n")])
    assert caught.value.where == "export.csv"


def test_rows_without_an_estimate_are_set_aside(tmp_path: Path, write: Write) -> None:
    edition = add(tmp_path, "ideal-points", [write(POINTS.replace("-2.5", ""))])
    assert edition.set_aside == ((3, "no estimate for state 365 in 1985"),)


@pytest.mark.shared
@pytest.mark.parametrize(
    ("register", "path", "found"),
    [
        ("cow-alliances", "alliances/cow_alliance_v4.1_directed_dyad_year_1816-2012.csv.gz", (120_784, 1816, 2012)),
        ("atop", "alliances/atop_directed_dyad_year_1815-2018.csv.gz", (273_296, 1815, 2018)),
        ("ideal-points", "unga/ideal_points_1946-2024.csv.gz", (11_440, 1946, 2024)),
    ],
)
def test_the_publishers_files_are_read_whole(shared: Path, tmp_path: Path, register: str, path: str, found: tuple[int, int, int]) -> None:
    edition = add(tmp_path, register, [shared / "data" / path])
    assert (edition.rows, edition.coverage.first_year, edition.coverage.last_year) == found
    assert edition.set_aside == ()


@pytest.mark.shared
def test_the_alliances_of_one_state_in_one_year(shared: Path, tmp_path: Path) -> None:
    add(tmp_path, "cow-alliances", [shared / "data/alliances/cow_alliance_v4.1_directed_dyad_year_1816-2012.csv.gz"])
    found = commitments(open_table(tmp_path, "cow-alliances"), year=2010, countries=["country:KAZ"])
    assert {row.second for row in found if row.level == 3} >= {"country:RUS", "country:BLR", "country:ARM", "country:KGZ", "country:TJK"}
