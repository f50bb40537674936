"""One text looked at once: sentences, names, goods, triggers and cues with their places; every reader builds on it."""

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

from talaan.extraction.lexicon import Cue, CueKind, GoodsWord, Name, Trigger, Via, folded_text, hits_in
from talaan.extraction.people import find_people
from talaan.extraction.sentences import Span, sentences
from talaan.model.claim import Mention
from talaan.reference.designation import designation_key, family_keys, latin_designation, shape
from talaan.reference.forms import Hit, longest
from talaan.reference.resolver import resolver
from talaan.reference.tables import tables

SHAPE_NEAR = 60
SHAPE_LETTERS = 40
_DIGITS = re.compile(r"\d+")
ARMS_TEXT = 3
SPACED_PREFIXES = frozenset({"su", "mi", "ka", "il", "tu", "mig", "yak"})


@dataclass(frozen=True, slots=True)
class Found:
    """A mention and how it was found."""

    mention: Mention
    via: Via | str
    sentence: int


@dataclass(frozen=True, slots=True)
class Analysis:
    """A text with its sentences and everything found in it, in reading order.

    `by_sentence` holds what each sentence names, `goods_sentences` says how many sentences name goods or a weapon family.
    """

    text: str
    folded: str
    code: str
    sentences: tuple[Span, ...]
    found: tuple[Found, ...]
    triggers: tuple[Hit[Trigger], ...]
    cues: tuple[Hit[Cue], ...]
    by_sentence: tuple[tuple[Found, ...], ...]
    goods_sentences: int

    def sentence_of(self, place: int) -> int:
        """Number of the sentence a place stands in (the one before it, if between two)."""
        return max(0, bisect_left(self.sentences, (place + 1, 0)) - 1)

    def in_sentence(self, number: int) -> list[Found]:
        """What one sentence names."""
        return list(self.by_sentence[number])

    def triggers_in(self, start: int, end: int) -> list[Hit[Trigger]]:
        """Triggers within a span."""
        return [hit for hit in _from(self.triggers, start, end) if hit.end <= end]

    def cues_in(self, start: int, end: int, *kinds: CueKind) -> list[Hit[Cue]]:
        """Cues of these kinds (all, if none is given) within a span."""
        return [hit for hit in _from(self.cues, start, end) if hit.end <= end and (not kinds or hit.payload.kind in kinds)]


def _from(hits: Sequence[Hit[Any]], start: int, end: int) -> Sequence[Hit[Any]]:
    """The hits that begin within a span; hits are in reading order."""
    return hits[bisect_left(hits, start, key=_start) : bisect_left(hits, end, key=_start)]


def _start(hit: Hit[Any]) -> int:
    return hit.start


@lru_cache(maxsize=2)
def analyse(text: str, code: str) -> Analysis:
    """Everything talaan can find in a text of a known language; the last two are kept, since several steps ask for them."""
    folded = folded_text(text, code)
    spans = sentences(text, code)
    starts = [span[0] for span in spans]
    hits = hits_in(text, code)
    triggers = longest(Hit(hit.start, hit.end, hit.payload) for hit in hits if isinstance(hit.payload, Trigger))
    cues = [Hit(hit.start, hit.end, hit.payload) for hit in hits if isinstance(hit.payload, Cue)]
    names = [hit for hit in hits if isinstance(hit.payload, Name | GoodsWord)]
    goods = [hit.start for hit in names if _is_goods(hit.payload)]
    named = _chosen([*_with_goods(names, starts), *_shapes(text, folded, goods)])
    found = [_found(text, hit, starts) for hit in named if not isinstance(hit.payload, GoodsWord) or not _attached(text, hit, named)]
    people = find_people(text, folded, code, spans=spans, cues=cues, taken=[found.mention for found in found])
    everything = sorted(
        [*found, *(Found(person, "person", _sentence(starts, person.start)) for person in people)], key=lambda row: row.mention.start
    )
    by_sentence = _grouped(everything, len(spans))
    goods_sentences = sum(any(row.mention.kind in ("category", "system") for row in rows) for rows in by_sentence)
    found_in_order = tuple(everything)
    return Analysis(text, folded, code, tuple(spans), found_in_order, tuple(triggers), tuple(cues), by_sentence, goods_sentences)


def _grouped(found: Iterable[Found], count: int) -> tuple[tuple[Found, ...], ...]:
    """What is found, by sentence."""
    rows: list[list[Found]] = [[] for _ in range(max(1, count))]
    for row in found:
        rows[row.sentence].append(row)
    return tuple(map(tuple, rows))


@dataclass(frozen=True, slots=True)
class _Shape:
    """A letter-and-number designation: the family it belongs to, or its own Latin spelling."""

    ref: str


def _chosen(hits: Iterable[Hit[Any]]) -> list[Hit[Any]]:
    """Hits that share no character: the longer ones, but a word for arms in general never takes the place of a class or a name."""
    hits = list(hits)
    general = [hit for hit in hits if isinstance(hit.payload, GoodsWord) and hit.payload.category == "arms"]
    special = longest(hit for hit in hits if hit not in general)
    free = [hit for hit in longest(general) if not any(hit.start < other.end and other.start < hit.end for other in special)]
    return sorted([*special, *free], key=lambda hit: hit.start)


def _is_goods(payload: object) -> bool:
    return isinstance(payload, GoodsWord) or (isinstance(payload, Name) and payload.ref.startswith("system:") and not payload.needs_goods)


