"""A file is written whole or not at all."""

import errno
import os
from pathlib import Path

import pytest

from talaan.model.errors import TalaanError, UsageError
from talaan.output.files import known_suffix, write_atomically


def test_writes_and_replaces(tmp_path: Path) -> None:
    path = tmp_path / "report.html"
    write_atomically(path, b"one")
    write_atomically(path, b"two")
    assert path.read_bytes() == b"two"
    assert [file.name for file in tmp_path.iterdir()] == ["report.html"]


@pytest.mark.parametrize("broken", ["fsync", "replace"])
@pytest.mark.parametrize(
    ("number", "told"), [(errno.ENOSPC, "no space left"), (errno.EACCES, "may not be written"), (errno.EIO, "cannot be written")]
)
def test_a_failure_leaves_the_old_file_and_no_other(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, broken: str, number: int, told: str
) -> None:
    path = tmp_path / "report.html"
    path.write_bytes(b"old")

    def fail(*_: object) -> None:
        raise OSError(number, os.strerror(number))

    if broken == "fsync":
        monkeypatch.setattr(os, "fsync", fail)
    else:
        monkeypatch.setattr(Path, "replace", fail)
    with pytest.raises(TalaanError, match=told):
        write_atomically(path, b"new")
    assert path.read_bytes() == b"old"
    assert [file.name for file in tmp_path.iterdir()] == ["report.html"]


def test_missing_folders_and_folders_in_the_way_are_told(tmp_path: Path) -> None:
    with pytest.raises(TalaanError, match=r"folder to write to is missing .* make the folder"):
        write_atomically(tmp_path / "gone" / "a.csv", b"")
    with pytest.raises(TalaanError, match="There is a folder of that name"):
        write_atomically(tmp_path, b"")


def test_unknown_suffixes_list_the_known_ones() -> None:
    with pytest.raises(UsageError, match=r"\.html \.csv \.xlsx \.json"):
        known_suffix(Path("a.docx"))
    with pytest.raises(UsageError, match="nothing"):
        known_suffix(Path("a"))
