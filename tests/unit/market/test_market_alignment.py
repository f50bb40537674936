"""Alignment: memberships in force, alliances and votes of invented editions, blocs, timeline, honest answers."""

import gzip
from datetime import date
from pathlib import Path

import pytest

from talaan.market.alignment import Loyalties, alignment
from talaan.market.loyalties import Portfolios, alliance_cells, portfolios, vote_rows
from talaan.market.memberships import in_common, membership_events, standings
from talaan.market.portfolios import kappa
from talaan.model.entry import Coverage
from talaan.model.errors import UsageError
from talaan.registers import add, open_table

from .invented import FakeEdition, delivery, saved

TO_KAZ = {"recipient": "country:KAZ"}


def test_standings_change_with_the_day() -> None:
    assert "organisation:NATO" not in standings("country:POL", date(1998, 12, 31))
    assert standings("country:POL", date(1999, 12, 31))["organisation:NATO"] == "full"
    assert "organisation:warsaw-pact" not in standings("country:POL", date(1999, 12, 31))
    assert "organisation:CIS" not in standings("country:UKR", date(2020, 1, 1)), "one that has left is none"
    assert in_common({"organisation:NATO": "candidate"}, {"organisation:NATO": "full"}) == []


def test_events_of_a_timeline_are_dated() -> None:
    events = {(row["date"], row["event"], row["what"]) for row in membership_events(["country:UKR"])}
    assert ("2018-05", "left", "organisation:CIS") in events
    assert all(date for date, _, _ in events)


def test_portfolios_have_every_state_of_the_system() -> None:
    system = ("country:A", "country:B", "country:C")
    known = Portfolios("cow-alliances", 2000, system, {"country:A": {"country:B": 3}, "country:B": {"country:A": 3, "country:C": 1}})
    assert (known.of("country:A"), known.of("country:C"), known.of("country:X")) == ([3, 3, 0], [0, 0, 3], None)
    cells = alliance_cells(known, "country:A", "country:B")
    assert (cells["cow_alliances_obliged"], cells["cow_alliances_kappa"]) == (3, kappa([3, 3, 0], [3, 3, 1]))
    assert set(alliance_cells(known, "country:A", "country:X").values()) == {None}, "no state of the system: not known, not 0"


def test_partners_blocs_and_memberships() -> None:
    rows = [
        delivery("RUS", 60.0, 2010, **TO_KAZ), delivery("CHE", 30.0, 2009, **TO_KAZ), delivery("FRA", 10.0, 2008, **TO_KAZ),
        delivery("TUR", 99.0, 2001, **TO_KAZ),
    ]  # fmt: skip
    figure = alignment(FakeEdition(*rows), "KAZ", year=2011)
    assert (figure.about, figure.window, figure.measures["year"]) == ("country:KAZ", (2007, 2011), 2011)
    assert [row["partner"] for row in figure.rows] == ["country:RUS", "country:CHE", "country:FRA"]
    russia = figure.rows[0]
    assert (russia["value"], russia["share"]) == (60.0, 0.6)
    assert "organisation:CSTO" in str(russia["in_common"]) and int(str(russia["common_memberships"])) >= 3
    blocs = {row["bloc"]: (row["value"], row["standing"]) for row in figure.parts["blocs"]}
    assert (blocs["organisation:CSTO"], blocs["organisation:NATO"]) == ((60.0, "full"), (10.0, None))
    assert blocs[None] == (30.0, None)
    assert {row["member"] for row in figure.parts["memberships"]} == {"country:KAZ"}, "partners nobody named are not told in full"
    assert any("No alliance data" in line for line in figure.caveats) and any("No UN votes" in line for line in figure.caveats)
    assert "cow_alliances_s" not in russia and "vote_distance" not in russia


def test_named_partners_and_claims_in_the_timeline() -> None:
    claims = [
        saved("cooperation", {"parties": "country:UKR", "organisation": "organisation:CSTO"}, speaker="An expert"),
        saved("cooperation", {"parties": "country:FRA"}),
        saved("transfer", {"supplier": "country:UKR", "recipient": "country:KAZ"}),
    ]
    figure = alignment(FakeEdition(), "KAZ", others=["UKR", "Ukraine"], year=2011, claims=claims)
    assert [(row["partner"], row["value"], row["share"]) for row in figure.rows] == [("country:UKR", 0.0, None)]
    assert {row["member"] for row in figure.parts["memberships"]} == {"country:KAZ", "country:UKR"}
    assert [row["speaker"] for row in figure.parts["claims"]] == ["An expert"]
    claimed = [row for row in figure.parts["timeline"] if row["event"] == "claimed"]
    assert [(row["date"], row["who"], row["source"]) for row in claimed] == [("2011-05-01", "An expert", "An article")]
    days = [str(row["date"]) for row in figure.parts["timeline"]]
    assert days == sorted(days)


