"""Which language a text is in: text in, code of a language with data out, or None."""

import re
from collections.abc import Iterable
from functools import cache, lru_cache
from importlib.resources import files

import eldc

from talaan.extraction.language import language, language_codes
from talaan.reference.fold import fold
from talaan.reference.rows import csv_rows

FUNCTION_WORDS_FILE = "function_words.csv"
SAMPLE = 4000
LEAST_SHARE, FOREIGN_SHARE = 0.05, 0.2
CLOSE = {"ms": ("id", "sw"), "sl": ("sr", "sw"), "hr": ("sr",), "bs": ("sr",)}
ANY = ("sw",)
_SCRIPT_ONLY = (("ka", "ა", "ჿ"), ("ko", "가", "힣"), ("ja", "ぁ", "ヿ"), ("hi", "ऀ", "ॿ"), ("he", "א", "ת"), ("zh", "一", "鿿"))
_SCRIPTS = tuple((code, re.compile(f"[{first}-{last}]")) for code, first, last in _SCRIPT_ONLY)
_FIRST_SCRIPT = min(first for _, first, _ in _SCRIPT_ONLY)
_WORDS = re.compile(r"\w+")


@lru_cache(maxsize=1)
def _ready() -> bool:
    eldc.init()
    return True


def detect_language(text: str) -> str | None:
    """The code of the language, None where it is none of those with data or nothing can be told.

    >>> detect_language("Ang Ukraine ay naghatid ng mga armas sa Kazakhstan, ayon sa ministro.")
    'tl'
    >>> detect_language("12345") is None
    True
    """
    sample = text[:SAMPLE]
    letters = "".join(filter(str.isalpha, sample))
    if not letters:
        return None
    for code, signs in _SCRIPTS if max(letters) >= _FIRST_SCRIPT else ():
        if len(signs.findall(letters)) > len(letters) * (0.1 if code == "ja" else 0.4):
            return code if code in language_codes() else None
    _ready()
    found: str = eldc.detect(sample)
    candidates = [code for code in dict.fromkeys((found, *CLOSE.get(found, ANY))) if code in language_codes()]
    shares = function_word_shares(sample, candidates)
    if found == "ms" and shares.get("sw", 0.0) <= max(shares["ms"], shares["id"]):
        return _malay_or_indonesian(sample)
    best = max(candidates, key=lambda code: (shares[code], code == found), default=None)
    if found in candidates and (best is None or shares[best] <= shares[found] * 1.2 + 0.05):
        return found
    least = LEAST_SHARE if found in candidates else FOREIGN_SHARE
    return best if best is not None and shares[best] >= least else None


def _malay_or_indonesian(text: str) -> str:
    """eldc has one label for both; the words that only one of them uses decide."""
    indonesian, malay = (_function_words()[code] for code in ("id", "ms"))
    words = _WORDS.findall(fold(text))
    return "ms" if sum(word in malay - indonesian for word in words) > sum(word in indonesian - malay for word in words) else "id"


def function_word_shares(text: str, codes: Iterable[str]) -> dict[str, float]:
    """The share of a text's words that are among each language's commonest words."""
    words = _WORDS.findall(fold(text))
    known = _function_words()
    return {code: sum(map(known.get(code, frozenset()).__contains__, words)) / max(1, len(words)) for code in codes}


@cache
def _function_words() -> dict[str, frozenset[str]]:
    place = files("talaan.extraction").joinpath(FUNCTION_WORDS_FILE)
    return {row["language"]: frozenset(row["words"].split()) for _, row in csv_rows(place, FUNCTION_WORDS_FILE, ("language", "words"))}


def function_word_rows() -> list[tuple[str, str]]:
    """What function_words.csv holds: each language's commonest words, folded."""
    return [
        (code, " ".join(sorted({fold(word) for word in language(code).lists["function_words"] if " " not in word})))
        for code in language_codes()
    ]
