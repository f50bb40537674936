"""Whom or what a question about saved claims means: words in, a subject that knows its reference and its names out."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from talaan.market.places import place
from talaan.model.claim import Claim, Mention
from talaan.model.errors import UsageError
from talaan.model.figure import Cell
from talaan.reference.fold import fold
from talaan.reference.resolver import resolver
from talaan.reference.tables import tables

if TYPE_CHECKING:
    from talaan.ledger.read import Row

REGISTER = "ledger"
NOTHING_SAVED = "empty"
WRONG = "wrong"
SHORTEST = 3


@dataclass(frozen=True, slots=True)
class Subject:
    """A party, weapon, class or plain words; `ref` is None for plain words, `names` are folded."""

    ref: str | None
    name: str
    names: tuple[str, ...]

    @property
    def about(self) -> str:
        """What a figure calls it: the reference, else the words."""
        return self.ref or self.name

    def is_named(self, fillers: Iterable[Mention]) -> bool:
        """Whether one of the fillers is this subject, belongs to this state, or has one of its names in its words."""
        return any(self._is(filler) for filler in fillers)

    def _is(self, filler: Mention) -> bool:
        if self.ref is not None and self.ref in (filler.ref, country_of(filler)):
            return True
        slug = (filler.ref or "").partition(":")[2].replace("-", " ")
        said = fold(f"{filler.text} · {filler.name or ''} · {slug}")
        return any(re.search(rf"(?<!\w){re.escape(name)}(?!\w)", said) for name in self.names)


def subject(words: str) -> Subject:
    """The subject that a code, name or reference means; anything unknown stands for its own words.

    >>> subject("KAZ").ref, subject("CSTO").ref, subject("S-300").ref, subject("unified air defence").ref
    ('country:KAZ', 'organisation:CSTO', 'system:S-300', None)
    """
    asked = words.strip()
    if not asked:
        raise UsageError("Nothing is named", hint="a country, an organisation, a person, a weapon, or words of a topic")
    return _party(asked) or _goods(asked) or Subject(None, asked, (fold(asked.rpartition(":")[2].replace("-", " ") or asked),))


def system_called(words: str) -> Subject:
    """The weapon family, or goods class, that a name means; an unknown one stands for its own words."""
    return _goods(words.strip()) or Subject(None, words.strip(), (fold(words.strip()),))


def _party(words: str) -> Subject | None:
    try:
        found = place(words)
    except UsageError:
        ref = resolver().party(words) or (words if words.partition(":")[0] in ("organisation", "group") else None)
        return Subject(ref, words, _plain((words,))) if ref else None
    kind, _, key = found.ref.partition(":")
    known = tables()
    more: Sequence[str] = ()
    if kind == "organisation" and key in known.organisations:
        more = known.organisations[key].aliases
    elif kind == "country" and key in known.countries:
        more = known.countries[key].names
    return Subject(found.ref, found.name, _plain((found.name, *more)))


def _goods(words: str) -> Subject | None:
    known = tables()
    code = words.removeprefix("category:").lower().replace(" ", "-")
    if code in known.categories:
        return Subject(f"category:{code}", known.categories[code].name_en, _plain((known.categories[code].name_en,)))
    system = known.systems.get(words.removeprefix("system:")) or resolver().system(words)
    return Subject(system.ref, system.designation, _plain((system.designation,))) if system else None


def _plain(names: Iterable[str]) -> tuple[str, ...]:
    """Names without wildcards, folded; an exact (=) or very short one would hit too much."""
    kept = (name for name in names if "*" not in name and not name.startswith("=") and len(name) >= SHORTEST)
    return tuple(dict.fromkeys(fold(name) for name in kept))


def country_of(filler: Mention) -> str | None:
    """The state a filler is or belongs to; None where that is not known."""
    if filler.kind == "country":
        return filler.ref
    return f"country:{filler.country}" if filler.country else None


def key_of(filler: Mention) -> str:
    """What tells one filler from another: its reference, else its words, folded."""
    return filler.ref or " ".join(fold(filler.text).split())


def name_in(fillers: Sequence[Mention]) -> str | None:
    """The words of a role, several joined by a comma; None where it is empty."""
    return ", ".join(dict.fromkeys(filler.name or filler.text for filler in fillers)) or None


def refs_in(fillers: Sequence[Mention]) -> str | None:
    """The references of a role joined by ` | `; None where nothing resolves."""
    return " | ".join(dict.fromkeys(filler.ref for filler in fillers if filler.ref)) or None


def denies(claim: Claim) -> bool:
    """Whether the claim says that it is not so."""
    return claim.negated or claim.modality == "denied"


def said_on(one: "Row") -> str | None:
    """The first day of what the claim speaks of, else of its document, as ISO text; None where neither is dated."""
    for when in (one.claim.when, one.document.published):
        if when is not None and when.first is not None:
            return when.first.isoformat()
    return None


def published_on(one: "Row") -> str | None:
    """The first day of the document's date, as ISO text; None where it has none."""
    when = one.document.published
    return when.first.isoformat() if when is not None and when.first is not None else None


def in_order(found: Iterable["Row"]) -> list["Row"]:
    """Claims not judged wrong, the dated ones by date, then the undated ones."""
    kept = (one for one in found if one.judgement != WRONG)
    return sorted(kept, key=lambda one: (said_on(one) is None, said_on(one) or "", one.document.id, one.claim.quote.start, one.claim.id))


def told(one: "Row") -> dict[str, Cell]:
    """Where a claim stands: date, speaker, document, quote, id."""
    speaker = one.claim.speaker
    return {
        "date": said_on(one),
        "published": published_on(one),
        "speaker": (speaker.name or speaker.text or speaker.role) if speaker else None,
        "document": one.document.title or one.document.path,
        "quote": one.claim.quote.text,
        "says": one.claim.gloss.get("en") or one.claim.quote.text,
        "claim": one.claim.id,
    }


def document_sources(found: Iterable["Row"]) -> tuple[str, ...]:
    """The documents of these claims, each once: title or path, date, address."""
    return tuple(dict.fromkeys(_document(one) for one in found))


def _document(one: "Row") -> str:
    name = one.document.title or one.document.path
    date = published_on(one)
    return " · ".join(part for part in (name, f"published {date}" if date else "undated", one.document.url) if part)


def ledger_edition(found: Sequence["Row"]) -> str:
    """The day of the newest reading among these claims, which is what a ledger has for an edition; `empty` where there is none."""
    return max((one.document.run.time[:10] for one in found), default=NOTHING_SAVED)


def years_of(dates: Iterable[str | None], fallback: int) -> tuple[int, int]:
    """First and last year of ISO dates; the fallback twice where nothing is dated.

    >>> years_of(["2011-05-01", None, "2009-01-01"], 2026), years_of([], 2026)
    ((2009, 2011), (2026, 2026))
    """
    years = [int(date[:4]) for date in dates if date]
    return (min(years), max(years)) if years else (fallback, fallback)


def counted(words: Mapping[str, int]) -> str:
    """Counts in words, without those that are nothing.

    >>> counted({"alleged": 2, "denied": 0})
    'alleged 2'
    """
    return ", ".join(f"{name} {number}" for name, number in words.items() if number)
