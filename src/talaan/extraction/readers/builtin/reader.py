"""The builtin reader: an analysed text in, drafts of claims out, only where a live pattern fits and nothing blocks it."""

import re
from collections.abc import Iterator

from talaan.extraction.analysis import Analysis
from talaan.extraction.lexicon import CueKind
from talaan.extraction.readers.builtin.patterns import Pattern, patterns, patterns_version
from talaan.extraction.readers.builtin.skeleton import Skeleton, skeleton
from talaan.model.claim import Draft
from talaan.reference.fold import fold

_MARK = re.compile(r"<[A-Z]\d+>")
SPEAKER_REACH = 40
MODAL: tuple[CueKind, ...] = ("planned", "possible", "necessary")


def builtin_version(code: str) -> str:
    """The version of a language's patterns."""
    return patterns_version(code)


def builtin_drafts(analysis: Analysis) -> list[Draft]:
    """Drafts from every live pattern that fits a sentence; what two patterns find alike is drafted once, by the first listed."""
    drafts = []
    for number in range(len(analysis.sentences)):
        seen: set[tuple[object, ...]] = set()
        frame = skeleton(analysis, number)
        for pattern in patterns(analysis.code):
            for draft in pattern_drafts(analysis, number, frame, pattern):
                key = (draft.type, tuple(sorted(draft.roles.items())))
                if key not in seen:
                    seen.add(key)
                    drafts.append(draft)
    return drafts


def pattern_drafts(analysis: Analysis, number: int, frame: Skeleton, pattern: Pattern) -> Iterator[Draft]:
    """Drafts of one pattern from one sentence; the sentence is the quote."""
    start, end = analysis.sentences[number]
    if pattern.blocks and analysis.cues_in(start, end, *pattern.blocks):
        return
    for match in pattern.expression.finditer(frame.text):
        roles: dict[str, tuple[str, ...]] = {}
        for role, marks in match.groupdict().items():
            if marks:
                name = role.rstrip("0123456789")
                words = tuple(_words(analysis, frame, mark) for mark in _MARK.findall(marks))
                roles[name] = tuple(dict.fromkeys((*roles.get(name, ()), *words)))
        if any(fold(word) in pattern.without.get(role, ()) for role, words in roles.items() for word in words):
            continue
        speaker = roles.pop("speaker", None)
        yield Draft(
            type=pattern.type,
            quote=analysis.text[start:end],
            roles=roles,
            values=pattern.values,
            modality=_modality(analysis, frame.places[match.start()], frame.places[match.end()], pattern),
            negated=pattern.negated,
            speaker=speaker[0] if speaker else _speaker(analysis, number),
            optional=False,
            near=start,
            confidence=pattern.confidence,
        )


def _words(analysis: Analysis, frame: Skeleton, mark: str) -> str:
    slot = frame.slot(mark)
    return analysis.text[slot.start : slot.end]


def _modality(analysis: Analysis, start: int, end: int, pattern: Pattern) -> str:
    """The pattern's own modality, unless a word in the quote says that it is planned, possible or necessary."""
    if pattern.modality != "asserted":
        return pattern.modality
    cues = [hit.payload.kind for hit in analysis.cues_in(start, end, *MODAL)]
    return next((kind for kind in ("necessary", "possible", "planned") if kind in cues), "asserted")


def _speaker(analysis: Analysis, number: int) -> str | None:
    """The person or organisation that stands beside a word of saying in the sentence."""
    start, end = analysis.sentences[number]
    said = list(analysis.cues_in(start, end, "speech"))
    who = [row.mention for row in analysis.in_sentence(number) if row.mention.kind in ("person", "organisation")]
    near = [(min(abs(hit.start - row.end), abs(row.start - hit.end)), row.kind != "person", row.text) for hit in said for row in who]
    best = min(near, default=None)
    return best[2] if best and best[0] <= SPEAKER_REACH else None
