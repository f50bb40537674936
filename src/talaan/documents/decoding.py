"""Bytes into text: the encoding is found, and said where it was guessed."""

import codecs
import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

from talaan.model.errors import DocumentError
from talaan.reference.rows import csv_rows

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_DECLARED = re.compile(rb"""<meta[^>]{0,200}charset\s*=\s*["']?([\w-]{2,30})|<\?xml[^>]{0,100}encoding=["']([\w-]{2,30})""", re.IGNORECASE)
_NAME = re.compile(r"[A-Za-z0-9][\w.:-]{1,30}", re.ASCII)
# What browsers read under these labels (WHATWG Encoding Standard): the wider table that pages really use.
_WIDER = {
    "ascii": "cp1252",
    "iso8859-1": "cp1252",
    "iso8859-9": "cp1254",
    "iso8859-11": "cp874",
    "tis-620": "cp874",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "shift_jis": "cp932",
    "euc_kr": "cp949",
}
_TEXT_CODECS = ("cp", "iso8859", "iso2022", "koi8", "mac", "euc", "gb", "big5", "shift", "kz1048", "ptcp154", "hz")
GUESSABLE = (
    *("utf_8", "cp1252", "cp1251", "koi8_r", "cp866", "cp1250", "iso8859_2", "iso8859_5", "cp1253", "cp1254", "cp1255", "cp1256"),
    *("cp1257", "cp1258", "cp874", "cp932", "euc_jp", "gb18030", "big5", "cp949"),
)
_LATIN = ("cp1252", "cp1250", "iso8859_2", "cp1254", "cp1257", "cp1258")
_TYPOGRAPHIC = ("Pi", "Pf", "Pd", "Po", "Ps", "Pe", "Sc", "Zs")
_EAST_ASIAN = (("cp949", "가", "힣", 0.8), ("euc_jp", "ぁ", "ヿ", 0.2), ("cp932", "ぁ", "ヿ", 0.2), ("gb2312", "一", "龥", 0.7))
_LETTERS_FILE = "letters.csv"
_CONTROL = bytes(sorted({*range(0x20), 0x7F} - {*b"\t\n\v\f\r\x1a\x1b"}))
_NOT_CONTROL = bytes(sorted(set(range(256)) - set(_CONTROL)))
SAMPLE = 200_000
LOOKED_AT = 65_536
MOST_CONTROL = 0.01
MOST_REPLACED = 0.1
MOST_REPLACED_DECLARED = 0.01
NO_TEXT = "The bytes are no text in any known encoding"


@dataclass(frozen=True, slots=True)
class Decoded:
    """Text with its encoding and what is doubtful about it."""

    text: str
    encoding: str
    notes: tuple[str, ...]


def decode(raw: bytes, where: str, *, declared: str | None = None) -> Decoded:
    """The text of some bytes; DocumentError where they are no text.

    `declared` is what came with the bytes (a header); a byte-order mark goes before it, and so does valid UTF-8, because
    declarations are often wrong and valid UTF-8 hardly ever is. What was guessed or replaced stands in the notes.
    """
    for mark, name in _MARKS:
        if raw.startswith(mark):
            return _marked(raw, name, where)
    declared = declared or _declared(raw)
    wide = _wide(raw, declared)
    if wide:
        return wide
    _refuse_binary(raw, where)
    codec = _codec(declared)
    if codec and codec.startswith("iso2022") and b"\x1b" in raw:
        return _as_declared(raw, codec) or _replaced(raw, codec, where)
    try:
        return Decoded(raw.decode("utf-8"), "utf-8", ())
    except UnicodeDecodeError as fault:
        if _damaged_utf8(raw, fault):
            return _replaced(raw, "utf-8", where)
        return _as_declared(raw, codec) or _guessed(raw, where, fault.start)


def _marked(raw: bytes, name: str, where: str) -> Decoded:
    try:
        return Decoded(raw.decode(name), name.removesuffix("-sig"), ())
    except UnicodeDecodeError:
        return _replaced(raw, name, where)


def _declared(raw: bytes) -> str | None:
    found = _DECLARED.search(raw[:4096])
    return (found[1] or found[2]).decode("ascii", "replace") if found else None


def _codec(declared: str | None) -> str | None:
    """Python's name for a declared encoding, None where it is none that documents are written in.

    >>> _codec("ISO-8859-1"), _codec("windows-1251"), _codec("unicode_escape"), _codec("nonsense")
    ('cp1252', 'cp1251', None, None)
    """
    if not declared or not _NAME.fullmatch(declared):
        return None
    try:
        name = codecs.lookup(declared).name
    except LookupError:
        return None
    return _WIDER.get(name, name) if name.startswith((*_TEXT_CODECS, *_WIDER)) else None


