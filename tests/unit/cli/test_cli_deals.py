"""`talaan deals`, `candidates`, `news` and `register diff` as a user calls them."""

import csv
import json
from collections.abc import Callable
from pathlib import Path

import pytest
from registers.sipri_exports import deals_text

Talaan = Callable[..., tuple[int, str, str]]


@pytest.fixture
def saved(talaan: Talaan, article: Path, answers: Path) -> tuple[str, ...]:
    """A home of its own with the demo's article saved."""
    given = ("--home", "mine")
    assert talaan("check", article, "--date", "2024-06", "--answers", answers, "--save", *given)[0] == 0
    return given


def test_deals_show_register_and_claims_and_name_the_edition(talaan: Talaan, saved: tuple[str, ...]) -> None:
    code, shown, talk = talaan("deals", "KAZ", *saved)
    assert (code, talk) == (0, "")
    assert "Anka (Anka-S)" in shown
    assert "edition excerpt-2026-05-18" in shown
    assert "covers only a part of the register" in shown
    rows = json.loads(talaan("deals", "KAZ", "--json", *saved)[1])["rows"]
    s300 = {row["supplier"]: row["standing"] for row in rows if row["family"] == "system:S-300"}
    assert s300 == {"country:RUS": "registered", "country:UKR": "claimed"}
    claimed = next(row for row in rows if row["family"] == "system:S-300" and row["standing"] == "claimed")
    assert any(word.startswith("Russia (") for word in claimed["elsewhere"])
    assert claimed["said"][0]["document"]["published"] == "2024-06"


def test_deals_and_candidates_are_written_as_tables(talaan: Talaan, saved: tuple[str, ...]) -> None:
    for command, least in (("deals", 60), ("candidates", 1)):
        code, shown, talk = talaan(command, "KAZ", "-o", f"{command}.csv", *saved)
        assert (code, shown) == (0, "")
        assert "written" in talk
        with Path(f"{command}.csv").open(encoding="utf-8-sig", newline="") as lines:
            rows = list(csv.DictReader(lines))
        assert len(rows) >= least
        assert {row["edition"] for row in rows} == {"excerpt-2026-05-18"}
        assert talaan(command, "KAZ", "-o", f"{command}.xlsx", *saved)[0] == 0
        assert Path(f"{command}.xlsx").read_bytes()[:2] == b"PK"


def test_candidates_are_marked_and_sourced(talaan: Talaan, saved: tuple[str, ...]) -> None:
    found = json.loads(talaan("candidates", "KAZ", "--json", *saved)[1])
    marks = {(row["supplier"], row["designation"]): row["mark"] for row in found["rows"]}
    assert marks["country:UKR", "S-300"] == "new"
    assert marks["country:TUR", "Anka"] == "known"
    assert all(row["source"]["quote"]["text"] for row in found["rows"])


def test_an_empty_ledger_is_one_line_and_is_not_made(talaan: Talaan) -> None:
    code, shown, talk = talaan("candidates", "--home", "none")
    assert (code, talk.count("\n")) == (0, 1)
    assert "no saved transfer claims" in talk
    assert shown.startswith("0 candidates")
    assert talaan("deals", "KAZ", "--home", "none")[0] == 0
    assert not Path("none").exists()


@pytest.mark.parametrize(
    ("arguments", "code", "told"),
    [
        (("deals", "Atlantis"), 2, "Atlantis"),
        (("deals",), 2, "No market is named"),
        (("deals", "KAZ", "--period", "2011:x"), 2, "is no period"),
        (("candidates", "Atlantis"), 2, "Atlantis"),
        (("news",), 3, "News needs two editions"),
        (("register", "diff", "one", "two"), 2, "no edition 'one'"),
    ],
)
def test_what_cannot_be_answered_is_one_line(talaan: Talaan, arguments: tuple[str, ...], code: int, told: str) -> None:
    found, shown, talk = talaan(*arguments, "--home", "none")
    assert (found, shown, talk.count("\n")) == (code, "", 1)
    assert told in talk


def test_two_editions_are_compared_and_make_news(talaan: Talaan, saved: tuple[str, ...]) -> None:
    text = deals_text()
    Path("old.csv").write_text(text, encoding="utf-8")
    lines = text.splitlines(keepends=True)
    Path("new.csv").write_text("".join(lines[:-1]), encoding="utf-8")
    assert talaan("register", "add", "sipri", "old.csv", "--edition", "old", *saved)[0] == 0
    assert talaan("news", *saved)[0] == 3
    assert talaan("register", "add", "sipri", "new.csv", "--edition", "new", *saved)[0] == 0
    ids = [line.split()[1].rstrip(":") for line in talaan("register", "list", *saved)[1].splitlines()]
    new, old = ids[0], ids[1]
    found = json.loads(talaan("register", "diff", old, new, "--json", *saved)[1])
    assert (found["old"], found["new"]) == (old, new)
    assert (found["counts"]["added"], found["counts"]["removed"], found["counts"]["changed"]) == (0, 1, 0)
    assert "1 removed" in talaan("register", "diff", old, new, *saved)[1]
    assert talaan("register", "diff", old, new, "-o", "diff.csv", *saved)[0] == 0
    assert "removed" in Path("diff.csv").read_text(encoding="utf-8-sig")
    told = json.loads(talaan("news", "--json", *saved)[1])
    assert (told["old"], told["new"]) == (old, new)
    assert told["claims_checked"] > 0
    assert "saved claims have another verdict" in talaan("news", *saved)[1]


@pytest.mark.shared
def test_the_reference_article_beside_the_full_register(talaan: Talaan, shared: Path) -> None:
    given = ("--home", "full")
    export = shared / "data/sipri_register/perdeal_1950-2025_exported_2026-05-18.csv.gz"
    talaan("register", "add", "sipri", export, *given)
    article = shared / "seed/article.tl.txt"
    document = json.loads(talaan("check", article, "--no-verify", "--json", *given)[1])["document"]["id"]
    answer = (shared / "seed/answer.json").read_text(encoding="utf-8")
    Path("answers.jsonl").write_text(json.dumps({"custom_id": f"{document}#0", "content": answer}), encoding="utf-8")
    talaan("check", article, "--save", "--date", "2011-05", "--reader", "llm", "--answers", "answers.jsonl", *given)
    rows = json.loads(talaan("deals", "KAZ", "--json", *given)[1])["rows"]
    s300 = [(row["supplier"], row["standing"]) for row in rows if row["family"] == "system:S-300"]
    assert s300 == [("country:RUS", "registered"), ("country:RUS", "registered"), ("country:UKR", "claimed")]
    marks = {row["designation"]: row["mark"] for row in json.loads(talaan("candidates", "--json", *given)[1])["rows"]}
    assert marks == {"S-300": "new", "aircraft": "known", "armoured personnel carrier": "known"}
