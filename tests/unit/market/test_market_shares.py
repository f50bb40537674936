"""Shares and concentration: the SQL against slow plain Python, and what must not change them. Deliveries are invented."""

import math
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from talaan.market.concentration import concentration
from talaan.market.rows import shares
from talaan.market.shares import market
from talaan.market.view import last_window
from talaan.model.contract import figure_json
from talaan.model.entry import Coverage
from talaan.model.errors import RegisterError, UsageError
from talaan.model.figure import Cell
from talaan.registers import Delivery, add, open_edition

from .invented import FakeEdition, deal, delivery, saved

PERU, CHILE, BOLIVIA = ({f"country:{code}"} for code in ("PER", "CHL", "BOL"))
EXCERPT = Coverage(1950, 2025, frozenset(PERU), frozenset(CHILE), frozenset(BOLIVIA), "Peru, and Chile to Bolivia.")
SUPPLIERS = [f"country:{code}" for code in ("CHL", "BRA", "ARG", "FRA", "USA")]

deliveries = st.lists(
    st.builds(
        Delivery,
        supplier=st.sampled_from([*SUPPLIERS, None]),
        recipient=st.sampled_from(["country:PER", "country:BOL"]),
        category=st.sampled_from(["tank", "frigate", None]),
        year=st.integers(2018, 2024),
        tiv=st.one_of(st.none(), st.floats(0, 5000).map(lambda value: round(value, 2))),
        number=st.none(),
        estimated=st.booleans(),
        entry=st.sampled_from([f"sipri:{number}" for number in range(6)]),
    ),
    max_size=25,
)
few = settings(max_examples=60, deadline=None)


def slow_shares(rows: list[Delivery]) -> list[dict[str, Cell]]:
    """The same in plain Python."""
    values: dict[str | None, float] = {}
    deals: dict[str | None, set[str]] = {}
    for row in rows:
        values[row.supplier] = values.get(row.supplier, 0.0) + (row.tiv or 0.0)
        deals.setdefault(row.supplier, set()).add(row.entry)
    total = math.fsum(values.values())
    return [
        {
            "supplier": key,
            "value": value,
            "share": value / total if total else None,
            "rank": 1 + sum(other > value for other in values.values()),
            "deals": len(deals[key]),
        }
        for key, value in sorted(values.items(), key=lambda pair: (-pair[1], pair[0] is None, pair[0] or ""))
    ]


def slow_concentration(parts: list[float]) -> dict[str, float | None]:
    parts = sorted((part for part in parts if part > 0), reverse=True)
    n, hhi = len(parts), math.fsum(part * part for part in parts)
    if not n:
        return dict.fromkeys(("hhi", "cr1", "cr3", "cr4", "effective_suppliers", "hhi_normalised"))
    normalised = (hhi - 1 / n) / (1 - 1 / n) if n > 1 else None
    crs = {f"cr{k}": math.fsum(parts[:k]) for k in (1, 3, 4)}
    return {"hhi": hhi, **crs, "effective_suppliers": 1 / hhi, "hhi_normalised": normalised}


def close(one: Cell, other: Cell) -> bool:
    if one is None or other is None or isinstance(one, str) or isinstance(other, str):
        return one == other
    return math.isclose(one, other, rel_tol=1e-9, abs_tol=1e-9)


@few
@given(deliveries)
def test_sql_and_plain_python_agree(rows: list[Delivery]) -> None:
    fast, slow = shares(rows, by="supplier"), slow_shares(rows)
    by_key = {row["supplier"]: row for row in slow}
    assert len(fast) == len(slow)
    for row in fast:
        mate = by_key[row["supplier"]]
        assert close(row["value"], mate["value"])
        assert close(row["share"], mate["share"])
        assert row["deals"] == mate["deals"]
    values = [row["value"] for row in fast]
    assert values == sorted(values, reverse=True)  # type: ignore[type-var]
    assert [row["rank"] for row in fast] == [1 + sum(other > value for other in values) for value in values]  # type: ignore[operator]
    measures = concentration(fast)
    for name, value in slow_concentration([row["share"] for row in slow if row["share"]]).items():  # type: ignore[misc]
        assert close(measures[name], value), name


