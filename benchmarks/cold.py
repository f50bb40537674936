"""What one cold `talaan` command costs in time and memory, beside the cold start of spaCy's small English pipeline."""

import os
import sys
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from statistics import median
from subprocess import DEVNULL, Popen
from time import perf_counter

from material import SPACY_MODEL, article, peer_present, register_file
from measures import PEER_ABSENT, Measure, main, number, say

ROUNDS = 7
TALAAN = (sys.executable, "-c", "from talaan.cli.main import run; run()")
PEER = f"import spacy, sys; pipeline = spacy.load({SPACY_MODEL!r}); print(len(pipeline(open(sys.argv[1], encoding='utf-8').read()).ents))"
SMALL = {
    "talaan --help": (*TALAAN, "--help"),
    "import talaan": (sys.executable, "-c", "import talaan"),
    "python alone": (sys.executable, "-c", "pass"),
}
KB_PER_MB = 1024
FINISHED = (0, 1)


def once(command: Sequence[str], environment: Mapping[str, str]) -> tuple[float, float]:
    """Wall seconds and the largest resident memory in MB of one process.

    ValueError where it fails; exit code 1 is no failure, it says that something needs a look. The memory is the child's own
    (wait4), but a child inherits its parent's high-water mark, so this script stays small itself.
    """
    with tempfile.TemporaryFile() as said:
        begun = perf_counter()
        process = Popen(command, env=dict(environment), stdout=DEVNULL, stderr=said)
        _, status, used = os.wait4(process.pid, 0)
        taken = perf_counter() - begun
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode not in FINISHED:
            said.seek(0)
            raise ValueError(f"{' '.join(command[-4:])} ended with {process.returncode}: {said.read().decode(errors='replace')[-500:]}")
    return taken, used.ru_maxrss / KB_PER_MB


def cold(commands: Mapping[str, Sequence[str]]) -> dict[str, tuple[float, float]]:
    """For each command the median wall time of seven fresh processes, and the most memory that any of them took.

    The commands take turns, so that noise hits all alike; one more round comes first and is not counted.
    """
    found: dict[str, list[tuple[float, float]]] = {name: [] for name in commands}
    for turn in range(ROUNDS + 1):
        for name, command in commands.items():
            cost = once(command, os.environ)
            if turn:
                found[name].append(cost)
    costs = {name: (median(wall for wall, _ in runs), max(size for _, size in runs)) for name, runs in found.items()}
    for name, (taken, memory) in costs.items():
        say(f"cold: {name}: {taken:.3f} s, {memory:.0f} MB")
    return costs


def prepared_home(home: Path) -> str:
    """What the check is held against; the register is loaded by a process of its own, so that this one stays small."""
    export = register_file()
    if export is None:
        return "bundled excerpt"
    once((*TALAAN, "register", "add", "sipri", str(export), "--home", str(home)), os.environ)
    return "full register"


def measure() -> Sequence[Measure]:
    """Five measures: check in seconds, in MB and as a share of the peer; the command itself, its help and the import."""
    text, peer = article(), {}
    if peer_present():
        peer = {"spaCy": (sys.executable, "-c", PEER, str(text))}
    with tempfile.TemporaryDirectory(prefix="talaan-bench-") as place:
        against = prepared_home(Path(place))
        costs = cold({"talaan check": (*TALAAN, "check", str(text), "--home", place), **peer})
    small = cold(SMALL)
    (check, memory), (bare, _) = costs["talaan check"], small["python alone"]
    share, beside, note = None, PEER_ABSENT, PEER_ABSENT
    if peer:
        other, size = costs["spaCy"]
        share, beside, note = check / other, f"spaCy {number(other)} s, {size:.0f} MB", ""
    return [
        Measure("cold `talaan check`", check, "s", 1.5, peer=beside, note=f"{text.parent.name}/{text.name}, {against}"),
        Measure("cold `talaan check`, share of the peer's cold start", share, "", 1.0, peer=beside, note=note),
        Measure("cold `talaan check`, resident memory", memory, "MB", 400, peer=beside),
        Measure("`talaan --help`", small["talaan --help"][0], "s", 0.4),
        Measure(
            "`import talaan`, interpreter included", small["import talaan"][0], "s", 0.15, note=f"the interpreter alone {number(bare)} s"
        ),
    ]


if __name__ == "__main__":
    sys.exit(main("Time and memory of one cold command.", measure))
