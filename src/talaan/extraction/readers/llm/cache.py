"""Answers kept between runs: a request in, the record of its answer out, as files under the home folder.

A record lies in a folder of its document, so that a document can be taken out whole; its name is a hash of everything that
decides the answer: the text, the instructions, the model, the parameters. No key and no header is ever part of it.
"""

import hashlib
import json
import os
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from talaan.model.errors import ModelError

FOLDER = "llm"
ANSWERS, INSTRUCTIONS, READING = "answers", "instructions", "reading.json"
KEY_LETTERS = 32


class AnswerCache:
    """The answers under one home folder."""

    def __init__(self, home: Path) -> None:
        self.place = home / FOLDER

    def get(self, document: str, key: str) -> dict[str, Any] | None:
        """The record of an answer, None where there is none, or none that is whole."""
        return _read(self._folder(document) / f"{key}.json")

    def put(self, document: str, key: str, record: Mapping[str, Any]) -> None:
        """Keeps a record, whole or not at all; ModelError where it cannot be written."""
        self._write(self._folder(document) / f"{key}.json", json.dumps(record, ensure_ascii=False))

    def put_reading(self, document: str, reading: Mapping[str, Any]) -> None:
        """Keeps what the last reading of a document made of its answers."""
        self._write(self._folder(document) / READING, json.dumps(reading, ensure_ascii=False))

    def reading(self, document: str) -> dict[str, Any] | None:
        """What the last reading of a document made of its answers."""
        return _read(self._folder(document) / READING)

    def put_instructions(self, version: str, text: str) -> None:
        """Keeps the instructions of a version, once."""
        place = self._instructions(version)
        if not place.is_file():
            self._write(place, text)

    def instructions(self, version: str) -> str | None:
        """The instructions of a version, None where they were never used here."""
        place = self._instructions(version)
        return place.read_text(encoding="utf-8") if version.isalnum() and place.is_file() else None

    def documents(self) -> Iterator[str]:
        """The ids of the documents with answers, the last read first."""
        folders = [entry for shard in _inside(self.place / ANSWERS) for entry in _inside(shard)]
        for folder in sorted(folders, key=_changed, reverse=True):
            yield f"sha256:{folder.name}"

    def forget(self, document: str) -> bool:
        """Takes out everything of a document; whether there was anything."""
        folder = self._folder(document)
        there = folder.is_dir()
        shutil.rmtree(folder, ignore_errors=True)
        return there

    def _folder(self, document: str) -> Path:
        name = document.removeprefix("sha256:")
        if not name.isalnum():
            raise ModelError("A document's id is not one", where=document[:80], hint="ids begin with sha256:")
        return self.place / ANSWERS / name[:2] / name

    def _instructions(self, version: str) -> Path:
        return self.place / INSTRUCTIONS / f"{version}.txt"

    def _write(self, place: Path, text: str) -> None:
        try:
            place.parent.mkdir(parents=True, exist_ok=True)
            handle, name = tempfile.mkstemp(prefix=".", suffix=".part", dir=place.parent)
            with os.fdopen(handle, "wb") as file:
                file.write(text.encode("utf-8", "replace"))
            Path(name).replace(place)
        except OSError as fault:
            raise ModelError(
                f"The answer cannot be kept ({fault.strerror})", where=str(place), hint="check room and rights", lasting=True
            ) from fault


def answer_key(body: Mapping[str, Any], schema_mode: str) -> str:
    """A hash of a request: its text, instructions, model and parameters, and how the answer's form is asked for.

    >>> answer_key({"model": "m", "response_format": 1}, "auto") == answer_key({"response_format": 2, "model": "m"}, "auto")
    True
    """
    told = {name: value for name, value in body.items() if name != "response_format"}
    stated = json.dumps([told, schema_mode], sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(stated.encode("utf-8", "surrogatepass")).hexdigest()[:KEY_LETTERS]


def _read(place: Path) -> dict[str, Any] | None:
    try:
        record = json.loads(place.read_bytes())
    except (OSError, ValueError, RecursionError):
        return None
    return record if isinstance(record, dict) else None


def _inside(folder: Path) -> list[Path]:
    return [entry for entry in folder.iterdir() if entry.is_dir()] if folder.is_dir() else []


def _changed(folder: Path) -> float:
    try:
        return folder.stat().st_mtime
    except OSError:
        return 0.0
