"""A sentence with its names replaced by numbered marks: an analysed text and a sentence in, a skeleton out.

`Ukraine delivered 12 BTR-4 to Iraq.` becomes `<C0> delivered <N1> <G2> to <C3>.`: C country, A adjective of a country,
O organisation or group, P person, G goods, N number, M money, D date, T title.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from talaan.extraction.analysis import Analysis, Found
from talaan.extraction.sentences import Span

_LETTER = {"organisation": "O", "group": "O", "person": "P", "system": "G", "category": "G", "country": "C"}
_FIGURE = re.compile(r"(?<![\w.-])\d+(?:[.,]\d+)*(?![\w-])")
_YEAR = re.compile(r"(1[89]|20)\d\d$")


@dataclass(frozen=True, slots=True)
class Slot:
    """One mark of a skeleton and the place in the text it stands for."""

    letter: str
    start: int
    end: int
    found: Found | None


@dataclass(frozen=True, slots=True)
class Skeleton:
    """The sentence with marks; `places[i]` is where character i of the skeleton stands in the text."""

    text: str
    slots: tuple[Slot, ...]
    places: tuple[int, ...]

    def slot(self, mark: str) -> Slot:
        """The slot of a mark such as `<C3>`."""
        return self.slots[int(mark.strip("<>")[1:])]


def skeleton(analysis: Analysis, number: int) -> Skeleton:
    """The skeleton of one sentence."""
    start, end = analysis.sentences[number]
    slots = sorted(_slots(analysis, number, (start, end)), key=lambda slot: (slot.start, slot.start - slot.end))
    parts: list[str] = []
    places: list[int] = []
    kept: list[Slot] = []
    at = start
    for slot in slots:
        if slot.start < at:
            continue
        _append(parts, places, analysis.text[at : slot.start], at)
        mark = f"<{slot.letter}{len(kept)}>"
        parts.append(mark)
        places += [slot.start] * len(mark)
        kept.append(slot)
        at = slot.end
    _append(parts, places, analysis.text[at:end], at)
    return Skeleton("".join(parts), tuple(kept), (*places, end))


def _append(parts: list[str], places: list[int], words: str, at: int) -> None:
    parts.append(words.replace("\n", " ").replace("<", "‹").replace(">", "›"))
    places += range(at, at + len(words))


def _slots(analysis: Analysis, number: int, span: Span) -> Iterator[Slot]:
    for found in analysis.in_sentence(number):
        letter = _LETTER.get(found.mention.kind or "")
        if letter:
            yield Slot("A" if found.via == "adjective" else letter, found.mention.start, found.mention.end, found)
    for cue in analysis.cues_in(*span, "number"):
        yield Slot("N", cue.start, cue.end, None)
    for cue in analysis.cues_in(*span, "title"):
        yield Slot("T", cue.start, cue.end, None)
    for figure in _FIGURE.finditer(analysis.text, *span):
        yield Slot("D" if _YEAR.fullmatch(figure.group()) else "N", figure.start(), figure.end(), None)
