"""A bulk run that is killed leaves no half part, and a second run completes it."""

import os
import random
import subprocess
import sys
import time
from pathlib import Path

import duckdb

DOCUMENTS, BATCH = 240, 8
RUNNER = """
import sys, json, time
from pathlib import Path
from talaan.bulk.pool import run
from talaan.documents.sources import Source

def work(source):
    time.sleep(0.004)
    return json.dumps({"document": {"path": source.path, "text": source.line + " boats" * 30_000}})

if __name__ == "__main__":
    sources = [Source(f"a#{number}", f"text {number}") for number in range(int(sys.argv[2]))]
    for progress in run(sources, work, Path(sys.argv[1]), jobs=2, version="1", batch_size=int(sys.argv[3])):
        print(progress.documents, progress.kept, flush=True)
"""


def alive(folder: Path) -> list[str]:
    """Processes whose environment names the folder: the run and its workers (none where the system does not show them)."""
    found = []
    for place in Path("/proc").glob("[0-9]*/environ"):
        try:
            if str(folder).encode() in place.read_bytes():
                found.append(place.parent.name)
        except OSError:
            continue
    return found


def end_of_all(folder: Path) -> list[str]:
    """The processes still there after a while."""
    until = time.monotonic() + 5
    while (left := alive(folder)) and time.monotonic() < until:
        time.sleep(0.02)
    return left


def test_a_killed_run_leaves_whole_parts_and_no_process_and_is_completed(tmp_path: Path) -> None:
    script, out, log = tmp_path / "runner.py", tmp_path / "out", tmp_path / "log"
    script.write_text(RUNNER)
    command = [sys.executable, str(script), str(out), str(DOCUMENTS), str(BATCH)]
    environment = {**os.environ, "BULK_TEST": str(out)}
    seed = random.randrange(10**6)
    chance = random.Random(seed)
    left = 0
    for _ in range(3):
        with log.open("wb") as output:
            process = subprocess.Popen(command, stdout=output, env=environment)
        until = time.monotonic() + 20
        while not log.stat().st_size and time.monotonic() < until:
            time.sleep(0.005)
        time.sleep(chance.uniform(0.0, 0.25))
        process.kill()
        process.wait()
        assert end_of_all(out) == [], f"a worker outlived its run (seed {seed})"
        for part in out.glob("*.parquet"):
            assert duckdb.execute("SELECT count(*) FROM read_parquet($part)", {"part": str(part)}).fetchall() == [(BATCH,)], f"seed {seed}"
        left = max(left, len(list(out.glob("*.parquet"))))
    assert left > 0, f"no part was whole before the kill: the test shows nothing (seed {seed})"
    done = subprocess.run(command, capture_output=True, text=True, check=True, env=environment)
    documents, kept = map(int, done.stdout.splitlines()[-1].split())
    assert documents == DOCUMENTS
    assert kept >= left * BATCH, f"seed {seed}"
    rows = duckdb.execute("SELECT document.path, document.text FROM read_parquet($parts)", {"parts": str(out / "*.parquet")}).fetchall()
    assert sorted(path for path, _ in rows) == sorted(f"a#{number}" for number in range(DOCUMENTS)), f"seed {seed}"
    assert all(text.startswith(f"text {path[2:]} ") for path, text in rows)
    assert [path.name for path in out.iterdir() if path.name.startswith(".")] == []
    assert end_of_all(out) == []
