"""The builtin reader: an analysed text in, drafts of claims out, only where a live pattern fits and nothing blocks it."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import product

from talaan.extraction.analysis import Analysis
from talaan.extraction.language import language_codes
from talaan.extraction.lexicon import CueKind
from talaan.extraction.readers.builtin.patterns import FREE_ROLES, Grammar, Pattern, compiled, grammar
from talaan.extraction.readers.builtin.skeleton import Skeleton, skeleton
from talaan.extraction.readers.builtin.sources import source
from talaan.extraction.sentences import Span
from talaan.model.claim import Draft
from talaan.model.vocabulary import Value, claim_type
from talaan.reference.fold import fold

_MARK = re.compile(r"<[A-Z]\d+[a-z]*>")
_ENDS = " ,;:–—-"
MODAL: tuple[CueKind, ...] = ("planned", "possible", "necessary")
BETWEEN = "NDMTSKWV"
PERSONAL = ("person", "accuser", "imposer", "holder")

Found = dict[str, tuple[Span, ...]]


def builtin_version(code: str) -> str:
    """The version of a language's patterns."""
    return grammar(code).version


def builtin_drafts(analysis: Analysis) -> list[Draft]:
    """Drafts from every live pattern that fits a sentence; what two patterns find alike is drafted once, by the first listed."""
    shared = grammar(analysis.code)
    if not shared.patterns:
        return []
    frames = [skeleton(analysis, number, shared.phrases) for number in range(len(analysis.sentences))]
    drafts: dict[tuple[object, ...], Draft] = {}
    for number, frame in enumerate(frames):
        for pattern in shared.patterns:
            for draft in pattern_drafts(analysis, number, frame, pattern, shared):
                key = _core(number, draft)
                if key not in drafts:
                    drafts[key] = (
                        draft if pattern.own_voice or draft.speaker else _ascribed(draft, source(analysis, shared, frames, number))
                    )
    return list(drafts.values())


def _core(number: int, draft: Draft) -> tuple[object, ...]:
    """What makes two drafts of one sentence the same claim: type and core roles."""
    return (number, draft.type, tuple(draft.roles.get(role) for role in claim_type(draft.type).core), draft.negated)


def _ascribed(draft: Draft, said: str | None) -> Draft:
    """The draft with its speaker; who acts in a claim by speaking does not also report it."""
    acting = {word for role in PERSONAL for word in draft.roles.get(role, ())}
    return draft if said in acting else replace(draft, speaker=said)


def pattern_drafts(analysis: Analysis, number: int, frame: Skeleton, pattern: Pattern, shared: Grammar) -> Iterator[Draft]:
    """Drafts of one pattern from one sentence, one for each item of a list; the sentence is the quote, the speaker open."""
    start, end = analysis.sentences[number]
    if not pattern.may_fit(frame.text) or (pattern.unless and compiled(pattern.unless).search(frame.text)):
        return
    for match in pattern.expression.finditer(frame.text):
        if _blocked(analysis, frame, pattern, shared, match):
            continue
        values = _values(pattern, match.group())
        if values is None:
            continue
        found = _roles(frame, match)
        speaker = found.pop("speaker", None)
        for roles in _single(pattern, _with_details(frame, match, shared, found)):
            words = {role: tuple(dict.fromkeys(analysis.text[slice(*span)] for span in spans)) for role, spans in roles.items()}
            if _acceptable(pattern, words):
                yield Draft(
                    type=pattern.type,
                    quote=analysis.text[start:end],
                    roles=words,
                    values=values,
                    modality=_modality(analysis, frame.span(*match.span()), pattern),
                    negated=pattern.negated,
                    speaker=analysis.text[slice(*speaker[0])] if speaker else None,
                    optional=False,
                    near=start,
                )


def _values(pattern: Pattern, words: str) -> dict[str, Value] | None:
    """The closed values of a match, fixed ones and chosen ones; None where a choice finds none."""
    values = dict(pattern.values)
    for name, choices in pattern.choices.items():
        chosen = next((value for value, expression in choices if compiled(expression).search(words)), None)
        if chosen is None:
            return None
        values[name] = chosen
    return values


def _blocked(analysis: Analysis, frame: Skeleton, pattern: Pattern, shared: Grammar, match: re.Match[str]) -> bool:
    """Whether a word of negation stands between the beginning of the clause and the end of the match, or a denial anywhere."""
    if not pattern.blocks:
        return False
    if shared.never and shared.never.search(frame.text):
        return True
    start, end = frame.places[0], frame.places[-1]
    clause = max((found.end() for found in shared.clause.finditer(frame.text, 0, match.start())), default=0)
    kinds = tuple(kind for kind in pattern.blocks if kind != "denied")
    if kinds and analysis.cues_in(frame.places[clause], frame.span(*match.span())[1], *kinds):
        return True
    return "denied" in pattern.blocks and (
        bool(analysis.cues_in(start, end, "denied")) or frame.text.rstrip(" \"”’'»)").endswith(("?", "؟"))
    )


