"""A language's words compiled for matching: language data and reference tables in, one automaton out."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Literal, TypeAlias

from talaan.extraction.language import Language, language
from talaan.reference.fold import fold
from talaan.reference.forms import Hit, Matcher
from talaan.reference.tables import Group, Organisation, System, Tables, tables

Via = Literal["name", "adjective", "seat"]
CueKind = Literal[
    "speech",
    "title",
    "particle",
    "negation",
    "planned",
    "possible",
    "necessary",
    "denied",
    "about",
    "container",
    "back_country",
    "back_goods",
    "number",
    "scale",
    "currency",
    "month",
    "year",
]


@dataclass(frozen=True, slots=True)
class Name:
    """A word that names a country, organisation, group or weapon family; `needs_goods` counts only beside goods."""

    ref: str
    via: Via = "name"
    needs_goods: bool = False


@dataclass(frozen=True, slots=True)
class GoodsWord:
    """A word for a class of goods."""

    category: str


@dataclass(frozen=True, slots=True)
class Trigger:
    """A word that announces a claim."""

    type: str
    value: tuple[str, str] | None
    strong: bool


@dataclass(frozen=True, slots=True)
class Cue:
    """Any other word that matters; `value` is the number, factor, currency or month it stands for."""

    kind: CueKind
    value: str = ""


Payload: TypeAlias = Name | GoodsWord | Trigger | Cue

_SCRIPTS = {
    "Latin": "a-zà-ɏḀ-ỿ",
    "Cyrillic": "Ѐ-ӿ",
    "Arabic": "\u0600-\u06ff",
    "Hebrew": "\u0590-\u05ff",
    "Devanagari": "\u0900-\u097f",
    "Georgian": "Ⴀ-ჿ",
    "Han": "\u4e00-\u9fff",
    "Kana": "\u3040-\u30ff\u4e00-\u9fff",
    "Hangul": "\uac00-\ud7af",
}


SHIP_CLASS = (
    "{}-class",
    "clase {}",
    "classe {}",
    "klase {}",
    "kelas {}",
    "klasy {}",
    "{}-Klasse",
    "klass {}",
    "klase na {}",
    "{} sınıfı*3",
)


@cache
def matcher(code: str) -> Matcher[Payload]:
    """The automaton of one language, with every name of the reference tables in Latin or the language's own script."""
    return build_matcher(language(code))


@lru_cache(maxsize=2)
def folded_text(text: str, code: str) -> str:
    """The text's fold for a language; the last two are kept, since several steps ask for them."""
    return fold(text, accents=language(code).accents)


@lru_cache(maxsize=2)
def hits_in(text: str, code: str) -> tuple[Hit[Payload], ...]:
    """Every hit of a language's forms in a text; the last two are kept, since gate and analysis both ask."""
    return tuple(matcher(code).find(text, folded_text(text, code)))


def build_matcher(words: Language) -> Matcher[Payload]:
    """The automaton of a language's data, wherever they were read from."""
    forms = [*language_forms(words), *_reference_forms(words.script, tables())]
    return Matcher(forms, boundaries=words.boundaries, prefixes=words.lists["prefixes"], accents=words.accents)


def language_forms(words: Language) -> Iterator[tuple[str, Payload]]:
    """Every form of a language's own files with what it means."""
    for country in words.countries:
        ref = f"country:{country.code}"
        yield from ((form, Name(ref)) for form in country.names)
        yield from ((form, Name(ref, "adjective")) for form in country.adjectives)
        yield from ((form, Name(ref, "seat")) for form in country.seats)
    for slug, forms in words.organisations.items():
        yield from ((form, Name(f"organisation:{slug}")) for form in forms)
    for designation, forms in words.systems.items():
        yield from ((form, Name(f"system:{designation}")) for form in forms)
    for category, forms in words.goods.items():
        yield from ((form, GoodsWord(category)) for form in forms)
    for event in words.events:
        yield from ((form, Trigger(event.type, event.value, event.strong)) for form in event.forms)
    yield from _cues(words)


def _cues(words: Language) -> Iterator[tuple[str, Payload]]:
    plain: dict[str, CueKind] = {
        "speech": "speech",
        "titles": "title",
        "particles": "particle",
        "negation": "negation",
        "about": "about",
        "containers": "container",
        "back_country": "back_country",
        "back_goods": "back_goods",
        "years": "year",
    }
    for key, kind in plain.items():
        yield from ((form, Cue(kind)) for form in words.lists[key])
    modal: tuple[CueKind, ...] = ("planned", "possible", "necessary", "denied")
    for kind in modal:
        yield from ((form, Cue(kind)) for form in words.modality[kind])
    yield from ((form, Cue("number", str(value))) for form, value in words.numbers.items())
    yield from ((form, Cue("scale", str(value))) for form, value in words.scales.items())
    for code, forms in words.currencies.items():
        yield from ((form, Cue("currency", code)) for form in forms)
    for number, forms in enumerate(words.months, 1):
        yield from ((form, Cue("month", str(number))) for form in forms)


def _reference_forms(script: str, known: Tables) -> Iterator[tuple[str, Payload]]:
    """Names of the tables that can stand in a text of that script."""
    for country in known.countries.values():
        yield from ((form, Name(country.ref)) for form in country.names if _fits(form, script))
    bodies: list[Organisation | Group] = [*known.organisations.values(), *known.groups.values()]
    for row in bodies:
        yield from ((form, Name(row.ref)) for form in (row.name, *row.aliases) if _fits(form, script))
    for organisation in known.organisations.values():
        yield from ((form, Name(organisation.ref, needs_goods=True)) for form in organisation.needs_goods if _fits(form, script))
    for system in known.systems.values():
        yield from ((form, payload) for form, payload in system_forms(system) if _fits(form, script))


def system_forms(system: System) -> Iterator[tuple[str, Name]]:
    """The names of a family that are words (letter-and-number designations are found by their shape)."""
    names = dict.fromkeys((system.designation, *system.aliases, *system.variants))
    if system.designation.endswith(" class"):
        names |= dict.fromkeys(pattern.format(system.designation.removesuffix(" class")) for pattern in SHIP_CLASS)
    for form in names:
        if sum(sign.isalpha() for sign in form) >= _fewest_letters(form):
            unsure = form in system.needs_goods
            yield from ((written, Name(system.ref, needs_goods=unsure)) for written in (_cased(form) if unsure else (form,)))


def _cased(form: str) -> tuple[str, ...]:
    """An ambiguous name only in its own case ("Tor", never "tor"), and its plural in -s."""
    if form.startswith("*") or form == form.lower():
        return (form,)
    plain = form.removeprefix("=")
    return (f"={plain}",) if "*" in plain or not plain[-1].isalpha() or not plain.isascii() else (f"={plain}", f"={plain}s")


def _fewest_letters(form: str) -> int:
    return 2 if any(sign > "\u0590" for sign in form) else 3


def _fits(form: str, script: str) -> bool:
    """Whether a form is written in Latin letters or in the script."""
    letters = [sign for sign in form.lower() if sign.isalpha()]
    if not letters:
        return False
    first = letters[0]
    return first < "\u0250" or in_script(first, script)


def in_script(letter: str, script: str) -> bool:
    """Whether a letter belongs to a script (Han letters belong to Japanese too).

    >>> in_script("ж", "Cyrillic"), in_script("ж", "Latin")
    (True, False)
    """
    return bool(_script(script).match(letter))


@cache
def _script(name: str) -> re.Pattern[str]:
    return re.compile(f"[{_SCRIPTS[name]}]")
