"""Rulings on transfers said to have happened: scope, matching, denials, absence. Parties are real, deals invented."""

from dataclasses import replace

import pytest

from checking.invented import FakeEdition, claim, document, judge, money, row, transfer
from talaan.checking.check import CheckContext, check
from talaan.model.claim import Quote, Speaker
from talaan.model.entry import Coverage
from talaan.model.quantity import Quantity

APC, TANK, FIGHTER = "category:armoured-personnel-carrier", "category:tank", "category:combat-aircraft"
EXCERPT = Coverage(
    1950, 2025, frozenset({"country:PER"}), frozenset({"country:CHL"}), frozenset({"country:BOL"}), "Peru and a little of Chile"
)


@pytest.mark.parametrize(
    "goods",
    ["category:spare-parts", "category:small-arms", "category:ammunition", "category:military-vehicle", "category:training-equipment"],
)
def test_ruling_1_goods_the_register_does_not_hold(goods: str) -> None:
    verdict = judge(transfer("CHL", "PER", goods), row("CHL", "PER", "Leopard-1", "tank", 2010))
    assert (verdict.verdict, verdict.rule) == ("out_of_scope", "transfer.goods-scope")
    assert verdict.nearest


def test_ruling_1_offers_and_domestic_deliveries() -> None:
    rows = row("CHL", "PER", "X", "tank", 2010)
    assert judge(transfer("CHL", "PER", TANK, "offered"), rows).rule == "transfer.offer"
    assert judge(transfer("CHL", "CHL", TANK)).rule == "transfer.domestic"


def test_ruling_2_second_hand_engines_and_radars_are_in_scope() -> None:
    for category in ("engine", "radar", "surface-to-air-missile", "transport-aircraft"):
        found = row("CHL", "PER", "X", category, 2010, status="Second hand")
        assert judge(transfer("CHL", "PER", f"category:{category}"), found).verdict == "supported"


def test_ruling_4_aircraft_for_a_head_of_state_may_be_left_out() -> None:
    one = replace(transfer("CHL", "PER", "category:transport-aircraft"), quote=Quote("a jet for the president", 0, 23))
    assert judge(one).verdict == "out_of_scope"
    assert judge(replace(one, quote=Quote("a jet for the army", 0, 18))).verdict == "not_found_in_scope"


def test_ruling_5_arms_alone_fit_any_row_of_the_pair() -> None:
    one = transfer("CHL", "PER", "category:arms")
    assert judge(one, row("CHL", "PER", "X", "frigate", 2008), published="2011").verdict == "supported"
    empty = judge(one, row("PER", "CHL", "X", "frigate", 2008), published="2011")
    assert empty.verdict == "not_found_in_scope"
    assert "Small arms" in empty.reason


def test_a_pair_outside_the_excerpt_is_not_covered_and_never_missing() -> None:
    verdict = judge(transfer("CHL", "ARG", TANK), coverage=EXCERPT)
    assert verdict.verdict == "out_of_scope"
    assert verdict.reason.startswith("Not covered by this edition")
    assert judge(transfer("BRA", "PER", TANK), coverage=EXCERPT).verdict == "not_found_in_scope"
    assert judge(transfer("CHL", "BOL", TANK), coverage=EXCERPT).verdict == "not_found_in_scope"


def test_party_kinds_and_unread_parties() -> None:
    assert judge(transfer("person:somebody", "PER", TANK)).rule == "transfer.party-kind"
    assert judge(transfer("CHL", "organisation:party-of-regions", TANK)).rule == "transfer.party-kind"
    assert judge(transfer("a mysterious broker", "PER", TANK)).verdict == "needs_human"
    assert judge(transfer("CHL", "PER", "a thing")).rule == "transfer.goods-read"


def test_a_period_after_the_edition_is_out_of_scope() -> None:
    assert judge(transfer("CHL", "PER", TANK, when="2026")).rule == "transfer.period"
    assert judge(transfer("CHL", "PER", TANK, when="1949")).rule == "transfer.period"
    early = row("CHL", "PER", "X", "tank", 1949)
    assert judge(transfer("CHL", "PER", TANK, "ordered", when="1949"), early).verdict == "supported"
    late = judge(transfer("CHL", "PER", TANK), published="2026-03")
    assert late.verdict == "out_of_scope"
    assert "ends with 2025" in late.reason


