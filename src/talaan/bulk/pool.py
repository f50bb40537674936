"""A process pool over batches of documents that writes one Parquet part a batch, and goes on where a killed run stopped.

A folder holds the result of one run. A part's name holds its number and a hash of what went into it and of the version
that made it: a part that is there is whole (it is renamed into place at the end) and is not made again. Parts of another
version, or of documents that have changed, go when the new part of that number stands; when the run is through, only its
own parts are left.
"""

import hashlib
import multiprocessing
import os
import re
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from talaan.bulk.parts import error_line, failed_rows, remove_unfinished, write_parquet
from talaan.documents.sources import Source
from talaan.model.errors import TalaanError, UsageError

BATCH = 200
AHEAD = 3
PART_NAME = re.compile(r"part-(\d{6,})-[0-9a-f]{12}\.parquet")


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a run is: documents in finished parts, how many of those were there before, how many could not be read."""

    documents: int
    kept: int
    failed: int


@dataclass(frozen=True, slots=True)
class _Batch:
    number: int
    sources: tuple[Source, ...]
    key: str

    def part(self, folder: Path) -> Path:
        return folder / f"part-{self.number:06d}-{self.key}.parquet"


def run(
    sources: Iterable[Source],
    work: Callable[[Source], str],
    folder: Path,
    *,
    jobs: int,
    version: str,
    batch_size: int = BATCH,
) -> Iterator[Progress]:
    """Run `work` (source → one JSON line of the contract) over all sources and write the parts; yields progress after each.

    `version` names everything that decides the result, so that parts of another version are made anew. `work` must be
    picklable (a function of a module, or a `partial` of one). A TalaanError it raises becomes a row with `error`. Raises
    TalaanError where a part cannot be written or a worker dies; the parts made until then stay.
    """
    if jobs < 1:
        raise UsageError(f"{jobs} jobs cannot work", hint="give 1 or more")
    _prepare(folder)
    made: set[Path] = set()
    state = Progress(0, 0, 0)
    waiting: set[Future[tuple[int, int]]] = set()
    with _pool(jobs, folder) as pool:
        for batch in _batches(sources, version, batch_size):
            made.add(batch.part(folder))
            failed = failed_rows(batch.part(folder))
            if failed is not None:
                _remove_others(folder, batch)
                state = Progress(state.documents + len(batch.sources), state.kept + len(batch.sources), state.failed + failed)
                yield state
                continue
            waiting.add(pool.submit(_make_part, batch, work, folder))
            while len(waiting) >= jobs * AHEAD:
                waiting, state = _finished(waiting, state)
                yield state
        while waiting:
            waiting, state = _finished(waiting, state)
            yield state
    if made:
        _remove(part for part in _parts(folder) if part not in made)


def _prepare(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as fault:
        raise TalaanError(f"The folder cannot be made ({fault.strerror})", where=str(folder), hint="give another one") from fault
    remove_unfinished(folder)


@contextmanager
def _pool(jobs: int, folder: Path) -> Iterator[ProcessPoolExecutor]:
    """Fresh worker processes (no copies of a process with threads), ended with whatever ends the run."""
    pool = ProcessPoolExecutor(jobs, mp_context=multiprocessing.get_context("spawn"), initializer=_end_with_parent)
    try:
        yield pool
    except BrokenProcessPool as fault:
        hint = "finished parts are kept: run it again, with fewer --jobs if memory is short"
        raise TalaanError("A worker process ended unexpectedly", where=str(folder), hint=hint) from fault
    finally:
        pool.shutdown(cancel_futures=True)


def _end_with_parent() -> None:
    """Ends this worker when the run is killed; it would wait for work for ever."""
    threading.Thread(target=_watch_parent, daemon=True).start()


def _watch_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def _finished(waiting: set[Future[tuple[int, int]]], state: Progress) -> tuple[set[Future[tuple[int, int]]], Progress]:
    """(what is still waited for, the state with the parts that came in)."""
    done, left = wait(waiting, return_when=FIRST_COMPLETED)
    for future in done:
        documents, failed = future.result()
        state = replace(state, documents=state.documents + documents, failed=state.failed + failed)
    return left, state


def _batches(sources: Iterable[Source], version: str, size: int) -> Iterator[_Batch]:
    """Batches in the order given; the key changes with the version and with what the sources are."""
    held: list[Source] = []
    number = 0
    for source in sources:
        held.append(source)
        if len(held) == size:
            yield _Batch(number, tuple(held), _key(held, version))
            held, number = [], number + 1
    if held:
        yield _Batch(number, tuple(held), _key(held, version))


def _key(sources: Sequence[Source], version: str) -> str:
    stated = repr((version, [source.fingerprint() for source in sources]))
    return hashlib.sha256(stated.encode("utf-8", "surrogatepass")).hexdigest()[:12]


def _make_part(batch: _Batch, work: Callable[[Source], str], folder: Path) -> tuple[int, int]:
    """One part; a document that fails becomes a row with its error, so that nothing is lost silently."""
    lines, failed = [], 0
    for source in batch.sources:
        try:
            lines.append(work(source))
        except TalaanError as fault:
            failed += 1
            lines.append(error_line(source.path, fault))
    write_parquet(lines, batch.part(folder))
    _remove_others(folder, batch)
    return len(batch.sources), failed


def _parts(folder: Path) -> list[Path]:
    return [path for path in folder.iterdir() if PART_NAME.fullmatch(path.name)]


def _remove_others(folder: Path, batch: _Batch) -> None:
    """Takes away the parts of the same number that were made of something else."""
    _remove(part for part in folder.glob(f"part-{batch.number:06d}-*.parquet") if part != batch.part(folder))


def _remove(parts: Iterable[Path]) -> None:
    for part in parts:
        if PART_NAME.fullmatch(part.name):
            part.unlink(missing_ok=True)
