"""Mirror gaps: who has a delivery and who has not, and why that may say nothing. States are real, deliveries invented."""

from collections.abc import Callable

import pytest
from checking.invented import FakeEdition, row

from talaan.market.gaps import gaps
from talaan.market.places import place
from talaan.model.entry import Coverage, Entry
from talaan.model.errors import UsageError
from talaan.model.figure import Cell, Figure

FILED = dict.fromkeys([("country:CHL", 2010), ("country:PER", 2010)], True)


def un(side: str, goods: str, category: str, year: int = 2010, number: int | None = 10, **more: object) -> tuple[Entry, str]:
    """A row of a report on a delivery from Chile to Peru."""
    told = {"description": "", **more}
    return row("CHL", "PER", goods, category, None, years=(year,), number_delivered=number, number_ordered=None, **told), side


def listed(goods: str, category: str, year: int = 2010, **more: object) -> Entry:
    """A row of SIPRI's register."""
    return row("CHL", "PER", goods, category, 2009, **{"years": (year,), **more})  # type: ignore[arg-type]


def _elsewhere(ref: str, year: int) -> list[tuple[Entry, str]]:
    """Rows of a state's report on deliveries to and from Brazil, which show that the report is at hand."""
    code = ref.removeprefix("country:")
    told = {"years": (year,), "description": ""}
    return [(row(code, "BRA", "Y", "tank", None, **told), "exporter"), (row("BRA", code, "Y", "tank", None, **told), "importer")]  # type: ignore[arg-type]


def figure(
    *told: tuple[Entry, str], sipri: tuple[Entry, ...] = (), filed: dict[tuple[str, int], bool] | None = None, year: int | None = None
) -> Figure:
    """The figure of rows of reports and of the trade register."""
    filed = FILED if filed is None else filed
    told = (*told, *(elsewhere for (code, when), done in filed.items() if done for elsewhere in _elsewhere(code, when)))
    reports = FakeEdition(*(one for one, _ in told), register="unroca", coverage=Coverage(1992, 2020))
    reports.told = {one.id: {"side": side} for one, side in told}
    reports.filed = filed
    return gaps(place("CHL"), place("PER"), reports=reports, register=FakeEdition(*sipri), year=year)


def statuses(found: Figure) -> list[Cell]:
    return [line["status"] for line in found.rows]


TANK = {"system": "system:Leopard-1"}


def test_three_sources_that_agree_are_one_row() -> None:
    found = figure(
        un("exporter", "Leopard", "tank", **TANK),
        un("importer", "Leopard 1V", "tank", **TANK),
        sipri=(listed("Leopard-1", "tank", **TANK),),
    )
    (line,) = found.rows
    assert (line["status"], line["exporter"], line["importer"], line["sipri"], line["category"]) == ("matched", 10, 10, 10, "I")
    assert line["reason"] == "" and found.measures["matched"] == 1


def test_numbers_that_differ_are_told() -> None:
    (line,) = figure(un("exporter", "Leopard", "tank"), un("importer", "Leopard", "tank", number=12)).rows
    assert line["status"] == "matched" and "numbers differ: Chile 10, Peru 12" in str(line["reason"])
    assert "not in SIPRI's register" in str(line["reason"])


@pytest.mark.parametrize(
    ("made", "status"),
    [
        (lambda: figure(un("exporter", "X", "tank")), "only_exporter"),
        (lambda: figure(un("importer", "X", "tank")), "only_importer"),
        (lambda: figure(sipri=(listed("X", "tank"),)), "only_sipri"),
    ],
)
def test_only_one_has_it_and_another_could(made: Callable[[], Figure], status: str) -> None:
    assert statuses(made()) == [status]


def test_nobody_filed() -> None:
    nobody = dict.fromkeys(FILED, False)
    (line,) = figure(sipri=(listed("X", "tank"),), filed=nobody).rows
    assert (
        line["status"] == "no_report" and "Chile filed no report" in str(line["reason"]) and "Peru filed no report" in str(line["reason"])
    )
    found = figure(filed=nobody, year=2010)
    assert found.rows == () and "2010: Chile filed no report." in found.caveats


