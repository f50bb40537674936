"""Competition: worked numbers, the SQL against slow plain Python, what must not change it, and the figure."""

import math
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from talaan.market.competition import competitors
from talaan.market.contest import Sale, leaders, meetings, similarities
from talaan.market.levels import LEVELS, class_at
from talaan.model.contract import figure_json
from talaan.model.entry import Coverage
from talaan.model.errors import RegisterError, UsageError
from talaan.reference.tables import tables
from talaan.registers import add, open_edition

from .invented import FakeEdition, deal, delivery, saved

sales = st.lists(
    st.builds(
        Sale,
        party=st.sampled_from(["a", "b", "c", None]),
        class_=st.sampled_from(["tank", "infantry-fighting-vehicle", "frigate", "corvette", "radar", None]),
        year=st.integers(2000, 2020),
        value=st.integers(0, 500).map(float),
    ),
    max_size=30,
)
few = settings(max_examples=60, deadline=None)


def sold(**parties: dict[str, float]) -> list[Sale]:
    return [Sale(party, class_, 2020, value) for party, had in parties.items() for class_, value in had.items()]


@pytest.mark.parametrize(
    ("a", "b", "similarity"),
    [
        ({"air": 50, "armour": 30, "SAM": 20}, {"air": 20, "armour": 60, "ships": 20}, 50),
        ({"air": 50, "tanks": 15, "carriers": 15, "SAM": 20}, {"air": 20, "tanks": 50, "carriers": 10, "ships": 20}, 45),
        ({"air": 5, "ships": 5}, {"air": 50, "ships": 50}, 100),
        ({"air": 50}, {"ships": 50}, 0),
    ],
)
def test_the_worked_examples(a: dict[str, float], b: dict[str, float], similarity: float) -> None:
    assert similarities(sold(a=a, b=b), "a")["b"] == pytest.approx(similarity, abs=1e-12)


def slow_similarities(rows: list[Sale], focus: str) -> dict[str, float | None]:
    parts: dict[str, dict[str, float]] = {}
    for sale in rows:
        if sale.party and sale.class_:
            theirs = parts.setdefault(sale.party, {})
            theirs[sale.class_] = theirs.get(sale.class_, 0.0) + sale.value
    own = parts.get(focus, {})
    out: dict[str, float | None] = {}
    for party, theirs in parts.items():
        if party != focus:
            whole, mine = sum(theirs.values()), sum(own.values())
            both = [min(theirs[one] / whole, own.get(one, 0.0) / mine) for one in theirs] if whole and mine else None
            out[party] = None if both is None else 100 * sum(both)
    return out


def close(one: object, other: object) -> bool:
    if isinstance(one, float) and isinstance(other, float):
        return math.isclose(one, other, rel_tol=1e-9, abs_tol=1e-9)
    return one == other


@few
@given(sales)
def test_similarity_in_sql_and_in_plain_python(rows: list[Sale]) -> None:
    fast, slow = similarities(rows, "a"), slow_similarities(rows, "a")
    assert fast.keys() == slow.keys()
    assert all(close(fast[party], slow[party]) for party in slow)


@few
@given(sales, st.integers(1, 8))
def test_meetings_in_sql_and_in_plain_python(rows: list[Sale], within: int) -> None:
    slow = {}
    for rival in rows:
        if rival.party not in (None, "a") and rival.class_:
            apart = [abs(own.year - rival.year) for own in rows if own.party == "a" and own.class_ == rival.class_]
            key = (rival.party, rival.class_)
            if apart and min(apart) <= within:
                slow[key] = min(*apart, slow.get(key, 99))
    fast = meetings(rows, "a", within=within)
    assert {(row["rival"], row["class"]): row["apart"] for row in fast} == slow
    for row in fast:
        own = [sale for sale in rows if sale.party == "a" and sale.class_ == row["class"]]
        assert (row["own_first"], row["own_last"]) == (min(sale.year for sale in own), max(sale.year for sale in own))
        assert close(row["own_value"], sum(sale.value for sale in own))


