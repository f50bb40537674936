"""Marks in a text: overlapping and nested stretches in, consecutive pieces split at every boundary out."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch `text[start:end]` with the key of what marks it."""

    key: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of text and the keys of the spans that cover it, begin with it and end with it, in reading order."""

    text: str
    start: int
    covers: tuple[str, ...]
    begins: tuple[str, ...]
    ends: tuple[str, ...]


def pieces(text: str, spans: Iterable[Span], *, first: int = 0) -> list[Piece]:
    """The text cut at every boundary; spans count from `first`, empty ones and what reaches beyond the text are cut off.

    >>> [(piece.text, piece.covers) for piece in pieces("abcdef", [Span("x", 1, 4), Span("y", 3, 6)])]
    [('a', ()), ('bc', ('x',)), ('d', ('x', 'y')), ('ef', ('y',))]
    """
    kept = _inside(spans, first, first + len(text))
    starting: dict[int, list[Span]] = {}
    ending: dict[int, list[Span]] = {}
    for span in kept:
        starting.setdefault(span.start, []).append(span)
        ending.setdefault(span.end, []).append(span)
    cuts = sorted({first, first + len(text), *starting, *ending})
    out: list[Piece] = []
    open_spans: dict[str, Span] = {}
    for start, end in pairwise(cuts):
        for span in ending.get(start, ()):
            open_spans.pop(span.key, None)
        open_spans.update({span.key: span for span in starting.get(start, ())})
        out.append(
            Piece(
                text=text[start - first : end - first],
                start=start,
                covers=tuple(open_spans),
                begins=tuple(span.key for span in starting.get(start, ())),
                ends=tuple(span.key for span in ending.get(end, ())),
            )
        )
    return out


def _inside(spans: Iterable[Span], first: int, last: int) -> Sequence[Span]:
    cut = [Span(span.key, max(span.start, first), min(span.end, last)) for span in spans]
    return sorted((span for span in cut if span.start < span.end), key=lambda span: (span.start, -span.end))
