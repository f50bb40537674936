"""Damaged files of every register that is not SIPRI's trade register: nothing but TalaanError comes out, and nothing half stored stays."""

import json
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from talaan.model.errors import TalaanError
from talaan.registers import REGISTERS, add, editions, open_edition, open_table, verify
from talaan.registers.files import PAGE, WORKBOOK, read_file
from talaan.registers.mapped.wizard import proposed_map
from talaan.registers.storage import ENTRIES

WHOLE: dict[str, tuple[str, ...]] = {
    "sipri-tiv": (
        'Data generated: 13 Oct 2024\n\nExports by,2001,2002,2001-2002\nChile,5,0 ,5\nPeru,,"1,200",1200\nTotal world export,5,1200,1205\n',
        "supplier,recipient,year,value\nChile,Peru,2001,5\nPeru,Kenya,2002,0.5\n",
    ),
    "cow-alliances": ("ccode1,ccode2,year,cow_defense,cow_neutral,cow_nonagg,cow_entente\n2,200,1990,1,0,0,1\n365,2,1989,0,0,1,0\n",),
    "atop": (
        "ccode1,ccode2,year,atop_defense,atop_offense,atop_neutral,atop_nonagg,atop_consul\n2,200,1990,0,1,0,0,0\n2,20,1990,0,0,0,0,1\n",
    ),
    "ideal-points": ("ccode,year,idealpointall,nvotesall\n2,1946,1.5,39.0\n365,1985,-2.5,120\n",),
    "unroca": (
        json.dumps([{"table": "major_export", "year": 2010, "exporter": "Chile", "importer": "Peru", "category": "I", "num_items": "2"}]),
        json.dumps([{"country": "chile", "years": [{"year": 2010}]}, {"country": "peru", "years": []}]),
        '<html><h4 class="unroca">UNROCA original report</h4><p>Peru 2010</p><div class="panel-body"></div><div class="panel-body"><table>'
        "<tbody><tr><th>I</th><td>Chile</td><td>1</td><td></td><td></td><td>T-55</td><td></td></tr></tbody></table></div></html>",
    ),
    "dsca": (
        json.dumps([{"cn_number": "25-11", "country": "Peru", "date": "2025-04-01", "pdf_url": "u", "title": "Peru 25-11"}]),
        json.dumps({"signals": [{"iso": "PE", "signal_date": "2025-04-01", "title": "F-16", "description": "text", "cn_number": None}]}),
    ),
}
MAP = '[columns]\nsupplier = "From"\nrecipient = "To"\ndesignation = "What"\nyears = "Year"\nnumber_ordered = "Count"\n'
TABLE = "From,To,What,Year,Count\nChile,Peru,T-55,2001-2003,ca. 10\nPeru,Kenya,Mi-17,14/03/2001,4\n"
ODD = (
    "\0",
    "\t",
    "\n",
    '"',
    ",",
    ";",
    "{",
    "[",
    "]",
    "<td>",
    "&#0;",
    "\ufeff",
    "\u2028",
    "\ud800",
    "9" * 30,
    "1e999",
    "-",
    "NaN",
    "true",
    "²",
    "١٩٩٠",
)

damages = st.lists(st.tuples(st.integers(0, 400), st.integers(0, 12), st.one_of(st.sampled_from(ODD), st.text(max_size=6))), max_size=6)


def damaged(text: str, places: list[tuple[int, int, str]]) -> bytes:
    """The text with pieces cut out and others put in."""
    for place, length, put in places:
        text = text[:place] + put + text[place + length :]
    return text.encode("utf-8", "surrogatepass")


def is_sound(home: Path, register: str) -> None:
    """Every stored edition is whole and can be asked."""
    assert not list(home.rglob(".unfinished*"))
    assert not [row.faults for row in verify(home) if row.faults]
    for edition in editions(home):
        if not edition.bundled:
            if (home / "registers" / register / edition.id / ENTRIES).exists():
                opened = open_edition(home, register, edition.id)
                opened.details(entry.id for entry in opened.deals())
                opened.deliveries()
            else:
                open_table(home, register, edition.id).columns()


@pytest.mark.parametrize("register", WHOLE)
@settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data(), places=damages)
def test_a_damaged_file_is_read_or_refused(register: str, data: st.DataObject, places: list[tuple[int, int, str]]) -> None:
    text = data.draw(st.sampled_from(WHOLE[register]))
    with TemporaryDirectory() as folder:
        path = Path(folder, "export")
        path.write_bytes(damaged(text, places))
        try:
            add(Path(folder, "home"), register, [path])
        except TalaanError:
            assert not list(Path(folder, "home").rglob("*.parquet"))
        else:
            is_sound(Path(folder, "home"), register)


@settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow])
@given(table=damages, chart=damages)
def test_a_damaged_table_and_a_damaged_map_are_read_or_refused(
    table: list[tuple[int, int, str]], chart: list[tuple[int, int, str]]
) -> None:
    with TemporaryDirectory() as folder:
        path, chosen = Path(folder, "t.csv"), Path(folder, "m.toml")
        path.write_bytes(damaged(TABLE, table))
        chosen.write_bytes(damaged(MAP, chart))
        for attempt in (lambda: add(Path(folder, "home"), "mine", [path], map_file=chosen), lambda: proposed_map(path)):
            try:
                attempt()
            except TalaanError:
                continue
        is_sound(Path(folder, "home"), "mine")


@settings(deadline=None)
@given(st.binary(max_size=200))
def test_bytes_are_text_or_refused(content: bytes) -> None:
    with TemporaryDirectory() as folder:
        path = Path(folder, "x")
        for start in (b"", b"PK\x03\x04", b"\x1f\x8b", b"\xff\xfe", b"<html>"):
            path.write_bytes(start + content)
            try:
                read_file(path, takes=(PAGE, WORKBOOK))
            except TalaanError:
                continue


def test_every_register_is_fuzzed() -> None:
    assert set(WHOLE) | {"sipri"} == set(REGISTERS)