@few
@given(sales, st.integers(1, 8), st.integers(2001, 2019))
def test_leaders_in_sql_and_in_plain_python(rows: list[Sale], width: int, at: int) -> None:
    ours = {sale.class_ for sale in rows if sale.party == "a" and sale.class_}
    found = leaders(rows, "a", at=at, width=width)
    assert {row["class"] for row in found} == ours
    for row in found:
        assert (int(str(row["first"])) - at) % width == 0
        inside = [sale for sale in rows if sale.class_ == row["class"] and int(str(row["first"])) <= sale.year <= int(str(row["last"]))]
        values: dict[str | None, float] = {}
        for sale in inside:
            values[sale.party] = values.get(sale.party, 0.0) + sale.value
        assert row["leader"] in [party for party, value in values.items() if value == max(values.values())]
        total = sum(values.values())
        if total:
            assert close(row["leader_share"], max(values.values()) / total)
            assert close(row["own_share"], values.get("a", 0.0) / total)


@few
@given(sales)
def test_splitting_classes_never_raises_similarity(rows: list[Sale]) -> None:
    fine = similarities(rows, "a")
    for level in LEVELS:
        coarse = similarities([Sale(one.party, class_at(one.class_, level), one.year, one.value) for one in rows], "a")
        assert all((fine[party] is None) == (coarse[party] is None) for party in fine)
        assert all(float(fine[party] or 0) <= float(coarse[party] or 0) + 1e-9 for party in fine)


@few
@given(sales, st.randoms())
def test_the_order_of_rows_changes_nothing(rows: list[Sale], random: object) -> None:
    mixed = list(rows)
    random.shuffle(mixed)  # type: ignore[attr-defined]
    assert all(close(value, similarities(mixed, "a")[party]) for party, value in similarities(rows, "a").items())
    keys = ("rival", "class", "apart")
    assert [[row[key] for key in keys] for row in meetings(rows, "a", within=3)] == [
        [row[key] for key in keys] for row in meetings(mixed, "a", within=3)
    ]


def test_every_level_groups_the_classes() -> None:
    for level in LEVELS:
        assert all(class_at(code, level) for code in tables().categories)
    with pytest.raises(UsageError, match="levels: category, parent, un, sipri"):
        competitors(FakeEdition(), "CHL", "PER", level="colour")


def peru(**more: object) -> FakeEdition:
    rows = [
        delivery("CHL", 10.0, 2005), delivery("CHL", 30.0, 2012, category="frigate"), delivery("BRA", 20.0, 2008),
        delivery("BRA", 20.0, 2014), delivery("ARG", 40.0, 2013, category="corvette"), delivery("USA", 5.0, 1990, category="radar"),
        delivery(None, 5.0, 2012),
    ]  # fmt: skip
    deals = [
        deal("sipri:CHL", "CHL", (2005, 2012)), deal("sipri:BRA", "BRA", (2008, 2014), designation="TAM"),
        deal("sipri:ARG", "ARG", (2013,), designation="Gowind"), deal("sipri:USA", "USA", (1990,)),
    ]  # fmt: skip
    return FakeEdition(*rows, entries=deals, **more)  # type: ignore[arg-type]


def test_the_figure_of_a_market() -> None:
    figure = competitors(peru(), "CHL", "Peru", at=2011)
    assert (figure.about, figure.measures["market"]) == ("country:CHL", "country:PER")
    assert (figure.unit, figure.window) == ("million TIV", (1950, 2025))
    rows = {row["rival"]: row for row in figure.rows}
    assert list(rows) == ["country:ARG", "country:BRA", "country:USA"], "the largest first, no row for a supplier nobody knows"
    assert [rows[f"country:{code}"]["directness"] for code in ("BRA", "ARG", "USA")] == ["direct", "indirect", None]
    assert (rows["country:BRA"]["similarity"], rows["country:BRA"]["common_classes"]) == (25.0, "category:tank")
    assert (rows["country:BRA"]["similarity_before"], rows["country:BRA"]["similarity_after"]) == (100.0, 0.0)
    assert rows["country:ARG"]["similarity_before"] is None, "nothing delivered: not 0"
    assert (rows["country:BRA"]["before_value"], rows["country:BRA"]["after_value"]) == (20.0, 20.0)
    assert (rows["country:BRA"]["before"], rows["country:ARG"]["before"]) == ("part of 10 TAM (2008)", None)
    assert rows["country:ARG"]["after"] == "10 Gowind (2013)"
    assert (figure.measures["total"], figure.measures["own_value"], figure.measures["own_before_value"]) == (130.0, 40.0, 10.0)
    assert {row["entry"] for row in figure.parts["deals"]} == {"sipri:CHL", "sipri:BRA", "sipri:ARG", "sipri:USA"}
    (met,) = figure.parts["head_to_head"]
    assert (met["rival"], met["class"], met["apart"]) == ("country:BRA", "category:tank", 3)
    changed = [(row["class"], row["leader_before"], row["leader"]) for row in figure.parts["displacement"] if row["changed"]]
    assert changed == [("category:tank", "country:CHL", "country:BRA")]
    assert any("no rivals" in line for line in figure.caveats)
    assert figure_json(figure)["parts"]


