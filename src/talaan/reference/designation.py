"""Letter-and-number designations in any script: text in, comparable keys and places out."""

import re
from functools import lru_cache

from anyascii import anyascii

from talaan.reference.fold import fold
from talaan.reference.tables import read_rows

_CYRILLIC = dict(
    zip(
        "абвгґдеєжзиіїйклмнопрстуфхцчшщъыьэюя",
        "a b v g g d e ye zh z i i yi y k l m n o p r s t u f kh ts ch sh shch _ y _ e yu ya".replace("_", "").split(" "),
        strict=True,
    )
)
_GEORGIAN = dict(
    zip(
        "აბგდევზთიკლმნოპჟრსტუფქღყშჩცძწჭხჯჰ",
        [
            "a",
            "b",
            "g",
            "d",
            "e",
            "v",
            "z",
            "t",
            "i",
            "k",
            "l",
            "m",
            "n",
            "o",
            "p",
            "zh",
            "r",
            "s",
            "t",
            "u",
            "p",
            "k",
            "gh",
            "q",
            "sh",
            "ch",
            "ts",
            "dz",
            "ts",
            "ch",
            "kh",
            "j",
            "h",
        ],
        strict=True,
    )
)
_LETTERS = {ord(letter): latin for table in (_CYRILLIC, _GEORGIAN) for letter, latin in table.items()} | {
    ord("ј"): "j",
    ord("ђ"): "dj",
    ord("ћ"): "c",
    ord("љ"): "lj",
    ord("њ"): "nj",
    ord("џ"): "dz",
}
_GAPS = re.compile(r"[-\s./·'\"()]+")
FAMILY_SHORTEST = 2
SUFFIX_LONGEST = 6


@lru_cache(maxsize=1)
def _spelled() -> dict[str, str]:
    """Spelled-out letters of scripts without capitals, folded: `اس` → `s`."""
    return {fold(form): row["latin"].lower() for _, row in read_rows("designation_letters.csv") for form in row["forms"].split("|")}


@lru_cache(maxsize=1)
def _spelled_start() -> re.Pattern[str]:
    """One to three letters spelled out, perhaps joined: `एसयू`, `ای‌کی`."""
    one = "|".join(re.escape(form) for form in sorted(_spelled(), key=len, reverse=True))
    return re.compile(rf"(?:{one})(?:\u200c?(?:{one})){{0,2}}")


@lru_cache(maxsize=1)
def _spelled_letter() -> re.Pattern[str]:
    return re.compile("|".join(re.escape(form) for form in sorted(_spelled(), key=len, reverse=True)))


def _unspelled(letters: str) -> str:
    """Spelled-out letters in Latin.

    >>> _unspelled("एसयू")
    'su'
    """
    return "".join(_spelled()[found] for found in _spelled_letter().findall(letters))


@lru_cache(maxsize=1)
def shape() -> re.Pattern[str]:
    """The pattern of a designation in folded text: letters, perhaps a hyphen or space, digits, perhaps a suffix."""
    spelled = rf"(?<![\u0590-\u06ff\u0900-\u097f])(?:{_spelled_start().pattern})"
    start = rf"(?<![a-z])[a-z]{{1,6}}|(?<![а-яёіїєґ])[а-яёіїєґ]{{1,6}}|(?<![ა-ჰ])[ა-ჰ]{{1,5}}|{spelled}"
    suffix = r"(?:[a-zа-яё]{1,4}\d{0,2})?(?:[-/][a-z0-9а-я]{1,4}\b){0,2}"
    return re.compile(rf"(?P<letters>{start})(?P<gap>[- ]?)(?P<digits>\d{{1,4}})(?P<suffix>{suffix})(?!\d)")


def romanise(text: str) -> str:
    """Lower-case Latin letters for those of any script.

    >>> romanise("Путилівський"), romanise("李祥福")
    ('putilivskiy', 'lixiangfu')
    """
    return anyascii(fold(text).translate(_LETTERS)).lower()


def designation_key(text: str) -> str:
    """One key for all spellings of a designation.

    >>> designation_key("С-300ПС") == designation_key("S 300 PS") == "s300ps"
    True
    >>> designation_key("苏-30")
    'su30'
    """
    folded = fold(text)
    found = _spelled_start().match(folded)
    if found and not found.group().isascii() and found.group() not in _CYRILLIC:
        folded = _unspelled(found.group()) + folded[found.end() :]
    return _GAPS.sub("", folded.translate(_LETTERS))


def family_keys(key: str) -> list[str]:
    """The key itself and its beginnings that may name its family, longest first; never cut inside a number.

    >>> family_keys("s300pmu2")[:2], "s30" in family_keys("s300pmu2")
    (['s300pmu2', 's300pmu'], False)
    """
    keys = [key]
    for length in range(len(key) - 1, FAMILY_SHORTEST - 1, -1):
        if len(key) - length > SUFFIX_LONGEST:
            break
        if key[length].isdigit() and key[length - 1].isdigit():
            continue
        if any(sign.isdigit() for sign in key[:length]):
            keys.append(key[:length])
    return keys


def latin_designation(text: str) -> str:
    """A designation nobody listed, in Latin capitals with its hyphen: `БТР-999А` → `BTR-999A`.

    >>> latin_designation("БТР-999А")
    'BTR-999A'
    """
    folded = fold(text)
    found = shape().match(folded)
    if not found:
        return romanise(text).upper()
    letters = _unspelled(found["letters"]) or found["letters"].translate(_LETTERS)
    rest = folded[found.end("digits") :].translate(_LETTERS)
    return (letters + ("-" if found["gap"] else "") + found["digits"] + rest).upper()
