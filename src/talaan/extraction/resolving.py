"""What a role's words stand for: a place in an analysed text and the role in, a mention with its reference out."""

import re
from collections.abc import Sequence
from dataclasses import replace
from difflib import get_close_matches
from functools import cache, lru_cache

from talaan.extraction.analysis import Analysis, Found, describe, mention_at
from talaan.extraction.language import language
from talaan.extraction.lexicon import GoodsWord, Name, matcher
from talaan.extraction.people import same_person, slug
from talaan.extraction.sentences import Span
from talaan.model.claim import Mention
from talaan.reference.fold import fold
from talaan.reference.forms import Hit, longest
from talaan.reference.resolver import resolver
from talaan.reference.tables import System

GOODS_ROLES = frozenset({"goods", "need"})
WORDING_ROLES = frozenset({"on", "about", "post", "area"})
PARTY_KINDS = ("organisation", "group", "person", "country")
MOSTLY = 0.5
LONGEST_ACRONYM = 8
SHORTEST_WORD = 4
MISSPELT, MISSPELT_SHORTEST = 0.9, 8
PARTS = frozenset(
    {"engine", "spare-parts", "ammunition", "explosives", "electro-optics", "training-equipment", "naval-gun", "nuclear-technology"}
)
QUOTES = "«„“\"'"
_NUMBERED = re.compile(r"[^\W\d_]{2,12}[ -](\d{2,3}[a-z]{0,2}\d?)")
_WORDS = re.compile(r"[^\W_]+")


def resolve(analysis: Analysis, role: str, span: Span) -> list[Mention]:
    """The filler at a place; for `on` the wording first, then the references named in it."""
    if role in WORDING_ROLES:
        wording = Mention(analysis.text[span[0] : span[1]], *span)
        return [wording, *_inside(analysis, span)] if role == "on" else [wording]
    if role == "need" and any(hit.payload.type == "service" for hit in analysis.triggers_in(*span)):
        return [Mention(analysis.text[span[0] : span[1]], *span)]
    if role in GOODS_ROLES:
        return [_goods(analysis, span)]
    if role == "person":
        return [_person(analysis, span)]
    return [_party(analysis, span)]


def _overlapping(analysis: Analysis, span: Span) -> list[Found]:
    return [found for found in analysis.found if found.mention.start < span[1] and span[0] < found.mention.end]


def _inside(analysis: Analysis, span: Span) -> list[Mention]:
    """Different references named within a wording, in reading order."""
    named = {found.mention.ref: found.mention for found in reversed(_overlapping(analysis, span)) if found.mention.ref}
    inside = [mention for mention in named.values() if span[0] <= mention.start and mention.end <= span[1]]
    return sorted(inside, key=lambda mention: mention.start)


def _goods(analysis: Analysis, span: Span) -> Mention:
    """A part goes before the system it is a part of, a weapon family before a class, a specific class before a general one.

    A family of the part's own class ("F404 engine") is no whole with parts: it is the part.
    """
    found = [row.mention for row in _overlapping(analysis, span) if row.mention.kind in ("system", "category")]
    text = analysis.text[span[0] : span[1]]
    named = [*found, *(mention for mention in _names_within(analysis, span) if mention.kind in ("system", "category"))]
    parts = [mention for mention in named if mention.category in PARTS and mention.kind == "category"]
    systems = [mention for mention in named if mention.kind == "system"]
    own = [system for system in systems if system.category in {part.category for part in parts}]
    if parts or systems:
        return _at(analysis, span, (own or parts or systems)[0])
    family = resolver().system(text) or _by_number(text)
    if family is not None:
        return mention_at(analysis.text, *span, family.ref)
    classes = [mention for mention in named if mention.kind == "category"]
    if classes:
        return _at(analysis, span, max(classes, key=_depth))
    short = _short_form(analysis, span, ("system",))
    if short is not None:
        return short
    heard = resolver().system_by_sound(text) if _is_name(text) else None
    if heard is not None:
        return mention_at(analysis.text, *span, heard.ref)
    misspelt = nearest_class(text, analysis.code)
    return describe(Mention(text, *span, f"category:{misspelt}" if misspelt else None))


