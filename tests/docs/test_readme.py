"""The README's examples are run, and what they show must stand in the real output, line by line in order; … leaves lines out."""

import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent
BLOCK = re.compile(r"```console\n\$ (talaan [^\n]+)\n(.*?)```", re.DOTALL)
EXAMPLES = BLOCK.findall((ROOT / "README.md").read_text(encoding="utf-8"))


def test_the_readme_has_examples() -> None:
    assert len(EXAMPLES) == 3


@pytest.mark.parametrize(("command", "shown"), EXAMPLES, ids=[command[:40] for command, _ in EXAMPLES])
def test_an_example_shows_what_really_comes_out(command: str, shown: str, tmp_path: Path) -> None:
    arguments = [*shlex.split(command)[1:], "--home", str(tmp_path)]
    run = subprocess.run([sys.executable, "-m", "talaan", *arguments], cwd=ROOT, capture_output=True, text=True, check=False)
    real = [line.rstrip() for line in run.stdout.splitlines()]
    at = 0
    for line in (line.rstrip() for line in shown.splitlines()):
        if line == "…":
            continue
        assert line in real[at:], f"{line!r} does not stand (in this order) in what the command prints"
        at = real.index(line, at) + 1