@pytest.fixture
def loyalties(tmp_path: Path) -> Loyalties:
    """An alliance edition of 2010 to 2012, and ideal points of 2010."""
    head = "version4id,ccode1,state_name1,ccode2,state_name2,dyad_st_day,dyad_st_month,dyad_st_year,dyad_end_day,dyad_end_month,"
    head += "dyad_end_year,left_censor,right_censor,defense,neutrality,nonaggression,entente,asymmetric,year,version"
    lines = [head]
    for year in (2010, 2012):
        for one, other, defence, neutral in ((705, 365, 1, 0), (365, 705, 1, 0), (369, 365, 0, 1), (365, 369, 0, 1)):
            lines.append(f"1,{one},A,{other},B,1,1,1992,,,,0,1,{defence},{neutral},0,0,0,{year},4.1")
    alliances = tmp_path / "alliances.csv.gz"
    alliances.write_bytes(gzip.compress("\n".join(lines).encode()))
    votes = tmp_path / "points.csv"
    votes.write_text(
        "ccode,session,IdealPointAll,NVotesAll,year\n705,65,0.25,80,2010\n365,65,1.0,80,2010\n369,65,,80,2010\n365,66,1.1,80,2011\n"
    )
    add(tmp_path, "cow-alliances", [alliances])
    add(tmp_path, "ideal-points", [votes])
    return Loyalties([open_table(tmp_path, "cow-alliances")], open_table(tmp_path, "ideal-points"))


def test_alliances_and_votes_of_loaded_editions(loyalties: Loyalties) -> None:
    figure = alignment(FakeEdition(), "KAZ", others=["RUS", "UKR"], year=2020, loyalties=loyalties)
    russia, ukraine = figure.rows
    assert (russia["cow_alliances_obliged"], ukraine["cow_alliances_obliged"]) == (3, 0)
    known = portfolios(loyalties.alliances[0], ["country:KAZ", "country:RUS"], 2020)
    assert (known.year, figure.measures["cow_alliances_year"]) == (2012, 2012)
    assert any("obligations of 2012" in line for line in figure.caveats)
    assert russia["cow_alliances_kappa"] == kappa(known.of("country:KAZ") or [], known.of("country:RUS") or [])
    assert (russia["vote_distance"], russia["vote_year"]) == (0.75, 2010), "2011 has no point of Kazakhstan"
    assert (ukraine["vote_distance"], ukraine["vote_year"]) == (None, None)
    assert vote_rows(loyalties.votes, "country:KAZ", ["country:RUS"], first=2011, last=2012) == ()  # type: ignore[arg-type]
    assert len(figure.sources) == 4


def test_states_that_ended_or_had_not_begun_and_what_is_no_state() -> None:
    figure = alignment(FakeEdition(), "SUHH", others=["POL"])
    assert figure.measures["year"] == 1990
    assert "organisation:warsaw-pact" in str(figure.rows[0]["in_common"])
    assert any("Soviet Union ended on" in line for line in figure.caveats)
    for wrong, year in (("NATO", 2000), ("Central Asia", 2000), ("KAZ", 1980)):
        with pytest.raises(UsageError):
            alignment(FakeEdition(), wrong, year=year)
    with pytest.raises(UsageError, match="is no state"):
        alignment(FakeEdition(), "KAZ", others=["CSTO"])


def test_an_edition_that_does_not_cover_it_leaves_the_arms_unknown() -> None:
    part = Coverage(1950, 2025, frozenset({"country:PER"}), None, None, "Peru.")
    figure = alignment(FakeEdition(coverage=part), "POL", others=["USA"])
    assert (figure.rows[0]["value"], figure.rows[0]["share"], figure.parts["blocs"]) == (None, None, ())
    assert "organisation:NATO" in str(figure.rows[0]["in_common"])
    assert any("does not cover deliveries to Poland" in line for line in figure.caveats)
