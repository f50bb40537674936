"""A run over many documents: parts, resuming, other versions, failures."""

import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

import duckdb
import pytest
from readings import work

from talaan.bulk.pool import Progress, run
from talaan.documents.sources import Source
from talaan.model.errors import TalaanError, UsageError


def lines(count: int, text: str = "text") -> list[Source]:
    """So many sources, each with its own text."""
    return [Source(f"a.jsonl#{number}", f"{text} {number}") for number in range(1, count + 1)]


def go(sources: Iterable[Source], folder: Path, *, version: str = "1", jobs: int = 1) -> Progress:
    """The last progress of a run in batches of three."""
    return list(run(sources, work, folder, jobs=jobs, version=version, batch_size=3))[-1]


def parts(folder: Path) -> dict[str, int]:
    """Part names with their time of change."""
    return {path.name: path.stat().st_mtime_ns for path in sorted(folder.glob("*.parquet"))}


def texts(folder: Path) -> list[str]:
    """All texts (or errors) in the order of the parts."""
    query = "SELECT coalesce(document.text, error) FROM read_parquet($parts) ORDER BY document.path"
    return [text for (text,) in duckdb.execute(query, {"parts": str(folder / "*.parquet")}).fetchall()]


def test_parts_are_written_and_hold_every_document(tmp_path: Path) -> None:
    seen = list(run(lines(8), work, tmp_path / "new" / "out", jobs=2, version="1", batch_size=3))
    out = tmp_path / "new" / "out"
    assert seen[-1] == Progress(8, 0, 0)
    assert [progress.documents for progress in seen] == sorted(progress.documents for progress in seen)
    assert [name[:11] for name in parts(out)] == ["part-000000", "part-000001", "part-000002"]
    assert texts(out) == [f"text {number}" for number in range(1, 9)]
    assert len(list(out.iterdir())) == 3


def test_a_second_run_keeps_whole_parts_and_makes_what_is_missing_or_damaged(tmp_path: Path) -> None:
    sources = [*lines(7), Source("a.jsonl#8", "fail 8")]
    assert go(sources, tmp_path) == Progress(8, 0, 1)
    before = parts(tmp_path)
    assert go(sources, tmp_path) == Progress(8, 8, 1)
    assert parts(tmp_path) == before
    first, second, third = (tmp_path / name for name in before)
    first.unlink()
    second.write_bytes(second.read_bytes()[:100])
    (tmp_path / ".part-left-by-a-kill").mkdir()
    assert go(sources, tmp_path) == Progress(8, 2, 1)
    after = parts(tmp_path)
    assert list(after) == list(before)
    assert after[third.name] == before[third.name]
    assert len(texts(tmp_path)) == 8
    assert not list(tmp_path.glob(".part-*"))


def test_a_document_that_cannot_be_read_becomes_a_row_with_its_error(tmp_path: Path) -> None:
    sources = [Source("a#1", "fail here"), Source("a#2", "good"), Source("a#3", "fail there")]
    assert go(sources, tmp_path) == Progress(3, 0, 2)
    assert texts(tmp_path) == ["It says fail here · a#1 · mend it", "good", "It says fail there · a#3 · mend it"]


def test_another_version_makes_all_parts_anew_and_leaves_none_of_the_old(tmp_path: Path) -> None:
    go(lines(8), tmp_path)
    old = parts(tmp_path)
    (tmp_path / "notes.parquet").write_text("mine")
    assert go(lines(8), tmp_path, version="2") == Progress(8, 0, 0)
    (tmp_path / "notes.parquet").unlink()
    assert len(parts(tmp_path)) == 3
    assert not set(parts(tmp_path)) & set(old)


def test_a_run_that_is_stopped_never_leaves_two_parts_of_one_number(tmp_path: Path) -> None:
    go(lines(12), tmp_path)
    stopped = run(lines(12), work, tmp_path, jobs=1, version="2", batch_size=3)
    next(stopped)
    stopped.close()  # type: ignore[attr-defined]
    numbers = [name[:11] for name in parts(tmp_path)]
    assert numbers == sorted(set(numbers))
    assert len(texts(tmp_path)) == 12
    assert go(lines(12), tmp_path, version="2").kept >= 3


def test_fewer_or_changed_documents_leave_no_old_parts(tmp_path: Path) -> None:
    go(lines(9), tmp_path)
    before = parts(tmp_path)
    assert go([*lines(3), Source("a.jsonl#4", "new")], tmp_path) == Progress(4, 3, 0)
    assert len(set(parts(tmp_path)) & set(before)) == 1
    assert texts(tmp_path) == ["text 1", "text 2", "text 3", "new"]


def test_a_changed_file_is_read_again(tmp_path: Path) -> None:
    path, out = tmp_path / "a.txt", tmp_path / "out"
    path.write_text("one")
    go([Source(str(path))], out)
    assert go([Source(str(path))], out).kept == 1
    path.write_text("three")
    assert go([Source(str(path))], out).kept == 0


def test_no_documents_at_all_take_nothing_away(tmp_path: Path) -> None:
    go(lines(3), tmp_path)
    assert list(run([], work, tmp_path, jobs=1, version="1")) == []
    assert len(parts(tmp_path)) == 1


def test_a_worker_that_dies_is_one_clear_error_and_the_parts_before_stay(tmp_path: Path) -> None:
    go(lines(3), tmp_path)
    with pytest.raises(TalaanError, match=r"worker.*run it again"):
        go([*lines(3), Source("a#4", "die")], tmp_path)
    assert texts(tmp_path) == ["text 1", "text 2", "text 3"]


def test_wrong_use_and_a_folder_that_cannot_be_made(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="0 jobs"):
        go(lines(1), tmp_path, jobs=0)
    (tmp_path / "file").write_text("x")
    with pytest.raises(TalaanError, match="folder cannot be made"):
        go(lines(1), tmp_path / "file" / "out")


def test_importing_the_pool_loads_no_database() -> None:
    program = "import sys, talaan.bulk.pool; print('duckdb' in sys.modules, 'trafilatura' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True).stdout.split() == ["False", "False"]
