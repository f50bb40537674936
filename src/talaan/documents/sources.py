"""Arguments into single documents: files, folders and JSON lines in, one picklable source for each document out."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from talaan.documents.load import load, load_bytes
from talaan.model.document import Document
from talaan.model.errors import DocumentError, UsageError
from talaan.model.when import When, parse_date

SUFFIXES = (".txt", ".md", ".html", ".htm", ".xhtml", ".pdf")


@dataclass(frozen=True, slots=True)
class Source:
    """Where one document comes from; `line` is a JSON line, None for a file, an address or standard input."""

    path: str
    line: str | None = None
    date: When | None = None

    def load(self) -> Document:
        """The document; DocumentError names file and line."""
        if self.line is None:
            return load(self.path, date=self.date)
        return _from_line(self.line, self.path, self.date)


def sources(arguments: Iterable[str], date: When | None = None) -> Iterator[Source]:
    """Every document the arguments name, in the order given, folders in the order of their names."""
    for argument in arguments:
        path = Path(argument)
        if argument == "-" or argument.startswith(("http://", "https://")):
            yield Source(argument, None, date)
        elif path.is_dir():
            inside = (
                entry
                for entry in sorted(path.rglob("*"))
                if entry.is_file() and not any(part.startswith(".") for part in entry.relative_to(path).parts)
            )
            yield from sources((str(entry) for entry in inside if entry.suffix.lower() in (*SUFFIXES, ".jsonl")), date)
        elif path.suffix.lower() == ".jsonl":
            yield from _lines(path, date)
        else:
            yield Source(argument, None, date)


def _lines(path: Path, date: When | None) -> Iterator[Source]:
    try:
        with path.open(encoding="utf-8", errors="surrogateescape") as lines:
            for number, line in enumerate(lines, 1):
                if line.strip():
                    yield Source(f"{path}#{number}", line.rstrip("\n"), date)
    except OSError as fault:
        raise DocumentError(f"The file cannot be read ({fault.strerror})", where=str(path)) from fault


def _from_line(line: str, where: str, date: When | None) -> Document:
    try:
        row = json.loads(line)
        text = row["text"]
        if not isinstance(text, str):
            raise TypeError
    except (ValueError, KeyError, TypeError):
        raise DocumentError(
            "The line is no JSON object with a `text`", where=where, hint='write {"text": "…", "url": "…", "date": "2011-05"}'
        ) from None
    try:
        published = parse_date(str(row["date"])[:10]) if row.get("date") else date
    except UsageError as fault:
        raise DocumentError(f"The date {row['date']!r} cannot be read", where=where, hint=fault.hint) from None
    document = load_bytes(text.encode("utf-8", "replace"), path=where, url=_string(row.get("url")), media_type="text/plain", date=published)
    return Document(
        document.text,
        where,
        document.raw_hash,
        "application/json",
        document.encoding,
        _string(row.get("language")),
        _string(row.get("title")),
        document.url,
        _string(row.get("publisher")),
        published,
        document.notes,
    )


def _string(value: object) -> str | None:
    return value if isinstance(value, str) and value else None