def _sentence(starts: Sequence[int], place: int) -> int:
    return max(0, bisect_left(starts, place + 1) - 1)


def _with_goods(hits: Iterable[Hit[Any]], starts: Sequence[int]) -> list[Hit[Any]]:
    """Names, without those ambiguous ones that neither a goods word in the sentence nor a text about arms speaks for.

    In a text that names goods often, an ambiguous name counts anywhere but at the beginning of a sentence.
    """
    hits = list(hits)
    goods = [_sentence(starts, hit.start) for hit in hits if _is_goods(hit.payload)]
    about_arms, beginnings = len(goods) >= ARMS_TEXT, set(starts)

    def counts(hit: Hit[Any]) -> bool:
        if not (isinstance(hit.payload, Name) and hit.payload.needs_goods):
            return True
        return _sentence(starts, hit.start) in goods or (about_arms and hit.start not in beginnings)

    return [hit for hit in hits if counts(hit)]


def _shapes(text: str, folded: str, goods: Sequence[int]) -> list[Hit[Any]]:
    """Designations by shape: known ones anywhere, unknown ones beside a goods word."""
    known = resolver().designations()
    hits: list[Hit[Any]] = []
    for found in _shaped(folded):
        start, end = found.span()
        letters = text[start : found.end("letters")]
        if letters.upper() != letters.lower() and not letters[0].isupper():
            continue
        if found["gap"] == " " and not ((letters.isupper() and len(letters) > 1) or found["letters"] in SPACED_PREFIXES):
            continue
        end = found.end("digits") if found["gap"] == " " else end
        keys = family_keys(designation_key(text[start:end]))
        family = next((known[key] for key in keys if key in known), None)
        if family is not None:
            hits.append(Hit(start, end, _Shape(family.ref)))
        elif _unknown_designation(letters, found["gap"], start, goods):
            hits.append(Hit(start, end, _Shape(f"system:{latin_designation(text[start:end])}")))
    return hits


def _shaped(folded: str) -> Iterator[re.Match[str]]:
    """Places that look like a designation; only what begins shortly before a digit is tried, since each holds one."""
    pattern, at = shape(), 0
    for digits in _DIGITS.finditer(folded):
        if digits.start() < at:
            continue
        found = pattern.search(folded, max(at, digits.start() - SHAPE_LETTERS))
        if found and found.start() < digits.start():
            at = found.end()
            yield found


def _unknown_designation(letters: str, gap: str, start: int, goods: Sequence[int]) -> bool:
    at = bisect_left(goods, start - SHAPE_NEAR)
    near = at < len(goods) and goods[at] <= start + SHAPE_NEAR
    return near and gap != " " and letters.isupper()


def _found(text: str, hit: Hit[Any], starts: Sequence[int]) -> Found:
    payload = hit.payload
    via = payload.via if isinstance(payload, Name) else "class" if isinstance(payload, GoodsWord) else "shape"
    mention = mention_at(text, hit.start, hit.end, _ref(payload), metonym=via == "seat")
    return Found(mention, via, _sentence(starts, hit.start))


def _ref(payload: object) -> str:
    if isinstance(payload, GoodsWord):
        return f"category:{payload.category}"
    assert isinstance(payload, Name | _Shape)
    return payload.ref


def _attached(text: str, hit: Hit[Any], named: Sequence[Hit[Any]]) -> bool:
    """Whether a class word stands right beside a designation of that class ("BTR-4 armoured personnel carriers")."""
    assert isinstance(hit.payload, GoodsWord)
    for other in named:
        if isinstance(other.payload, GoodsWord) or not _ref(other.payload).startswith("system:"):
            continue
        gap = text[hit.end : other.start] if hit.end <= other.start else text[other.end : hit.start] if other.end <= hit.start else None
        if gap is not None and len(gap) <= 2 and not gap.strip(" -\"'«“„”»"):
            system = tables().systems.get(_ref(other.payload).removeprefix("system:"))
            return system is None or hit.payload.category == "arms" or _related(hit.payload.category, system.categories)
    return False


def _related(category: str, classes: Iterable[str]) -> bool:
    known = tables()
    return any(known.is_below(category, other) or known.is_below(other, category) for other in classes)


def mention_at(text: str, start: int, end: int, ref: str | None, *, metonym: bool = False) -> Mention:
    """A mention with what the tables know of its reference."""
    mention = Mention(text[start:end], start, end, ref, metonym=metonym)
    return describe(mention)


def describe(mention: Mention) -> Mention:
    """The mention with name, country and category of its reference."""
    if mention.ref is None:
        return mention
    known = tables()
    kind, _, key = mention.ref.partition(":")
    if kind == "country":
        country = known.countries.get(key)
        return replace(mention, name=country.name if country else key, country=key)
    if kind == "organisation":
        organisation = known.organisations.get(key)
        return replace(
            mention, name=organisation.name if organisation else key, country=(organisation.country if organisation else "") or None
        )
    if kind == "group":
        group = known.groups.get(key)
        return replace(mention, name=group.name if group else key)
    if kind == "system":
        system = known.systems.get(key)
        return replace(mention, name=key, category=system.category if system else None)
    if kind == "category":
        category = known.categories.get(key)
        return replace(mention, name=category.name_en if category else key, category=key)
    return mention
