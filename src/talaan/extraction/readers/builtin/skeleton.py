"""A sentence with its names replaced by numbered marks: an analysed text and a sentence in, a skeleton out.

`Ukraine delivered 12 BTR-4 to Iraq.` becomes `<C0> delivered <N1> <G2> to <C3>.`: C country, A adjective of a country,
O organisation or group, P person, G goods, N number, D year, W title, and the letters that a language's phrases add.
Where the language tells cases by form, a mark also names those its words can stand in: `<C0n> поставила <C1gd> <G2>.`
Arabic vowel signs, which a writer may leave out, are left out.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from operator import attrgetter
from string import ascii_lowercase

from talaan.extraction.analysis import Analysis
from talaan.extraction.sentences import Span
from talaan.model.claim import Mention

_LETTER = {"organisation": "O", "group": "O", "person": "P", "system": "G", "category": "G", "country": "C"}
_FIGURE = re.compile(r"(?<![\w.,-])\d+(?:[.,]\d+)*(?![\w-])")
_YEAR = re.compile(r"(1[89]|20)\d\d$")
_LONE = re.compile(r"\w \w\Z")
_SHORTEST_NAME = 3
_VOWEL_SIGNS = frozenset("\u0640" + "".join(map(chr, range(0x064B, 0x0653))))


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words that stand as one mark: an expression over a sentence (`marks` false) or over a skeleton (`marks` true).

    A group named `it` is what the mark stands for; the whole match is replaced. With `of` no mark is made: marks of these
    letters whose words the expression fits whole carry `letter`, a small one, as a case they can stand in.
    """

    letter: str
    expression: re.Pattern[str]
    marks: bool
    of: str = ""


@dataclass(frozen=True, slots=True)
class Slot:
    """One mark of a skeleton and the place in the text it stands for."""

    letter: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Skeleton:
    """The sentence with marks; `places[i]` is where character i of the skeleton stands in the text."""

    text: str
    slots: tuple[Slot, ...]
    places: tuple[int, ...]

    def slot(self, mark: str) -> Slot:
        """The slot of a mark such as `<C3>`."""
        return self.slots[int(mark.strip("<>")[1:].rstrip(ascii_lowercase))]

    def span(self, start: int, end: int) -> Span:
        """Where characters `start` to `end` of the skeleton stand in the text; a mark counts whole."""
        last = re.search(r"<[A-Z](\d+)[a-z]*>$", self.text[start:end])
        stop = self.slots[int(last[1])].end if last else self.places[end]
        first = re.match(r"<[A-Z](\d+)[a-z]*>", self.text[start:end])
        return (self.slots[int(first[1])].start if first else self.places[start]), stop


def skeleton(analysis: Analysis, number: int, phrases: Sequence[Phrase] = ()) -> Skeleton:
    """The skeleton of one sentence, with a language's phrases as marks."""
    start, end = analysis.sentences[number]
    parts: list[str] = []
    places: list[int] = []
    kept: list[Slot] = []
    at = start
    for slot in sorted(_all_slots(analysis, number, phrases), key=attrgetter("start", "end")):
        if slot.start < at:
            continue
        _append(parts, places, analysis.text[at : slot.start], at)
        _append_mark(parts, places, slot, f"{len(kept)}{_cases(slot.letter, analysis.text[slot.start : slot.end], phrases)}")
        kept.append(slot)
        at = slot.end
    _append(parts, places, analysis.text[at:end], at)
    plain = Skeleton("".join(parts), tuple(kept), (*places, end))
    for phrase in phrases:
        if phrase.marks:
            plain = _rewritten(plain, phrase, analysis.text, phrases)
    return plain


def _cases(letter: str, words: str, phrases: Iterable[Phrase]) -> str:
    """The cases that words can stand in, in the order of the language's phrases; empty where it has none for the letter."""
    return "".join(phrase.letter for phrase in phrases if letter in phrase.of and phrase.expression.fullmatch(words))


def _append(parts: list[str], places: list[int], words: str, at: int) -> None:
    kept = [(sign, place) for place, sign in enumerate(words, at) if sign not in _VOWEL_SIGNS]
    parts.append("".join(sign for sign, _ in kept).replace("\n", " ").replace("<", "‹").replace(">", "›"))
    places += (place for _, place in kept)


