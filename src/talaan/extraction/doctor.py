"""Faults of the language data: folders in, every unreadable file, unknown code and clashing form out, in words."""

from collections.abc import Iterator

from talaan.extraction.language import Language, language, language_codes
from talaan.extraction.lexicon import language_forms
from talaan.extraction.readers.builtin.patterns import patterns
from talaan.model.errors import DataError
from talaan.reference.forms import compile_form
from talaan.reference.tables import Tables


def language_faults(tables: Tables) -> list[str]:
    """Every fault found, one line each; empty where all folders are sound."""
    faults: list[str] = []
    for code in language_codes():
        try:
            words = language(code)
            patterns(code)
        except DataError as fault:
            faults.append(str(fault))
            continue
        faults += [f"languages/{code}: {fault}" for fault in _faults(words, tables)]
    return faults


def _faults(words: Language, tables: Tables) -> Iterator[str]:
    for country in words.countries:
        if country.code not in tables.countries:
            yield f"countries.csv: unknown country {country.code}"
    for category in words.goods:
        if category not in tables.categories:
            yield f"goods.csv: unknown category {category}"
    for slug in words.organisations:
        if slug not in tables.organisations:
            yield f"organisations.csv: unknown organisation {slug}"
    for designation in words.systems:
        if designation not in tables.systems:
            yield f"systems.csv: unknown system {designation}"
    if len(words.months) != 12:
        yield f"language.toml: {len(words.months)} months instead of 12"
    yield from _form_faults(words)


def _form_faults(words: Language) -> Iterator[str]:
    for form, payload in language_forms(words):
        try:
            compile_form(form, payload, boundaries=words.boundaries, accents=words.accents)
        except DataError as fault:
            yield str(fault)
    owners: dict[str, str] = {}
    for country in words.countries:
        for form in country.names:
            if owners.setdefault(form, country.code) != country.code:
                yield f"countries.csv: {form!r} names both {owners[form]} and {country.code}"
    for category, forms in words.goods.items():
        for form in forms:
            if owners.setdefault(f"goods {form}", category) != category:
                yield f"goods.csv: {form!r} means both {owners[f'goods {form}']} and {category}"
