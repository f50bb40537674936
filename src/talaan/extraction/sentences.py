"""A text cut into sentences: text and language in, spans without surrounding space out."""

import re
from functools import cache

import sentencex

from talaan.extraction.language import language

Span = tuple[int, int]
LONGEST = 900
LONGEST_ABBREVIATION = 40
_STOPS = re.compile(r"[;:,،、，]\s")


def sentences(text: str, code: str) -> list[Span]:
    """Sentence spans in reading order; a line break always ends a sentence, a listed abbreviation never does.

    >>> [(s, e) for s, e in sentences("Gen. Ivanov left. He is 60.", "en")]
    [(0, 17), (18, 27)]
    """
    spans: list[Span] = []
    at = 0
    for line in text.split("\n"):
        if line.strip():
            spans += _of_line(line, at, code)
        at += len(line) + 1
    return spans


def _of_line(line: str, offset: int, code: str) -> list[Span]:
    pieces: list[Span] = []
    at = 0
    for piece in sentencex.segment(code, line):
        start = line.find(piece, at)
        if start < 0:
            continue
        at = start + len(piece)
        if pieces and _ends_abbreviated(line[: pieces[-1][1]].rstrip(), code):
            pieces[-1] = (pieces[-1][0], at)
        else:
            pieces.append((start, at))
    return [(offset + start, offset + end) for whole in pieces for start, end in _short(line, whole) if start < end]


def _ends_abbreviated(text: str, code: str) -> bool:
    return text.endswith(".") and _abbreviated(code).search(text, max(0, len(text) - LONGEST_ABBREVIATION)) is not None


def _short(line: str, span: Span) -> list[Span]:
    """The span without outer space, cut at commas where it is longer than a quote may be."""
    start, end = span
    start += len(line[start:end]) - len(line[start:end].lstrip())
    end -= len(line[start:end]) - len(line[start:end].rstrip())
    parts = []
    while end - start > LONGEST:
        cuts = [cut.end() for cut in _STOPS.finditer(line, start, start + LONGEST)]
        cut = cuts[-1] if cuts else start + LONGEST
        parts.append((start, start + len(line[start:cut].rstrip())))
        start = cut + len(line[cut:end]) - len(line[cut:end].lstrip())
    return [*parts, (start, end)]


@cache
def _abbreviated(code: str) -> re.Pattern[str]:
    """Matches where a text ends with an abbreviation that ends no sentence."""
    words = sorted((re.escape(word.rstrip(".")) for word in language(code).lists["no_break_after"]), key=len, reverse=True)
    return re.compile(rf"(?<!\w)(?:{'|'.join(words)})\.$", re.IGNORECASE) if words else re.compile(r"(?!)")