@few
@given(deliveries, st.randoms())
def test_the_order_of_rows_changes_nothing(rows: list[Delivery], random: object) -> None:
    mixed = list(rows)
    random.shuffle(mixed)  # type: ignore[attr-defined]
    one, other = shares(rows, by="supplier"), shares(mixed, by="supplier")
    assert {row["supplier"] for row in one} == {row["supplier"] for row in other}
    assert close(concentration(one)["hhi"], concentration(other)["hhi"])


@few
@given(deliveries)
def test_merging_two_suppliers_never_lowers_concentration(rows: list[Delivery]) -> None:
    merged = [replace(row, supplier=SUPPLIERS[0]) if row.supplier == SUPPLIERS[1] else row for row in rows]
    apart, together = (concentration(shares(one, by="supplier"))["hhi"] for one in (rows, merged))
    assert apart is None or together >= apart - 1e-12  # type: ignore[operator]


def test_a_worked_example() -> None:
    rows = [delivery("CHL", 60.0), delivery("BRA", 30.0), delivery(None, 10.0), delivery("ARG", None)]
    (figure,) = market(FakeEdition(*rows), "PER", periods=[(2020, 2024)])
    assert [(row["supplier"], row["share"], row["rank"], row["deals"]) for row in figure.rows] == [
        ("country:CHL", 0.6, 1, 1),
        ("country:BRA", 0.3, 2, 1),
        (None, 0.1, 3, 1),
        ("country:ARG", 0.0, 4, 1),
    ]
    assert figure.measures["hhi"] == pytest.approx(0.46)
    assert figure.measures["effective_suppliers"] == pytest.approx(1 / 0.46)
    assert figure.measures["hhi_normalised"] == pytest.approx((0.46 - 1 / 3) / (1 - 1 / 3))
    assert (figure.measures["cr1"], figure.measures["total"]) == (0.6, 100.0)
    assert (figure.unit, figure.window, figure.about, figure.estimated) == ("million TIV", (2020, 2024), "country:PER", False)
    assert any("does not know" in caveat for caveat in figure.caveats)
    assert any("Deliveries without a TIV value" in caveat for caveat in figure.caveats)
    assert figure_json(figure)["window"] == [2020, 2024]


def test_only_the_window_counts_and_each_period_is_a_figure() -> None:
    edition = FakeEdition(delivery("CHL", 60.0, 2015), delivery("BRA", 30.0, 2020))
    first, second = market(edition, "Peru", periods=[(2015, 2019), (2020, 2024)])
    assert [row["supplier"] for row in first.rows] == ["country:CHL"]
    assert [row["supplier"] for row in second.rows] == ["country:BRA"]


def test_the_default_is_the_last_full_five_years() -> None:
    edition = FakeEdition(delivery("CHL", 60.0))
    assert last_window(edition) == (2021, 2025)
    (figure,) = market(edition, "PER")
    assert figure.window == (2021, 2025)
    assert any("newest year" in caveat for caveat in figure.caveats)
    assert last_window(FakeEdition(coverage=Coverage(2024, 2025))) == (2024, 2025)


def test_estimates_are_marked_and_explained() -> None:
    (figure,) = market(FakeEdition(delivery("CHL", 60.0, estimated=True)), "PER")
    assert figure.estimated
    assert "spread evenly" in figure.formula
    assert "7.7 %" in figure.formula


def test_by_recipient_class_and_supplier() -> None:
    rows = [delivery("CHL", 60.0), delivery("CHL", 20.0, recipient="country:BOL", category="frigate"), delivery("BRA", 5.0)]
    edition = FakeEdition(*rows)
    (world,) = market(edition, "WORLD", by="recipient")
    assert (world.about, [row["recipient"] for row in world.rows]) == ("world", ["country:PER", "country:BOL"])
    (classes,) = market(edition, "WORLD", by="category")
    assert [row["category"] for row in classes.rows] == ["category:tank", "category:frigate"]
    (chile,) = market(edition, None, supplier="CHL")
    assert (chile.about, [row["value"] for row in chile.rows]) == ("country:CHL", [60.0, 20.0])
    (both,) = market(edition, "PER", supplier="CHL", by="category")
    assert (both.about, [row["value"] for row in both.rows]) == ("country:PER", [60.0])


