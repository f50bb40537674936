"""Transfers against the UN Register's reports: scope, filing, rows of either side, silence. Parties are real, reports invented."""

import pytest

from checking.invented import FakeEdition, claim, document, row, transfer
from talaan.checking.check import CheckContext, check, check_claims
from talaan.model.claim import Claim
from talaan.model.entry import Coverage, Entry
from talaan.model.verdict import Verdict

TANK, CARRIER, RIFLE = "category:tank", "category:armoured-personnel-carrier", "category:small-arms"


def reported(
    supplier: str, recipient: str, designation: str, category: str, year: int, *, number: int | None = 10, **more: object
) -> Entry:
    """A row of a report: no order, one year."""
    told = {"description": "I. Battle tanks", **more}
    return row(supplier, recipient, designation, category, None, number_delivered=number, number_ordered=None, years=(year,), **told)


def reports(*rows: tuple[Entry, str], filed: dict[tuple[str, int], bool] | None = None) -> FakeEdition:
    """An edition of rows, each with the side whose report it stands in; who files a row has filed."""
    edition = FakeEdition(*(one for one, _ in rows), coverage=Coverage(1992, 2020), register="unroca")
    edition.filed = {(f"country:{code}", year): done for (code, year), done in (filed or {}).items()}
    for one, side in rows:
        reporter = (one.supplier if side == "exporter" else one.recipient) or ""
        edition.told[one.id] = {"side": side, "reporter": reporter}
        edition.filed[reporter, one.years[0]] = True
    return edition


def spoken(kind: str, *years: int, giver: str = "CHL") -> list[tuple[Entry, str]]:
    """Rows by which a report speaks of a class: deliveries to Brazil."""
    told = {"description": "Rifles and carbines"} if kind == "small-arms" else {"description": ""}
    return [(reported(giver, "BRA", "X", kind, year, **told), "exporter") for year in years]


def judge(one: Claim, edition: FakeEdition, published: str | None = None) -> Verdict:
    """The verdict of the register beside an empty main one."""
    return check(one, CheckContext(document(published), FakeEdition(), beside=(edition,)))[-1]


def test_either_side_is_enough_and_the_other_side_is_told() -> None:
    edition = reports((reported("CHL", "PER", "Leopard-1", "tank", 2010), "exporter"), filed={("PER", 2010): False})
    verdict = judge(transfer("CHL", "PER", TANK, when="2010", number=10), edition)
    assert (verdict.register, verdict.verdict, verdict.rule) == ("unroca", "supported", "transfer.unroca-match")
    assert "Chile as exporter reported ten Leopard-1" in verdict.reason and "Peru filed no report for 2010" in verdict.reason


def test_the_sides_are_not_added_up() -> None:
    edition = reports(
        (reported("CHL", "PER", "Leopard-1", "tank", 2010, number=10), "exporter"),
        (reported("CHL", "PER", "Leopard-1", "tank", 2010, number=12), "importer"),
    )
    assert judge(transfer("CHL", "PER", TANK, when="2010", number=22), edition).verdict == "partly_supported"
    assert judge(transfer("CHL", "PER", TANK, when="2010", number=12), edition).verdict == "supported"


def test_a_row_that_states_only_the_category_supports_in_part() -> None:
    told = reported("CHL", "PER", "Armoured combat vehicles", "armoured-vehicle", 2010, description="II. Armoured combat vehicles")
    verdict = judge(transfer("CHL", "PER", CARRIER, when="2010"), reports((told, "importer")))
    assert (verdict.verdict, verdict.fields["goods"]) == ("partly_supported", 0.5)
    assert judge(transfer("CHL", "PER", TANK, when="2010"), reports((told, "importer"))).verdict != "partly_supported"


def test_no_report_where_neither_side_filed() -> None:
    edition = reports(filed={("CHL", 2010): False, ("PER", 2010): False})
    verdict = judge(transfer("CHL", "PER", TANK, when="2010"), edition)
    assert (verdict.verdict, verdict.rule) == ("no_report", "transfer.unroca-absent")
    assert verdict.reason.startswith("Neither Chile nor Peru filed a report for 2010")


def test_not_found_only_where_a_report_speaks_of_such_goods() -> None:
    one = transfer("CHL", "PER", TANK, when="2010")
    assert judge(one, reports(*spoken("tank", 2010))).verdict == "not_found_in_scope"
    assert judge(one, reports(*spoken("frigate", 2010))).verdict == "no_report"
    unread = judge(one, reports(filed={("CHL", 2010): True}))
    assert unread.verdict == "out_of_scope" and unread.reason.startswith("Not covered by this edition")
    other = reports(*spoken("tank", 2010, giver="PER"), filed={("CHL", 2010): True})  # what Peru exports is not what it imports
    assert judge(one, other).verdict == "out_of_scope"


