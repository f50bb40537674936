"""The output contract held against real output."""

import importlib.util
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import jsonschema
import pytest

ROOT = Path(__file__).parent.parent.parent
SCHEMA = json.loads((ROOT / "src/talaan/model/data/contract.schema.json").read_text(encoding="utf-8"))
DEMO = ROOT / "docs/demo"


def check(*arguments: str, home: Path) -> dict[str, Any]:
    command = [sys.executable, "-m", "talaan", "check", "--json", "--home", str(home), *arguments]
    run = subprocess.run(command, capture_output=True, text=True, check=False)
    assert run.returncode in (0, 1), run.stderr
    result: dict[str, Any] = json.loads(run.stdout)
    return result


@pytest.fixture(scope="module")
def output(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    return check(
        str(DEMO / "article.tl.txt"), "--date", "2024-06", "--answers", str(DEMO / "answers.jsonl"), home=tmp_path_factory.mktemp("home")
    )


def test_real_output_has_the_form_of_the_schema(output: dict[str, Any]) -> None:
    jsonschema.Draft202012Validator(SCHEMA).validate(output)
    assert len(output["claims"]) == 16


def test_the_schema_is_made_from_the_vocabulary_as_it_is() -> None:
    place = ROOT / "tools/make_schema.py"
    spec = importlib.util.spec_from_file_location("make_schema", place)
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    assert json.loads(json.dumps(module.schema())) == SCHEMA


def test_every_quote_and_mention_stands_at_its_offsets(output: dict[str, Any]) -> None:
    text = output["document"]["text"]
    places = [claim["quote"] for claim in output["claims"]] + [lead["quote"] for lead in output["leads"]]
    places += [filler for claim in output["claims"] for fillers in claim["roles"].values() for filler in fillers]
    places += [mention for lead in output["leads"] for mention in lead["mentions"]]
    assert len(places) > 50
    assert all(text[place["start"] : place["end"]] == place["text"] for place in places)


def test_every_entry_named_is_there_and_every_link_holds(output: dict[str, Any]) -> None:
    named = {row["id"] for lead in output["leads"] for row in lead["entries"]}
    named |= {key for claim in output["claims"] for verdict in claim["verdicts"] for key in (*verdict["entries"], *verdict["nearest"])}
    assert named and named == set(output["entries"])
    claims = {claim["id"] for claim in output["claims"]}
    assert len(claims) == len(output["claims"])
    assert {key for lead in output["leads"] for key in lead["claims"]} <= claims


def test_without_text_quotes_stay(tmp_path: Path) -> None:
    output = check(str(DEMO / "article.tl.txt"), "--no-text", home=tmp_path)
    assert "text" not in output["document"]
    assert all(lead["quote"]["text"] for lead in output["leads"])


def test_without_verifying_there_are_no_rows(tmp_path: Path) -> None:
    output = check(str(DEMO / "article.tl.txt"), "--no-verify", home=tmp_path)
    assert output["entries"] == {} and all(lead["entries"] == [] for lead in output["leads"])