@pytest.mark.parametrize(
    ("year", "verdict"), [("2009", "supported"), ("2008", "supported"), ("2006", "partly_supported"), ("1985", "not_found_in_scope")]
)
def test_ruling_13_one_year_off_supports_more_is_part(year: str, verdict: str) -> None:
    found = row("CHL", "PER", "X", "tank", 2009)
    assert judge(transfer("CHL", "PER", TANK, "ordered", when=year), found).verdict == verdict


def test_ruling_13_a_flag_widens_the_tolerance() -> None:
    one = transfer("CHL", "PER", TANK, "ordered", when="2007")
    assert judge(one, row("CHL", "PER", "X", "tank", 2009)).verdict == "partly_supported"
    assert judge(one, row("CHL", "PER", "X", "tank", 2009, ordered_uncertain=True)).verdict == "supported"
    twelve = transfer("CHL", "PER", TANK, number=12)
    assert judge(twelve, row("CHL", "PER", "X", "tank", 2009)).verdict == "partly_supported"
    assert judge(twelve, row("CHL", "PER", "X", "tank", 2009, number_ordered_uncertain=True)).verdict == "supported"


def test_ruling_13_uncertain_designation_or_unknown_party() -> None:
    unsure = row("CHL", "PER", "Leopard-1", "tank", 2009, system="system:Leopard 1", comment="Designation uncertain")
    assert judge(transfer("CHL", "PER", "system:Leopard 1"), unsure).verdict == "register_uncertain"
    unknown = judge(transfer("CHL", "PER", TANK), row(None, "PER", "T-55", "tank", 2009))
    assert (unknown.verdict, unknown.rule) == ("register_uncertain", "transfer.party-unknown")


def test_ruling_14_numbers() -> None:
    thirty = row("CHL", "PER", "X", "towed-artillery", 2009, number=30)
    guns = "category:towed-artillery"
    assert judge(transfer("CHL", "PER", guns, number=60), thirty).verdict == "partly_supported"
    assert "60 claimed, 30 listed" in judge(transfer("CHL", "PER", guns, number=60), thirty).reason
    assert judge(transfer("CHL", "PER", guns, number=32), thirty).verdict == "supported"
    assert judge(transfer("CHL", "PER", guns, number=24, about=True), thirty).verdict == "supported"
    two_units = replace(transfer("CHL", "PER", guns), quantity=Quantity(2, "container", False, "two battalions", 0, 0))
    assert judge(two_units, thirty).fields["number"] is None


def test_ruling_15_rows_of_one_contract_are_added() -> None:
    versions = [
        row("CHL", "PER", name, "combat-aircraft", 2009, number=number, system="system:Su-30") for name, number in (("A", 18), ("B", 6))
    ]
    verdict = judge(transfer("CHL", "PER", "system:Su-30", number=24), *versions)
    assert verdict.verdict == "supported"
    assert set(verdict.entries) == {one.id for one in versions}


def test_ruling_16_a_batch_of_a_larger_deal() -> None:
    deal = row("CHL", "PER", "X", "tank", 2009, number=100, years=(2010, 2011, 2012))
    verdict = judge(transfer("CHL", "PER", TANK, when="2011", number=40), deal)
    assert verdict.verdict == "partly_supported"
    assert "batch" in verdict.reason


def test_ruling_17_both_classes_of_a_system_count_but_no_class_below_is_guessed() -> None:
    carrier = row("CHL", "PER", "BTR-3", "infantry-fighting-vehicle", 2005, system="system:BTR-3", number=2, years=(2005,))
    for goods in (APC, "category:infantry-fighting-vehicle", "category:armoured-vehicle", "system:BTR-3"):
        verdict = judge(transfer("CHL", "PER", goods), carrier)
        assert verdict.verdict == "supported"
        assert "two BTR-3 of 2005" in verdict.reason
    assert judge(transfer("CHL", "PER", TANK), carrier).verdict == "not_found_in_scope"
    rounds = row("CHL", "PER", "5V55U", "surface-to-air-missile", 2005, system="system:S-300")
    assert judge(transfer("CHL", "PER", "category:air-defence-system"), rounds).verdict == "not_found_in_scope"


