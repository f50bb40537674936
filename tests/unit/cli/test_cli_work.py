"""The commands at work: several documents, folders, the ledger, registers, the model's way round, figures, measures."""

import json
import re
import subprocess
import sys
from pathlib import Path

import duckdb
import pytest
from registers.sipri_exports import DEALS, deals_text

from .conftest import ROOT, Talaan

TEXT = "Ukraine delivered S-300 missiles, T-72 tanks and BTR-80 carriers to Kazakhstan in 2005, the ministry said."


def paths(out: str) -> list[str]:
    return [json.loads(line)["document"]["path"] for line in out.splitlines()]


def test_order_is_kept_and_a_bad_file_does_not_stop_the_rest(talaan: Talaan) -> None:
    for name in ("b.txt", "a.txt"):
        Path(name).write_text(TEXT)
    Path("empty.txt").write_bytes(b"")
    code, out, err = talaan("check", "b.txt", "empty.txt", "missing.txt", "a.txt", "--json", "--no-verify")
    assert (code, paths(out)) == (1, ["b.txt", "a.txt"])
    assert [line.split(" · ")[1] for line in err.splitlines()] == ["empty.txt", "missing.txt"]


def test_json_lines_name_file_and_line(talaan: Talaan) -> None:
    rows = [json.dumps({"text": TEXT, "date": "2006-02"}), "", "{broken", json.dumps({"text": TEXT})]
    Path("many.jsonl").write_text("\n".join(rows) + "\n")
    code, out, err = talaan("check", "many.jsonl", "--json", "--no-verify", "--date", "2011")
    assert (code, paths(out)) == (1, ["many.jsonl#1", "many.jsonl#4"])
    assert [json.loads(line)["document"]["published"] for line in out.splitlines()] == ["2006-02", "2011"]
    assert err.count("\n") == 1 and "many.jsonl#3" in err


def test_standard_input_is_a_document() -> None:
    command = [sys.executable, "-m", "talaan", "check", "-", "--json", "--no-verify"]
    run = subprocess.run(command, input=TEXT.encode(), capture_output=True, check=False)
    assert run.returncode == 0 and json.loads(run.stdout)["document"]["text"] == TEXT


def test_a_folder_into_parquet_that_goes_on(talaan: Talaan) -> None:
    Path("in/deep").mkdir(parents=True)
    for name in ("in/a.txt", "in/deep/b.txt"):
        Path(name).write_text(TEXT)
    Path("in/c.txt").write_bytes(b"")
    code, out, err = talaan("check", "in", "-o", "results", "--jobs", "2", "--no-verify")
    assert (code, out) == (1, "")
    assert err == "written: results: 3 documents (0 from an earlier run, 1 could not be read)\n", "no progress where nobody watches"
    found = duckdb.sql("SELECT document.path, error FROM 'results/*.parquet' ORDER BY document.path").fetchall()
    assert [path for path, _ in found] == ["in/a.txt", "in/c.txt", "in/deep/b.txt"] and "nothing in it" in found[1][1]
    assert "3 from an earlier run" in talaan("check", "in", "-o", "results", "--no-verify")[2]


@pytest.fixture
def saved(talaan: Talaan, article: Path, answers: Path) -> list[object]:
    """The ledger options of a ledger with one reading, saved twice."""
    given = ["--ledger", "own.sqlite"]
    for _ in range(2):
        assert talaan("check", article, "--date", "2024-06", "--answers", answers, "--save", "--json", *given)[0] == 0
    return [*given]


def test_the_ledger_is_searched_written_and_forgotten(talaan: Talaan, article: Path, saved: list[object]) -> None:
    code, out, err = talaan("claims", *saved)
    assert (code, err) == (0, f"{len(out.splitlines())} claims\n")
    every = out.splitlines()
    assert len(every) == len(set(every)) > 10, "saving twice changes nothing"
    kinds = [json.loads(line)["type"] for line in talaan("claims", "--type", "transfer", "--json", *saved)[1].splitlines()]
    assert set(kinds) == {"transfer"} and len(kinds) < len(every)
    assert 0 < len(talaan("claims", "--actor", "TUR", *saved)[1].splitlines()) < len(every)
    assert talaan("claims", "--until", "2023", *saved)[1] == ""
    for name, start in (("claims.csv", b""), ("claims.xlsx", b"PK")):
        code, out, err = talaan("claims", "-o", name, *saved)
        assert (code, out, err) == (0, "", f"written: {name} ({len(every)} claims)\n")
        assert Path(name).read_bytes().startswith(start) and Path(name).stat().st_size > 1000
    assert talaan("forget", article, *saved)[1].startswith("forgotten: sha256:")
    assert talaan("claims", *saved)[1] == ""


def test_a_register_is_added_listed_and_shown(talaan: Talaan) -> None:
    Path("deals.csv").write_text(deals_text(), encoding="utf-8")
    given = ["--home", "other"]
    assert talaan("register", "add", "sipri", "deals.csv", *given)[0] == 0
    assert talaan("register", "add", "sipri", "deals.csv", *given)[0] == 0
    listed = talaan("register", "list", *given)[1].splitlines()
    assert [line.split(":")[0] for line in listed] == ["sipri 2026-05-18", "sipri excerpt-2026-05-18"]
    code, out, _ = talaan("register", "show", "2026-05-18", *given)
    assert code == 0 and "deals.csv sha256:" in out and "rows: 4" in out
    assert "edition 2026-05-18" in talaan("market", "Peru", "--period", "2000:2005", *given)[1]


