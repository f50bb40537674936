"""The verdict gold's reader and its scores."""

import json
from pathlib import Path

import pytest

from talaan.evaluation.report import verdicts_report
from talaan.evaluation.verdicts import NO_CLAIM, JudgedText, baseline, load_judged, score_verdicts
from talaan.model.errors import DataError
from talaan.model.verdict import Verdict

CLAIM = {
    "type": "transfer",
    "stage": "delivered",
    "modality": "asserted",
    "negated": False,
    "optional": False,
    "quote": "Ukraine delivered S-300 to Kazakhstan.",
    "speaker": None,
    "roles": {"supplier": ["Ukraine"], "recipient": ["Kazakhstan"], "goods": ["S-300"]},
}


def line(number: int = 1, *, accept: list[str], **changes: object) -> str:
    expected = {"accept": accept, "never": ["contradicted"], "entries": ["sipri:1"], "why": "ruling 23"}
    return json.dumps(
        {"id": f"v{number}", "language": "en", "text": CLAIM["quote"], "claim": CLAIM, "verdicts": {"sipri": expected}} | changes
    )


def golds(tmp_path: Path, *lines: str) -> list[JudgedText]:
    path = tmp_path / "gold.jsonl"
    path.write_text("\n".join(lines), encoding="utf-8")
    return load_judged(path)


def said(word: str, *entries: str) -> list[Verdict]:
    return [Verdict("sipri", "2026", word, "reason", "rule", entries)]


def test_right_wrong_and_blunder_are_counted_apart(tmp_path: Path) -> None:
    read = golds(tmp_path, *(line(number, accept=["not_found_in_scope"]) for number in (1, 2, 3, 4)))
    given = [said("not_found_in_scope", "sipri:1"), said("supported", "sipri:2"), said("contradicted", "sipri:1"), None]
    scores = score_verdicts(zip(read, given, strict=True))
    row = scores.rows["transfer"]
    assert (row["n"], row["right"], row["blunders"], row["false_contradicted"], row["named"]) == (4, 1, 1, 1, 2)
    assert scores.confusion["transfer"]["not_found_in_scope", NO_CLAIM] == 1
    assert [error.id for error in scores.errors] == ["v2", "v3", "v4"]
    assert "| transfer | 4 | 0.250 | 1.000 |" in verdicts_report(scores, read, "2026")


def test_the_baseline_gives_each_type_its_commonest_verdict(tmp_path: Path) -> None:
    read = golds(
        tmp_path, line(1, accept=["supported"]), line(2, accept=["supported", "partly_supported"]), line(3, accept=["out_of_scope"])
    )
    assert baseline(read)["transfer"] == (2, 3)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"text": "Nothing of the kind."}, "does not stand in the text"),
        ({"claim": {**CLAIM, "type": "gift"}}, "no claim type"),
        ({"verdicts": {"sipri": {"accept": ["true"], "why": ""}}}, "accept"),
        ({"verdicts": 3}, "cannot be read"),
    ],
)
def test_faulty_gold_is_refused_with_its_line(tmp_path: Path, changes: dict[str, object], words: str) -> None:
    with pytest.raises(DataError, match=words) as caught:
        golds(tmp_path, line(1, accept=["supported"]), line(2, accept=["supported"], **changes))
    assert caught.value.where == "gold.jsonl:2"