def test_ruling_17_an_unknown_alias_is_not_a_missing_row() -> None:
    verdict = judge(transfer("CHL", "PER", "system:S-300"), row("CHL", "PER", "Strange-9", "air-defence-system", 2009), published="2012")
    assert verdict.verdict == "needs_human"
    assert len(verdict.nearest) == 1


def test_ruling_17_words_that_are_the_rows_designation() -> None:
    assert judge(transfer("CHL", "PER", "Qx-77"), row("CHL", "PER", "QX-77A", "tank", 2009)).verdict == "supported"


def test_ruling_18_a_remark_is_evidence() -> None:
    other = row("BRA", "PER", "X", "tank", 2009, comment="Second-hand; from Chile via Brazil")
    verdict = judge(transfer("CHL", "PER", TANK), other)
    assert (verdict.verdict, verdict.rule) == ("partly_supported", "transfer.remark")
    assert verdict.entries == (other.id,)
    part = row("BRA", "PER", "Diesel", "engine", 2009, comment="For 30 tanks from Chile")
    assert judge(transfer("CHL", "PER", TANK), part).verdict == "partly_supported", "the remark speaks of the whole"
    assert judge(transfer("CHL", "PER", "category:engine"), part).verdict == "not_found_in_scope", "and not of the part"


def test_ruling_19_money_never_contradicts() -> None:
    rows = row("CHL", "PER", "X", "tank", 2009)
    huge = replace(transfer("CHL", "PER", "category:arms"), value=money(5e9))
    verdict = judge(huge, rows)
    assert (verdict.verdict, "no prices" in verdict.reason) == ("partly_supported", True)
    assert judge(replace(transfer("CHL", "PER", TANK), value=money(5e9)), rows).verdict == "supported"


@pytest.mark.parametrize(("ordered", "verdict"), [(2009, "supported"), (2001, "partly_supported"), (1975, "not_found_in_scope")])
def test_ruling_20_recently(ordered: int, verdict: str) -> None:
    one = transfer("CHL", "PER", TANK, when="recently")
    assert judge(one, row("CHL", "PER", "X", "tank", ordered), published="2011-05").verdict == verdict


def test_ruling_21_a_claim_that_quotes_the_register() -> None:
    one = replace(transfer("CHL", "PER", TANK), speaker=Speaker("organisation:SIPRI", "SIPRI"))
    verdict = judge(one, row("CHL", "PER", "X", "tank", 2009))
    assert verdict.verdict == "supported"
    assert "source is the same" in verdict.reason


def test_rulings_22_and_26_denials() -> None:
    never = transfer("CHL", "LAO", "category:trainer-aircraft", "ordered", negated=True)
    assert judge(never).verdict == "supported"
    denied = replace(never, negated=False, modality="denied", when=None)
    bought = row("CHL", "LAO", "X", "trainer-aircraft", 2010)
    assert judge(denied, bought, published="2012").verdict == "contradicted"
    assert judge(denied, bought, published="2010-06").verdict == "not_checkable", "the register knows no months"
    assert judge(denied, bought, published="2024").verdict == "not_checkable", "another time"
    assert judge(denied, bought).verdict == "not_checkable", "no date"


def test_ruling_22_no_more_than_six() -> None:
    most = transfer("CHL", "GHA", "category:frigate", negated=True, number=6, when="2010")
    eight = row("CHL", "GHA", "X", "frigate", 2009, number=8)
    assert judge(most, eight).verdict == "contradicted"
    assert judge(most, replace(eight, number_delivered_uncertain=True)).verdict == "register_uncertain"
    assert judge(replace(most, quantity=Quantity(8, "item", False, "", 0, 0)), eight).verdict == "supported"