def test_a_register_with_a_missing_column_and_a_truncated_one(talaan: Talaan) -> None:
    given = ["--home", "other"]
    Path("short.csv").write_text(deals_text().replace(",Weapon designation", ""), encoding="utf-8")
    code, out, err = talaan("register", "add", "sipri", "short.csv", *given)
    assert (code, out, err.count("\n")) == (3, "", 1) and "designation" in err and "short.csv" in err
    Path("cut.csv").write_text(deals_text().rstrip()[:-30], encoding="utf-8")
    code, out, err = talaan("register", "add", "sipri", "cut.csv", *given)
    assert (code, out, err.count("\n")) == (3, "", 1) and "ends inside this line" in err and "cut.csv:10" in err
    Path("broken.csv").write_text(deals_text((*DEALS, "Peru,Chile", DEALS[0])), encoding="utf-8")
    code, out, err = talaan("register", "add", "sipri", "broken.csv", *given)
    assert (code, err) == (1, "") and f"{len(DEALS) + 1} rows" in out and "set aside · line 11" in out
    assert [name.name for name in Path("other/registers/sipri").iterdir() if name.name.startswith(".")] == []


def test_results_are_made_anew_when_a_register_was_loaded(talaan: Talaan) -> None:
    Path("in").mkdir()
    Path("in/a.txt").write_text(TEXT)
    Path("deals.csv").write_text(deals_text(), encoding="utf-8")
    assert talaan("check", "in", "-o", "results", "--home", "other")[0] == 0
    assert talaan("register", "add", "sipri", "deals.csv", "--home", "other")[0] == 0
    assert "0 from an earlier run" in talaan("check", "in", "-o", "results", "--home", "other")[2]


def test_requests_out_and_answers_in(talaan: Talaan, article: Path) -> None:
    Path("a.txt").write_text(TEXT)
    code, _, err = talaan("llm", "export", article, "missing.txt", "a.txt", "-o", "requests.jsonl", "--model", "m")
    assert code == 3 and "missing.txt" in err and "2 requests written to requests.jsonl" in err
    requests = [json.loads(line) for line in Path("requests.jsonl").read_text(encoding="utf-8").splitlines()]
    assert TEXT in requests[1]["body"]["messages"][1]["content"] and requests[1]["body"]["model"] == "m"
    roles = {"supplier": ["Ukraine"], "recipient": ["Kazakhstan"], "goods": ["T-72"]}
    claim = {"type": "transfer", "stage": "delivered", "modality": "asserted", "negated": False, "quote": TEXT, "roles": roles}
    answer = {"custom_id": requests[1]["custom_id"], "content": json.dumps({"claims": [claim]})}
    Path("answers.jsonl").write_text(json.dumps(answer) + "\n")
    code, out, err = talaan("check", "a.txt", "--answers", "answers.jsonl", "--json", "--no-verify")
    (found,) = json.loads(out)["claims"]
    assert (code, err, found["roles"]["goods"][0]["ref"], found["quote"]["text"]) == (0, "", "system:T-72", TEXT)


@pytest.mark.parametrize(("name", "start"), [("m.svg", b"<svg"), ("m.png", b"\x89PNG"), ("m.csv", b""), ("m.xlsx", b"PK")])
def test_a_market_into_a_file(talaan: Talaan, name: str, start: bytes) -> None:
    code, out, err = talaan("market", "KAZ", "--period", "2015:2019", "-o", name)
    assert (code, out, err) == (0, "", f"written: {name}\n")
    assert start in Path(name).read_bytes()[:200] and Path(name).stat().st_size > 100


def test_a_market_as_json_is_one_figure_each_period(talaan: Talaan) -> None:
    code, out, err = talaan("market", "Kazakhstan", "--period", "2005:2009", "--period", "2015:2019", "--json")
    figures = [json.loads(line) for line in out.splitlines()]
    assert (code, err, [figure["window"] for figure in figures]) == (0, "", [[2005, 2009], [2015, 2019]])


@pytest.mark.parametrize("what", ["leads", "claims", "playback"])
def test_each_measure_on_a_small_gold_file(talaan: Talaan, what: str) -> None:
    with (ROOT / "corpus/tl.jsonl").open(encoding="utf-8") as lines:
        Path("gold.jsonl").write_text("".join(line for line, _ in zip(lines, range(3), strict=False)), encoding="utf-8")
    code, out, err = talaan("evaluate", "gold.jsonl", "--split", "all", "--what", what, "--json")
    assert (code, err) == (0, "") and json.loads(out)


def test_doctor_ends_with_1_where_there_are_faults(talaan: Talaan, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("talaan.reference.doctor.reference_faults", lambda _: ["an invented fault"])
    monkeypatch.setattr("talaan.extraction.doctor.language_faults", lambda _: [])
    code, out, _ = talaan("doctor")
    assert code == 1 and "an invented fault\n1 faults" in out
    monkeypatch.setattr("talaan.reference.doctor.reference_faults", lambda _: [])
    assert talaan("doctor")[0] == 0


def test_explain_all_shows_every_claim(talaan: Talaan, article: Path, answers: Path) -> None:
    code, out, _ = talaan("check", article, "--answers", answers, "--explain", "all")
    assert code == 0 and len(re.findall(r"^Claim \d+ ", out, re.MULTILINE)) > 10
