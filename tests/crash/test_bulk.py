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
    return json.dumps({"document": {"path": source.path, "text": source.line}})

if __name__ == "__main__":
    sources = [Source(f"a#{number}", f"text {number}") for number in range(int(sys.argv[2]))]
    for progress in run(sources, work, Path(sys.argv[1]), jobs=2, version="1", batch_size=int(sys.argv[3])):
        print(progress.documents, progress.kept, flush=True)
"""


def alive(folder: Path) -> list[str]:
    """Processes whose command line names the folder or that its run started (none are left where the system cannot tell)."""
    found = []
    for place in Path("/proc").glob("[0-9]*/environ"):
        try:
            if str(folder).encode() in place.read_bytes():
                found.append(place.parent.name)
        except OSError:
            continue
    return found


def test_a_killed_run_leaves_whole_parts_and_no_process_and_is_completed(tmp_path: Path) -> None:
    script, out = tmp_path / "runner.py", tmp_path / "out"
    script.write_text(RUNNER)
    command = [sys.executable, str(script), str(out), str(DOCUMENTS), str(BATCH)]
    environment = {**os.environ, "BULK_TEST": str(out)}
    seed = random.randrange(10**6)
    chance = random.Random(seed)
    left = 0
    for _ in range(3):
        process = subprocess.Popen(command, stdout=subprocess.PIPE, env=environment)
        assert process.stdout is not None
        process.stdout.readline()
        time.sleep(chance.uniform(0.0, 0.25))
        process.kill()
        process.communicate()
        for part in out.glob("*.parquet"):
            assert duckdb.execute("SELECT count(*) FROM read_parquet($part)", {"part": str(part)}).fetchall() == [(BATCH,)], f"seed {seed}"
        left = max(left, len(list(out.glob("*.parquet"))))
    assert left > 0, f"no part was whole before the kill: the test shows nothing (seed {seed})"
    done = subprocess.run(command, capture_output=True, text=True, check=True, env=environment)
    documents, kept = map(int, done.stdout.splitlines()[-1].split())
    assert documents == DOCUMENTS
    assert kept >= left * BATCH, f"seed {seed}"
    rows = duckdb.execute("SELECT document.path, document.text FROM read_parquet($parts)", {"parts": str(out / "*.parquet")}).fetchall()
    assert sorted(rows) == sorted((f"a#{number}", f"text {number}") for number in range(DOCUMENTS)), f"seed {seed}"
    assert [path.name for path in out.iterdir() if path.name.startswith(".")] == []
    until = time.monotonic() + 5
    while alive(out) and time.monotonic() < until:
        time.sleep(0.05)
    assert alive(out) == []