def _wide(raw: bytes, declared: str | None) -> Decoded | None:
    """UTF-16 without a mark: zeros stand mostly at one parity (the high bytes of ASCII), and all of it decodes to assigned characters."""
    sample = raw[:LOOKED_AT]
    zeros = (sample[::2].count(0), sample[1::2].count(0))
    if len(raw) % 2 or not (any(zeros) or (declared or "").lower().startswith("utf-16")):
        return None
    name = "utf-16-be" if zeros[0] > zeros[1] else "utf-16-le"
    try:
        text = raw.decode(name)
    except UnicodeDecodeError:
        return None
    start = text[:4000]
    strange = sum(unicodedata.category(sign) in ("Cn", "Co", "Cc") for sign in start) - sum(map(start.count, "\t\n\r\f\v"))
    if strange > MOST_CONTROL * len(start):
        return None
    return Decoded(text, name, (f"The encoding was not stated; {name} was guessed.",))


def _refuse_binary(raw: bytes, where: str) -> None:
    sample = raw[:LOOKED_AT]
    control = len(sample.translate(None, _NOT_CONTROL))
    if b"\0" in sample or control > max(2, MOST_CONTROL * len(sample)):
        raise DocumentError("This is a binary file, not text", where=where, hint="give text, HTML or a PDF with a text layer")


def _damaged_utf8(raw: bytes, fault: UnicodeDecodeError) -> bool:
    """Whether the bytes are UTF-8 with some damage: whole sequences far outnumber broken ones, or the end is cut off."""
    if fault.end == len(raw) and fault.reason == "unexpected end of data" and len(raw) - fault.start > 1:
        return True
    text = raw.decode("utf-8", "replace")
    broken = text.count("\ufffd") - raw.count(b"\xef\xbf\xbd")
    whole = len(text) - broken - len(raw.translate(None, bytes(range(128, 256))))
    return whole >= 2 * broken


def _as_declared(raw: bytes, codec: str | None) -> Decoded | None:
    if codec is None:
        return None
    text = raw.decode(codec, "replace")
    lost = text.count("\ufffd")
    if lost > MOST_REPLACED_DECLARED * len(text):
        return None
    note = f"Encoding {codec} as the document declares."
    return Decoded(text, codec, (note, _lost(lost)) if lost else (note,))


def _guessed(raw: bytes, where: str, first: int) -> Decoded:
    """The likeliest encoding by the stretch around the first byte that is not ASCII."""
    from charset_normalizer import from_bytes

    start = max(0, raw.rfind(b"\n", 0, first) + 1, first - 1000)
    sample = raw[start : start + SAMPLE]
    best = from_bytes(sample, cp_isolation=list(GUESSABLE)).best()
    name = best.encoding if best else None
    if name in (None, "cp874"):
        name = _east_asian(raw) or name
    if name is None:
        return _replaced(raw, "utf-8", where)
    name = _latin(sample, name) if name in _LATIN else name
    text = raw.decode(name, "replace")
    lost = text.count("\ufffd")
    if lost > MOST_REPLACED * len(text):
        raise DocumentError(NO_TEXT, where=where, hint="save the file as UTF-8")
    note = f"The encoding was not stated; {name} was guessed."
    return Decoded(text, name, (note, _lost(lost)) if lost else (note,))


def _east_asian(raw: bytes) -> str | None:
    """The East Asian encoding under which the bytes decode to text of its script, None where there is none."""
    for name, first, last, least in _EAST_ASIAN:
        try:
            beyond = [sign for sign in raw.decode(name)[:SAMPLE] if sign > "\x7f"]
        except UnicodeDecodeError:
            continue
        if sum(first <= sign <= last for sign in beyond) >= least * len(beyond):
            return _WIDER.get(name, name)
    return None


@lru_cache(maxsize=1)
def _alphabets() -> tuple[tuple[str, frozenset[str]], ...]:
    """(encoding, letters beyond ASCII of one language), the commonest encoding first."""
    rows = csv_rows(files("talaan.documents").joinpath(_LETTERS_FILE), f"documents/{_LETTERS_FILE}")
    found = [(name, frozenset(row["letters"])) for _, row in rows for name in row["encodings"].split("|")]
    return tuple(sorted(found, key=lambda row: _LATIN.index(row[0])))


def _latin(sample: bytes, guess: str) -> str:
    """The Latin encoding under which most letters beyond ASCII belong to one language; the guess where none fits better.

    >>> _latin("El año pasado España compró".encode("cp1252"), "cp1250")
    'cp1252'
    """
    shares: list[tuple[float, str]] = []
    for name, letters in _alphabets():
        beyond = [sign for sign in sample.decode(name, "replace") if sign > "\x7f" and unicodedata.category(sign) not in _TYPOGRAPHIC]
        if beyond:
            shares.append((sum(sign in letters for sign in beyond) / len(beyond), name))
    highest = max((share for share, _ in shares), default=0.0)
    best = [name for share, name in shares if share == highest]
    return best[0] if best and highest > 0.5 and (guess not in best or "cp1252" in best) else guess


def _lost(count: int) -> str:
    return f"{count} characters could not be read and stand as \ufffd."


def _replaced(raw: bytes, name: str, where: str) -> Decoded:
    text = raw.decode(name, "replace")
    count = text.count("\ufffd")
    if count > MOST_REPLACED * len(text):
        raise DocumentError(NO_TEXT, where=where, hint="save the file as UTF-8")
    return Decoded(text, name.removesuffix("-sig"), (_lost(count),))
