"""docs/commands.md says what the help texts say, and every command and option has one."""

import subprocess
import sys
from typing import Any

import pytest
import typer

from talaan.cli.main import app

from .conftest import ROOT, Talaan

TOOL = ROOT / "tools/make_command_docs.py"


def commands(command: Any, words: tuple[str, ...] = ()) -> list[tuple[tuple[str, ...], Any]]:
    inside = getattr(command, "commands", {})
    return [(words, command), *(row for name, child in inside.items() for row in commands(child, (*words, name)))]


COMMANDS = commands(typer.main.get_command(app))


def test_the_page_is_what_the_help_texts_say() -> None:
    run = subprocess.run([sys.executable, str(TOOL), "--check"], capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stderr


@pytest.mark.parametrize(("words", "command"), COMMANDS, ids=[" ".join(words) or "talaan" for words, _ in COMMANDS])
def test_help_reads_well(talaan: Talaan, words: tuple[str, ...], command: Any) -> None:
    code, out, err = talaan(*words, "--help")
    assert (code, err) == (0, "") and "Usage: talaan" in out
    assert command.help and command.help[0].isupper() and command.help.rstrip().endswith(".")
    for parameter in command.params:
        assert parameter.help and parameter.help.rstrip().endswith((".", ")")), f"{words} {parameter.name}"
