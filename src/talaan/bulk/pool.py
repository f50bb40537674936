"""A process pool over batches of documents that writes one Parquet part a batch, and goes on where a killed run stopped.

A part's name holds its number and a hash of what went into it: a part that is there is whole (it is renamed into place at
the end) and is not made again.
"""

import hashlib
import json
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Generic, TypeVar

from talaan.model.errors import TalaanError

S = TypeVar("S")
BATCH = 200
AHEAD = 3


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a run is: documents in finished parts, and how many of those were there before."""

    documents: int
    kept: int
    failed: int


@dataclass(frozen=True, slots=True)
class _Batch(Generic[S]):
    number: int
    sources: tuple[S, ...]
    key: str

    def part(self, folder: Path) -> Path:
        return folder / f"part-{self.number:06d}-{self.key}.parquet"


def run(
    sources: Iterable[S],
    work: Callable[[S], str],
    folder: Path,
    *,
    jobs: int,
    version: str,
    batch_size: int = BATCH,
) -> Iterator[Progress]:
    """Run `work` (source → one JSON line of the contract) over all sources and write the parts; yields progress after each.

    `version` names everything that decides the result, so that parts of another version are made anew.
    """
    folder.mkdir(parents=True, exist_ok=True)
    documents = kept = failed = 0
    waiting: set[Future[tuple[int, int]]] = set()
    with ProcessPoolExecutor(max_workers=jobs) as pool:
        for batch in _batches(sources, version, batch_size):
            if batch.part(folder).exists():
                documents += len(batch.sources)
                kept += len(batch.sources)
                yield Progress(documents, kept, failed)
                continue
            waiting.add(pool.submit(_make_part, batch, work, folder))
            while len(waiting) >= jobs * AHEAD:
                done, waiting = wait(waiting, return_when=FIRST_COMPLETED)
                documents, failed = _counted(done, documents, failed)
                yield Progress(documents, kept, failed)
        while waiting:
            done, waiting = wait(waiting, return_when=FIRST_COMPLETED)
            documents, failed = _counted(done, documents, failed)
            yield Progress(documents, kept, failed)


def _counted(done: Iterable[Future[tuple[int, int]]], documents: int, failed: int) -> tuple[int, int]:
    for future in done:
        count, faults = future.result()
        documents += count
        failed += faults
    return documents, failed


def _batches(sources: Iterable[S], version: str, size: int) -> Iterator[_Batch[S]]:
    """Batches in the order given; the key changes with the version and with what the sources are."""
    held: list[S] = []
    number = 0
    for source in sources:
        held.append(source)
        if len(held) == size:
            yield _Batch(number, tuple(held), _key(held, version))
            held, number = [], number + 1
    if held:
        yield _Batch(number, tuple(held), _key(held, version))


def _key(sources: Sequence[object], version: str) -> str:
    return hashlib.sha256(repr((version, sources)).encode("utf-8", "surrogatepass")).hexdigest()[:12]


def _make_part(batch: _Batch[S], work: Callable[[S], str], folder: Path) -> tuple[int, int]:
    """One part; a document that fails becomes a row with its error, so that nothing is lost silently."""
    lines, failed = [], 0
    for source in batch.sources:
        try:
            lines.append(work(source))
        except TalaanError as fault:
            failed += 1
            lines.append(json.dumps({"document": {"path": getattr(source, "path", str(source))}, "error": str(fault)}, ensure_ascii=False))
    write_parquet(lines, batch.part(folder))
    return len(batch.sources), failed


def write_parquet(lines: Sequence[str], target: Path) -> None:
    """JSON lines of the contract as one Parquet file with the contract's schema, renamed into place when whole."""
    import duckdb

    query = files("talaan.bulk").joinpath("contract.sql").read_text(encoding="utf-8")
    with tempfile.TemporaryDirectory(dir=target.parent, prefix=".part-") as place:
        source, made = Path(place) / "lines.jsonl", Path(place) / "part.parquet"
        source.write_text("\n".join(lines) + "\n", encoding="utf-8", errors="surrogatepass")
        with duckdb.connect() as connection:
            connection.execute("SET threads = 1")
            connection.execute(query.replace("$target", _quoted(made)), {"source": str(source)})
        made.replace(target)


def _quoted(path: Path) -> str:
    return "'" + str(path).replace("'", "''") + "'"