def test_regions_and_blocs() -> None:
    rows = [delivery("CHL", 60.0, recipient="country:KAZ"), delivery("CHL", 5.0), delivery("BRA", 1.0, recipient="country:SUHH", year=1988)]
    (central,) = market(FakeEdition(*rows), "Central Asia")
    assert central.measures["total"] == 60.0
    assert any("M49" in caveat for caveat in central.caveats)
    (bloc,) = market(FakeEdition(*rows), "CSTO")
    assert (bloc.about, bloc.measures["total"]) == ("organisation:CSTO", 60.0)
    (before,) = market(FakeEdition(*rows), "Eastern Europe", periods=[(1985, 1989)])
    assert before.measures["total"] == 1.0, "a former state counts where its first successor lies"


def test_nothing_delivered() -> None:
    (figure,) = market(FakeEdition(), "PER")
    assert (figure.rows, figure.measures["hhi"], figure.measures["total"]) == ((), None, 0)
    (empty,) = market(FakeEdition(delivery("CHL", 0.0)), "PER")
    assert (empty.rows[0]["share"], empty.measures["hhi"]) == (None, None)


def test_an_excerpt_says_what_it_covers() -> None:
    edition = FakeEdition(delivery("CHL", 60.0), delivery("CHL", 3.0, recipient="country:BOL"), coverage=EXCERPT)
    (whole,) = market(edition, "PER")
    assert not any("only a part" in caveat for caveat in whole.caveats)
    for part in ("BOL", "WORLD"):
        (figure,) = market(edition, part)
        assert "only a part" in figure.caveats[0]
        assert "Peru, and Chile to Bolivia." in figure.caveats[0]
    with pytest.raises(RegisterError, match="does not cover deliveries to Poland"):
        market(edition, "POL")


@pytest.mark.parametrize(
    ("about", "more", "words"),
    [
        ("Nowhereland", {}, "called 'Nowhereland'"),
        ("PER", {"by": "colour"}, "split by 'colour'"),
        ("PER", {"periods": [(2020, 2010)]}, "ends before it begins"),
        ("PER", {"periods": [(1900, 1910)]}, "nothing in 1900:1910"),
        (None, {}, "Neither a market nor a supplier"),
    ],
)
def test_wrong_questions(about: str | None, more: dict[str, object], words: str) -> None:
    with pytest.raises(UsageError, match=words):
        market(FakeEdition(), about, **more)  # type: ignore[arg-type]


def test_orders_entrants_leavers_and_classes() -> None:
    rows = [delivery("CHL", 60.0), delivery("CHL", 5.0, category="frigate"), delivery("BRA", 30.0), delivery("ARG", 4.0, 2017)]
    rows += [delivery("BRA", 1.0, 2018)]
    deals = [deal("sipri:CHL", "CHL", (2022,), ordered=2020), deal("x", "FRA", (), ordered=2024), deal("y", "FRA", (2030,), ordered=2010)]
    (figure,) = market(FakeEdition(*rows, entries=deals), "PER", periods=[(2020, 2024)])
    chile, brazil, france = figure.rows
    assert (chile["orders"], chile["ordered"], chile["categories"], chile["new"]) == (1, 10.0, "tank | frigate", True)
    assert (brazil["orders"], brazil["new"]) == (0, False)
    assert [france[key] for key in ("supplier", "value", "share", "rank", "deals")] == ["country:FRA", 0.0, 0.0, 3, 0]
    assert (france["orders"], france["new"]) == (1, None)
    told = figure.measures
    assert (told["compared_with"], told["entered"], told["left"]) == ("2015:2019", "country:CHL", "country:ARG")
    assert (told["entrants"], told["leavers"]) == (1, 1)
    assert told["hhi"] == concentration(figure.rows[:2])["hhi"], "a key that only ordered does not count"


def test_the_period_asked_for_before_is_the_one_compared_with() -> None:
    edition = FakeEdition(delivery("ARG", 4.0, 2005), delivery("CHL", 60.0))
    first, second = market(edition, "PER", periods=[(2004, 2006), (2020, 2024)])
    assert (first.measures["compared_with"], second.measures["compared_with"]) == ("2001:2003", "2004:2006")
    assert second.measures["left"] == "country:ARG"
    (early,) = market(edition, "PER", periods=[(1950, 1954)])
    assert (early.measures["compared_with"], early.measures["entrants"]) == (None, None), "not zero: there is nothing to compare with"


