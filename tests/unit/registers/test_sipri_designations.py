"""What a weapon is called: designation, family, versions and local names."""

import pytest

from talaan.model.entry import Entry
from talaan.registers.sipri.designations import called, goes_by, names
from talaan.registers.sipri.families import family


def entry(designation: str, remark: str | None = None, *, system: str | None = None, recipient: str = "country:PER") -> Entry:
    return Entry(
        id=f"sipri:{designation}", supplier="country:CHL", supplier_name="Chile", recipient=recipient, recipient_name="",
        designation=designation, description="tank", category="tank", system=system, ordered=2001, ordered_uncertain=False,
        number_ordered=1, number_ordered_uncertain=False, number_delivered=1, number_delivered_uncertain=False, years=(2002,),
        status="New", comment=remark, licensed=None, tiv_unit=1.0, tiv_ordered=1.0, tiv_delivered=1.0,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("remark", "versions", "local"),
    [
        ("A-29B version; financed by USA", ("A-29B",), ()),
        ("$5 m deal; BTR-80A and BTR-80K versions", ("BTR-80A", "BTR-80K"), ()),
        ("Second-hand; incl command post version", (), ()),
        ("Algerian designation El-Kasseh; part of $90 m deal", (), ("El-Kasseh",)),
        ("South African designation Springbok", (), ("Springbok",)),
        ("Produced under licence in Kazakhstan as Arlan", (), ("Arlan",)),
        ("Several versions; designation uncertain (could be C-802 version)", (), ()),
        (None, (), ()),
    ],
)
def test_versions_and_local_names_stand_in_the_remark(remark: str | None, versions: tuple[str, ...], local: tuple[str, ...]) -> None:
    found = names("T-55", remark)
    assert (found.versions, found.local) == (versions, local)


def test_the_arlan_is_the_marauder() -> None:
    marauder = entry("Marauder", "Produced under licence in Kazakhstan as Arlan", system="system:Marauder", recipient="country:KAZ")
    bare = entry("Marauder -", system="system:Marauder", recipient="country:KAZ")
    elsewhere = entry("Marauder", system="system:Marauder", recipient="country:AZE")
    assert called([marauder, bare, elsewhere], "Arlan") == [marauder, bare]
    assert called([marauder, bare, elsewhere], "Marauder") == [marauder, bare, elsewhere]


def test_a_family_holds_its_versions_and_a_version_the_row_that_names_it() -> None:
    row = entry("EMB-314 Super Tucano", "A-29B version", system="system:Super Tucano")
    assert goes_by(row, "A-29B") and goes_by(row, "Super Tucano") and goes_by(row, "EMB-314")
    assert not goes_by(row, "PC-9")


def test_designations_of_both_layouts_are_one_family() -> None:
    assert goes_by(entry("EMB-314 -", system="system:Super Tucano"), "EMB-314 Super Tucano")


@pytest.mark.parametrize(
    ("designation", "category", "ref"),
    [
        ("M-88", "armoured-vehicle", "system:M88 Hercules"),
        ("M-88", "engine", "system:M88"),
        ("Typhoon", "combat-aircraft", "system:Typhoon"),
        ("Typhoon", "armoured-personnel-carrier", "system:Typhoon (STREIT)"),
        ("Meteor", "air-to-air-missile", "system:Meteor"),
        ("Alligator", "warship", None),
        ("9K31 Strela-1", "surface-to-air-missile", "system:9K31 Strela-1"),
        ("T-55", None, "system:T-55"),
        ("Osa", "patrol-boat", "system:Osa class"),
    ],
)
def test_the_class_tells_families_of_one_name_apart(designation: str, category: str | None, ref: str | None) -> None:
    assert family(designation, category) == ref
