"""Quoted strings put in their place: what a reader quotes and a text in, spans of the text out.

A string stands in the text exactly, or after one normalisation: quotation marks and apostrophes count as alike, hyphens and
dashes count as alike, runs of white space count as one space and may be missing or added beside such a sign, signs that nobody
sees are passed over, and quotation marks, full stops and ellipses at its ends may be missing. Nothing else is forgiven.

What fills a role must, in addition, stand as whole words, as far as the text's language writes words apart: "Mali" does not stand
in "Malinda".
"""

import re
from functools import cached_property, lru_cache
from itertools import pairwise

from talaan.extraction.language import language
from talaan.extraction.sentences import Span
from talaan.model.claim import Quote
from talaan.reference.fold import fold
from talaan.reference.forms import WORD

AROUND = 32
_ALIKE = {
    "-": "\u2010\u2011\u2012\u2013\u2014\u2015\u2212\u05be\ufe58\ufe63\uff0d",
    "'": "\u2018\u2019\u201a\u201b\u2032\u02bc\u02b9\u00b4`\u05f3\uff07\u2039\u203a"
    '"\u201c\u201d\u201e\u201f\u00ab\u00bb\u2033\u05f4\uff02\u300c\u300d\u300e\u300f',
    " ": "\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000\t\n\r\x0b\x0c\x85\u2028\u2029",
    "\u200b": "\u00ad\u2060\ufeff\u200e\u200f",
}
_SIGNS = str.maketrans({sign: plain for plain, signs in _ALIKE.items() for sign in signs})
_UNSEEN = "\u200b"
_OUTER = " '.…"
_TOKEN = re.compile(r"-+|'+|[^ '\-]+")
_EDGE = re.compile(WORD)
_DENSE = re.compile("[\u2e80-\u9fff\uac00-\ud7a3\uf900-\ufaff\uff66-\uff9d\u0e00-\u0eff]")
LONGEST_PREFIX = 4


class Anchors:
    """One text in which strings are looked for; `code` is its language, None where that does not matter."""

    def __init__(self, text: str, code: str | None = None) -> None:
        self.text, self.code = text, code

    @cached_property
    def _plain(self) -> str:
        return self.text.translate(_SIGNS)

    def places(self, wanted: str) -> list[Span]:
        """Every place where a string stands, whole words first; empty where it stands nowhere."""
        exact = _places(self.text, wanted)
        if not exact:
            exact = self._loose(wanted)
        whole = [span for span in exact if self._whole(span)]
        return whole + [span for span in exact if span not in set(whole)]

    def nearest(self, wanted: str, quote: Span) -> Span | None:
        """The place nearest to a quote (inside it, if it stands there) where a string stands as whole words, None where there is none."""
        places = [span for span in self.places(wanted) if self._apart(span)]
        if not places:
            return None
        return min(places, key=lambda span: (not self._whole(span), _distance(span, quote), span))

    def quote(self, span: Span) -> Quote:
        """The quote at a place, with what stands around it."""
        start, end = span
        return Quote(self.text[start:end], start, end, self.text[max(0, start - AROUND) : start], self.text[end : end + AROUND])

    def _whole(self, span: Span) -> bool:
        return self._begins(span) and self._ends(span)

    def _begins(self, span: Span) -> bool:
        """Whether no word goes on before the span."""
        start, _ = span
        return not (_EDGE.match(self.text[max(0, start - 1) : start]) and _EDGE.match(self.text[start : start + 1]))

    def _ends(self, span: Span) -> bool:
        """Whether no word goes on after the span."""
        _, end = span
        return not (_EDGE.match(self.text[end : end + 1]) and _EDGE.match(self.text[end - 1 : end]))

    def _apart(self, span: Span) -> bool:
        """Whether the span stands as words of its own, as far as its script and language write words apart."""
        start, end = span
        boundaries = language(self.code).boundaries if self.code else "both"
        before = self._begins(span) or bool(_DENSE.match(self.text[start])) or boundaries == "none" or self._after_prefix(start)
        after = self._ends(span) or bool(_DENSE.match(self.text[end - 1])) or boundaries != "both"
        return before and after

    def _after_prefix(self, start: int) -> bool:
        """Whether nothing but a clitic, glued to the front of the word as the language does, stands before a place in a word."""
        prefixes = language(self.code).lists["prefixes"] if self.code else ()
        for length in range(1, min(LONGEST_PREFIX, start) + 1 if prefixes else 1):
            if self._begins((start - length, start)) and fold(self.text[start - length : start]) in _folded(prefixes):
                return True
        return False

    def _loose(self, wanted: str) -> list[Span]:
        tokens = tuple(_TOKEN.findall(wanted.translate(_SIGNS).replace(_UNSEEN, "").strip(_OUTER)))
        if not tokens:
            return []
        return [found.span() for found in _flexible(tokens, _UNSEEN in self._plain).finditer(self._plain)]


@lru_cache(maxsize=4096)
def _flexible(tokens: tuple[str, ...], unseen: bool) -> re.Pattern[str]:
    """The tokens with white space between words, and with or without it beside signs; `unseen` lets invisible signs stand anywhere."""
    space = f"[ {_UNSEEN}]" if unseen else " "
    pattern = _spelled(tokens[0], unseen)
    for before, token in pairwise(tokens):
        loose = before[0] in "-'" or token[0] in "-'"
        pattern += space + ("*" if loose else "+") + _spelled(token, unseen)
    return re.compile(pattern)


def _spelled(token: str, unseen: bool) -> str:
    if token[0] in "-'":
        return f"{token[0]}+"
    return f"{_UNSEEN}?".join(map(re.escape, token)) if unseen else re.escape(token)


@lru_cache(maxsize=64)
def _folded(prefixes: tuple[str, ...]) -> frozenset[str]:
    return frozenset(fold(prefix) for prefix in prefixes)


def _places(text: str, wanted: str) -> list[Span]:
    spans: list[Span] = []
    at = text.find(wanted) if wanted.strip() else -1
    while at >= 0:
        spans.append((at, at + len(wanted)))
        at = text.find(wanted, at + 1)
    return spans


def _distance(span: Span, quote: Span) -> int:
    """0 inside the quote, else the number of characters between."""
    return max(0, quote[0] - span[1], span[0] - quote[1]) + (0 if quote[0] <= span[0] and span[1] <= quote[1] else 1)
