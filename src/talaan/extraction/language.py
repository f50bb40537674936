"""One language's data files read into a typed record; a fault names file, line and the expected form."""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any

from talaan.model.errors import DataError
from talaan.model.vocabulary import vocabulary
from talaan.reference.forms import Boundaries, split_forms
from talaan.reference.rows import csv_rows

SPACELESS = ("none",)
LISTS = (
    "prefixes", "no_break_after", "speech", "titles", "particles", "negation", "back_country", "back_goods", "containers", "about", "years",
    "function_words",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class EventWord:
    """Forms that announce a claim of one type; `value` is (name, closed value) or None."""

    type: str
    value: tuple[str, str] | None
    forms: tuple[str, ...]
    strong: bool


@dataclass(frozen=True, slots=True)
class CountryWords:
    """A country's names, adjectives and nationals, and seats in one language."""

    code: str
    names: tuple[str, ...]
    adjectives: tuple[str, ...]
    seats: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Language:
    """Everything talaan knows of one language."""

    code: str
    name: str
    script: str
    direction: str
    boundaries: Boundaries
    decimal: str
    lists: Mapping[str, tuple[str, ...]]
    modality: Mapping[str, tuple[str, ...]]
    months: tuple[tuple[str, ...], ...]
    numbers: Mapping[str, float]
    scales: Mapping[str, float]
    currencies: Mapping[str, tuple[str, ...]]
    countries: tuple[CountryWords, ...]
    goods: Mapping[str, tuple[str, ...]]
    gate: tuple[str, ...]
    events: tuple[EventWord, ...]
    organisations: Mapping[str, tuple[str, ...]]
    systems: Mapping[str, tuple[str, ...]]

    @property
    def accents(self) -> bool:
        """Whether accents tell words apart (Vietnamese), so that they are kept when matching."""
        return self.code == "vi"


def folder() -> Traversable:
    """Where the language folders are."""
    return files("talaan.extraction").joinpath("languages")


@lru_cache(maxsize=1)
def language_codes() -> tuple[str, ...]:
    """The codes of all languages with data, in alphabetical order."""
    return tuple(sorted(entry.name for entry in folder().iterdir() if entry.joinpath("language.toml").is_file()))


@cache
def language(code: str) -> Language:
    """The data of one language; DataError names those there are."""
    if code not in language_codes():
        raise DataError(f"There are no data for the language {code!r}", hint="languages: " + ", ".join(language_codes()))
    return load_language(folder().joinpath(code))


def load_language(place: Traversable) -> Language:
    """The language whose files lie in a folder."""
    raw = _toml(place)
    goods, gate = _goods(place)
    try:
        return Language(
            code=raw["code"],
            name=raw["name"],
            script=raw["script"],
            direction=raw["direction"],
            boundaries=raw["boundaries"],
            decimal=raw["decimal"],
            lists={key: _forms(raw.get(key, [])) for key in LISTS},
            modality={key: _forms(raw["modality"].get(key, [])) for key in ("planned", "possible", "necessary", "denied")},
            months=tuple(_forms(month) for month in raw["months"]),
            numbers={str(word): float(value) for word, value in raw.get("numbers", {}).items()},
            scales={str(word): float(value) for word, value in raw.get("scales", {}).items()},
            currencies={code: _forms(forms) for code, forms in raw.get("currencies", {}).items()},
            countries=tuple(_countries(place)),
            goods=goods,
            gate=gate,
            events=tuple(_events(place)),
            organisations=_by_key(place, "organisations.csv", "ref"),
            systems=_by_key(place, "systems.csv", "designation"),
        )
    except (KeyError, TypeError, ValueError, AttributeError) as fault:
        raise DataError(
            f"A key is missing or has another form: {fault}", where=f"{place.name}/language.toml", hint="see docs/how-to/language-data.md"
        ) from fault


def _forms(raw: list[str]) -> tuple[str, ...]:
    return tuple(form for cell in raw for form in split_forms(cell))


def _toml(place: Traversable) -> dict[str, Any]:
    try:
        return tomllib.loads(place.joinpath("language.toml").read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as fault:
        raise DataError(f"Not TOML: {fault}", where=f"{place.name}/language.toml") from fault


def _rows(place: Traversable, name: str, columns: tuple[str, ...]) -> Iterator[tuple[str, dict[str, str]]]:
    """(file:line, row) of a list."""
    where = f"{place.name}/{name}"
    return ((f"{where}:{line}", row) for line, row in csv_rows(place.joinpath(name), where, columns))


def _countries(place: Traversable) -> Iterator[CountryWords]:
    for _, row in _rows(place, "countries.csv", ("code", "names", "adjectives", "seats")):
        names, adjectives, seats = (tuple(split_forms(row[column])) for column in ("names", "adjectives", "seats"))
        yield CountryWords(row["code"], names, adjectives, seats)


def _goods(place: Traversable) -> tuple[dict[str, tuple[str, ...]], tuple[str, ...]]:
    goods: dict[str, tuple[str, ...]] = {}
    gate: list[str] = []
    for _, row in _rows(place, "goods.csv", ("category", "forms", "gate")):
        goods[row["category"]] = (*goods.get(row["category"], ()), *split_forms(row["forms"]))
        gate += split_forms(row["gate"])
    return goods, tuple(dict.fromkeys(gate))


def _events(place: Traversable) -> Iterator[EventWord]:
    types = vocabulary().types
    for where, row in _rows(place, "events.csv", ("type", "value", "forms", "strength")):
        if row["type"] not in types:
            raise DataError(f"There is no claim type {row['type']!r}", where=where, hint="types: " + ", ".join(types))
        name, _, value = row["value"].partition("=")
        known = vocabulary().value(row["type"], name, value) if name else None
        if name and known is None:
            raise DataError(f"{row['value']!r} is no closed value of {row['type']}", where=where, hint="see the vocabulary")
        pair = (name, str(known).lower()) if name else None
        yield EventWord(row["type"], pair, tuple(split_forms(row["forms"])), row["strength"] == "strong")


def _by_key(place: Traversable, name: str, key: str) -> dict[str, tuple[str, ...]]:
    """The forms of a list by its key column."""
    found: dict[str, tuple[str, ...]] = {}
    for _, row in _rows(place, name, (key, "forms")):
        found[row[key]] = (*found.get(row[key], ()), *split_forms(row["forms"]))
    return found
