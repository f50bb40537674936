"""Word forms as data write them, compiled into one automaton: (form, payload) pairs in, hits with true offsets out.

The syntax is explained in docs/how-to/language-data.md.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Generic, Literal, TypeVar

from ahocorasick_rs import AhoCorasick, MatchKind

from talaan.model.errors import DataError
from talaan.reference.fold import fold

T = TypeVar("T")
Boundaries = Literal["both", "left", "none"]

WORD = r"[\w\u0900-\u0963\u0300-\u036f\u064b-\u065f\u0670\u200c\u200d\u05b0-\u05c7]"
NO_MORE = rf"(?!{WORD})"
_WORD_CHAR = re.compile(WORD)
_STAR = re.compile(r"\*(\d*)$")
STAR_LETTERS = 8
FOLLOWS_WITHIN = 40
SHORTEST_STEM = 4
_DENSE = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")


@dataclass(frozen=True, slots=True)
class Hit(Generic[T]):
    """A form found at `text[start:end]`."""

    start: int
    end: int
    payload: T


@dataclass(frozen=True, slots=True)
class _Form(Generic[T]):
    anchor: str
    tail: str
    follow: str
    exact: str | None
    inside: bool
    payload: T


def split_forms(cell: str) -> list[str]:
    """The forms of one cell.

    >>> split_forms("tank| tanks |")
    ['tank', 'tanks']
    """
    return [form for part in cell.split("|") if (form := part.strip())]


def compile_form(form: str, payload: T, *, boundaries: Boundaries = "both", accents: bool = False) -> _Form[T]:
    """A form ready to match; DataError where its stem is too short to be safe."""
    exact, body = form.startswith("="), form.removeprefix("=")
    inside, body = body.startswith("*"), body.removeprefix("*")
    anchor, rest, starred = _anchor(body.split(" "), accents) if "*" in body else (fold(body, accents=accents), [], "")
    if not anchor:
        raise DataError(f"The form {form!r} has no letters to look for")
    if starred == "*" and " " not in body and len(anchor) < SHORTEST_STEM and not _DENSE.search(anchor) and not inside:
        raise DataError(f"The stem of {form!r} is too short for a bare star", hint="write how many letters may follow, as in abc*3")
    dense = boundaries == "none" or bool(_DENSE.search(anchor))
    tail = _tail(rest, accents) if rest else ""
    if not dense and boundaries == "both" and (rest or _WORD_CHAR.match(anchor[-1])):
        tail += NO_MORE
    return _Form(
        anchor=anchor,
        tail=tail,
        follow=fold(_STAR.sub("", rest[1]), accents=accents) if len(rest) > 1 else "",
        exact=_STAR.split(body)[0][: len(anchor)] if exact else None,
        inside=inside or dense or not _WORD_CHAR.match(anchor[0]),
        payload=payload,
    )


def _anchor(words: Sequence[str], accents: bool) -> tuple[str, list[str], str]:
    """The literal beginning of a form, what follows it, and the star that ended it."""
    literal: list[str] = []
    for number, word in enumerate(words):
        star = _STAR.search(word)
        literal.append(_STAR.sub("", word))
        if star:
            return fold(" ".join(literal), accents=accents), [star.group(), *words[number + 1 :]], star.group()
    return fold(" ".join(literal), accents=accents), [], ""


@cache
def _pattern(tail: str) -> re.Pattern[str]:
    """Tails are few; each is compiled when it is first needed."""
    return re.compile(tail)


def _tail(rest: Sequence[str], accents: bool) -> str:
    """The pattern for what follows the anchor; its first part is a star."""
    parts = []
    for number, word in enumerate(rest):
        star = _STAR.search(word)
        letters = rf"(?:(?!\d){WORD}){{0,{star.group(1) or STAR_LETTERS}}}" if star else ""
        stem = "" if number == 0 else " +" + re.escape(fold(_STAR.sub("", word), accents=accents))
        parts.append(stem + letters)
    return "".join(parts)


class Matcher(Generic[T]):
    """All forms of a set in one automaton; `find` gives every hit, overlapping ones too, in reading order."""

    def __init__(
        self, forms: Iterable[tuple[str, T]], *, boundaries: Boundaries = "both", prefixes: Iterable[str] = (), accents: bool = False
    ) -> None:
        self._accents = accents
        self._prefixes = frozenset(fold(prefix) for prefix in prefixes)
        self._longest_prefix = max((len(prefix) for prefix in self._prefixes), default=0)
        self._by_anchor: dict[str, list[_Form[T]]] = {}
        for form, payload in forms:
            compiled = compile_form(form, payload, boundaries=boundaries, accents=accents)
            self._by_anchor.setdefault(compiled.anchor, []).append(compiled)
        self._anchors = list(self._by_anchor)
        self._automaton = AhoCorasick(self._anchors, matchkind=MatchKind.Standard)

    def __len__(self) -> int:
        return sum(map(len, self._by_anchor.values()))

    def find(self, text: str, folded: str | None = None) -> list[Hit[T]]:
        """Hits of all forms in `text`, forms in exact case before others; `folded` is its fold, if at hand."""
        folded = fold(text, accents=self._accents) if folded is None else folded
        found: list[tuple[int, int, bool, T]] = []
        for index, start, end in self._automaton.find_matches_as_indexes(folded, overlapping=True):
            for form in self._by_anchor[self._anchors[index]]:
                stop = self._stop(form, text, folded, start, end)
                if stop is not None:
                    found.append((start, -stop, form.exact is None, form.payload))
        found.sort(key=lambda row: row[:3])
        return [Hit(start, -stop, payload) for start, stop, _, payload in found]

    def _stop(self, form: _Form[T], text: str, folded: str, start: int, end: int) -> int | None:
        if form.exact is not None and text[start:end] != form.exact:
            return None
        if not form.inside and not self._begins_word(folded, start):
            return None
        if not form.tail:
            return end
        if form.follow and folded.find(form.follow, end, end + len(form.follow) + FOLLOWS_WITHIN) < 0:
            return None
        found = _pattern(form.tail).match(folded, end)
        return found.end() if found else None

    def _begins_word(self, folded: str, start: int) -> bool:
        if start == 0 or not _WORD_CHAR.match(folded[start - 1]) or _DENSE.match(folded[start - 1]):
            return True
        for length in range(1, min(self._longest_prefix, start) + 1):
            before = start - length
            if folded[before:start] in self._prefixes and (before == 0 or not _WORD_CHAR.match(folded[before - 1])):
                return True
        return False


def longest(hits: Iterable[Hit[T]]) -> list[Hit[T]]:
    """Non-overlapping hits, the longer one winning wherever two share a character, in reading order."""
    kept: list[Hit[T]] = []
    taken: set[int] = set()
    for hit in sorted(hits, key=lambda hit: (hit.start - hit.end, hit.start)):
        span = range(hit.start, hit.end)
        if not any(place in taken for place in (hit.start, hit.end - 1)) and taken.isdisjoint(span):
            taken.update(span)
            kept.append(hit)
    kept.sort(key=lambda hit: hit.start)
    return kept
