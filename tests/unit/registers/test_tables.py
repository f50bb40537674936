"""Registers that are no lists of deals: how their editions are kept, opened and verified, and what damaged files do."""

import gzip
import json
import zipfile
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registers.sipri_exports import deals_text
from talaan.model.errors import RegisterError, UsageError
from talaan.registers import REGISTERS, add, edition_called, editions, open_edition, open_table, verify
from talaan.registers.cells import normalise
from talaan.registers.delimited import Column, read_grid
from talaan.registers.files import SourceFile
from talaan.registers.goods import class_of, system_in
from talaan.registers.parties import party_ref
from talaan.registers.records import json_records

Write = Callable[..., Path]
COW = "ccode1,ccode2,year,cow_defense,cow_neutral,cow_nonagg,cow_entente\n2,200,1990,1,0,0,1\n200,2,1990,1,0,0,1\n365,2,1989,0,0,1,0\n"
COLUMNS = (Column("state", ("ccode",), "integer"), Column("year", ("year",), "year"), Column("note", ("note",), "text", needed=False))


def source(text: str, name: str = "a.csv") -> SourceFile:
    return SourceFile(name, "", text, "utf-8")


def test_a_table_is_stored_with_the_same_mechanics_as_deals(tmp_path: Path, write: Write) -> None:
    path = write(COW)
    edition = add(tmp_path, "cow-alliances", [path], edition="v4.1")
    assert (edition.id, edition.rows, edition.register) == ("v4.1", 3, "cow-alliances")
    assert add(tmp_path, "cow-alliances", [path]) == edition
    assert edition_called(tmp_path, "v4.1") == edition
    assert {row.register for row in editions(tmp_path)} == {"cow-alliances", "sipri"}
    types = {name: type(column[0]) for name, column in open_table(tmp_path, "cow-alliances").columns().items()}
    assert types["defence"] is bool
    assert types["year"] is int


def test_deals_and_tables_are_opened_each_in_its_own_way(tmp_path: Path, write: Write) -> None:
    add(tmp_path, "cow-alliances", [write(COW)])
    add(tmp_path, "sipri", [write(deals_text())])
    with pytest.raises(RegisterError, match="a table, not a list of deals"):
        open_edition(tmp_path, "cow-alliances")
    with pytest.raises(RegisterError, match="a list of deals, not a table"):
        open_table(tmp_path, "sipri")
    with pytest.raises(RegisterError, match="no edition of a register 'atop'"):
        open_table(tmp_path, "atop")


def test_an_id_that_two_registers_have_must_be_told_apart(tmp_path: Path, write: Write) -> None:
    add(tmp_path, "cow-alliances", [write(COW)], edition="mine")
    add(
        tmp_path,
        "atop",
        [
            write(
                COW.replace("cow_defense", "defense,offense")
                .replace(",1,0,0,1", ",1,0,0,0,1")
                .replace(",0,0,1,0", ",0,0,0,1,0")
                .replace("cow_neutral", "neutral")
                .replace("cow_nonagg", "nonagg")
                .replace("cow_entente", "consul")
            )
        ],
        edition="mine",
    )
    with pytest.raises(UsageError, match="--register"):
        edition_called(tmp_path, "mine")
    assert edition_called(tmp_path, "mine", "atop").register == "atop"
    with pytest.raises(UsageError, match="atop mine"):
        edition_called(tmp_path, "other", "atop")


def test_verify_names_what_is_not_as_it_was_written(tmp_path: Path, write: Write) -> None:
    edition = add(tmp_path, "cow-alliances", [write(COW)])
    folder = tmp_path / "registers/cow-alliances" / edition.id
    assert [row.faults for row in verify(tmp_path)] == [()]
    table = folder / "rows.parquet"
    content = table.read_bytes()
    table.write_bytes(content[:-1] + bytes([content[-1] ^ 1]))
    (folder / "set_aside.csv").unlink()
    (folder / "new.txt").touch()
    faults = verify(tmp_path, "cow-alliances")[0].faults
    assert faults == ("new.txt was not there when it was loaded", "rows.parquet is not as it was written", "set_aside.csv is missing")
    assert verify(tmp_path, "sipri") == []


