"""The worked passages of the instructions: from the train part only, in the document's language, short enough, and fresh."""

import importlib.util
import json
from pathlib import Path

import pytest

from talaan.evaluation.gold import load_passages
from talaan.extraction.language import language_codes
from talaan.extraction.readers.llm.instructions import example_languages, instructions, instructions_version

ROOT = Path(__file__).parent.parent.parent.parent
FOLDER = ROOT / "src/talaan/extraction/readers/llm/examples"
MOST = 9_000 * 4


def examples(name: str) -> list[dict[str, str]]:
    return [json.loads(line) for line in (FOLDER / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()]


def test_every_language_has_four_passages_its_own_first() -> None:
    assert example_languages() == tuple(sorted(language_codes()))
    for code in example_languages():
        languages = [example["language"] for example in examples(code)]
        assert len(languages) == 4 and languages[0] == languages[1] == code, code


def test_no_passage_is_of_the_parts_that_measure() -> None:
    measuring = {passage.text for part in ("dev", "test") for passage in load_passages(ROOT / "corpus", part)}
    assert not [example["id"] for code in (*example_languages(), "any") for example in examples(code) if example["text"] in measuring]


@pytest.mark.parametrize("code", [None, "xx", *language_codes()])
def test_instructions_keep_within_their_length(code: str | None) -> None:
    assert len(instructions(code)) <= MOST
    assert len(instructions(code, 0)) < len(instructions(code, 1)) < len(instructions(code))


def test_versions_differ_by_language_and_number_of_examples() -> None:
    versions = {instructions_version(code, number) for code in language_codes() for number in (0, 4)}
    assert len(versions) == len(language_codes()) + 1 and instructions_version("xx") == instructions_version(None)


def test_the_files_are_what_the_tool_makes() -> None:
    spec = importlib.util.spec_from_file_location("make_examples", ROOT / "tools/make_examples.py")
    assert spec is not None and spec.loader is not None
    tool = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(tool)
    made = tool.examples(ROOT / "corpus")
    stale = [name for name, lines in made.items() if (FOLDER / f"{name}.jsonl").read_text(encoding="utf-8") != "\n".join(lines) + "\n"]
    assert stale == [] and {path.stem for path in FOLDER.iterdir()} == set(made), "run python tools/make_examples.py"