def test_rulings_22_and_23_another_supplier_does_not_contradict() -> None:
    other = row("RUS", "PER", "S-300PS", "air-defence-system", 2013, system="system:S-300")
    rounds = row("RUS", "PER", "5V55U", "surface-to-air-missile", 2013, system="system:S-300")
    own = row("CHL", "PER", "BTR-3", "armoured-personnel-carrier", 2005)
    verdict = judge(transfer("CHL", "PER", "system:S-300"), rounds, other, own, published="2011-05")
    assert verdict.verdict == "not_found_in_scope"
    assert verdict.nearest == (other.id, rounds.id, own.id)
    assert "from Russia" in verdict.reason
    assert (verdict.fields["supplier"], verdict.fields["recipient"]) == (0.0, 1.0)
    assert verdict.entries == ()


def test_the_direction_counts() -> None:
    assert judge(transfer("PER", "CHL", TANK), row("CHL", "PER", "X", "tank", 2009)).verdict == "not_found_in_scope"


def test_ruling_24_cancelled_or_refused() -> None:
    one = transfer("CHL", "PER", FIGHTER, "cancelled")
    assert judge(one).verdict == "not_checkable"
    nothing_came = row("CHL", "PER", "X", "combat-aircraft", 2009, number_delivered=0, years=())
    assert judge(one, nothing_came).verdict == "supported"
    rest = row("CHL", "PER", "X", "combat-aircraft", 2009, comment="More ordered but cancelled")
    assert judge(one, rest).verdict == "partly_supported"
    pending = row("CHL", "PER", "X", "combat-aircraft", 2024, number_delivered=0, years=())
    assert judge(one, pending).verdict == "not_checkable"
    assert judge(one, row("CHL", "PER", "X", "combat-aircraft", 2009)).verdict == "not_checkable", "never contradicted"


def test_ruling_25_a_lapsed_order_leaves_no_row() -> None:
    verdict = judge(transfer("CHL", "PER", FIGHTER, "ordered", when="2009"))
    assert verdict.verdict == "not_found_in_scope"
    assert "lapsed are taken out" in verdict.reason


def test_ordered_but_not_delivered_is_part_of_a_delivery() -> None:
    verdict = judge(transfer("CHL", "PER", TANK), row("CHL", "PER", "X", "tank", 2009, number_delivered=0, years=()))
    assert verdict.verdict == "partly_supported"
    assert "nothing is listed as delivered" in verdict.reason


def test_a_row_after_the_document_does_not_support_what_has_been_delivered() -> None:
    assert judge(transfer("CHL", "PER", TANK), row("CHL", "PER", "X", "tank", 2018), published="2011").verdict == "not_found_in_scope"


def test_a_predecessor_state_counts_as_the_party() -> None:
    soviet = row("SUHH", "PER", "X", "tank", 1984)
    verdict = judge(transfer("RUS", "PER", TANK, when="1985"), soviet)
    assert verdict.verdict == "supported"
    assert verdict.fields["supplier"] == 0.9


def test_a_firm_stands_for_its_state() -> None:
    one = transfer("CHL", "PER", TANK)
    firm = replace(one.roles["supplier"][0], ref="organisation:famae", country="CHL")
    assert judge(replace(one, roles={**one.roles, "supplier": (firm,)}), row("CHL", "PER", "X", "tank", 2009)).verdict == "supported"


def test_the_trace_names_every_question_until_the_answer() -> None:
    verdict = judge(transfer("CHL", "PER", TANK), row("CHL", "PER", "X", "tank", 2009))
    asked = [line.split(":")[0] for line in verdict.trace if "?" in line]
    assert asked[0] == "parties-read"
    assert asked[-1] == "match"
    assert verdict.rule == "transfer.match"


def test_ruling_6_no_report_never_comes() -> None:
    edition = FakeEdition()
    kinds = [transfer("CHL", "PER", TANK), claim("membership", member="CHL", organisation="organisation:NATO")]
    assert all(one.verdict != "no_report" for kind in kinds for one in check(kind, CheckContext(document(), edition)))
