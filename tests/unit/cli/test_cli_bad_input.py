"""Bad input: one clear line on stderr for each fault, the right exit code, nothing half written, earlier files untouched."""

import errno
import json
import os
import signal
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from talaan.cli import main

from .conftest import Talaan

PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj 2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj "
PDF += b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF"
BAD_FILES = {
    "empty.txt": b"",
    "white.txt": b"  \n\t ",
    "binary.txt": bytes(range(256)) * 20,
    "bomb.html": b"<html><body>" + b"<div>" * 100_000 + b"S-300 missiles",
    "blank.pdf": PDF,
}
ESTONIAN = (
    "Ukraiina tarnis Kasahstanile S-300 raketid ja T-72 tankid ning BTR-80 soomukid. "
    "Relvad jõudsid kohale eelmisel aastal, ütles minister ajakirjanikele, kes küsisid, miks tehing nii kaua aega võttis."
)


def names_here() -> list[str]:
    return sorted(place.name for place in Path().iterdir())


def one_line(err: str, *parts: str) -> None:
    assert err.startswith("talaan: ") and err.count("\n") == 1 and "Traceback" not in err, err
    for part in parts:
        assert part in err


@pytest.mark.parametrize("name", BAD_FILES)
def test_a_document_that_cannot_be_read(talaan: Talaan, name: str) -> None:
    Path(name).write_bytes(BAD_FILES[name])
    code, out, err = talaan("check", name)
    assert (code, out) == (3, "")
    one_line(err, f" · {name} · ")


def test_a_file_that_is_too_large(talaan: Talaan) -> None:
    with Path("big.txt").open("wb") as file:
        file.truncate(50_000_000)
    code, _, err = talaan("check", "big.txt")
    assert code == 3
    one_line(err, "50 MB", "big.txt")


def test_a_missing_file_leaves_the_earlier_report_alone(talaan: Talaan) -> None:
    Path("report.html").write_text("earlier")
    code, _, err = talaan("check", "missing.txt", "-o", "report.html")
    assert code == 3
    one_line(err, "no such file", "missing.txt")
    assert Path("report.html").read_text() == "earlier" and names_here() == ["report.html"]


def test_broken_utf8_gives_a_partial_result_with_a_note(talaan: Talaan) -> None:
    Path("a.txt").write_bytes(
        "Ukraine delivered S-300 missiles, T-72 tanks and “BTR-80” carriers to Kazakhstan. ".encode() * 9 + b"\xff\xfe end"
    )
    code, out, err = talaan("check", "a.txt", "--json", "--no-verify")
    assert code == 0 and err == ""
    assert "could not be read" in json.loads(out)["document"]["notes"][0]


def test_a_language_without_data_is_said(talaan: Talaan) -> None:
    Path("a.txt").write_text(ESTONIAN, encoding="utf-8")
    code, out, err = talaan("check", "a.txt", "--json")
    reading = json.loads(out)
    assert (code, err, reading["leads"], reading["claims"]) == (0, "", [], [])
    assert reading["notes"]


