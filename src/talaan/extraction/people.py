"""Persons in a text: titles, particles and speech words beside capitalised names; later short or misspelt forms join the full one."""

import re
from collections.abc import Iterable, Sequence
from difflib import SequenceMatcher

from talaan.extraction.language import language
from talaan.extraction.lexicon import Cue
from talaan.extraction.sentences import Span
from talaan.model.claim import Mention
from talaan.reference.designation import romanise
from talaan.reference.fold import fold
from talaan.reference.forms import Hit

SAME_NAME = 0.8
SAME_SURNAME = 0.74
REACH = 60
_PART = r"(?<![\w])[^\W\d_a-zß-öø-ÿāăąćčďđēėęěğģīıķłļńňōőřśşšťţūůűųźżžșțа-яёіїєґђћљњџј][\w’'ʼ-]*"
_LINKS = r"(?:al|el|bin|ibn|bint|de|del|da|dos|von|van|der|di|la|le|du|ter|ten|dela)"
_CASED = re.compile(rf"{_PART}(?: (?:{_LINKS} )*{_PART}){{0,3}}")
_CASELESS = re.compile(r"[\w\u0900-\u0963\u064b-\u065f\u200c'-]{2,}(?: [\w\u0900-\u0963\u064b-\u065f\u200c'-]{2,}){0,1}")
CASELESS_SCRIPTS = ("Arabic", "Hebrew", "Devanagari", "Georgian")


def slug(name: str) -> str:
    """The reference slug of a name in Latin letters.

    >>> slug("Сергій Згурець")
    'sergiy-zgurets'
    """
    return re.sub(r"[^a-z0-9]+", "-", romanise(name).lower()).strip("-")


def find_people(
    text: str, folded: str, code: str, *, spans: Sequence[Span], cues: Sequence[Hit[Cue]], taken: Sequence[Mention]
) -> list[Mention]:
    """Persons named in the text, in reading order; later short forms carry the reference of the full name."""
    words = language(code)
    occupied = [(mention.start, mention.end) for mention in taken]
    if words.script in CASELESS_SCRIPTS:
        spots = _caseless(text, code, cues, occupied)
    elif words.script in ("Latin", "Cyrillic"):
        spots = _cased(text, cues, occupied)
    else:
        return []
    return _joined(text, spots, occupied)


def _free(span: Span, occupied: Iterable[Span]) -> bool:
    return all(span[1] <= start or end <= span[0] for start, end in occupied)


def _cased(text: str, cues: Sequence[Hit[Cue]], occupied: Sequence[Span]) -> list[Span]:
    """Capitalised names right after a title or particle, or beside a speech word."""
    spots: list[Span] = []
    ends = {hit.end for hit in cues if hit.payload.kind in ("title", "particle")}
    speech = [(hit.start, hit.end) for hit in cues if hit.payload.kind == "speech"]
    titled = [(hit.start, hit.end) for hit in cues if hit.payload.kind == "title"]
    particles = [(hit.start, hit.end) for hit in cues if hit.payload.kind == "particle"]
    for found in _CASED.finditer(text):
        start, end = _without_title(text, found.span(), [*titled, *particles])
        if end - start < 3 or text[start:end].isupper() or not _free((start, end), occupied):
            continue
        before = text[:start].rstrip(" ,\"“«'")
        parts = len(text[start:end].split())
        right_after = len(before) in ends
        after_title = right_after or (
            parts >= 2 and any(0 < start - stop <= REACH and _only_title_talk(text[stop:start]) for _, stop in titled)
        )
        beside_speech = any(0 <= start - stop <= 2 or 0 <= at - end <= 2 for at, stop in speech)
        if after_title or (parts >= 2 and (beside_speech or _before_title(text, end, titled))):
            spots.append((start, end))
    return spots


def _without_title(text: str, span: Span, titled: Sequence[Span]) -> Span:
    """The span without titles that were taken for the beginning of the name."""
    start, end = span
    for at, stop in sorted(titled):
        if start <= at and at - start <= 1 and stop < end:
            start = stop + len(text[stop:end]) - len(text[stop:end].lstrip())
    return start, end


def _only_title_talk(gap: str) -> bool:
    """Whether a gap between title and name holds nothing that starts another clause."""
    return not re.search(r"[.;:!?()\n]|\d", gap) and len(gap.split()) <= 5 and gap.count(",") <= 1


def _before_title(text: str, end: int, titled: Sequence[Span]) -> bool:
    return any(0 <= at - end <= 12 and text[end:at].lstrip().startswith((",", "–", "—", "-", "(")) for at, _ in titled)


def _caseless(text: str, code: str, cues: Sequence[Hit[Cue]], occupied: Sequence[Span]) -> list[Span]:
    """One or two words right after a title, where nothing else is known of them."""
    common = {fold(word) for word in language(code).lists["function_words"]}
    verbs = [(hit.start, hit.end) for hit in cues if hit.payload.kind in ("speech", "planned", "title")]
    spots: list[Span] = []
    for hit in cues:
        found = _CASELESS.match(text, hit.end + 1) if hit.payload.kind == "title" else None
        if not found or text[hit.end : hit.end + 1] != " ":
            continue
        start, end = found.span()
        for at, _ in verbs:
            if start < at < end:
                end = start + len(text[start:at].rstrip())
        if len(text[start:end].split()) == 2 and _free((start, end), occupied) and not common & set(fold(text[start:end]).split()):
            spots.append((start, end))
    return spots


def _joined(text: str, spots: Sequence[Span], occupied: Sequence[Span]) -> list[Mention]:
    """Mentions with references; short or misspelt names join the full one named before, also where no title stands."""
    full: dict[str, str] = {}
    people: list[Mention] = []
    for start, end in sorted(set(spots)):
        if people and start < people[-1].end:
            continue
        name = text[start:end]
        known = next((ref for other, ref in full.items() if same_person(name, other)), None)
        ref = known or (f"person:{slug(name)}" if slug(name) else None)
        full.setdefault(name, ref or "")
        shown = next(other for other, other_ref in full.items() if other_ref == (ref or ""))
        people.append(Mention(name, start, end, ref, shown))
    return sorted([*people, *_surnames(text, people, [*occupied, *((row.start, row.end) for row in people)])], key=lambda row: row.start)


def _surnames(text: str, people: Sequence[Mention], occupied: Sequence[Span]) -> list[Mention]:
    """Bare surnames of the people already named."""
    found: dict[Span, Mention] = {}
    for person in people:
        surname = person.text.split()[-1]
        if len(surname) < 4 or " " not in person.text:
            continue
        stem = re.escape(surname[: max(4, len(surname) - 3)])
        for spot in re.finditer(rf"(?<!\w){stem}\w{{0,6}}", text):
            if SequenceMatcher(None, spot.group(), surname).ratio() >= SAME_SURNAME and _free(spot.span(), occupied):
                found.setdefault(spot.span(), Mention(spot.group(), spot.start(), spot.end(), person.ref, person.name))
    return list(found.values())


def same_person(short: str, full: str) -> bool:
    """Whether two names may be one person's: equal surnames but for a few letters, and no other first name.

    >>> same_person("Sergei Zgurts", "Sergei Zgurets"), same_person("Oleh Koval", "Ivan Koval")
    (True, False)
    """
    first, second = fold(short).split(), fold(full).split()
    if SequenceMatcher(None, first[-1], second[-1]).ratio() < SAME_NAME:
        return False
    return len(first) == 1 or len(second) == 1 or first[0][0] == second[0][0]
