"""Both languages have the same texts, and every word of the vocabulary has one."""

import re

import pytest

from talaan.model.errors import DataError, UsageError
from talaan.model.vocabulary import vocabulary
from talaan.output.words import LANGUAGES, words

BRACES = re.compile(r"\{\w+\}")


def test_languages_have_the_same_keys_and_the_same_braces() -> None:
    first, second = (words(code).table for code in LANGUAGES)
    assert sorted(first) == sorted(second)
    assert {key for key in first if sorted(BRACES.findall(first[key])) != sorted(BRACES.findall(second[key]))} == set()


@pytest.mark.parametrize("code", LANGUAGES)
def test_every_word_of_the_vocabulary_has_a_label(code: str) -> None:
    known, table = vocabulary(), words(code).table
    wanted = {f"type.{name}" for name in known.types}
    wanted |= {f"role.{role}" for kind in known.types.values() for role in kind.roles} | {f"role.{role}" for role in known.detail_roles}
    wanted |= {f"value_name.{name}" for kind in known.types.values() for name in kind.values}
    wanted |= {f"value.{value}" for kind in known.types.values() for values in kind.values.values() for value in values}
    wanted |= {f"verdict.{word}.{part}" for word in known.verdicts for part in ("label", "means", "not")}
    wanted |= {f"modality.{word}" for word in known.modalities}
    assert wanted - set(table) == set()
    assert all(text.strip() for text in table.values())


def test_missing_texts_and_languages_are_told() -> None:
    with pytest.raises(DataError, match=r"en\.toml"):
        words("en").say("no.such.key")
    with pytest.raises(UsageError, match="en, fil"):
        words("xx")
