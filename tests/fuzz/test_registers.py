"""Any file at all: an edition or a TalaanError that leaves the home as it was, and soon. `register_damage.py` does it for ten minutes."""

import gzip
import json
import time
from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from register_damage import SLOW, damaged, invented, load
from registers.sipri_exports import DEAL_HEADER, DEALS, YEAR_HEADER, YEARS, deals_text, years_text

from talaan.model.errors import RegisterError
from talaan.registers import add

SEVERAL = settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow])
EXPORTS = invented()


def ended(content: bytes) -> str:
    """How loading that file ended, in time."""
    with TemporaryDirectory() as place:
        home, path = Path(place) / "home", Path(place) / "export.csv"
        home.mkdir()
        path.write_bytes(content)
        begun = time.monotonic()
        found = load(home, [path])
        assert time.monotonic() - begun < SLOW
        return found


@SEVERAL
@given(st.sampled_from(EXPORTS), st.integers(min_value=0, max_value=2**32))
def test_a_damaged_export_is_read_or_refused(export: bytes, seed: int) -> None:
    assert ended(damaged(export, seed)) in ("loaded", "refused")


@SEVERAL
@given(st.binary(max_size=400))
def test_any_bytes_are_refused(content: bytes) -> None:
    assert ended(content) == "refused"


PIECES = st.sampled_from(
    [*DEAL_HEADER.split(","), *DEALS[0].split(","), *YEAR_HEADER.split(","), *YEARS[0].split(","), '"', ",", "\n", ";", "\ud800"]
)


@SEVERAL
@given(st.lists(PIECES, max_size=60))
def test_any_order_of_an_exports_own_pieces_is_read_or_refused(pieces: list[str]) -> None:
    assert ended(",".join(pieces).encode("utf-8", "surrogatepass")) in ("loaded", "refused")


trees = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda below: (
        st.lists(below, max_size=4) | st.dictionaries(st.sampled_from(["Russia", "1991", "Peru", "x", "\ud800"]), below, max_size=3)
    ),
    max_leaves=12,
)


@SEVERAL
@given(trees)
def test_any_json_is_read_or_refused(tree: object) -> None:
    assert ended(json.dumps(tree).encode()) in ("loaded", "refused")


def swapped(lines: list[str], one: int, two: int) -> str:
    """The lines with two columns in each other's place, the header as it was."""
    rows = [line.split(",") for line in lines]
    for row in rows[1:]:
        row[one], row[two] = row[two], row[one]
    return "\n".join(",".join(row) for row in rows) + "\n"


MANY = [DEAL_HEADER, *(DEALS[0].replace("2001", str(1960 + place % 40)) for place in range(40))]
MANY_YEARS = [YEAR_HEADER, *(f"{100 + place},{YEARS[0].partition(',')[2]}" for place in range(40))]
DAMAGED: Mapping[str, tuple[bytes, str]] = {
    "cut inside a line": (deals_text().encode()[:-25], "ends inside this line"),
    "cut gzip": (gzip.compress(deals_text().encode())[:-30], "ends early"),
    "broken gzip": (b"\x1f\x8b\x08\x00" + b"\xff" * 100, "damaged"),
    "gzip bomb": (gzip.compress(b"Recipient,Supplier\n" * 4_000_000), "unpacks to more than"),
    "wrong encoding": (deals_text().encode("utf-16-le"), "NUL"),
    "another wrong encoding": (deals_text().encode("cp037"), "No header"),
    "claims UTF-16": (b"\xff\xfe" + deals_text().encode() + b"!!"[: 1 + len(deals_text()) % 2], "UTF-16|No header"),
    "semicolons": (years_text().replace(",", ";").encode(), "separated by semicolons where the per-year layout has commas"),
    "tabs": (deals_text().replace(",", "\t").encode(), "separated by tabs"),
    "blanks": (deals_text().replace(",", " ").encode(), "No header"),
    "designation and description swapped": (swapped(MANY, 6, 7).encode(), "the description stands in the column for the designation"),
    "supplier and description swapped": (swapped(MANY_YEARS, 1, 4).encode(), "the supplier stands in the column for the description"),
    "order year and delivery year swapped": (
        swapped(MANY_YEARS, 6, 10).encode(),
        "the year of order stands in the column for the year of delivery",
    ),
    "TIV columns swapped": (swapped(MANY, 13, 15).encode(), "tiv_unit and tiv_delivered stand in each other's column"),
    "numbers ordered and delivered swapped": (
        swapped(MANY, 4, 8).encode(),
        "number_delivered and number_ordered stand in each other's column",
    ),
    "status and number swapped": (swapped(MANY, 4, 11).encode(), "is not a whole number"),
    "designation and status swapped": (swapped(MANY, 6, 11).encode(), "the designation stands in the column for the status"),
    "recipient and armament category swapped": (
        swapped(MANY_YEARS, 2, 5).encode(),
        "the armament category stands in the column for the recipient",
    ),
    "description and new unit value swapped": (swapped(MANY_YEARS, 4, 13).encode(), "numbers stand in the column for the description"),
    "deal number and status swapped": (swapped(MANY_YEARS, 0, 12).encode(), "numbers stand in the column for the status"),
    "header columns swapped against the preamble": (
        deals_text(tuple(MANY[1:])).replace("Recipient,Supplier", "Supplier,Recipient").encode(),
        "the recipient that the preamble names stands in the column for the supplier",
    ),
    "a million columns": (b"Recipient,Supplier" + b",x" * 1_000_000 + b"\n", "No header"),
    "a million columns in a row": ((deals_text((",x" * 1_000_000,))).encode(), "1000001 fields where the header has 16"),
    "NUL signs": (deals_text().replace("T-55", "T\0-55").encode(), "NUL signs"),
    "empty": (b"", "empty"),
    "blank": (b"\n \n\t\n", "empty"),
    "a header alone": (deals_text(()).encode(), "no row"),
    "a column twice": (deals_text().replace("Recipient,", "Supplier,").encode(), "stands twice"),
    "a column missing": (
        deals_text().replace(",Weapon designation,", ",").encode(),
        "Missing in the per-deal layout: 'Weapon designation'",
    ),
    "more bad lines than good": (deals_text((DEALS[0], "a,b", "c", "d,e,f")).encode() + b"\n\n", "4 fields|fields where the header has 16"),
    "a quoted field without end": (deals_text(('"' + "a" * 200_000,)).encode(), "no row"),
}


@pytest.mark.parametrize("damage", DAMAGED)
def test_a_damaged_register_gives_one_clear_error_and_leaves_everything_as_it_was(tmp_path: Path, damage: str) -> None:
    content, says = DAMAGED[damage]
    good, bad, home = tmp_path / "good.csv", tmp_path / "bad.csv", tmp_path / "home"
    good.write_text(deals_text(), encoding="cp1252")
    bad.write_bytes(content)
    add(home, "sipri", [good])
    before = {path: path.read_bytes() for path in home.rglob("*") if path.is_file()}
    begun = time.monotonic()
    with pytest.raises(RegisterError, match=says) as caught:
        add(home, "sipri", [bad])
    assert time.monotonic() - begun < SLOW
    assert {path: path.read_bytes() for path in home.rglob("*") if path.is_file()} == before
    assert "bad.csv" in caught.value.where and caught.value.hint
    assert len(str(caught.value)) < 2_000 and "\n" not in str(caught.value)
