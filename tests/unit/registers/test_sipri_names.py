"""Party names and weapon descriptions through the editions."""

import csv
import gzip
import io
from pathlib import Path

import pytest

from talaan.registers.files import decode
from talaan.registers.sipri.names import knows_party, party, weapon_class

SAME = [
    ("Turkey", "Turkiye", "country:TUR"),
    ("UAE", "United Arab Emirates", "country:ARE"),
    ("Libya HoR*", "House of Representatives (Libya)*", "group:house-of-representatives-libya"),
    ("NATO**", "North Atlantic Treaty Organization", "organisation:NATO"),
    ("Korea, South", "South Korea", "country:KOR"),
    ("Congo, Democratic Repubic of", "DR Congo", "country:COD"),
    ("Czech Republic", "Czechia", "country:CZE"),
    ("Vietnam", "Viet Nam", "country:VNM"),
    ("West Germany", "Germany (FRG)", "country:DEU"),
]
APART = [
    ("Soviet Union", "Russia"),
    ("East Germany (GDR)", "Germany"),
    ("Czechoslovakia", "Czechia"),
    ("Yugoslavia", "Serbia"),
    ("North Yemen", "Yemen"),
    ("South Yemen", "Yemen"),
    ("South Vietnam", "Viet Nam"),
]


@pytest.mark.parametrize(("one", "two", "ref"), SAME)
def test_a_party_keeps_its_reference_under_another_name(one: str, two: str, ref: str) -> None:
    assert (party(one), party(two)) == (ref, ref)


@pytest.mark.parametrize(("one", "two"), APART)
def test_a_state_and_its_successor_are_two_parties(one: str, two: str) -> None:
    assert party(one) and party(two) and party(one) != party(two)


@pytest.mark.parametrize("name", ["unknown supplier(s)", "unknown recipient(s)", "unknown rebel group*", "unknown country"])
def test_an_unknown_party_is_known_to_be_unknown(name: str) -> None:
    assert (party(name), knows_party(name)) == (None, True)


def test_a_name_that_nobody_knows_is_told() -> None:
    assert not knows_party("Atlantis*")


FILES = [
    "perdeal_1950-2024_exported_2025-03-13.csv.gz",
    "perdeal_1950-2025_exported_2026-05-18.csv.gz",
    "peryear_1950-1989_exported_2024-04-16.csv.gz",
    "peryear_1990-2023_exported_2024-04-13.csv.gz",
    "peryear_1995-2024_exported_2026-02-12.csv.gz",
    "peryear_tidy_1950-2025_rebuilt_2026-06.csv.gz",
    "variants/a_perdeal_2014_style_report.csv.gz",
    "variants/n_perdeal_2026-07_header_deliveries_in_the_year_range_china.csv",
]
PARTIES, DESCRIPTIONS = {"supplier", "recipient"}, {"description", "weapon description"}


@pytest.mark.shared
@pytest.mark.parametrize("name", FILES)
def test_every_party_and_description_of_every_release_resolves(shared: Path, name: str) -> None:
    raw = (shared / "data/sipri_register" / name).read_bytes()
    rows = list(csv.reader(io.StringIO(decode(gzip.decompress(raw) if name.endswith(".gz") else raw)[0])))
    start = next(place for place, row in enumerate(rows) if {cell.lower() for cell in row} >= PARTIES)
    header, width = [cell.strip().lower() for cell in rows[start]], len(rows[start])
    found = {field: {row[place] for row in rows[start + 1 :] if len(row) == width} for place, field in enumerate(header)}
    parties = set().union(*(values for field, values in found.items() if field in PARTIES))
    descriptions = set().union(*(values for field, values in found.items() if field in DESCRIPTIONS))
    assert len(parties) > 50 and len(descriptions) > 50
    assert {party_name for party_name in parties if not knows_party(party_name)} == set()
    assert {description for description in descriptions if not weapon_class(description)} == set()
