"""Designations, register names and the state of the tables."""

import csv
import gzip
from pathlib import Path

import pytest

from talaan.reference.doctor import reference_faults, source_counts
from talaan.reference.resolver import resolver
from talaan.reference.tables import tables

SYSTEMS = [
    ("S-300PMU2", "S-300"),
    ("С-300ПС", "S-300"),
    ("S 300", "S-300"),
    ("БТР-4", "BTR-4"),
    ("Mi-24", "Mi-24"),
    ("苏-30", "Su-30"),
    ("إس-400", "S-400"),
    ("एफ-16", "F-16"),
    ("МиГ-29", "MiG-29"),
]


@pytest.mark.parametrize(("written", "family"), SYSTEMS)
def test_a_designation_finds_its_family_in_any_script(written: str, family: str) -> None:
    found = resolver().system(written)
    assert found is not None and found.designation == family


def test_a_number_is_never_cut() -> None:
    second, twentyfourth = resolver().system("Mi-2"), resolver().system("Mi-24")
    assert second is None or twentyfourth is None or second.designation != twentyfourth.designation


def test_states_of_different_times_are_kept_apart() -> None:
    assert resolver().party("Soviet Union") == "country:SUHH"
    assert resolver().party("Russia") == "country:RUS"
    assert resolver().party("United Arab Emirates") == resolver().party("UAE") == "country:ARE"
    assert resolver().party("unknown supplier(s)") is None and resolver().knows_party("unknown supplier(s)")


def test_the_tables_are_sound() -> None:
    assert reference_faults(tables()) == []


def test_the_tables_are_as_large_as_promised_and_say_their_sources() -> None:
    counts = source_counts()
    assert counts["countries.csv"][0] >= 249 and counts["organisations.csv"][0] >= 150 and counts["systems.csv"][0] >= 300
    assert counts["countries.csv"][1] < 20


@pytest.mark.shared
def test_every_party_and_description_of_the_register_is_known(shared: Path) -> None:
    path = shared / "data/sipri_register/perdeal_1950-2025_exported_2026-05-18.csv.gz"
    with gzip.open(path, "rt", encoding="latin-1", newline="") as stream:
        lines = list(stream)[11:]
    rows = list(csv.reader(lines))[1:]
    parties = {name for row in rows for name in row[:2]}
    assert [name for name in sorted(parties) if not resolver().knows_party(name)] == []
    assert [text for text in sorted({row[7] for row in rows}) if resolver().category(text) is None] == []
