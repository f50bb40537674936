"""Bytes into text: the encoding is found, and said where it was guessed."""

import codecs
import re
from dataclasses import dataclass

from talaan.model.errors import DocumentError

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_DECLARED = re.compile(rb"""<meta[^>]{0,200}charset\s*=\s*["']?([\w-]{2,30})|<\?xml[^>]{0,100}encoding=["']([\w-]{2,30})""", re.IGNORECASE)
MOST_REPLACED = 0.1


@dataclass(frozen=True, slots=True)
class Decoded:
    """Text with its encoding and what is doubtful about it."""

    text: str
    encoding: str
    notes: tuple[str, ...]


def decode(raw: bytes, where: str, *, declared: str | None = None) -> Decoded:
    """The text of some bytes; DocumentError where they are no text."""
    for mark, name in _MARKS:
        if raw.startswith(mark):
            return _marked(raw, name, where)
    if b"\0" in raw[:65536]:
        raise DocumentError("This is a binary file, not text", where=where, hint="give text, HTML or a PDF with a text layer")
    try:
        return Decoded(raw.decode("utf-8"), "utf-8", ())
    except UnicodeDecodeError as fault:
        return _guessed(raw, where, declared or _declared(raw), fault)


def _marked(raw: bytes, name: str, where: str) -> Decoded:
    try:
        return Decoded(raw.decode(name), name.removesuffix("-sig"), ())
    except UnicodeDecodeError:
        return _replaced(raw, name, where)


def _declared(raw: bytes) -> str | None:
    found = _DECLARED.search(raw[:4096])
    return (found[1] or found[2]).decode("ascii") if found else None


def _guessed(raw: bytes, where: str, declared: str | None, fault: UnicodeDecodeError) -> Decoded:
    """Nearly whole UTF-8 stays UTF-8; else the declared encoding, else the likeliest one."""
    broken = raw.decode("utf-8", "replace").count("\ufffd")
    if fault.start > len(raw) // 2 or broken <= max(3, len(raw) // 200):
        return _replaced(raw, "utf-8", where)
    if declared:
        try:
            return Decoded(raw.decode(declared), declared.lower(), (f"Encoding {declared.lower()} as the document declares.",))
        except (LookupError, UnicodeDecodeError):
            pass
    from charset_normalizer import from_bytes

    best = from_bytes(raw[:200_000]).best()
    if best is None:
        return _replaced(raw, "utf-8", where)
    return Decoded(raw.decode(best.encoding, "replace"), best.encoding, (f"The encoding was not stated; {best.encoding} was guessed.",))


def _replaced(raw: bytes, name: str, where: str) -> Decoded:
    text = raw.decode(name, "replace")
    count = text.count("\ufffd")
    if count > MOST_REPLACED * len(text):
        raise DocumentError("The bytes are no text in any known encoding", where=where, hint="save the file as UTF-8")
    return Decoded(text, name, (f"{count} characters could not be read and stand as \ufffd.",))