def test_verify_sees_changed_facts_a_moved_folder_and_facts_without_hashes(tmp_path: Path, write: Write) -> None:
    edition = add(tmp_path, "cow-alliances", [write(COW)])
    facts = tmp_path / "registers/cow-alliances" / edition.id / "edition.json"
    raw = json.loads(facts.read_text())
    facts.write_text(json.dumps(raw | {"rows": 4}))
    assert verify(tmp_path)[0].faults == ("edition.json is not as it was written",)
    facts.write_text(json.dumps({key: value for key, value in raw.items() if key not in ("hashes", "seal")}))
    assert "no hashes were kept" in verify(tmp_path)[0].faults[0]
    facts.write_text(json.dumps(raw))
    facts.parent.rename(facts.parent.with_name("moved"))
    assert verify(tmp_path)[0].faults == (f"edition.json says it is cow-alliances {edition.id}",)
    (tmp_path / "registers/cow-alliances/moved/edition.json").write_text("[")
    assert verify(tmp_path)[0].faults == ("edition.json cannot be read (JSONDecodeError)",)


def many_columns(text: str) -> bytes:
    return (text + "x," * 1_000_000 + "x\n").encode()


def workbook_bomb() -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", b"0" * 60_000_000)
    return out.getvalue()


BAD: dict[str, bytes] = {
    "empty": b"",
    "blank": b" \n \n",
    "NUL": COW.encode().replace(b"1990", b"19\x0090"),
    "another table": b"name,age\nAnna,30\n",
    "wrong encoding": COW.encode("cp037"),
    "half UTF-16": b"\xff\xfe" + COW.encode(),
    "columns swapped": COW.replace("ccode1,ccode2,year,cow_defense", "year,cow_defense,ccode1,ccode2").encode(),
    "a column missing": COW.replace(",cow_nonagg", ",other").encode(),
    "header only": COW.split("\n", 1)[0].encode(),
    "a quote never closed": COW.replace("2,200,1990", '"2,200,1990').encode() + b"1,2\n" * 100,
    "a field without end": (COW + "x" * 300_000).encode(),
    "a header of a million columns": many_columns(""),
    "gzip damaged": gzip.compress(COW.encode())[:12] + b"damaged",
    "gzip bomb": gzip.compress(b"0" * 60_000_000),
    "zip bomb": workbook_bomb(),
    "zip": b"PK\x03\x04 and so on",
    "page": b"<!DOCTYPE html><html><body>Not found</body></html>",
    "json": b"[" * 100_000,
}


@pytest.mark.parametrize("register", [name for name in REGISTERS if name != "sipri"])
@pytest.mark.parametrize("kind", BAD)
def test_what_is_no_such_table_is_one_clear_error_and_leaves_nothing(tmp_path: Path, write: Write, kind: str, register: str) -> None:
    home = tmp_path / "home"
    with pytest.raises(RegisterError) as caught:
        add(home, register, [write(BAD[kind], "bad.csv")])
    assert "bad.csv" in caught.value.where
    assert len(str(caught.value)) < 1500
    assert not [path for path in home.rglob("*") if path.is_file()]


def test_one_bad_line_of_a_million_columns_is_set_aside(tmp_path: Path, write: Write) -> None:
    edition = add(tmp_path, "cow-alliances", [write(many_columns(COW))])
    assert edition.rows == 3
    assert edition.set_aside == ((5, "1000001 fields where the header has 7"),)