def test_the_level_decides_what_is_direct_and_is_stated() -> None:
    figure = competitors(peru(), "CHL", "PER", level="parent", at=2011)
    assert {row["rival"]: row["directness"] for row in figure.rows}["country:ARG"] == "direct", "frigates and corvettes are warships"
    assert "one step up" in figure.formula
    near = competitors(peru(), "CHL", "PER", within=1, at=2011)
    assert all(row["directness"] != "direct" for row in near.rows)


def test_claims_stand_beside_and_part_the_time() -> None:
    rivalry = {"competitor": "country:CHL", "rival": "country:MEX", "market": "country:PER"}
    claims = [
        saved("competition", rivalry, year=2010, speaker="An analyst"),
        saved("competitiveness", {"offerer": "country:CHL"}, year=2007),
        saved("competition", {**rivalry, "market": "country:BOL"}, year=2003),
        saved("transfer", {"supplier": "country:CHL", "recipient": "country:PER"}),
    ]
    figure = competitors(peru(), "CHL", "PER", claims=claims)
    assert figure.measures["at"] == 2010
    assert [row["type"] for row in figure.parts["claims"]] == ["competitiveness", "competition"]
    mexico = next(row for row in figure.rows if row["rival"] == "country:MEX")
    assert (mexico["claims"], mexico["value"], mexico["similarity"], mexico["before"]) == (1, 0.0, None, None)
    assert any("first saved document" in line for line in figure.caveats)
    assert competitors(peru(), "CHL", "PER", claims=claims, at=2000).measures["at"] == 2000
    assert competitors(peru(), "CHL", "PER").measures["at"] == 2010, "the last five years with a delivery, 2010 to 2014"


def test_blocs_as_suppliers_and_regions_as_markets() -> None:
    rows = [delivery("USA", 5.0, 2020), delivery("FRA", 5.0, 2021), delivery("RUS", 5.0, 2022)]
    figure = competitors(FakeEdition(*rows), "NATO", "South America")
    assert [row["rival"] for row in figure.rows] == ["country:RUS"]
    assert (figure.about, figure.measures["own_value"]) == ("organisation:NATO", 10.0)


def test_honest_answers_where_there_is_little() -> None:
    figure = competitors(FakeEdition(), "CHL", "PER")
    assert (figure.rows, figure.measures["own_share"], figure.measures["total"]) == ((), None, 0)
    assert any("no similarity can be had" in line for line in figure.caveats)
    part = Coverage(1950, 2025, frozenset({"country:PER"}), None, None, "Peru.")
    with pytest.raises(RegisterError, match="does not cover deliveries to Poland"):
        competitors(FakeEdition(coverage=part), "CHL", "POL")
    with pytest.raises(UsageError):
        competitors(FakeEdition(), "CHL", "Nowhereland")
    with pytest.raises(UsageError):
        competitors(FakeEdition(), "CHL", "PER", within=0)


@pytest.mark.shared
def test_russia_israel_and_south_africa_in_kazakhstan(shared: Path, tmp_path: Path) -> None:
    add(tmp_path, "sipri", [shared / "data/sipri_register/perdeal_1950-2025_exported_2026-05-18.csv.gz"])
    figure = competitors(open_edition(tmp_path), "UKR", "KAZ", at=2011)
    rows = {row["rival"]: row for row in figure.rows}
    assert rows["country:ISR"]["before_value"] == pytest.approx(65.8)
    assert "20 SandCat (2018–2019)" in str(rows["country:ISR"]["after"])
    assert (rows["country:ZAF"]["before"], rows["country:ZAF"]["before_value"]) == (None, 0.0)
    assert "94 Marauder" in str(rows["country:ZAF"]["after"]) and "90 Marauder" in str(rows["country:ZAF"]["after"])
    assert float(str(rows["country:RUS"]["share"])) > 0.8
    assert figure.measures["own_before"] and "2 BTR-3 (2005)" in str(figure.measures["own_before"])
