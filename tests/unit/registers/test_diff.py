"""Two editions compared: what counts as one deal, how sure that is, and that no row is lost. Rows are invented."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from talaan.model.difference import Difference, difference_json
from talaan.model.entry import Coverage, Edition, Entry
from talaan.model.errors import UsageError
from talaan.registers import add, open_edition
from talaan.registers.diff import compare, compare_editions

DAY = "2025-03-13"
OLD = Edition("sipri", DAY, "T", "P", "per-deal", DAY, DAY, (), 0, (), (), Coverage(1950, 2024), "")
NEW = replace(OLD, id="2026-05-18", coverage=Coverage(1950, 2025))
ROW = Entry(
    id="sipri:1", supplier="country:CHL", supplier_name="Chile", recipient="country:PER", recipient_name="Peru", designation="XR-7",
    description="tank", category="tank", system=None, ordered=2010, ordered_uncertain=False, number_ordered=12,
    number_ordered_uncertain=False, number_delivered=12, number_delivered_uncertain=False, years=(2011, 2012), status="New",
    comment="Second-hand", licensed=None, tiv_unit=1.0, tiv_ordered=12.0, tiv_delivered=12.0,
)  # fmt: skip


def row(number: int, **changes: object) -> Entry:
    return replace(ROW, id=f"sipri:{number}", **changes)  # type: ignore[arg-type]


def compared(old: Sequence[Entry], new: Sequence[Entry]) -> Difference:
    return compare(old, new, OLD, NEW)


def test_the_same_row_is_no_change() -> None:
    found = compared([ROW], [ROW])
    assert (found.added, found.removed, found.changed, found.unchanged) == ((), (), (), 1)
    assert found.sureness == {"exact": 1}


def test_a_changed_number_is_one_change_of_a_sure_match() -> None:
    found = compared([row(1)], [row(2, number_delivered=14, years=(2011, 2012, 2013))])
    (match,) = found.changed
    assert match.sureness == "sure"
    assert [(change.field, change.old, change.new) for change in match.changes] == [
        ("number_delivered", 12, 14),
        ("years", "2011; 2012", "2011; 2012; 2013"),
    ]
    assert found.substantial == (match,)


def test_words_are_told_apart_from_facts() -> None:
    found = compared([row(1)], [row(2, description="main battle tank", designation="XR 7")])
    assert {change.field for change in found.changed[0].changes} == {"description", "spelling"}
    assert found.substantial == ()


@pytest.mark.parametrize(
    ("changes", "rests_on", "field"),
    [
        ({"ordered": 2012}, "the order year is another", "ordered"),
        ({"designation": "Tarantula"}, "the designation is another", "designation"),
        ({"supplier": "country:BRA", "supplier_name": "Brazil"}, "the supplier is another", "supplier"),
        ({"recipient": "country:BOL", "recipient_name": "Bolivia"}, "the recipient is another", "recipient"),
    ],
)
def test_one_field_off_is_likely_where_number_and_years_agree(changes: dict[str, object], rests_on: str, field: str) -> None:
    (match,) = compared([row(1)], [row(2, **changes)]).changed
    assert (match.sureness, field in {change.field for change in match.changes}) == ("likely", True)
    assert rests_on in match.rests_on


@pytest.mark.parametrize("changes", [{"ordered": 2012}, {"designation": "Tarantula"}, {"supplier": "country:BRA"}])
def test_one_field_off_with_other_numbers_and_years_is_another_deal(changes: dict[str, object]) -> None:
    found = compared([row(1)], [row(2, number_ordered=40, number_delivered=40, years=(2019,), **changes)])
    assert (len(found.added), len(found.removed), found.changed) == (1, 1, ())


def test_an_order_year_far_off_is_another_deal() -> None:
    found = compared([row(1)], [row(2, ordered=2020)])
    assert (len(found.added), len(found.removed)) == (1, 1)


def test_of_two_deals_of_one_year_the_nearer_row_is_taken() -> None:
    old = [row(1), row(2, number_ordered=50, number_delivered=50, years=(2014,))]
    new = [row(3, number_ordered=50, number_delivered=51, years=(2014,)), row(4, comment="Aid")]
    pairs = {(match.old.id, match.new.id, match.sureness) for match in compared(old, new).changed}
    assert pairs == {("sipri:2", "sipri:3", "sure"), ("sipri:1", "sipri:4", "sure")}


def test_two_rows_that_fit_equally_well_are_only_possible() -> None:
    found = compared([row(1)], [row(2, comment="One"), row(3, comment="Two")])
    assert [match.sureness for match in found.changed] == ["possible"]
    assert len(found.added) == 1


def test_a_column_that_only_one_edition_ever_fills_is_not_compared() -> None:
    old = [row(number, designation=f"XR-{number}") for number in range(20)]
    new = [row(100 + number, designation=f"XR-{number}", number_delivered_uncertain=True) for number in range(20)]
    found = compared(old, new)
    assert (found.changed, found.unchanged) == ((), 20)
    assert "number delivered uncertain" in found.notes[0]
    assert len(compared(old[:5], new[:5]).changed) == 5
    other_layout = compare(old[:5], new[:5], OLD, replace(NEW, layout="per-year"))
    assert (other_layout.changed, other_layout.unchanged) == ((), 5)


def test_a_field_changed_in_many_deals_at_once_is_a_convention() -> None:
    old = [row(number, designation=f"XR-{number}") for number in range(60)]
    new = [row(100 + number, designation=f"XR-{number}", status="Second hand") for number in range(60)]
    found = compared(old, new)
    assert (len(found.changed), found.conventions, found.substantial) == (60, ("status",), ())


rows = st.builds(
    row,
    st.integers(1, 10**6),
    designation=st.sampled_from(["XR-7", "Tarantula", "K-2"]),
    supplier=st.sampled_from(["country:CHL", "country:BRA", None]),
    ordered=st.one_of(st.none(), st.integers(2008, 2014)),
    number_ordered=st.one_of(st.none(), st.integers(1, 3)),
    years=st.sampled_from([(), (2011,), (2011, 2012)]),
)
editions = st.lists(rows, max_size=12, unique_by=lambda entry: entry.id)


@settings(max_examples=80, deadline=None)
@given(editions, editions, st.randoms())
def test_every_row_is_in_one_place_whatever_the_order(old: list[Entry], new: list[Entry], chance: object) -> None:
    found = compared(old, new)
    assert len(found.removed) + len(found.changed) + found.unchanged == len(old)
    assert len(found.added) + len(found.changed) + found.unchanged == len(new)
    used = [match.new.id for match in found.changed] + [entry.id for entry in found.added]
    assert len(used) == len(set(used))
    turned = compared(old[::-1], new[::-1])
    assert difference_json(turned) == difference_json(found)


def test_one_edition_is_not_compared_with_itself(tmp_path: Path) -> None:
    excerpt = open_edition(tmp_path)
    with pytest.raises(UsageError, match="one edition, not two"):
        compare_editions(excerpt, excerpt)


@pytest.mark.shared
def test_the_editions_of_march_2025_and_may_2026(shared: Path, tmp_path: Path) -> None:
    folder = shared / "data/sipri_register"
    names = ("perdeal_1950-2024_exported_2025-03-13.csv.gz", "perdeal_1950-2025_exported_2026-05-18.csv.gz")
    old, new = (open_edition(tmp_path, edition=add(tmp_path, "sipri", [folder / name]).id) for name in names)
    found = compare_editions(old, new)
    assert len(found.removed) + len(found.changed) + found.unchanged == 29511
    assert len(found.added) + len(found.changed) + found.unchanged == 29916
    assert found.sureness["exact"] + found.sureness["sure"] > 0.93 * 29511
    assert found.conventions == ("number_delivered_uncertain",)
    within = compare_editions(open_edition(tmp_path, edition="excerpt-2026-05-18"), new)
    assert (within.added, within.removed, within.unchanged) == ((), (), 108)
    assert within.aside == (0, 29808)