def _names_within(analysis: Analysis, span: Span) -> list[Mention]:
    """Names that stand in a span by itself: what a reader calls goods needs no goods word beside it."""
    start, end = span
    text = analysis.text[start:end]
    named = (
        Hit(hit.start, hit.end, _ref(hit.payload)) for hit in matcher(analysis.code).find(text) if isinstance(hit.payload, Name | GoodsWord)
    )
    return [mention_at(analysis.text, start + hit.start, start + hit.end, hit.payload) for hit in longest(named)]


def _ref(payload: Name | GoodsWord) -> str:
    return payload.ref if isinstance(payload, Name) else f"category:{payload.category}"


def _by_number(text: str) -> System | None:
    """The family of "Type 056" in any language: its number alone, behind the word for type."""
    found = _NUMBERED.fullmatch(fold(text).strip(" \"'"))
    return resolver().system(f"Type {found[1]}") if found else None


@lru_cache(maxsize=4096)
def nearest_class(text: str, code: str) -> str | None:
    """The class whose word, in the language or in English, differs from the text by a letter or two only.

    >>> nearest_class("armored personel carrier", "tl")
    'armoured-personnel-carrier'
    """
    wanted = fold(text)
    if len(wanted) < MISSPELT_SHORTEST:
        return None
    words = _class_words(code)
    close = get_close_matches(wanted, words, n=1, cutoff=MISSPELT)
    return words[close[0]] if close else None


@cache
def _class_words(code: str) -> dict[str, str]:
    """Word for goods, without stars → its class."""
    listed = [
        (form, category) for name in dict.fromkeys((code, "en")) for category, forms in language(name).goods.items() for form in forms
    ]
    return {fold(re.sub(r"\*\d*", "", form.lstrip("=*"))): category for form, category in reversed(listed)}


def _depth(mention: Mention) -> int:
    return len(resolver().tables.ancestors(mention.category))


def _at(analysis: Analysis, span: Span, mention: Mention) -> Mention:
    """The mention's reference at the place the reader named."""
    return replace(mention, text=analysis.text[span[0] : span[1]], start=span[0], end=span[1])


def _party(analysis: Analysis, span: Span) -> Mention:
    """The organisation, group, person or country that most of the words name; else the words with the country they point to."""
    overlapping = [row.mention for row in _overlapping(analysis, span)]
    within = _names_within(analysis, span)
    found = [mention for mention in [*overlapping, *within] if mention.kind in PARTY_KINDS]
    by_kind = sorted(found, key=lambda mention: (PARTY_KINDS.index(mention.kind or ""), mention.start))
    named = next((mention for mention in by_kind if _covers(analysis, mention, span, found)), None)
    if named is not None and named.kind != "person":
        return _at(analysis, span, named)
    heard = _spelled_out(analysis, span) or _short_form(analysis, span, ("organisation", "group")) or _heard(analysis, span)
    if heard.kind in ("organisation", "group") or (heard.ref and not by_kind):
        return _at(analysis, span, heard)
    if named is not None:
        return _at(analysis, span, named)
    product = next((mention for mention in [*overlapping, *within] if mention.kind == "system"), None)
    if product is not None:
        return _at(analysis, span, product)
    inner = next((mention for mention in by_kind if mention.country), None)
    return Mention(analysis.text[span[0] : span[1]], *span, country=inner.country if inner else None)


def _short_form(analysis: Analysis, span: Span, kinds: Sequence[str]) -> Mention | None:
    """What a shortened name stands for: the one longer name in this text that has all its words, else the one body in the tables."""
    text = analysis.text[span[0] : span[1]]
    words = _name_words(text)
    if not words or not _is_name(text) or any(len(word) < SHORTEST_WORD for word in _WORDS.findall(text)):
        return None
    longer = {row.mention.ref for row in analysis.found if row.mention.kind in kinds and _shortens(words, _name_words(row.mention.text))}
    if len(longer) == 1:
        return mention_at(analysis.text, *span, longer.pop())
    ref = resolver().party_by_words(words) if "organisation" in kinds and not longer else None
    return mention_at(analysis.text, *span, ref) if ref else None


