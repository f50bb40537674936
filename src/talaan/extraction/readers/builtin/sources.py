"""Who says a sentence: skeletons of a text and a sentence's number in, the words that name the speaker out."""

import re
from collections.abc import Sequence

from talaan.extraction.analysis import Analysis
from talaan.extraction.readers.builtin.patterns import Grammar
from talaan.extraction.readers.builtin.skeleton import Skeleton

_QUOTED = re.compile(r"^[\s]*[“\"«„—–-]")
REACH = 3


def source(analysis: Analysis, shared: Grammar, frames: Sequence[Skeleton], number: int) -> str | None:
    """The nearest source of the statement.

    It is whoever a speaker frame finds in the sentence; for "he said" the speaker or person named last; for a direct
    quotation that names nobody whoever spoke in the sentence before or the one after. None: the document says it itself.
    """
    own = _spoken(analysis, shared, frames[number])
    if own:
        return own
    if shared.pronoun and shared.pronoun.search(frames[number].text):
        return _before(analysis, shared, frames, number)
    if _QUOTED.search(frames[number].text) or _inside_quotation(analysis, number):
        near = [place for place in (number - 1, number + 1) if 0 <= place < len(frames)]
        return next((said for place in near if (said := _spoken(analysis, shared, frames[place]))), None)
    return None


def _spoken(analysis: Analysis, shared: Grammar, frame: Skeleton) -> str | None:
    """The speaker that the first fitting frame finds."""
    for expression in shared.speakers:
        match = expression.search(frame.text)
        if match:
            slot = frame.slot(match["speaker"])
            return analysis.text[slot.start : slot.end]
    return None


def _before(analysis: Analysis, shared: Grammar, frames: Sequence[Skeleton], number: int) -> str | None:
    """The speaker, else the last person, of the nearest sentence before."""
    for place in range(number - 1, max(-1, number - 1 - REACH), -1):
        said = _spoken(analysis, shared, frames[place])
        people = re.findall(r"<P\d+[a-z]*>", frames[place].text)
        if said or people:
            slot = frames[place].slot(people[-1]) if people else None
            return said or (analysis.text[slot.start : slot.end] if slot else None)
    return None


def _inside_quotation(analysis: Analysis, number: int) -> bool:
    """Whether a quotation that began before the sentence is still open at its end or closes in it."""
    start, end = analysis.sentences[number]
    before = analysis.text[:start]
    return before.count("“") > before.count("”") and "”" in analysis.text[start : end + 2]
