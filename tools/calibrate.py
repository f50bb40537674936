"""Measure how often the builtin reader is right on the corpus' dev part: the corpus in, the builtin rows of confidence.csv out.

usage: calibrate.py [CORPUS]

The rows of other readers are kept: they were measured elsewhere and say where. Types with fewer than FEWEST finds have no row
of their own.
"""

import csv
import sys
from pathlib import Path

from talaan import measure
from talaan.evaluation.gold import load_passages
from talaan.extraction.confidence import ALL, COLUMNS
from talaan.extraction.readers.llm.answers import Answers

ROOT = Path(__file__).parent.parent
OUT = ROOT / "src/talaan/extraction/confidence.csv"
FEWEST = 10


def main() -> None:
    corpus = Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "corpus"
    scores = measure.measure_claims(load_passages(corpus, "dev"), "builtin", Answers())
    names = {ALL: "all", **{name.removeprefix("type "): name for name in sorted(scores.rows) if name.startswith("type ")}}
    counts = {kind: (int(scores.rows[name]["strict"]), int(scores.rows[name]["predicted"])) for kind, name in names.items()}
    rows = [("builtin", kind, right, found, "corpus dev part") for kind, (right, found) in counts.items() if kind == ALL or found >= FEWEST]
    with OUT.open(encoding="utf-8", newline="") as stream:
        kept = [tuple(row) for row in csv.reader(stream)][1:]
    rows += [row for row in kept if row[0] != "builtin"]  # type: ignore[misc]
    with OUT.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream, lineterminator="\n").writerows([COLUMNS, *rows])


if __name__ == "__main__":
    main()