def test_second_hand_aid_and_licence() -> None:
    rows = [delivery("CHL", 60.0), delivery("BRA", 30.0), delivery("ARG", 10.0)]
    deals = [
        deal("sipri:CHL", "CHL", (2022,), status="Second hand", comment="Second-hand; aid"),
        deal("sipri:BRA", "BRA", (2022,), comment="Produced under licence in Peru"),
        deal("sipri:ARG", "ARG", (2022,), comment="Raid version; unlicensed"),
    ]
    (figure,) = market(FakeEdition(*rows, entries=deals), "PER")
    shares_of = [figure.measures[f"{name}_share"] for name in ("second_hand", "aid", "licence")]
    assert shares_of == pytest.approx([0.6, 0.6, 0.3])
    assert [figure.rows[0][name] for name in ("second_hand", "aid", "licence")] == [1.0, 1.0, 0.0]
    (bare,) = market(FakeEdition(*rows, entries=[replace(one, comment=None) for one in deals]), "PER")
    assert (bare.measures["second_hand_share"], bare.measures["aid_share"], bare.measures["licence_share"]) == (0.6, None, None)


def test_the_largest_alone_bound_the_hhi() -> None:
    rows = [delivery(code, value) for code, value in (("CHL", 50.0), ("BRA", 30.0), ("ARG", 15.0), ("FRA", 5.0))]
    (figure,) = market(FakeEdition(*rows), "PER", top=2)
    assert [row["supplier"] for row in figure.rows] == ["country:CHL", "country:BRA"]
    assert figure.measures["cr2"] == pytest.approx(0.8)
    assert (figure.measures["hhi_low"], figure.measures["hhi_high"]) == pytest.approx((0.34, 0.38))
    assert 0.34 <= float(str(figure.measures["hhi"])) <= 0.38
    with pytest.raises(UsageError):
        market(FakeEdition(*rows), "PER", top=0)


def test_claims_that_the_register_does_not_have() -> None:
    to_peru = {"supplier": "country:CHL", "recipient": "country:PER"}
    claims = [
        saved("transfer", to_peru, verdict="not_found_in_scope", speaker="Somebody"),
        saved("transfer", {**to_peru, "goods": "system:T-72"}, verdict="supported"),
        saved("service", {"provider": "country:BRA", "client": "country:PER"}, verdict="out_of_scope"),
        saved("transfer", {"supplier": "country:CHL", "recipient": "country:BOL"}, verdict="not_found_in_scope"),
        saved("membership", {"member": "country:PER"}),
    ]
    (figure,) = market(FakeEdition(delivery("CHL", 1.0)), "PER", claims=claims)
    said = figure.parts["claims"]
    assert {(row["type"], row["verdict"]) for row in said} == {("transfer", "not_found_in_scope"), ("service", "out_of_scope")}
    assert {row["speaker"] for row in said} == {"Somebody", None}
    assert all(row["quote"] and row["published"] == "2011-05-01" for row in said)
    (chile,) = market(FakeEdition(delivery("CHL", 1.0)), None, supplier="CHL", claims=claims)
    assert len(chile.parts["claims"]) == 2, "a supplier's claims, to whomever"
    assert figure_json(figure)["parts"]["claims"][0]["document"] == "An article"  # type: ignore[index,call-overload]


def test_a_state_that_had_ended_is_told() -> None:
    (figure,) = market(FakeEdition(), "SUHH", periods=[(2020, 2024)])
    assert any("Soviet Union ended on 1991" in line for line in figure.caveats)
    (then,) = market(FakeEdition(), "SUHH", periods=[(1980, 1984)])
    assert not any("ended on" in line for line in then.caveats)


@pytest.mark.shared
def test_the_real_register(shared: Path, tmp_path: Path) -> None:
    folder = shared / "data/sipri_register"
    add(tmp_path, "sipri", [folder / "peryear_1990-2023_exported_2024-04-13.csv.gz"])
    exact = open_edition(tmp_path)
    (figure,) = market(exact, "KAZ", periods=[(2019, 2023)])
    assert not figure.estimated
    assert figure.rows[0]["supplier"] == "country:RUS"
    (bundled,) = market(open_edition(tmp_path, edition="excerpt-2026-05-18"), "KAZ", periods=[(2019, 2023)])
    assert bundled.estimated
    assert bundled.rows[0]["share"] == pytest.approx(figure.rows[0]["share"], abs=0.1)