def _append_mark(parts: list[str], places: list[int], slot: Slot, number: str) -> None:
    mark = f"<{slot.letter}{number}>"
    parts.append(mark)
    places += [slot.start] * len(mark)


def _rewritten(frame: Skeleton, phrase: Phrase, text: str, phrases: Sequence[Phrase]) -> Skeleton:
    """The skeleton with every stretch that a phrase describes as one mark, in the case of the whole stretch."""
    parts: list[str] = []
    places: list[int] = []
    slots = list(frame.slots)
    at = 0
    for found in phrase.expression.finditer(frame.text):
        parts.append(frame.text[at : found.start()])
        places += frame.places[at : found.start()]
        inner = "it" if "it" in phrase.expression.groupindex else 0
        slot = Slot(phrase.letter, *frame.span(*found.span(inner)))
        whole = text[slice(*frame.span(*found.span()))]
        _append_mark(parts, places, slot, f"{len(slots)}{_cases(slot.letter, whole, phrases)}")
        slots.append(slot)
        at = found.end()
    parts.append(frame.text[at:])
    return Skeleton("".join(parts), tuple(slots), (*places, *frame.places[at:]))


def _all_slots(analysis: Analysis, number: int, phrases: Iterable[Phrase]) -> list[Slot]:
    """What the language's phrases name, then what the analysis found beside it, longest first where they compete."""
    named = sorted(_named(analysis, number), key=lambda slot: (slot.letter in "WN", slot.start - slot.end))
    taken: list[Slot] = []
    for phrase in phrases:
        if not phrase.marks and not phrase.of:
            for found in phrase.expression.finditer(analysis.text, *analysis.sentences[number]):
                span = found.span("it" if "it" in phrase.expression.groupindex else 0)
                if _free(span, taken) and not _within(span, named):
                    taken.append(Slot(phrase.letter, *span))
    for slot in named:
        rest = _rest(analysis.text, slot, taken) if slot.letter == "P" else slot
        if rest is not None and _free((rest.start, rest.end), taken):
            taken.append(rest)
    return _joined(analysis.text, taken)


def _free(span: Span, taken: Iterable[Slot]) -> bool:
    return all(span[1] <= slot.start or slot.end <= span[0] for slot in taken)


def _within(span: Span, named: Iterable[Slot]) -> bool:
    """Whether a phrase is only part of a name the tables know."""
    return any(slot.start <= span[0] and span[1] <= slot.end and (slot.start, slot.end) != span for slot in named if slot.letter in "COG")


def _rest(text: str, person: Slot, taken: Iterable[Slot]) -> Slot | None:
    """A person's name without the title that was taken for its beginning or end."""
    start, end = person.start, person.end
    for slot in taken:
        if slot.start <= start < slot.end:
            start = slot.end
        if slot.start < end <= slot.end:
            end = slot.start
    while start < end and text[start] in " ,":
        start += 1
    return Slot("P", start, end) if end - start >= _SHORTEST_NAME else None


def _joined(text: str, slots: Sequence[Slot]) -> list[Slot]:
    """The slots in order, neighbouring parts of a person's name as one."""
    out: list[Slot] = []
    for slot in sorted(slots, key=attrgetter("start")):
        if out and slot.letter == out[-1].letter == "P" and text[out[-1].end : slot.start] == " ":
            out[-1] = Slot("P", out[-1].start, slot.end)
        else:
            out.append(slot)
    return out


def _bare(text: str, name: Mention) -> int:
    """Where a name ends without a word of one small letter that was taken for its variant: "Rafale" of "Rafale à"."""
    return name.end - 2 if _LONE.search(text, name.start, name.end) and text[name.end - 1].islower() else name.end


def _named(analysis: Analysis, number: int) -> Iterator[Slot]:
    span = analysis.sentences[number]
    for found in analysis.in_sentence(number):
        letter = _LETTER.get(found.mention.kind or "")
        if letter and not (letter == "P" and analysis.text[found.mention.start].islower()):
            yield Slot("A" if found.via == "adjective" else letter, found.mention.start, _bare(analysis.text, found.mention))
    for cue in analysis.cues_in(*span, "number", "title"):
        yield Slot("N" if cue.payload.kind == "number" else "W", cue.start, cue.end)
    for figure in _FIGURE.finditer(analysis.text, *span):
        yield Slot("D" if _YEAR.fullmatch(figure.group()) else "N", figure.start(), figure.end())
