"""Names compared by sound across scripts: text in any script in, a consonant key out; only for what a reader already calls a name."""

import re
from collections.abc import Iterable

from talaan.reference.designation import romanise

SHORTEST = 4
_HEBREW_VAV = str.maketrans("ו", "w")
_PAIRS = (
    ("sch", "sh"),
    ("ph", "f"),
    ("ck", "k"),
    ("kh", "h"),
    ("th", "t"),
    ("dh", "d"),
    ("gh", "g"),
    ("x", "ks"),
    ("ts", "s"),
    ("tz", "s"),
)
_ONES = str.maketrans("cqvpjz", "kkfbgs")
_DROPPED = re.compile(r"[aeiouywh\W_]+")
_TWICE = re.compile(r"(.)\1+")


def sound_key(text: str) -> str:
    """The consonants (and digits) of a name, alike sounds merged; empty where fewer than SHORTEST are left.

    >>> sound_key("Navantia") == sound_key("نافانتيا") == "nfnt"
    True
    >>> sound_key("Аксунгур") == sound_key("Aksungur")
    True
    """
    plain = romanise(text.translate(_HEBREW_VAV))
    for pair, single in _PAIRS:
        plain = plain.replace(pair, single)
    key = _TWICE.sub(r"\1", _DROPPED.sub("", plain.translate(_ONES)))
    return key if len(key) >= SHORTEST else ""


def sound_keys(text: str, *, endings: bool) -> Iterable[str]:
    """Keys to try for a name as it stands in a text: whole, then, where the language inflects, without up to two letters."""
    for cut in (0, 1, 2) if endings else (0,):
        key = sound_key(text[: len(text) - cut])
        if key:
            yield key


def is_foreign(text: str) -> bool:
    """Whether a name is written in another script than Latin, so that only its sound can be compared.

    >>> is_foreign("«Аксунгур»"), is_foreign("Śmigły")
    (True, False)
    """
    return any(sign.isalpha() and sign > "\u024f" and not "\u1e00" <= sign <= "\u1eff" for sign in text)


def sound_index(named: Iterable[tuple[str, Iterable[str]]]) -> dict[str, str]:
    """Key → reference for names that only one reference has; a key of two references is left out."""
    index: dict[str, str | None] = {}
    for ref, names in named:
        for name in names:
            key = sound_key(name)
            if key and index.setdefault(key, ref) != ref:
                index[key] = None
    return {key: ref for key, ref in index.items() if ref is not None}
