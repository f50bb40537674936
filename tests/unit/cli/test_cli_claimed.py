"""`talaan sustain`, `allegations` and `positions` as a user calls them."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

Talaan = Callable[..., tuple[int, str, str]]
COMMANDS = (("sustain", "S-300", "--user", "KAZ"), ("allegations", "--about", "UKR"), ("positions", "--on", "CSTO"))
GIVEN = ("--home", "mine")


@pytest.mark.parametrize("command", COMMANDS)
def test_without_a_ledger_there_is_an_honest_answer(talaan: Talaan, command: tuple[str, ...]) -> None:
    code, shown, talk = talaan(*command, *GIVEN)
    assert (code, talk) == (0, "")
    assert "No saved document" in shown
    told = json.loads(talaan(*command, "--json", *GIVEN)[1])
    assert (told["figure"], bool(told["formula"]), bool(told["caveats"])) == (command[0], True, True)


def test_a_user_without_data_gets_no_zero(talaan: Talaan) -> None:
    told = json.loads(talaan("sustain", "S-300", "--user", "NRU", "--json", *GIVEN)[1])
    assert (told["measures"]["stock"], told["rows"], told["parts"]["stock"]) == (None, [], [])
    assert "covers nothing of what was delivered to Nauru" in told["caveats"][0]
    assert talaan("sustain", "--user", "Xyzzy", *GIVEN)[0] == 2


@pytest.mark.parametrize(("name", "start"), [("a.csv", b"\xef\xbb\xbf"), ("a.xlsx", b"PK"), ("a.svg", b"<svg"), ("a.png", b"\x89PNG")])
def test_sustain_writes_tables_and_pictures(talaan: Talaan, tmp_path: Path, name: str, start: bytes) -> None:
    code, shown, talk = talaan("sustain", "S-300", "--user", "KAZ", "-o", name, *GIVEN)
    assert (code, shown, "written" in talk) == (0, "", True)
    assert (tmp_path / name).read_bytes().startswith(start)


@pytest.mark.shared
def test_the_reference_article_is_answered_from_claims_and_registers(talaan: Talaan, shared: Path) -> None:
    register = shared / "data/sipri_register/perdeal_1950-2025_exported_2026-05-18.csv.gz"
    article, content = shared / "seed/article.tl.txt", (shared / "seed/answer.json").read_text(encoding="utf-8")
    assert talaan("register", "add", "sipri", register, *GIVEN)[0] == 0
    talaan("llm", "export", article, "-o", "requests.jsonl", *GIVEN)
    asked = json.loads(Path("requests.jsonl").read_text(encoding="utf-8").splitlines()[0])["custom_id"]
    Path("answers.jsonl").write_text(json.dumps({"custom_id": asked, "content": content}) + "\n", encoding="utf-8")
    assert talaan("check", article, "--save", "--date", "2011-05", "--reader", "llm", "--answers", "answers.jsonl", *GIVEN)[0] in (0, 1)
    sustain = json.loads(talaan("sustain", "S-300", "--user", "KAZ", "--json", *GIVEN)[1])
    turn = sustain["parts"]["turns"][0]
    assert (turn["dependent"], turn["provider"], turn["basis"], turn["published"][:7]) == ("country:RUS", "country:UKR", "both", "2011-05")
    assert {point["point"] for point in sustain["parts"]["proofs"]} >= {"source", "other documents", "delivered since", "restrictions"}
    counts = json.loads(talaan("allegations", "--about", "UKR", "--json", *GIVEN)[1])["measures"]
    assert (counts["accusations"], counts["matters_proven"], counts["not_proven"]) == (2, 0, 2)
    rows = json.loads(talaan("positions", "--on", "CSTO", "--json", *GIVEN)[1])["rows"]
    assert [(row["holder"], row["stance"]) for row in rows] == [("person:oleksandr-kuzmuk", "calls-for")]
