"""One argument into one document: a path, an address or standard input in, a normalised document out."""

import hashlib
import sys
from pathlib import Path
from typing import BinaryIO

from talaan.documents.decoding import decode
from talaan.documents.normalise import normalise
from talaan.model.document import Document
from talaan.model.errors import DocumentError
from talaan.model.when import When

LARGEST = 20_000_000


def load(argument: str, *, stdin: BinaryIO | None = None, date: When | None = None, allow_private: bool = False) -> Document:
    """The document an argument names; `date` is its date where it states none.

    Raises DocumentError (FetchError for addresses) with what is wrong and what to do.
    """
    if argument == "-":
        return load_bytes((stdin or sys.stdin.buffer).read(LARGEST + 1), path="-", date=date)
    if argument.startswith(("http://", "https://")):
        from talaan.documents.fetching import fetch

        fetched = fetch(argument, allow_private=allow_private)
        return load_bytes(fetched.raw, path=argument, url=fetched.url, media_type=fetched.media_type, charset=fetched.charset, date=date)
    return load_bytes(_read(Path(argument)), path=argument, date=date)


def _read(path: Path) -> bytes:
    try:
        size = path.stat().st_size
        if path.is_dir():
            raise DocumentError("This is a folder", where=str(path), hint="give -o DIR to read a whole folder")
        if size > LARGEST:
            raise DocumentError(
                f"The file has {size / 1e6:.0f} MB; {LARGEST // 1_000_000} MB is the most that is read at once",
                where=str(path),
                hint="split it",
            )
        return path.read_bytes()
    except FileNotFoundError:
        raise DocumentError("There is no such file", where=str(path)) from None
    except OSError as fault:
        raise DocumentError(f"The file cannot be read ({fault.strerror})", where=str(path)) from fault


def load_bytes(
    raw: bytes, *, path: str, url: str | None = None, media_type: str | None = None, charset: str | None = None, date: When | None = None
) -> Document:
    """A document from bytes; what kind they are is found from themselves, then from the media type and the name."""
    if not raw.strip():
        raise DocumentError("There is nothing in it", where=path, hint="give a file with text in it")
    if len(raw) > LARGEST:
        raise DocumentError(f"More than {LARGEST // 1_000_000} MB came in", where=path, hint="split it")
    digest = hashlib.sha256(raw).hexdigest()
    if raw[:1024].lstrip().startswith(b"%PDF"):
        from talaan.documents.pdf import read_pdf

        text, notes = read_pdf(raw, path)
        return _document(text, path, digest, "application/pdf", url=url, published=date, notes=tuple(notes))
    decoded = decode(raw, path, declared=charset)
    if _is_html(decoded.text, path, media_type):
        from talaan.documents.html import read_html

        page = read_html(decoded.text, path, url)
        return _document(
            page.text,
            path,
            digest,
            "text/html",
            encoding=decoded.encoding,
            language=page.language,
            title=page.title,
            url=url,
            publisher=page.publisher,
            published=page.published or date,
            notes=decoded.notes,
        )
    return _document(decoded.text, path, digest, "text/plain", encoding=decoded.encoding, url=url, published=date, notes=decoded.notes)


def _is_html(text: str, path: str, media_type: str | None) -> bool:
    start = text[:1000].lstrip("\ufeff \t\r\n").lower()
    if start.startswith(("<!doctype html", "<html", "<head", "<body", "<?xml")):
        return True
    named = path.lower().endswith((".html", ".htm", ".xhtml")) or media_type in ("text/html", "application/xhtml+xml")
    return named and "<" in text


def _document(
    text: str,
    path: str,
    raw_hash: str,
    media_type: str,
    *,
    encoding: str | None = None,
    language: str | None = None,
    title: str | None = None,
    url: str | None = None,
    publisher: str | None = None,
    published: When | None = None,
    notes: tuple[str, ...] = (),
) -> Document:
    normal = normalise(text)
    if not normal.strip():
        raise DocumentError("There is no text in it", where=path, hint="give a file with text in it")
    return Document(
        normal, path, raw_hash, media_type, encoding, language, normalise(title) if title else None, url, publisher, published, notes
    )
