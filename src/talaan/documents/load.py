"""One argument into one document: a path, an address or standard input in, a normalised document out."""

import hashlib
import re
import sys
from pathlib import Path
from typing import BinaryIO

from talaan.documents.decoding import decode
from talaan.documents.normalise import normalise
from talaan.model.document import Document
from talaan.model.errors import DocumentError
from talaan.model.when import When

LARGEST = 20_000_000
_ADDRESS = re.compile(r"[a-z][a-z0-9+.-]*://", re.IGNORECASE)
_HTML_START = re.compile(r"(?:<!--.{0,2000}?-->\s*)*<(?:!doctype\s+html|html|head|body|\?xml)\b", re.IGNORECASE | re.DOTALL)
_HTML_NAMES = (".html", ".htm", ".xhtml")
_HTML_TYPES = ("text/html", "application/xhtml+xml")


def is_address(argument: str) -> bool:
    """Whether an argument is an address and not a file.

    >>> is_address("HTTPS://example.org/a"), is_address("a/b.txt")
    (True, False)
    """
    return _ADDRESS.match(argument) is not None


def load(argument: str, *, stdin: BinaryIO | None = None, date: When | None = None, allow_private: bool = False) -> Document:
    """The document an argument names; `date` is its date where it states none.

    Raises DocumentError (FetchError for addresses) with what is wrong and what to do.
    """
    if argument == "-":
        return load_bytes((stdin or sys.stdin.buffer).read(LARGEST + 1), path="-", date=date)
    if is_address(argument):
        from talaan.documents.fetching import fetch

        fetched = fetch(argument, allow_private=allow_private)
        return load_bytes(fetched.raw, path=argument, url=fetched.url, media_type=fetched.media_type, charset=fetched.charset, date=date)
    return load_bytes(_read(argument), path=argument, date=date)


def _read(argument: str) -> bytes:
    path = Path(argument)
    try:
        if path.is_dir():
            raise DocumentError("This is a folder", where=argument, hint="give -o DIR to read a whole folder")
        size = path.stat().st_size
        if size > LARGEST:
            raise DocumentError(
                f"The file has {size / 1e6:.0f} MB; {_most()} is the most that is read at once", where=argument, hint="split it"
            )
        with path.open("rb") as file:
            return file.read(LARGEST + 1)
    except FileNotFoundError:
        raise DocumentError("There is no such file", where=argument, hint="check the name") from None
    except OSError as fault:
        raise DocumentError(f"The file cannot be read ({fault.strerror})", where=argument, hint="check its name and rights") from fault
    except ValueError as fault:
        raise DocumentError("This is no file name", where=repr(argument), hint="check the name") from fault


def _most() -> str:
    return f"{LARGEST // 1_000_000} MB"


def load_bytes(
    raw: bytes, *, path: str, url: str | None = None, media_type: str | None = None, charset: str | None = None, date: When | None = None
) -> Document:
    """A document from bytes; what kind they are is found from themselves, then from the media type and the name."""
    if not raw.strip():
        raise DocumentError("There is nothing in it", where=path, hint="give a file with text in it")
    if len(raw) > LARGEST:
        raise DocumentError(f"More than {_most()} came in", where=path, hint="split it")
    digest = hashlib.sha256(raw).hexdigest()
    if raw[:1024].lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"%PDF-"):
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


def load_text(
    text: str,
    *,
    path: str,
    language: str | None = None,
    title: str | None = None,
    url: str | None = None,
    publisher: str | None = None,
    published: When | None = None,
) -> Document:
    """A document from text that came as such (a JSON line): nothing is guessed about it but what could not be read is said."""
    raw = text.encode("utf-8", "surrogatepass")
    if len(raw) > LARGEST:
        raise DocumentError(f"The text has more than {_most()}", where=path, hint="split it")
    lost = sum("\ud800" <= sign <= "\udfff" for sign in text) if not text.isascii() else 0
    return _document(
        text,
        path,
        hashlib.sha256(raw).hexdigest(),
        "application/json",
        encoding="utf-8",
        language=language,
        title=title,
        url=url,
        publisher=publisher,
        published=published,
        notes=(f"{lost} characters could not be read and stand as \ufffd.",) if lost else (),
    )


def _is_html(text: str, path: str, media_type: str | None) -> bool:
    if _HTML_START.match(text[:20_000].lstrip("\ufeff \t\r\n")):
        return True
    named = media_type in _HTML_TYPES if media_type else path.lower().endswith(_HTML_NAMES)
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
    title, publisher = (" ".join(normalise(name).split()) or None if name else None for name in (title, publisher))
    return Document(normal, path, raw_hash, media_type, encoding, language, title, url, publisher, published, notes)
