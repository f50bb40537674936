"""Folding that keeps every offset true: one code point in, one code point out."""

import unicodedata
from functools import lru_cache

_LATIN = ((0x00C0, 0x0250), (0x1E00, 0x1F00))
_SIGNS = {
    "\u2010\u2011\u2012\u2013\u2014\u2212\ufe58\uff0d\u05be": "-",
    "\u2018\u2019\u201b\u2032\u02bc\u02b9\u00b4\u0060\uff07\u05f3": "'",
    "\u201c\u201d\u201e\u201f\u00ab\u00bb\u2033\u05f4\uff02": '"',
    "\t\n\r\u00a0\u2002\u2003\u2007\u2009\u202f\u3000\u0085\u2028\u2029": " ",
}
_LETTERS = {
    "ı": "i",
    "İ": "i",
    "đ": "d",
    "ł": "l",
    "ø": "o",
    "ё": "е",
    "أ": "ا",
    "إ": "ا",
    "آ": "ا",
    "ى": "ي",
    "ی": "ي",
    "ک": "ك",
    "ة": "ه",
    "ۀ": "ه",
    "ؤ": "و",
}
_UNTOUCHED = frozenset(map(chr, range(128))) - frozenset("\t\n\r`")
_DIGITS = (0x0660, 0x06F0, 0x0966, 0xFF10)


@lru_cache(maxsize=2)
def _table(accents: bool) -> dict[int, str]:
    table = {ord(sign): plain for signs, plain in _SIGNS.items() for sign in signs}
    table |= {ord(letter): plain for letter, plain in _LETTERS.items() if not (accents and letter == "đ")}
    table |= {start + digit: str(digit) for start in _DIGITS for digit in range(10)}
    table |= {code: chr(code - 0xFEE0).lower() for code in range(0xFF01, 0xFF5F) if code not in table}
    if accents:
        return table
    for first, last in _LATIN:
        for code in range(first, last):
            base = unicodedata.normalize("NFD", chr(code))[0].lower()
            if base != chr(code) and len(base) == 1 and code not in table:
                table[code] = base
    return table


def lower(text: str) -> str:
    """Lower case of the same length.

    >>> len(lower("İzmir ve Işık"))
    13
    """
    lowered = text.lower()
    if len(lowered) == len(text):
        return lowered
    return "".join(low if len(low := letter.lower()) == 1 else low[0] for letter in text)


def fold(text: str, *, accents: bool = False) -> str:
    """Lower case, plain dashes, quotes, spaces and digits, Latin letters without accents (unless `accents`).

    >>> fold("États‑Unis «С‑300» ٣٠٠")
    'etats-unis "с-300" 300'
    """
    if text.isascii() and _UNTOUCHED.issuperset(text):
        return text.lower()
    return lower(text).translate(_table(accents))