def test_who_filed_is_not_known() -> None:
    (line,) = figure(sipri=(listed("X", "tank"),), filed={}).rows
    assert line["status"] == "not_comparable" and "whether Chile filed a report is not known" in str(line["reason"])


def test_a_report_that_was_filed_but_is_not_loaded_lacks_nothing() -> None:
    reports = FakeEdition(register="unroca", coverage=Coverage(1992, 2020))
    reports.filed = dict(FILED)
    found = gaps(place("CHL"), place("PER"), reports=reports, register=FakeEdition(listed("X", "tank")))
    assert statuses(found) == ["not_comparable"] and "Chile's report is not loaded" in str(found.rows[0]["reason"])


@pytest.mark.parametrize(
    ("entry", "reason"),
    [
        (listed("X", "radar"), "category"),
        (listed("X", "patrol-boat"), "threshold"),
        (listed("X", "helicopter"), "category: of helicopters it takes attack helicopters only"),
        (listed("X", "tank", comment="Aid"), "aid"),
        (listed("X", "tank", licensed=True), "produced under licence"),
        (listed("X", "tank", year=1985), "period"),
    ],
)
def test_what_others_could_not_have(entry: Entry, reason: str) -> None:
    (line,) = figure(sipri=(entry,)).rows
    assert line["status"] == "not_comparable" and str(line["reason"]).startswith(reason)


def test_a_threshold_does_not_hide_a_match() -> None:
    assert statuses(figure(un("exporter", "X", "patrol-boat"), sipri=(listed("X", "patrol-boat"),))) == ["matched"]


def test_one_year_apart_is_a_convention_and_two_are_not() -> None:
    both = figure(un("exporter", "X", "tank", 2010, **TANK), un("importer", "X", "tank", 2011, **TANK))
    assert statuses(both) == ["not_comparable"] and "year convention" in str(both.rows[0]["reason"])
    filed = {(code, year): True for code in ("country:CHL", "country:PER") for year in range(2009, 2014)}
    apart = figure(un("exporter", "X", "tank", 2010, **TANK), un("importer", "X", "tank", 2012, **TANK), filed=filed)
    assert statuses(apart) == ["only_exporter", "only_importer"]
    other = figure(un("exporter", "X", "tank", 2010, 5, **TANK), un("importer", "X", "tank", 2011, 9, **TANK), filed=filed)
    assert statuses(other) == ["only_exporter", "only_importer"]


def test_a_row_without_a_family_joins_the_only_one() -> None:
    plain = un("importer", "Battle tanks", "tank", description="I. Battle tanks")
    assert statuses(figure(un("exporter", "Leopard", "tank", **TANK), plain)) == ["matched"]
    assert len(figure(un("exporter", "Leopard", "tank", **TANK), un("exporter", "T-72", "tank", system="system:T-72"), plain).rows) == 3


def test_small_arms_are_not_missed_in_sipri() -> None:
    filed = {("country:CHL", 2010): True, ("country:PER", 2010): False}
    (line,) = figure(un("exporter", "Rifles", "small-arms"), filed=filed).rows
    assert line["status"] == "no_report" and "SIPRI lists no small arms" in str(line["reason"])


def test_without_the_un_register_it_says_how_to_load_it() -> None:
    found = gaps(place("CHL"), place("PER"), reports=None, register=FakeEdition(listed("X", "tank")))
    assert statuses(found) == ["not_comparable"] and found.register == "sipri"
    assert any("talaan register fetch unroca FOLDER --country CHL --country PER" in line for line in found.caveats)


def test_both_directions_and_one_year() -> None:
    back = row("PER", "CHL", "Y", "tank", 2009, years=(2010,))
    edition = FakeEdition(listed("X", "tank"), listed("X", "tank", 2013), back)
    one = gaps(place("CHL"), place("PER"), reports=None, register=edition, year=2010)
    two = gaps(place("CHL"), place("PER"), reports=None, register=edition, year=2010, both=True)
    assert [(len(one.rows), len(two.rows)), two.rows[1]["supplier"]] == [(1, 2), "country:PER"]


def test_a_region_files_no_report() -> None:
    with pytest.raises(UsageError, match="files no reports"):
        gaps(place("Central Asia"), place("PER"), reports=None, register=FakeEdition())