def test_an_undated_claim_looks_back_and_names_the_years_without_reports() -> None:
    years = [year for year in range(1999, 2012) if year != 2005]
    edition = reports(*spoken("tank", *years), filed={("CHL", 2005): False})
    verdict = judge(transfer("CHL", "PER", TANK), edition, published="2011")
    assert verdict.verdict == "no_report" and "2005" in verdict.reason
    whole = reports(*spoken("tank", 2005, *years))
    assert judge(transfer("CHL", "PER", TANK), whole, published="2011").verdict == "not_found_in_scope"


def test_who_filed_unknown_is_not_covered() -> None:
    verdict = judge(transfer("CHL", "PER", TANK, when="2010"), reports())
    assert verdict.verdict == "out_of_scope" and verdict.reason.startswith("Not covered by this edition")


@pytest.mark.parametrize("goods", ["category:radar", "category:engine", "category:surface-to-air-missile", "system:S-300"])
def test_goods_that_nobody_is_asked_for(goods: str) -> None:
    verdict = judge(transfer("CHL", "PER", goods, when="2010"), reports(filed={("CHL", 2010): True}))
    assert (verdict.verdict, verdict.rule) == ("out_of_scope", "transfer.unroca-category")


@pytest.mark.parametrize("goods", ["category:patrol-boat", "category:mortar", "category:helicopter", "category:aircraft"])
def test_below_a_threshold_silence_says_nothing_but_a_row_does(goods: str) -> None:
    verdict = judge(transfer("CHL", "PER", goods, when="2010"), reports(filed={("CHL", 2010): True}))
    assert verdict.verdict == "out_of_scope" and verdict.reason.startswith("Threshold")
    row_of_it = reported("CHL", "PER", "X", goods.removeprefix("category:"), 2010)
    assert judge(transfer("CHL", "PER", goods, when="2010"), reports((row_of_it, "exporter"))).verdict == "supported"


@pytest.mark.parametrize("stage", ["offered", "ordered", "licensed", "refused", "cancelled"])
def test_only_what_was_transferred_is_reported(stage: str) -> None:
    edition = reports((reported("CHL", "PER", "Leopard-1", "tank", 2010), "exporter"))
    assert judge(transfer("CHL", "PER", TANK, stage, when="2010"), edition).rule == "transfer.unroca-stage"


def test_before_the_first_reports() -> None:
    assert judge(transfer("CHL", "PER", TANK, when="1985"), reports()).rule == "transfer.unroca-period"


def test_small_arms_are_missing_only_from_reports_that_speak_of_them() -> None:
    one = transfer("CHL", "PER", RIFLE, when="2010")
    assert judge(one, reports(*spoken("tank", 2010))).verdict == "no_report"
    assert judge(one, reports(*spoken("small-arms", 2010))).verdict == "not_found_in_scope"


def test_a_denial_falls_only_with_a_row_on_the_year_stated() -> None:
    row_of_it = (reported("CHL", "PER", "Leopard-1", "tank", 2010), "exporter")
    edition = reports(row_of_it, *spoken("submarine", 2012))
    assert judge(transfer("CHL", "PER", TANK, when="2010", negated=True), edition).verdict == "contradicted"
    assert judge(transfer("CHL", "PER", TANK, when="2012", negated=True), edition).verdict == "not_checkable"
    assert judge(transfer("CHL", "PER", "category:submarine", when="2012", negated=True), edition).verdict == "supported"


def test_forecasts_wait_for_reports() -> None:
    every = spoken("tank", *range(2008, 2021))
    one = transfer("CHL", "PER", TANK, modality="planned")
    came = reports((reported("CHL", "PER", "Leopard-1", "tank", 2012), "importer"), *every)
    assert judge(one, came, published="2011").verdict == "came_true"
    assert judge(one, came, published="2012").verdict == "partly_came_true"
    assert judge(one, came).verdict == "needs_human"
    assert judge(one, reports(*every), published="2011").verdict == "did_not_come_true"
    assert judge(one, reports(*every), published="2019").verdict == "not_checkable"
    gap = reports(*spoken("tank", 2012, 2014), filed={("CHL", 2013): False})
    assert judge(one, gap, published="2011").verdict == "no_report"


def test_each_register_speaks_once_and_the_main_one_as_before() -> None:
    main = FakeEdition(row("CHL", "PER", "Leopard-1", "tank", 2009))
    one = transfer("CHL", "PER", TANK, when="2010")
    alone = check(one, CheckContext(document(), main))
    beside = reports((reported("CHL", "PER", "Leopard-1", "tank", 2010), "exporter"))
    (both,), entries = check_claims([one], CheckContext(document(), main, beside=(beside,)))
    assert both.verdicts[:-1] == alone and [verdict.register for verdict in both.verdicts] == ["sipri", "unroca"]
    assert set(both.verdicts[-1].entries) <= set(entries)
    opinion = claim("position", holder="CHL", on="PER", stance="supports")
    assert len(check(opinion, CheckContext(document(), main, beside=(beside,)))) == 1
