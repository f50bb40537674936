"""All benchmarks, one after the other, in one Markdown table; ends with 1 where a bound is missed or a benchmark fails."""

import json
import os
import subprocess
import sys
from pathlib import Path

from measures import Measure, missed, say, table

SCRIPTS = ("cold", "gate", "leads", "asking", "register", "deals", "checking")
HERE = Path(__file__).resolve().parent


def run(script: str) -> list[Measure] | None:
    """The measures of one script, which runs in a process of its own; None where it fails."""
    say(f"== {script}")
    command = [sys.executable, str(HERE / f"{script}.py"), "--json"]
    done = subprocess.run(command, stdout=subprocess.PIPE, env=dict(os.environ), text=True, check=False)
    measures = [Measure(**json.loads(line)) for line in done.stdout.splitlines()]
    return measures or None


def main() -> int:
    """The exit code."""
    results = {script: run(script) for script in SCRIPTS}
    measures = [measure for found in results.values() for measure in found or ()]
    print(table(measures))
    failed = [script for script, found in results.items() if found is None]
    if failed:
        say("failed: " + ", ".join(failed))
    return int(bool(failed) or missed(measures))


if __name__ == "__main__":
    sys.exit(main())