def _name_words(text: str) -> tuple[str, ...]:
    return tuple(word for word in _WORDS.findall(fold(text)) if len(word) >= SHORTEST_WORD)


def _shortens(words: Sequence[str], longer: Sequence[str]) -> bool:
    """Whether every word stands in the longer name, up to an ending of two letters."""
    return len(words) < len(longer) and all(any(_same_word(word, other) for other in longer) for word in words)


def _same_word(one: str, two: str) -> bool:
    shorter = min(len(one), len(two))
    return one[: max(SHORTEST_WORD, shorter - 2)] == two[: max(SHORTEST_WORD, shorter - 2)] and abs(len(one) - len(two)) <= 2


def _spelled_out(analysis: Analysis, span: Span) -> Mention | None:
    """What an acronym stands for where the text itself says so: "Kazakhstan Paramount Engineering (KPE)"."""
    acronym = analysis.text[span[0] : span[1]]
    if not 2 <= len(acronym) <= LONGEST_ACRONYM or not acronym.isupper():
        return None
    place = analysis.text.find(f"({acronym})")
    before = [row.mention for row in analysis.found if 0 <= place - row.mention.end <= 2 and row.mention.kind in PARTY_KINDS]
    return before[-1] if place >= 0 and before else None


def _heard(analysis: Analysis, span: Span) -> Mention:
    """An organisation, else a weapon family, that sounds like the words; else the words alone."""
    text = analysis.text[span[0] : span[1]]
    ref = resolver().party_by_sound(text) if _is_name(text) else None
    if ref is None and _is_name(text):
        system = resolver().system_by_sound(text)
        ref = system.ref if system else None
    return mention_at(analysis.text, *span, ref)


def _is_name(text: str) -> bool:
    """Whether words look like a name: every longer word capitalised, or a script without capitals, or in quotation marks."""
    words = _WORDS.findall(text)
    return bool(words) and (text[0] in QUOTES or all(not word[0].islower() for word in words if len(word) > 3))


def _covers(analysis: Analysis, mention: Mention, span: Span, beside: Sequence[Mention]) -> bool:
    """Whether a mention is at least half of the words that matter in a span; a firm's nationality does not matter."""
    common = _common_words(analysis.code)

    def letters(start: int, end: int) -> int:
        return sum(len(word) for word in _WORDS.findall(fold(analysis.text[start:end])) if word not in common)

    states = {(row.start, row.end) for row in beside if row.kind == "country" and mention.kind == "organisation" and _apart(row, mention)}
    nationality = sum(letters(max(start, span[0]), min(end, span[1])) for start, end in states)
    return letters(max(mention.start, span[0]), min(mention.end, span[1])) >= MOSTLY * (letters(*span) - nationality)


@cache
def _common_words(code: str) -> frozenset[str]:
    return frozenset(fold(word) for word in language(code).lists["function_words"])


def _apart(one: Mention, two: Mention) -> bool:
    return one.end <= two.start or two.end <= one.start


def _person(analysis: Analysis, span: Span) -> Mention:
    found = [row.mention for row in _overlapping(analysis, span) if row.mention.kind == "person"]
    if found:
        return _at(analysis, span, found[0])
    text = analysis.text[span[0] : span[1]]
    known = next((row.mention for row in analysis.found if row.mention.kind == "person" and same_person(text, row.mention.text)), None)
    if known is not None:
        return _at(analysis, span, known)
    ref = f"person:{slug(text)}" if slug(text) else None
    return describe(Mention(text, *span, ref, text))


def named_countries(mentions: Sequence[Mention]) -> list[str]:
    """The different countries that mentions stand for, firms by their home state, in order."""
    return list(dict.fromkeys(mention.country for mention in mentions if mention.country))
