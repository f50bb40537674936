"""Arguments into single documents: files, folders and JSON lines in, one picklable source for each document out."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from talaan.documents.load import is_address, load, load_text
from talaan.model.document import Document
from talaan.model.errors import DocumentError, UsageError
from talaan.model.when import When, parse_date

SUFFIXES = (".txt", ".md", ".html", ".htm", ".xhtml", ".pdf")
LINES = ".jsonl"
LONGEST_LINE = 60_000_000


@dataclass(frozen=True, slots=True)
class Source:
    """Where one document comes from; `line` is a JSON line, None for a file, an address or standard input.

    `fault` says what is wrong with it where that is known before it is read.
    """

    path: str
    line: str | None = None
    date: When | None = None
    fault: str | None = None

    def load(self) -> Document:
        """The document; DocumentError names file and line."""
        if self.fault is not None:
            raise DocumentError(self.fault, where=self.path)
        if self.line is None:
            return load(self.path, date=self.date)
        return _from_line(self.line, self.path, self.date)

    def fingerprint(self) -> str:
        """A text that changes when the document may have changed: the line, or a file's name, size and time of change."""
        if self.line is not None:
            return repr((self.path, self.line, self.date))
        try:
            state = Path(self.path).stat()
        except (OSError, ValueError):
            return repr((self.path, self.date))
        return repr((self.path, self.date, state.st_size, state.st_mtime_ns))


def sources(arguments: Iterable[str], date: When | None = None) -> Iterator[Source]:
    """Every document the arguments name, in the order given, folders in the order of their names, hidden files left out."""
    for argument in arguments:
        if argument == "-" or is_address(argument):
            yield Source(argument, None, date)
        elif _is_folder(argument):
            yield from sources(_inside(argument), date)
        elif argument.lower().endswith(LINES):
            yield from _lines(argument, date)
        else:
            yield Source(argument, None, date)


def _is_folder(argument: str) -> bool:
    try:
        return Path(argument).is_dir()
    except OSError:
        return False


def _inside(folder: str) -> list[str]:
    """The files of a folder and its subfolders that talaan reads; DocumentError where there are none."""
    place = Path(folder)
    readable = (*SUFFIXES, LINES)
    found = [
        str(entry)
        for entry in sorted(place.rglob("*"))
        if entry.suffix.lower() in readable and not any(part.startswith(".") for part in entry.relative_to(place).parts) and entry.is_file()
    ]
    if not found:
        raise DocumentError("No file in this folder can be read", where=folder, hint="talaan reads " + " ".join(readable))
    return found


def _lines(argument: str, date: When | None) -> Iterator[Source]:
    try:
        with Path(argument).open("rb") as file:
            for number, raw in enumerate(_bounded(file), 1):
                path = f"{argument}#{number}"
                if raw is None:
                    yield Source(path, None, date, f"The line is longer than {LONGEST_LINE // 1_000_000} MB")
                elif raw.strip():
                    yield Source(path, raw.decode("utf-8-sig" if number == 1 else "utf-8", "surrogateescape").rstrip("\r\n"), date)
    except FileNotFoundError:
        raise DocumentError("There is no such file", where=argument, hint="check the name") from None
    except OSError as fault:
        raise DocumentError(f"The file cannot be read ({fault.strerror})", where=argument, hint="check its name and rights") from fault


def _bounded(file: BinaryIO) -> Iterator[bytes | None]:
    """The lines of a file, None for one that is too long to be held."""
    while line := file.readline(LONGEST_LINE):
        if len(line) < LONGEST_LINE or line.endswith(b"\n"):
            yield line
            continue
        while line and not line.endswith(b"\n"):
            line = file.readline(LONGEST_LINE)
        yield None


def _from_line(line: str, where: str, date: When | None) -> Document:
    try:
        row = json.loads(line)
        text = row["text"]
        if not isinstance(text, str):
            raise TypeError
    except (ValueError, KeyError, TypeError, RecursionError):
        raise DocumentError(
            "The line is no JSON object with a `text`", where=where, hint='write {"text": "…", "url": "…", "date": "2011-05"}'
        ) from None
    try:
        published = parse_date(str(row["date"])[:10]) if row.get("date") else date
    except UsageError as fault:
        raise DocumentError(f"The date {str(row['date'])[:40]!r} cannot be read", where=where, hint=fault.hint) from None
    return load_text(
        text,
        path=where,
        language=_string(row.get("language")),
        title=_string(row.get("title")),
        url=_string(row.get("url")),
        publisher=_string(row.get("publisher")),
        published=published,
    )


def _string(value: object) -> str | None:
    return value if isinstance(value, str) and value else None
