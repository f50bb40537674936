"""Files as users have them: a path in (plain or gzip, any usual encoding), text with its hash and encoding out."""

import codecs
import hashlib
import zlib
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

from talaan.model.errors import RegisterError

LARGEST = 400 * 1024 * 1024
MOST_TIMES = 200
SMALL = 16 * 1024 * 1024
_PIECE = 4 * 1024 * 1024
_GZIP = b"\x1f\x8b"
PAGE, WORKBOOK = "a web page", "a spreadsheet or another archive (zip)"
_OTHER_KINDS = {
    b"{\\rtf": "a formatted text (RTF), which holds no table",
    b"%PDF": "a PDF",
    b"PK\x03\x04": WORKBOOK,
    b"\xd0\xcf\x11\xe0": "a file of an old office program",
    b"<!doctype html": PAGE,
    b"<html": PAGE,
}
_WIDE = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


@dataclass(frozen=True, slots=True)
class SourceFile:
    """One file of an export; `cut` says that its compressed form ends early, so that rows may be missing."""

    name: str
    sha256: str
    text: str
    encoding: str
    cut: bool = False


def read_file(path: Path, *, takes: Collection[str] = ()) -> SourceFile:
    """The text of a file, with line ends as `\\n`; gzip is known by content, not by name.

    `takes` names kinds beside text that the register can use: PAGE as it is, WORKBOOK as the CSV of its first table.

    Raises RegisterError where the file is missing, empty, too large, damaged or not text.
    """
    try:
        if path.stat().st_size > LARGEST:
            raise RegisterError(f"The file is larger than {LARGEST // 1024**2} MB", where=str(path), hint="is this the register's export?")
        raw = path.read_bytes()
    except OSError as error:
        raise RegisterError("The file cannot be read", where=str(path), hint=error.strerror or "") from error
    content, cut = _unpacked(raw, path) if raw.startswith(_GZIP) else (raw, False)
    if not content.strip():
        raise RegisterError("The file is empty", where=str(path), hint="export the register again")
    kind = _kind_of(content)
    if kind is not None and kind not in takes:
        raise RegisterError(f"This is {kind}", where=str(path), hint="give the register's CSV export, plain or gzip")
    if kind == WORKBOOK:
        from talaan.registers.workbook import workbook_text

        table, sheet = workbook_text(content, path, LARGEST)
        return SourceFile(path.name, hashlib.sha256(raw).hexdigest(), table, f"workbook, sheet {sheet}")
    _refuse_half_utf16(content, path)
    text, encoding = decode(content)
    if "\0" in text:
        where = f"{path}:{text.count(chr(10), 0, text.index(chr(0))) + 1}"
        raise RegisterError("The file is not text: it holds NUL signs", where=where, hint="give the register's CSV export, plain or gzip")
    return SourceFile(path.name, hashlib.sha256(raw).hexdigest(), text.replace("\r\n", "\n").replace("\r", "\n"), encoding, cut)


def refuse_cut(source: SourceFile) -> None:
    """RegisterError for a file whose compressed form ends early: rows are missing, and nobody can say which."""
    if source.cut:
        what = "The compressed file ends early: rows are missing at its end"
        raise RegisterError(what, where=source.name, hint="download or export it again")


def _kind_of(content: bytes) -> str | None:
    """What the file is, where its first bytes say that it is no table of text."""
    start = content[:64].lstrip().removeprefix(codecs.BOM_UTF8).lower()
    return next((kind for sign, kind in _OTHER_KINDS.items() if start.startswith(sign.lower())), None)


def _refuse_half_utf16(content: bytes, path: Path) -> None:
    """RegisterError for bytes that begin as UTF-16 and do not go on as such."""
    if any(content.startswith(mark) for mark in _WIDE):
        try:
            content.decode("utf-16")
        except UnicodeDecodeError as error:
            where = f"{path}, byte {error.start}"
            raise RegisterError("The file starts as UTF-16 and is none", where=where, hint="export it again, as UTF-8") from error


def decode(content: bytes) -> tuple[str, str]:
    """The text and the name of its encoding: by byte order mark, else UTF-8, else Windows-1252 as registers write it.

    >>> decode("Türkiye".encode()), decode(b"T\\xfcrkiye")
    (('Türkiye', 'utf-8'), ('Türkiye', 'cp1252'))
    """
    if content.startswith(_WIDE):
        return content.decode("utf-16", "replace"), "utf-16"
    if content.startswith(codecs.BOM_UTF8):
        content = content.removeprefix(codecs.BOM_UTF8)
    for encoding in ("utf-8", "cp1252"):
        try:
            return content.decode(encoding), encoding
        except UnicodeDecodeError:
            continue
    return content.decode("latin-1"), "latin-1"


def _unpacked(raw: bytes, path: Path) -> tuple[bytes, bool]:
    """The unpacked bytes, and whether the compressed stream ends before its end mark; no more is unpacked than an export can hold."""
    parts: list[bytes] = []
    size, rest = 0, raw
    while rest.startswith(_GZIP):
        stream = zlib.decompressobj(wbits=31)
        while rest and not stream.eof:
            try:
                part = stream.decompress(rest, _PIECE)
            except zlib.error as error:
                raise RegisterError("The gzip file is damaged", where=str(path), hint="download or export it again") from error
            parts.append(part)
            size += len(part)
            _refuse_bomb(size, len(raw), path)
            rest = stream.unconsumed_tail
        if not stream.eof:
            return b"".join(parts), True
        rest = stream.unused_data
    return b"".join(parts), False


def _refuse_bomb(size: int, packed: int, path: Path) -> None:
    if size > LARGEST or size > max(SMALL, MOST_TIMES * packed):
        times = size // max(1, packed)
        what = f"The file unpacks to more than {size // 1024**2} MB, over {times} times its size"
        raise RegisterError(what, where=str(path), hint="is this an export?")