@pytest.mark.parametrize(
    ("arguments", "code", "parts"),
    [
        (["check", "folder"], 2, ["This is a folder", "-o DIR"]),
        (["check", "ARTICLE", "-o", "x.docx"], 2, [".docx", "x.docx", ".html"]),
        (["check", "ARTICLE", "-o", "missing/x.html"], 3, ["folder to write to is missing", "missing/x.html"]),
        (["check", "ARTICLE", "-o", "/dev/full"], 3, ["/dev/full"]),
        (["check", "ARTICLE", "--edition", "nope"], 2, ["'nope'", "excerpt-"]),
        (["check", "folder", "-o", "out", "--edition", "nope"], 2, ["'nope'", "excerpt-"]),
        (["check", "ARTICLE", "--date", "soon"], 2, ["'soon'", "YYYY-MM"]),
        (["check", "ARTICLE", "--date", "2024-13"], 2, ["2024-13"]),
        (["check", "ARTICLE", "--reader", "llm"], 2, ["answers", "talaan llm export"]),
        (["check", "ARTICLE", "--answers", "missing.jsonl"], 3, ["missing.jsonl"]),
        (["check", "ARTICLE", "--answers", "folder"], 3, ["folder"]),
        (["check", "ARTICLE", "--answers", "empty"], 3, ["the file is empty", "custom_id"]),
        (["check", "ARTICLE", "--answers", "foreign"], 3, ["No answer can be used", "line 1"]),
        (["check", "ARTICLE", "--home", "foreign", "--save"], 3, ["ledger cannot be opened"]),
        (["check", "ARTICLE", "--jobs", "0"], 2, ["--jobs"]),
        (["check", "folder", "-o", "out", "--save"], 2, ["neither saved"]),
        (["check"], 2, ["Missing argument", "talaan check --help"]),
        (["check", "a", "--nonsense"], 2, ["--nonsense"]),
        (["nonsense"], 2, ["nonsense", "talaan --help"]),
        (["market"], 2, ["talaan market KAZ"]),
        (["market", "Narnia"], 2, ["Narnia"]),
        (["market", "KAZ", "--period", "2024:2020"], 2, ["2024:2020", "2020:2024"]),
        (["market", "KAZ", "--period", "x"], 2, ["'x'"]),
        (["market", "KAZ", "--by", "colour"], 2, ["colour"]),
        (["market", "KAZ", "--edition", "nope"], 2, ["nope"]),
        (["market", "KAZ", "-o", "x.docx"], 2, [".docx", ".svg"]),
        (["market", "KAZ", "-o", "missing/x.svg"], 3, ["missing/x.svg"]),
        (["claims", "--type", "nonsense"], 2, ["nonsense", "transfer"]),
        (["claims", "--verdict", "nonsense"], 2, ["nonsense", "supported"]),
        (["claims", "--since", "soon"], 2, ["soon"]),
        (["claims", "--ledger", "foreign"], 3, ["not a ledger", "foreign"]),
        (["claims", "--ledger", "mysql://a/b"], 3, ["mysql"]),
        (["forget", "nonsense"], 3, ["nonsense"]),
        (["register", "add", "nope", "foreign"], 2, ["nope", "sipri"]),
        (["register", "add", "sipri", "missing.csv"], 3, ["missing.csv"]),
        (["register", "add", "sipri", "foreign"], 3, ["foreign"]),
        (["register", "add", "sipri", "foreign", "--edition", "../../x"], 2, ["../../x"]),
        (["register", "show", "nope"], 2, ["nope", "excerpt-"]),
        (["llm", "export", "missing.txt", "-o", "x.jsonl"], 3, ["missing.txt"]),
        (["llm", "export", "ARTICLE", "-o", "missing/x.jsonl"], 3, ["missing/x.jsonl"]),
        (["evaluate", "missing"], 3, ["missing"]),
        (["evaluate", "binary"], 3, ["binary"]),
        (["evaluate", "empty"], 2, ["No passage", "--split"]),
    ],
)  # fmt: skip
def test_a_call_that_cannot_work(talaan: Talaan, article: Path, arguments: list[str], code: int, parts: list[str]) -> None:
    Path("folder").mkdir()
    Path("folder/a.txt").write_text("S-300")
    Path("foreign").write_text("This is neither a ledger nor a register nor answers.\n")
    Path("binary").write_bytes(bytes(range(128, 256)))
    Path("empty").write_bytes(b"")
    before = names_here()
    got, out, err = talaan(*(str(article) if word == "ARTICLE" else word for word in arguments))
    assert (got, out) == (code, "")
    one_line(err, *parts)
    assert names_here() == before


