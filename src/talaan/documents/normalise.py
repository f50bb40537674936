"""Normalisation `talaan-1`: raw text in, the text that is frozen and hashed out.

Unicode NFC; line ends become line feeds; byte-order marks, zero-width spaces, soft hyphens and direction marks are taken out
(joiners stay, they change letters), as are control characters other than tab and line feed. Nothing else changes.
"""

import re
import unicodedata

NORMALISATION = "talaan-1"
_TAKEN_OUT = re.compile(
    "[\ufeff\u200b\u00ad\u200e\u200f\u202a-\u202e\u2060-\u2069\u0000-\u0008\u000b-\u001f\u007f\u0080-\u0084\u0086-\u009f]"
)
_SURROGATE = re.compile("[\ud800-\udfff]")


def normalise(text: str) -> str:
    """The text in its frozen form; normalising again changes nothing.

    >>> normalise("a\\r\\nb\\u200bc")
    'a\\nbc'
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\x0c", "\n")
    return unicodedata.normalize("NFC", _SURROGATE.sub("\ufffd", _TAKEN_OUT.sub("", text)))
