"""Sustainment: stock, who can, who must turn to whom, today's evidence. States and weapon names are real, deals and claims invented."""

import pytest
from checking.invented import FakeEdition, row
from hypothesis import given
from hypothesis import strategies as st

from market.invented_claims import TODAY, claimed
from talaan.ledger.read import Row
from talaan.market.dependence import START, Task, must_turn, needed, single_points
from talaan.market.restraints import restraint_rows
from talaan.market.stock import Survival, life_span, stock_rows, survival
from talaan.market.sustainment import sustainment
from talaan.model.entry import Coverage, Entry
from talaan.model.errors import UsageError
from talaan.model.figure import Figure
from talaan.output.network import network_alt, network_spec
from talaan.output.words import words

S300 = {"system": "system:S-300"}
HOLDERS = st.frozensets(st.sampled_from("ABCD"), max_size=3)


def delivered(supplier: str, recipient: str, year: int, **more: object) -> Entry:
    return row(supplier, recipient, "S-300PS", "air-defence-system", year - 1, **{**S300, **more})


def can(holder: str, has: bool = True, **more: object) -> Row:
    return claimed("capability", {"holder": holder, "goods": "system:S-300"}, ability="overhaul", has=has, **more)  # type: ignore[arg-type]


def turns(dependent: str, provider: str, **more: object) -> Row:
    roles = {"dependent": dependent, "provider": provider, "goods": "system:S-300", "need": "overhaul"}
    return claimed("dependency", roles, **more)  # type: ignore[arg-type]


def figure(*deals: Entry, claims: tuple[Row, ...] = (), system: str | None = "S-300", coverage: Coverage | None = None) -> Figure:
    edition = FakeEdition(*deals, coverage=coverage or Coverage(1950, 2025))
    return sustainment(edition, "PER", system, claims=claims, today=TODAY)


def test_stock_is_deliveries_times_survival_with_an_interval() -> None:
    (line,) = stock_rows([delivered("BRA", "PER", 2000, number=10)], year=2025, rule=Survival())
    assert (line["low"], line["high"]) == (2.5, 8.75)
    assert line["stock"] == pytest.approx(10 * (1.5 - 25 / 30))
    assert (line["age"], line["delivered"]) == (25, 10)


def test_second_hand_goods_are_older_and_an_unknown_number_is_not_nothing() -> None:
    used = delivered("BRA", "PER", 2015, number=10, status="Second hand")
    (line,) = stock_rows([used], year=2025, rule=Survival())
    assert (line["low"], line["high"]) == (0.0, 10.0)
    (line,) = stock_rows([used, delivered("BRA", "PER", 2020, number=None)], year=2025, rule=Survival())
    assert (line["delivered"], line["stock"]) == (None, None)


@given(age=st.floats(0, 100), low=st.integers(1, 40), more=st.integers(0, 40))
def test_a_longer_life_never_lowers_survival(age: float, low: int, more: int) -> None:
    assert 0 <= survival(age, low) <= survival(age, low + more) <= 1


def test_the_one_who_cannot_must_turn_to_the_only_one_who_can() -> None:
    found = figure(claims=(can("country:CHL", has=False), can("country:BRA"), turns("country:CHL", "country:BRA", modality="necessary")))
    (turn,) = found.parts["turns"]
    assert (turn["dependent"], turn["provider"], turn["basis"], turn["ability"]) == ("country:CHL", "country:BRA", "both", "overhaul")
    assert [line["holder"] for line in found.parts["single_points"]] == ["country:BRA"]
    assert {edge["kind"] for edge in found.parts["network"]} == {"asked", "needs", "able", "unable", "must turn to"}


def test_another_who_can_takes_the_dependence_out_of_the_network_but_not_the_claim() -> None:
    claims = (can("country:CHL", has=False), can("country:BRA"), can("country:ARG"), turns("country:CHL", "country:BRA"))
    found = figure(claims=claims)
    (turn,) = found.parts["turns"]
    assert (turn["basis"], turn["needed"]) == ("claim", False)
    assert found.parts["single_points"] == ()


def test_without_a_claim_of_dependence_it_follows_from_the_abilities() -> None:
    (turn,) = figure(claims=(can("country:CHL", has=False), can("plant@BRA"))).parts["turns"]
    assert (turn["dependent"], turn["provider"], turn["basis"], turn["firm"]) == ("country:CHL", "country:BRA", "network", True)
    maybe = (can("country:CHL", has=False), can("country:BRA"), can("country:ARG", modality="possible"))
    assert figure(claims=maybe).parts["turns"][0]["firm"] is False