def test_a_foreign_sqlite_file_and_a_locked_ledger(talaan: Talaan, article: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with sqlite3.connect("foreign.db") as foreign:
        foreign.execute("CREATE TABLE other (a)")
    before = Path("foreign.db").read_bytes()
    code, _, err = talaan("check", article, "--save", "--ledger", "foreign.db")
    assert code == 3 and Path("foreign.db").read_bytes() == before
    one_line(err, "not a ledger", "foreign.db")

    assert talaan("check", article, "--save", "--json", "--ledger", "own.db")[0] == 0
    monkeypatch.setattr("talaan.ledger.opening.open_ledger.__kwdefaults__", {"wait": 0.05})
    holder = sqlite3.connect("own.db", isolation_level=None)
    holder.execute("BEGIN EXCLUSIVE")
    code, _, err = talaan("check", article, "--date", "2024", "--save", "--ledger", "own.db")
    holder.close()
    assert code == 3
    one_line(err, "in use by another program", "own.db")


def test_a_full_disk_leaves_the_earlier_file(talaan: Talaan, article: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    Path("report.html").write_text("earlier")
    monkeypatch.setattr("talaan.output.files.os.fsync", full)
    code, _, err = talaan("check", article, "-o", "report.html")
    assert code == 3 and Path("report.html").read_text() == "earlier" and names_here() == ["report.html"]
    one_line(err, "no space left", "report.html")


def test_answers_that_are_partly_usable_are_used_and_the_rest_is_told(talaan: Talaan, article: Path, answers: Path) -> None:
    Path("answers.jsonl").write_text("not json\n" + answers.read_text(encoding="utf-8"), encoding="utf-8")
    code, out, err = talaan("check", article, "--answers", "answers.jsonl", "--json", "--no-verify")
    assert code == 1 and json.loads(out)["claims"]
    one_line(err, "line 1", "answers.jsonl")


@pytest.mark.parametrize("wanted", ["99", "nonsense"])
def test_a_claim_that_does_not_exist(talaan: Talaan, article: Path, answers: Path, wanted: str) -> None:
    code, out, err = talaan("check", article, "--answers", answers, "--explain", wanted)
    assert (code, out) == (2, "")
    one_line(err, wanted, article.name, "or all")


def test_a_document_without_claims_has_nothing_to_explain(talaan: Talaan) -> None:
    Path("a.txt").write_text("The weather is nice.")
    code, out, err = talaan("check", "a.txt", "--explain", "all")
    assert (code, out) == (2, "")
    one_line(err, "no claims", "a.txt")


@pytest.mark.parametrize(
    ("fault", "code", "part"),
    [
        (KeyboardInterrupt(), 130, "Stopped"),
        (MemoryError(), 3, "memory"),
        (OSError(errno.ENOSPC, "No space left on device"), 3, "No space left"),
        (ZeroDivisionError("secret\nsecond line"), 3, "ZeroDivisionError: secret second line"),
    ],
)
def test_whatever_happens_is_one_line(talaan: Talaan, monkeypatch: pytest.MonkeyPatch, fault: BaseException, code: int, part: str) -> None:
    def fail(*_: object, **__: object) -> None:
        raise fault

    monkeypatch.setattr("talaan.registers.editions", fail)
    monkeypatch.setattr(main, "_leave_stdout", lambda: None)
    got, _, err = talaan("register", "list")
    assert got == code
    one_line(err, part)


def test_a_closed_pipe_ends_quietly(article: Path, home: Path) -> None:
    command = [sys.executable, "-m", "talaan", "check", str(article), "--home", str(home)]
    reading, writing = os.pipe()
    os.close(reading)
    run = subprocess.run(command, stdout=writing, stderr=subprocess.PIPE, text=True, check=False)
    os.close(writing)
    assert (run.returncode, run.stderr) == (0, "")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
def test_a_stdout_that_takes_nothing_fails(article: Path, home: Path) -> None:
    with Path("/dev/full").open("w") as full:
        command = [sys.executable, "-m", "talaan", "check", str(article), "--json", "--home", str(home)]
        run = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, text=True, check=False)
    assert run.returncode == 3
    one_line(run.stderr, "No space left")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs named pipes")
def test_ctrl_c_is_one_line_and_leaves_nothing(home: Path, tmp_path: Path) -> None:
    pipe = tmp_path / "slow.txt"
    os.mkfifo(pipe)
    command = [sys.executable, "-m", "talaan", "check", "slow.txt", "-o", "x.html", "--home", str(home)]
    run = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=tmp_path)
    with run, pipe.open("wb"):  # opens once the program reads
        run.send_signal(signal.SIGINT)
        out, err = run.communicate(timeout=20)
    assert (run.returncode, out) == (130, "")
    one_line(err, "Stopped")
    assert [place.name for place in tmp_path.iterdir()] == ["slow.txt"]
