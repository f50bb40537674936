"""`talaan register` at work on all kinds of registers: load, list, show, verify, map; every figure is invented."""

import json
from collections.abc import Callable
from pathlib import Path

from registers.sipri_exports import deals_text

Talaan = Callable[..., tuple[int, str, str]]
COW = "ccode1,ccode2,year,cow_defense,cow_neutral,cow_nonagg,cow_entente\n2,200,1990,1,0,0,1\n2,365,1990,0,0,1,0\n"
TABLE = (
    "Seller,Buyer,Item,Year,Quantity,Price\nChile,Peru,T-55,2001,10,3\nRussia,Kenya,Mi-17,2002,4,9\n"
    "China,Kenya,Z-9,2003,x,9\nChina,Peru,Z-9,2004,2,9\n"
)
GIVEN = ("--home", "other")


def test_registers_of_all_kinds_are_listed_shown_and_verified(talaan: Talaan) -> None:
    Path("cow.csv").write_text(COW)
    Path("deals.csv").write_text(deals_text(), encoding="utf-8")
    assert talaan("register", "add", "cow-alliances", "cow.csv", "--edition", "v4.1", *GIVEN) == (
        0,
        "cow-alliances v4.1: 2 rows, 1990–1990\n",
        "",
    )
    assert talaan("register", "add", "sipri", "deals.csv", "--edition", "mine", *GIVEN)[0] == 0
    assert (
        talaan("register", "list", "--register", "cow-alliances", *GIVEN)[1]
        == "cow-alliances v4.1: 2 rows, 1990–1990, directed pair and year\n"
    )
    rows = json.loads(talaan("register", "list", "--json", *GIVEN)[1])
    assert {(row["register"], row["edition"]) for row in rows} >= {("cow-alliances", "v4.1"), ("sipri", "2026-05-18")}
    code, out, _ = talaan("register", "show", "v4.1", *GIVEN)
    assert code == 0 and "Correlates of War" in out and "cow.csv sha256:" in out
    code, out, _ = talaan("register", "verify", *GIVEN)
    assert code == 0 and out.endswith("2 editions, 0 with faults\n")
    Path("other/registers/cow-alliances/v4.1/rows.parquet").write_bytes(b"PAR1")
    code, out, _ = talaan("register", "verify", *GIVEN)
    assert code == 1 and "cow-alliances v4.1: rows.parquet is not as it was written" in out and out.endswith("2 editions, 1 with faults\n")


def test_a_table_is_mapped_looked_at_and_loaded(talaan: Talaan) -> None:
    Path("t.csv").write_text(TABLE)
    code, out, err = talaan("register", "map", "t.csv", "-o", "my.toml")
    assert (code, out) == (0, "") and "written: my.toml" in err
    assert "row 1:" in err and "system system:T-55" in err and "line 4: number_delivered: 'x' is not a whole number" in err
    assert 'supplier = "Seller"' in Path("my.toml").read_text()
    code, out, _ = talaan("register", "add", "mine", "t.csv", "--map", "my.toml", *GIVEN)
    assert code == 1 and out.startswith("mine ") and ": 3 rows, 2001–2004" in out
    assert "set aside · line 4" in out and "columns not read: Price" in out
    code, out, err = talaan("register", "map", "t.csv", "-o", "my.toml")
    assert (code, out) == (2, "") and "there already" in err
    assert 'supplier = "Seller"' in talaan("register", "map", "t.csv")[1]


def test_a_folder_stands_for_its_files(talaan: Talaan) -> None:
    Path("in").mkdir()
    Path("in/a.csv").write_text(COW)
    Path("in/b.csv").write_text(COW.replace("1990", "1991"))
    Path("in/.hidden").write_text("x")
    assert "4 rows, 1990–1991" in talaan("register", "add", "cow-alliances", "in", *GIVEN)[1]


def test_wrong_use_and_bad_files_say_what_to_do(talaan: Talaan) -> None:
    Path("bad.csv").write_text("a,b\n1,2\n")
    Path("t.csv").write_text(TABLE)
    asked = {
        ("register", "add", "atop", "bad.csv"): (3, "No header"),
        ("register", "add", "mine", "t.csv"): (2, "needs --map"),
        ("register", "add", "mine", "t.csv", "--map", "none.toml"): (3, "none.toml"),
        ("register", "add", "unroca", "missing.json"): (3, "missing.json"),
        ("register", "fetch", "sipri", "folder"): (2, "only unroca"),
        ("register", "fetch", "unroca", "folder", "--country", "Atlantis"): (2, "Atlantis"),
        ("register", "map", "missing.csv"): (3, "missing.csv"),
        ("register", "show", "none"): (2, "no edition 'none'"),
    }
    for call, (exit_code, says) in asked.items():
        code, out, err = talaan(*call)
        assert (code, out, err.count("\n")) == (exit_code, "", 1), call
        assert says in err, call
