"""Quoted strings put in their place: what a reader quotes and a text in, spans of the text out.

A string stands in the text exactly, or after one normalisation: quotation marks, hyphens and runs of white space count
as alike, and quotation marks, full stops and ellipses at its ends may be missing. Nothing else is forgiven.
"""

import re
from functools import cached_property, lru_cache

from talaan.extraction.sentences import Span
from talaan.model.claim import Quote
from talaan.reference.forms import WORD

AROUND = 32
_SIGNS = str.maketrans(
    {**dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2212", "-"), **dict.fromkeys("\u2018\u2019\u201b\u2032\u02bc\u00b4`", "'")}
    | dict.fromkeys("\u201c\u201d\u201e\u201f\u00ab\u00bb", '"')
    | dict.fromkeys("\u00a0\u2009\u202f\t\n\r", " ")
)
_OUTER = " \"'.…"
_EDGE = re.compile(WORD)


class Anchors:
    """One text in which strings are looked for."""

    def __init__(self, text: str) -> None:
        self.text = text

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
        """The place nearest to a quote (inside it, if it stands there), whole words before parts of words."""
        places = self.places(wanted)
        if not places:
            return None
        return min(places, key=lambda span: (not self._whole(span), _distance(span, quote), span))

    def quote(self, span: Span) -> Quote:
        """The quote at a place, with what stands around it."""
        start, end = span
        return Quote(self.text[start:end], start, end, self.text[max(0, start - AROUND) : start], self.text[end : end + AROUND])

    def _whole(self, span: Span) -> bool:
        start, end = span
        inside = self.text[start : start + 1], self.text[end - 1 : end]
        before, after = self.text[max(0, start - 1) : start], self.text[end : end + 1]
        return not (_EDGE.match(before) and _EDGE.match(inside[0])) and not (_EDGE.match(after) and _EDGE.match(inside[1]))

    def _loose(self, wanted: str) -> list[Span]:
        words = wanted.translate(_SIGNS).strip(_OUTER).split()
        if not words:
            return []
        return [found.span() for found in _flexible(" ".join(words)).finditer(self._plain)]


@lru_cache(maxsize=4096)
def _flexible(words: str) -> re.Pattern[str]:
    return re.compile(r" +".join(re.escape(word) for word in words.split(" ")))


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