def _roles(frame: Skeleton, match: re.Match[str]) -> Found:
    """The places of every role; a free role is all its words, the others are their marks."""
    found: Found = {}
    for role, marks in match.groupdict().items():
        if not marks:
            continue
        name = role.rstrip("0123456789")
        if name in FREE_ROLES:
            spans = [_trimmed(frame, match.span(role))]
        else:
            spans = [(slot.start, slot.end) for slot in map(frame.slot, _items(marks))]
        found[name] = tuple(dict.fromkeys((*found.get(name, ()), *spans)))
    return found


def _items(marks: str) -> list[str]:
    """The marks of a list, without numbers and titles that stand between its items.

    >>> _items("<G1>, <N2> new <G3>")
    ['<G1>', '<G3>']
    """
    found = _MARK.findall(marks)
    return [mark for mark in found if mark[1] == found[0][1] or mark[1] not in BETWEEN]


def _trimmed(frame: Skeleton, span: Span) -> Span:
    start, end = span
    while end > start and frame.text[end - 1] in _ENDS:
        end -= 1
    return frame.span(start, end)


def _with_details(frame: Skeleton, match: re.Match[str], shared: Grammar, found: Found) -> Found:
    """The roles with each item's number, the sum in or right after the claim and the year right after it, where they stand there."""
    details: Found = {}
    numbers = _numbers(frame, match, shared)
    if numbers:
        details["quantity"] = numbers
    end = match.end()
    price = (shared.price.search(frame.text, *match.span()) or shared.price.match(frame.text, end)) if shared.price else None
    if price:
        details["value"] = _place(frame, price[1])
        end = max(end, price.end())
    after = shared.after.match(frame.text, end) if shared.after else None
    if after:
        details["when"] = _place(frame, after[1])
    return {**details, **found}


def _place(frame: Skeleton, mark: str) -> tuple[Span, ...]:
    slot = frame.slot(mark)
    return ((slot.start, slot.end),)


def _numbers(frame: Skeleton, match: re.Match[str], shared: Grammar) -> tuple[Span, ...]:
    """For each item of the goods the number right before it; an empty place where none stands there."""
    group = next((name for name, marks in match.groupdict().items() if marks and name.startswith("goods")), None)
    if shared.count is None or group is None:
        return ()
    spans = []
    items = _items(match.group(group))
    for item in (found for found in _MARK.finditer(frame.text, *match.span(group)) if found.group() in items):
        before = [
            found for found in shared.count.finditer(frame.text, max(0, item.start() - 80), item.start()) if found.end() == item.start()
        ]
        slot = frame.slot(before[-1][1]) if before else None
        spans.append((slot.start, slot.end) if slot else (item.start(), item.start()))
    return tuple(spans)


def _single(pattern: Pattern, found: Found) -> Iterator[Found]:
    """One set of roles for each item of a list; each item of the goods keeps its own number."""
    kind = claim_type(pattern.type)
    numbers = found.pop("quantity", ())
    listed = [role for role in kind.core if role not in kind.several and len(found.get(role, ())) > 1]
    for items in product(*(range(len(found[role])) for role in listed)):
        place = dict(zip(listed, items, strict=True))
        roles: Found = {role: (spans[place[role]],) if role in place else spans for role, spans in found.items()}
        at = place.get("goods", 0)
        if at < len(numbers) and numbers[at][1] > numbers[at][0]:
            roles["quantity"] = (numbers[at],)
        yield roles


def _acceptable(pattern: Pattern, words: Mapping[str, tuple[str, ...]]) -> bool:
    """Whether no filler is a word the pattern rules out, nor two core roles of one claim the same words."""
    for role, fillers in words.items():
        if any(compiled(rejected).fullmatch(word) for word in fillers for rejected in pattern.without.get(role, ())):
            return False
    core = [fold(word) for role in claim_type(pattern.type).core for word in words.get(role, ())]
    return len(set(core)) == len(core)


def _modality(analysis: Analysis, span: Span, pattern: Pattern) -> str:
    """The pattern's own modality, else what a word in the match says: planned, possible or necessary, else asserted."""
    if pattern.modality is not None:
        return pattern.modality
    cues = [hit.payload.kind for hit in analysis.cues_in(*span, *MODAL)]
    return next((kind for kind in ("necessary", "possible", "planned") if kind in cues), "asserted")


def live_types() -> dict[str, tuple[str, ...]]:
    """Language → the claim types that the builtin reader makes claims of; languages whose patterns all rest have none."""
    grammars = {code: grammar(code) for code in language_codes()}
    return {code: tuple(dict.fromkeys(row.type for row in own.patterns)) for code, own in grammars.items() if own.version != "0"}
