"""`market`, `competitors` and `alignment` on the bundled excerpt, with a saved reading beside."""

import json
from pathlib import Path

import pytest

from .conftest import Talaan


@pytest.fixture
def saved(talaan: Talaan, article: Path, answers: Path) -> str:
    """A ledger of its own that holds a reading of the bundled article."""
    talaan("check", article, "--date", "2024-06", "--answers", answers, "--save", "--ledger", "own.sqlite")
    return "own.sqlite"


def test_a_market_with_claims_beyond_the_register(talaan: Talaan, saved: str) -> None:
    code, out, _ = talaan("market", "KAZ", "--ledger", saved, "--json", "--top", "2")
    figure = json.loads(out)
    assert (code, len(figure["rows"])) == (0, 2)
    assert figure["measures"]["hhi_low"] <= figure["measures"]["hhi"] <= figure["measures"]["hhi_high"]
    assert any("S-300" in row["says"] for row in figure["parts"]["claims"])
    assert json.loads(talaan("market", "KAZ", "--ledger", "none.sqlite", "--json")[1])["parts"] == {}
    assert not Path("none.sqlite").exists(), "reading makes no ledger"


def test_competitors_as_json_and_files(talaan: Talaan) -> None:
    code, out, _ = talaan("competitors", "UKR", "--in", "KAZ", "--at", "2011", "--level", "parent", "--json")
    figure = json.loads(out)
    rows = {row["rival"]: row for row in figure["rows"]}
    assert (code, figure["figure"], figure["measures"]["level"]) == (0, "competitors", "parent")
    assert "Lynx" in rows["country:ISR"]["before"] and "SandCat" in rows["country:ISR"]["after"]
    assert rows["country:ZAF"]["before"] is None and "Marauder" in rows["country:ZAF"]["after"]
    for name, start in (("c.csv", b"\xef\xbb\xbf"), ("c.xlsx", b"PK"), ("c.svg", b"<svg"), ("c.png", b"\x89PNG")):
        assert talaan("competitors", "UKR", "--in", "KAZ", "-o", name)[0] == 0
        assert Path(name).read_bytes().startswith(start)
    assert talaan("competitors", "UKR", "--in", "KAZ", "-o", "c.doc")[0] == 2
    assert "Rivals of Ukraine in Kazakhstan" in talaan("competitors", "UKR", "--in", "KAZ")[1]


def test_competitors_beyond_the_excerpt_are_refused(talaan: Talaan) -> None:
    code, out, err = talaan("competitors", "UKR", "--in", "POL")
    assert (code, out) == (3, "")
    assert "does not cover deliveries to Poland" in err
    assert talaan("competitors", "UKR", "--in", "KAZ", "--level", "colour")[0] == 2
    assert talaan("competitors", "UKR")[0] == 2


def test_alignment_without_any_alliance_edition(talaan: Talaan) -> None:
    code, out, _ = talaan("alignment", "KAZ", "--with", "UKR", "--with", "Russia", "--year", "2011", "--json")
    figure = json.loads(out)
    assert (code, [row["partner"] for row in figure["rows"]]) == (0, ["country:UKR", "country:RUS"])
    assert "organisation:CSTO" in figure["rows"][1]["in_common"] and "organisation:CSTO" not in figure["rows"][0]["in_common"]
    assert any("talaan register add cow-alliances" in line for line in figure["caveats"])
    assert talaan("alignment", "KAZ", "-o", "a.svg")[0] == 0 and Path("a.svg").read_bytes().startswith(b"<svg")
    assert "Timeline" in talaan("alignment", "KAZ")[1]
    assert talaan("alignment", "NATO")[0] == 2