@pytest.mark.parametrize("register", ["cow-alliances", "sipri-tiv"])
def test_a_file_that_was_cut_off_is_refused(tmp_path: Path, write: Write, register: str) -> None:
    text = COW if register == "cow-alliances" else "supplier,2001,2002,2003\nChile,1,2,3\nPeru,1,2,3\n"
    with pytest.raises(RegisterError, match="ends inside this line") as caught:
        add(tmp_path / "a", register, [write(text[:-6], "cut.csv")])
    assert caught.value.where == f"cut.csv:{text.count(chr(10))}"
    lines = gzip.compress(text.encode() + b"".join(b"%d,%d\n" % (number, number * 7919 % 1009) for number in range(4000)))
    with pytest.raises(RegisterError, match="ends early"):
        add(tmp_path / "b", register, [write(lines[: len(lines) // 2], "cut.csv.gz")])
    assert not [path for path in tmp_path.rglob("registers/*/*") if path.is_dir()]


def test_more_lines_that_cannot_be_read_than_rows_are_a_damaged_file(tmp_path: Path, write: Write) -> None:
    with pytest.raises(RegisterError, match=r"1 rows: 2 lines could not be read: year: 'x' is not a year \(2 times, first in line 3\)"):
        add(tmp_path, "cow-alliances", [write(COW.replace(",1989,", ",x,").replace("200,2,1990", "200,2,x"))])


def test_any_usual_separator_is_read(tmp_path: Path, write: Write) -> None:
    made = [
        add(tmp_path / name, "cow-alliances", [write(COW.replace(",", sign))]).rows for name, sign in (("a", ";"), ("b", "\t"), ("c", "|"))
    ]
    assert made == [3, 3, 3]


def test_a_grid_names_all_faults_with_their_lines() -> None:
    grid = read_grid(source('x\nCCode;Year;more\n2;1990;a\ntwo;1990;b\n\n2;90;c\n"2";1991;"d\ne"\n2;1992\n2;1993;f\n'), COLUMNS, "states")
    assert grid.columns == {"state": ["2"] * 3, "year": ["1990", "1991", "1993"], "note": [""] * 3}
    assert grid.lines == (3, 7, 10)
    assert [(line.line, line.reason) for line in grid.set_aside] == [
        (4, "CCode: 'two' is not a whole number"),
        (6, "Year: '90' is not a year"),
        (9, "2 fields where the header has 3"),
    ]
    assert grid.unread == ("more",)


def test_missing_and_doubled_columns_are_all_named() -> None:
    with pytest.raises(RegisterError, match="'ccode' is missing") as caught:
        read_grid(source("year,note,note\n1990,a,b\n"), COLUMNS, "states")
    assert "'note' stands twice" in caught.value.what


@given(
    st.lists(st.tuples(st.integers(0, 999), st.integers(1500, 2099), st.text(st.characters(codec="utf-8", exclude_categories=["C", "Z"]))))
)
def test_a_grid_gives_back_what_was_written(rows: list[tuple[int, int, str]]) -> None:
    import csv
    from io import StringIO

    out = StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(("ccode", "year", "note"))
    writer.writerows(rows)
    if not rows:
        with pytest.raises(RegisterError, match="header is its last line"):
            read_grid(source(out.getvalue()), COLUMNS, "states")
        return
    grid = read_grid(source(out.getvalue()), COLUMNS, "states")
    assert list(zip(*grid.columns.values(), strict=True)) == [(str(state), str(year), note) for state, year, note in rows]


def test_numbers_and_flags() -> None:
    assert normalise(["-1.5", "2e-05", "x"], "number", needed=False) == (["-1.5", "2e-05", ""], {2: "'x' is not a number"})
    assert normalise(["1", "No", "maybe"], "flag", needed=False) == (["true", "false", ""], {2: "'maybe' is neither yes nor no"})


def test_json_records_know_their_lines() -> None:
    assert json_records(source('[\n {"a": 1},\n\n {"a": 2}\n]')) == [(2, {"a": 1}), (4, {"a": 2})]
    assert json_records(source('{"n": 1, "signals": [{"a": 1}]}'), ("signals",)) == [(1, {"a": 1})]
    assert json_records(source('{"a": 1}\n{"a": 2}\n')) == [(1, {"a": 1}), (2, {"a": 2})]


@pytest.mark.parametrize(
    ("text", "says"), [('[{"a": 1},\n {"a"', "a.csv:2"), ("[1]", "no object"), ("[]", "no record"), ('{"a": 1}\n{"a"\n', "a.csv:2")]
)
def test_broken_json_names_its_line(text: str, says: str) -> None:
    with pytest.raises(RegisterError, match=says):
        json_records(source(text))


@pytest.mark.parametrize(
    ("name", "ref"),
    [
        ("United States of America", "country:USA"),
        ("Korea, Republic of", "country:KOR"),
        ("Viet Nam", "country:VNM"),
        ("The Netherlands", "country:NLD"),
        ("Bolivia (Plurinational State of)", "country:BOL"),
        ("KAZ", "country:KAZ"),
        ("NATO", "organisation:NATO"),
        ("Atlantis", None),
        ("to", None),
    ],
)
def test_parties_in_the_words_of_any_publisher(name: str, ref: str | None) -> None:
    assert party_ref(name) == ref


def test_goods_in_free_words() -> None:
    assert system_in("10 refurbished Mi-17 helicopters") == "system:Mi-17"
    assert system_in("T-72 tanks and BMP-2 vehicles") is None
    assert system_in("Eitan Powerpack Engines") is None
    assert class_of(None, "tank") == "tank"
    assert class_of(None, "things", "arms") == "arms"
