"""How long loading the full register takes, beside DuckDB's bare read of the same rows."""

import sys
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path
from statistics import median
from time import perf_counter

from material import NO_REGISTER, register_file
from measures import Measure, main, number, say

ROUNDS = 5
TIMES_PEER = 4
PREAMBLE = 11
BARE = """CREATE TABLE rows AS SELECT * FROM
    read_csv($path, skip=$skip, header=true, all_varchar=true, encoding='latin-1', delim=',', quote='"')"""


def load(export: Path) -> int:
    """The number of rows loaded into a fresh home, as `talaan register add` does it."""
    from talaan.registers import add

    with tempfile.TemporaryDirectory(prefix="talaan-bench-") as home:
        return add(Path(home), "sipri", [export]).rows


def bare_read(export: Path) -> int:
    """The number of rows DuckDB reads from the same file into a table of text, nothing checked, resolved or stored."""
    import duckdb

    with duckdb.connect() as connection:
        connection.execute(BARE, {"path": str(export), "skip": PREAMBLE})
        (rows,) = connection.execute("SELECT count(*) FROM rows").fetchone() or (0,)
    return int(rows)


def seconds(read: Callable[[Path], int], export: Path) -> tuple[float, int]:
    """The wall time of one reading, and its rows."""
    begun = perf_counter()
    rows = read(export)
    return perf_counter() - begun, rows


def measure() -> Sequence[Measure]:
    """Three measures: the ratio, which has the bound, and beside it the seconds of a usual and of a first load."""
    name, export = "loading the full register, times DuckDB's bare read", register_file()
    if export is None:
        return [Measure(name, None, "×", TIMES_PEER, note=NO_REGISTER)]
    first, rows = seconds(load, export)
    seconds(bare_read, export)
    ours, bare = [], []
    for turn in range(ROUNDS):
        ours.append(seconds(load, export)[0])
        taken, same = seconds(bare_read, export)
        bare.append(taken)
        if same != rows:
            raise ValueError(f"talaan loads {rows} rows, the bare read {same}")
        say(f"register: round {turn + 1}, {ours[-1]:.3f} s, bare {bare[-1]:.3f} s")
    peer = f"DuckDB {number(median(bare))} s"
    return [
        Measure(name, median(ours) / median(bare), "×", TIMES_PEER, peer=peer, note=f"{rows:,} rows"),
        Measure("loading the full register", median(ours), "s"),
        Measure("loading the full register, first load of a process", first, "s"),
    ]


if __name__ == "__main__":
    sys.exit(main("Time of loading the full register.", measure))
