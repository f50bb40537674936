"""Whether two wordings may mean the same: names, posts, objects and designations compared loosely."""

import re
import unicodedata
from difflib import SequenceMatcher
from functools import lru_cache

SAME_WORDS, SAME_LETTERS = 0.55, 0.85
DEPUTY = frozenset({"deputy", "vice", "assistant"})
LONGEST_WORDING, LONGEST_NAME = 200, 80


def plain(text: str) -> str:
    """Case-folded, without marks."""
    return "".join(sign for sign in unicodedata.normalize("NFKD", text).casefold() if unicodedata.category(sign)[0] != "M")


@lru_cache(maxsize=65536)
def letters(text: str) -> str:
    """Only letters and digits, folded.

    >>> letters("S-300 PS")
    's300ps'
    """
    return "".join(sign for sign in plain(text) if sign.isalnum())


@lru_cache(maxsize=65536)
def words(text: str) -> tuple[str, ...]:
    """The words that matter: longer than three letters (than one outside ASCII), or all where none is."""
    every = re.findall(r"[^\W_]+", plain(text))
    return tuple([word for word in every if len(word) > (3 if word.isascii() else 1)] or every)


def likeness(first: str, second: str) -> float:
    """Share of letters in common, 0 to 1 (Ratcliff and Obershelp 1988)."""
    return SequenceMatcher(None, first, second, False).ratio()


@lru_cache(maxsize=65536)
def similar(first: str, second: str) -> bool:
    """Whether the first wording may mean the second: words in common, nearly the same letters, or it begins with it.

    >>> similar("sale of five corvettes", "the sale of corvettes to Saudi Arabia"), similar("defence minister", "deputy defence minister")
    (True, False)
    """
    ours, theirs = words(first), words(second)
    if not ours or not theirs or bool(DEPUTY & set(ours)) != bool(DEPUTY & set(theirs)):
        return False
    common = sum(any(_alike(word, other) for other in theirs) for word in ours) + sum(
        any(_alike(other, word) for other in ours) for word in theirs
    )
    if common / (len(ours) + len(theirs)) >= SAME_WORDS or ours[: len(theirs)] == theirs:
        return True
    return likeness(letters(first), letters(second)) >= SAME_LETTERS


def _alike(word: str, other: str) -> bool:
    return word == other or (min(len(word), len(other)) >= 5 and (word[:5] == other[:5] or likeness(word, other) >= 0.8))


def same_system(first: str, second: str) -> bool:
    """Designations that are equal, or family and variant, never cut inside a number.

    >>> same_system("S-300", "S-300PS"), same_system("Mi-2", "Mi-24")
    (True, False)
    """
    short, long = sorted((letters(first), letters(second)), key=len)
    if short == long or len(short) < 3 or not long.startswith(short):
        return short == long != ""
    return not long[len(short)].isdigit() or (len(short) >= 4 and not short[-1].isdigit())


def same_name(kind: str, first: str, second: str) -> bool:
    """Names of organisations, groups and persons: short forms, transliterations, surnames."""
    short, long = sorted((letters(first), letters(second)), key=len)
    if short == long != "" or (len(short) >= 4 and (short in long or likeness(short, long) >= 0.84)):
        return True
    if kind == "person":
        return any(likeness(name, word) >= 0.8 for name in words(second)[-1:] for word in words(first)) or sorted(letters(first)) == sorted(
            letters(second)
        )
    return False
