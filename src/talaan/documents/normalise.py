"""Normalisation `talaan-1`: raw text in, the text that is frozen and hashed out.

Unicode NFC; line ends of every kind become line feeds; byte-order marks, zero-width spaces, soft hyphens and direction
marks are taken out (joiners stay, they change letters), as are control characters other than tab and line feed; of more
than 30 combining marks in a row (UAX #15, stream-safe text) the rest is left out. Nothing else changes.
"""

import re
import unicodedata

NORMALISATION = "talaan-1"
MOST_MARKS = 30
_LINE_END = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
_TAKEN_OUT = re.compile(
    "[\ufeff\u200b\u00ad\u061c\u200e\u200f\u202a-\u202e\u2060-\u2069\u0000-\u0008\u000e-\u001f\u007f\u0080-\u0084\u0086-\u009f]"
)
_SURROGATE = re.compile("[\ud800-\udfff]")
_MARKS = re.compile(rf"[^\w\s\x00-\x7f]{{{MOST_MARKS + 1},}}")


def normalise(text: str) -> str:
    """The text in its frozen form; normalising again changes nothing.

    >>> normalise("a\\r\\nb\\u200bc")
    'a\\nbc'
    """
    text = _SURROGATE.sub("\ufffd", _TAKEN_OUT.sub("", _LINE_END.sub("\n", text)))
    if text.isascii():
        return text
    return unicodedata.normalize("NFC", _MARKS.sub(_bounded, text))


def _bounded(found: re.Match[str]) -> str:
    """At most `MOST_MARKS` combining marks in a row; sorting more of them takes quadratic time."""
    kept: list[str] = []
    row = 0
    for sign in found[0]:
        row = row + 1 if unicodedata.combining(sign) else 0
        if row <= MOST_MARKS:
            kept.append(sign)
    return "".join(kept)
