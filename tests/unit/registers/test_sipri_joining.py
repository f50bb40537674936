"""Per-deal and per-year entries of one release: joined where it is proven, left apart where not."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from registers.sipri_exports import DEALS, YEARS, deals_text, years_text
from talaan.model.entry import Entry
from talaan.model.errors import RegisterError
from talaan.registers import add, open_edition
from talaan.registers.sipri.joining import Joining, join, join_editions, release_year

Write = Callable[..., Path]
DEAL = Entry(
    id="sipri:a", supplier="country:CHL", supplier_name="Chile", recipient="country:PER", recipient_name="Peru", designation="T-55",
    description="tank", category="tank", system="system:T-55", ordered=2001, ordered_uncertain=True, number_ordered=10,
    number_ordered_uncertain=False, number_delivered=8, number_delivered_uncertain=False, years=(2002, 2003), status="New",
    comment=None, licensed=None, tiv_unit=0.5, tiv_ordered=5.0, tiv_delivered=4.0,
)  # fmt: skip
YEARLY = replace(DEAL, id="sipri:1", designation="T-55 -", number_ordered=None, tiv_ordered=None, licensed=False)


def joined(deals: Sequence[Entry], yearly: Sequence[Entry], first: int = 1995, last: int = 2024) -> Joining:
    return join(deals, yearly, first=first, last=last)


def pairs(found: Joining) -> list[tuple[str, str]]:
    return [(pair.deal, pair.yearly) for pair in found.pairs]


def test_entries_that_state_the_same_are_one_deal_with_its_proof() -> None:
    found = joined([DEAL], [YEARLY])
    assert pairs(found) == [("sipri:a", "sipri:1")]
    assert found.pairs[0].proof[:3] == ("parties", "order year", "years of delivery")
    assert found.pairs[0].proof[-3:] == ("number delivered", "TIV delivered", "designation")
    assert (found.deals_apart, found.yearly_apart, found.share) == ((), (), 1.0)


@pytest.mark.parametrize(
    "change",
    [
        {"supplier": "country:BOL"}, {"recipient": "country:BOL"}, {"ordered": 2000}, {"ordered_uncertain": False}, {"years": (2002,)},
        {"status": "Second hand"}, {"tiv_unit": 0.6}, {"number_delivered": 9}, {"tiv_delivered": 4.5},
        {"category": "corvette", "designation": "Lurssen", "system": None},
    ],
)  # fmt: skip
def test_any_difference_keeps_them_apart_on_both_sides(change: dict[str, object]) -> None:
    found = joined([DEAL], [replace(YEARLY, **change)])  # type: ignore[arg-type]
    assert (found.pairs, len(found.deals_apart), len(found.yearly_apart), found.share) == ((), 1, 1, 0.0)
    assert found.yearly_apart[0].reason == found.deals_apart[0].reason


def test_unknown_parties_are_compared_by_what_the_register_calls_them() -> None:
    unknown = {"supplier": None, "supplier_name": "unknown supplier(s)"}
    assert joined([replace(DEAL, **unknown)], [replace(YEARLY, **unknown)]).share == 1.0  # type: ignore[arg-type]
    other = replace(YEARLY, supplier=None, supplier_name="unknown country")
    assert joined([replace(DEAL, **unknown)], [other]).share == 0.0  # type: ignore[arg-type]


def test_two_alike_are_told_apart_by_their_numbers_then_by_their_names() -> None:
    more = {"number_delivered": 9, "tiv_delivered": 4.5}
    assert set(pairs(joined([DEAL, replace(DEAL, id="sipri:b", **more)], [replace(YEARLY, id="sipri:2", **more), YEARLY]))) == {
        ("sipri:a", "sipri:1"),
        ("sipri:b", "sipri:2"),
    }
    named = {"designation": "T-62", "system": "system:T-62"}
    assert set(pairs(joined([DEAL, replace(DEAL, id="sipri:b", **named)], [replace(YEARLY, id="sipri:2", **named), YEARLY]))) == {
        ("sipri:a", "sipri:1"),
        ("sipri:b", "sipri:2"),
    }


def test_exact_twins_stay_apart_and_name_each_other() -> None:
    found = joined([DEAL, replace(DEAL, id="sipri:b")], [YEARLY, replace(YEARLY, id="sipri:2")])
    assert found.pairs == ()
    assert [(one.entry, one.reason, one.nearest) for one in found.yearly_apart] == [
        ("sipri:1", "2 entries fit equally well", ("sipri:a", "sipri:b")),
        ("sipri:2", "2 entries fit equally well", ("sipri:a", "sipri:b")),
    ]


def test_a_deal_begun_before_the_window_is_proven_by_its_designation_and_a_number_that_is_no_less() -> None:
    old = replace(DEAL, years=(1993, 2002, 2003), number_delivered=12, tiv_delivered=6.0)
    assert pairs(joined([old], [YEARLY])) == [("sipri:a", "sipri:1")]
    assert "number delivered" not in joined([old], [YEARLY]).pairs[0].proof
    assert joined([replace(old, number_delivered=7)], [YEARLY]).pairs == ()
    assert joined([replace(old, designation="Leopard-2", system=None)], [YEARLY]).pairs == ()


def test_deals_with_no_delivery_in_the_window_are_not_asked_for() -> None:
    assert joined([replace(DEAL, years=(1993,)), replace(DEAL, years=())], []) == Joining((), (), ())


def test_other_names_for_one_weapon_are_joined_only_where_no_other_deal_of_the_pair_is_left_over() -> None:
    other = replace(YEARLY, designation="FIB-25", system=None)
    named = replace(DEAL, designation="Mustead", system=None)
    assert joined([named], [other]).pairs[0].proof[-1] == "no other deal of these parties and year is left over"
    left_over = replace(DEAL, id="sipri:b", tiv_unit=0.7)
    found = joined([named, left_over], [other])
    assert found.pairs == ()
    assert found.yearly_apart[0].nearest == ("sipri:a",)


def test_editions_are_joined_only_within_one_release(tmp_path: Path, write: Write) -> None:
    add(tmp_path, "sipri", [write(deals_text(DEALS[:2], generated="13 Mar 2025", last="2025"))])
    add(tmp_path, "sipri", [write(years_text((*YEARS[:1], YEARS[2]), generated="12 Feb 2026", last="2024"))])
    add(tmp_path, "sipri", [write(years_text(YEARS, generated="16 Apr 2026", last="2024"))])
    deals, yearly, later = (open_edition(tmp_path, edition=name) for name in ("2025-03-13", "2026-02-12", "2026-04-16"))
    assert [release_year(opened.edition) for opened in (yearly, later)] == [2025, 2026]
    with pytest.raises(RegisterError, match="not known to be of one release"):
        join_editions(deals, later)
    with pytest.raises(RegisterError, match="per-deal edition first"):
        join_editions(yearly, deals)


@pytest.mark.parametrize(
    ("generated", "last", "release"), [("18 May 2026", 2025, 2026), ("12 Feb 2026", 2024, 2025), ("2 Mar 2026", 2024, None)]
)
def test_the_release_is_the_last_revision_before_the_export(
    tmp_path: Path, write: Write, generated: str, last: int, release: int | None
) -> None:
    edition = add(tmp_path, "sipri", [write(deals_text(generated=generated, last=str(last)))])
    assert release_year(edition) == release


@pytest.mark.shared
def test_nearly_all_of_the_release_of_march_2025_is_joined(shared: Path, tmp_path: Path) -> None:
    folder = shared / "data/sipri_register"
    deals = add(tmp_path, "sipri", [folder / "perdeal_1950-2024_exported_2025-03-13.csv.gz"])
    yearly = add(tmp_path, "sipri", [folder / "peryear_1995-2024_exported_2026-02-12.csv.gz"])
    one, two = open_edition(tmp_path, edition=deals.id), open_edition(tmp_path, edition=yearly.id)
    found = join_editions(one, two)
    assert (len(found.pairs), len(found.yearly_apart), len(found.deals_apart)) == (12538, 33, 34)
    ours, theirs = one.entries(pair.deal for pair in found.pairs), two.entries(pair.yearly for pair in found.pairs)
    assert len(ours) == len(theirs) == len(found.pairs)
    assert all(ours[pair.deal].recipient == theirs[pair.yearly].recipient for pair in found.pairs)
    families = [(ours[pair.deal].system, theirs[pair.yearly].system) for pair in found.pairs]
    assert sum(a == b for a, b in families if a and b) / sum(1 for a, b in families if a and b) > 0.996