def test_a_claim_of_class_goods_counts_for_the_weapon_and_one_on_other_goods_does_not() -> None:
    general = claimed("service", {"provider": "country:BRA", "goods": "category:air-defence-system"}, service="repair")
    other = claimed("service", {"provider": "country:ARG", "goods": "category:tank"}, service="repair")
    (line,) = figure(claims=(general, other)).rows
    assert (line["holder"], line["scope"], line["ability"]) == ("country:BRA", "class", "repair")


def test_todays_evidence_names_source_later_statements_and_deliveries_since() -> None:
    deals = (delivered("CHL", "PER", 2005), delivered("CHL", "PER", 2015))
    claims = (turns("country:CHL", "country:BRA", speaker="An Expert"), can("country:CHL", on="2014", document="2"))
    points = {str(line["point"]): str(line["says"]) for line in figure(*deals, claims=claims).parts["proofs"]}
    assert points["source"] == "An Expert, Article 1, 2011-05-01, 15 years ago"
    assert points["later"].startswith("2014-01-01")
    assert points["other documents"] == "Article 2"
    since = [line["says"] for line in figure(*deals, claims=claims).parts["proofs"] if line["point"] == "delivered since"]
    assert since == ["country:CHL after 2011: S-300PS to Peru (2015, New)", "country:BRA after 2011: no delivery in the register"]


def test_only_one_can_falls_with_one_counter_example_and_is_never_proven() -> None:
    alone = claimed("capability", {"holder": "country:BRA", "goods": "system:S-300"}, ability="produce", has=True, exclusive=True)
    (line,) = figure(delivered("CHL", "ARG", 2005), claims=(alone,)).parts["exclusive"]
    assert line["counter_examples"] == "country:CHL"
    (line,) = figure(claims=(alone,)).parts["exclusive"]
    assert line["counter_examples"] is None


def test_missiles_prove_no_maker_and_a_state_that_is_gone_makes_nothing() -> None:
    missile = row("CHL", "PER", "5V55R", "surface-to-air-missile", 2005, system="system:S-300")
    assert figure(missile).rows == ()
    (line,) = figure(delivered("SUHH", "PER", 1985)).rows
    assert (line["former"], line["needed"]) == (True, False)


def test_no_data_is_no_zero_and_a_part_of_coverage_is_told() -> None:
    found = figure()
    assert (found.measures["stock"], found.measures["delivered"], found.rows) == (None, None, ())
    assert "no delivery of S-300 to Peru" in found.caveats[0]
    part = Coverage(1950, 2025, recipients=frozenset({"country:CHL"}), statement="Only Chile.")
    assert "covers nothing of what was delivered to Peru" in figure(coverage=part).caveats[0]
    with pytest.raises(UsageError, match="whole world"):
        sustainment(FakeEdition(), "WORLD", today=TODAY)
    with pytest.raises(UsageError, match="span of service lives"):
        life_span("40:20")


def test_an_embargo_in_force_is_shown_and_binds_only_those_it_binds() -> None:
    rows = restraint_rows("country:RUS", "country:DEU", classes=(), day=TODAY)
    assert any(line["imposer"] == "organisation:european-union" and line["binds"] and line["arms"] for line in rows)
    assert not any(line["binds"] and line["arms"] for line in restraint_rows("country:RUS", "country:KAZ", classes=(), day=TODAY))


@given(able=HOLDERS, unable=HOLDERS)
def test_whoever_is_needed_is_needed_by_slow_removal_too(able: frozenset[str], unable: frozenset[str]) -> None:
    task = Task("system:X", "repair", able, unable=unable - able)
    expected = set(able) if len(able) == 1 else set()
    assert set(single_points(task)) == expected
    assert {provider for _, provider in must_turn(task)} == (expected if unable - able else set())
    assert needed([], START) == ()


def test_the_picture_says_in_words_who_must_turn_to_whom() -> None:
    found = figure(claims=(can("country:CHL", has=False), can("country:BRA")))
    assert "Chile – must turn to – Brazil" in network_alt(found, words("en"))
    assert network_spec(found)["layer"]
