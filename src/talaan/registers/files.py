"""Files as users have them: a path in (plain or gzip, any usual encoding), text with its hash and encoding out."""

import codecs
import hashlib
import zlib
from dataclasses import dataclass
from pathlib import Path

from talaan.model.errors import RegisterError

LARGEST = 400 * 1024 * 1024
_GZIP = b"\x1f\x8b"
_WIDE = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


@dataclass(frozen=True, slots=True)
class SourceFile:
    """One file of an export; `cut` says that its compressed form ends early, so that rows may be missing."""

    name: str
    sha256: str
    text: str
    encoding: str
    cut: bool = False


def read_file(path: Path) -> SourceFile:
    """The text of a file, with line ends as `\\n`; gzip is known by content, not by name.

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
    text, encoding = decode(content)
    if "\0" in text:
        raise RegisterError("The file is not text", where=str(path), hint="give the register's CSV export, plain or gzip")
    return SourceFile(path.name, hashlib.sha256(raw).hexdigest(), text.replace("\r\n", "\n").replace("\r", "\n"), encoding, cut)


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
    """The unpacked bytes, and whether the compressed stream ends before its end mark."""
    parts: list[bytes] = []
    size, rest = 0, raw
    while rest.startswith(_GZIP):
        stream = zlib.decompressobj(wbits=31)
        try:
            part = stream.decompress(rest, LARGEST - size + 1)
        except zlib.error as error:
            raise RegisterError("The gzip file is damaged", where=str(path), hint="download or export it again") from error
        parts.append(part)
        size += len(part)
        if size > LARGEST:
            raise RegisterError(f"The file unpacks to more than {LARGEST // 1024**2} MB", where=str(path), hint="is this an export?")
        if not stream.eof:
            return b"".join(parts), True
        rest = stream.unused_data
    return b"".join(parts), False
