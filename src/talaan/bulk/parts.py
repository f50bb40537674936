"""One batch of documents as one Parquet file: JSON lines of the contract in, a whole part in its folder out."""

import json
import shutil
import tempfile
from collections.abc import Sequence
from functools import lru_cache
from importlib.resources import files
from pathlib import Path

from talaan.model.errors import TalaanError

UNFINISHED = ".part-"
LEAST_OBJECT = 1 << 20


def error_line(path: str, fault: TalaanError) -> str:
    """The row of a document that could not be read: its path and what went wrong.

    >>> error_line("a.txt", TalaanError("The file is empty"))
    '{"document": {"path": "a.txt"}, "error": "The file is empty"}'
    """
    return json.dumps({"document": {"path": path}, "error": str(fault)}, ensure_ascii=False)


def write_parquet(lines: Sequence[str], target: Path) -> None:
    """JSON lines of the contract as one Parquet file with the contract's schema, renamed into place when whole.

    Raises TalaanError where the folder cannot be written or a line is not of the contract.
    """
    import duckdb

    try:
        with tempfile.TemporaryDirectory(dir=target.parent, prefix=UNFINISHED) as place:
            source, made = Path(place) / "lines.jsonl", Path(place) / "part.parquet"
            # What UTF-8 cannot hold (bytes of a file name that are none) becomes a question mark.
            encoded = [line.encode("utf-8", "replace") for line in lines]
            source.write_bytes(b"\n".join(encoded) + b"\n")
            largest = max((len(line) + 2 for line in encoded), default=0)
            with duckdb.connect() as connection:
                connection.execute("SET threads = 1")
                query = _query().replace("$target", _quoted(made)).replace("$largest", str(max(largest, LEAST_OBJECT)))
                connection.execute(query, {"source": str(source)})
            made.replace(target)
    except duckdb.Error as fault:
        raise TalaanError(f"The results cannot be written ({fault})", where=str(target), hint="is there room on the disk?") from fault
    except OSError as fault:
        raise TalaanError(f"The results cannot be written ({fault.strerror})", where=str(target), hint="check room and rights") from fault


def failed_rows(part: Path) -> int | None:
    """How many documents of a part could not be read; None where the part is missing or no whole Parquet file."""
    if not part.exists():
        return None
    import duckdb

    try:
        with duckdb.connect() as connection:
            connection.execute("SET threads = 1")
            row = connection.execute("SELECT count(error) FROM read_parquet($part)", {"part": str(part)}).fetchone()
    except duckdb.Error:
        return None
    return int(row[0]) if row else None


def remove_unfinished(folder: Path) -> None:
    """Takes away what killed runs left half made."""
    for place in folder.glob(f"{UNFINISHED}*"):
        shutil.rmtree(place, ignore_errors=True)


@lru_cache(maxsize=1)
def _query() -> str:
    return files("talaan.bulk").joinpath("contract.sql").read_text(encoding="utf-8")


def _quoted(path: Path) -> str:
    return "'" + str(path).replace("'", "''") + "'"
