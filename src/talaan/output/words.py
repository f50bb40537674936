"""All words shown to people: a language code in, a word list out (text/*.toml are the data)."""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from talaan.model.errors import DataError, UsageError

LANGUAGES = ("en", "fil")


@dataclass(frozen=True, slots=True)
class Words:
    """The words of one language; keys are dotted, as in `verdict.supported.label`."""

    code: str
    table: Mapping[str, str]

    def say(self, key: str, **filled: object) -> str:
        """The text of that key with its braces filled; DataError where the key is missing.

        >>> words("en").say("deal.ordered", year=2005)
        'ordered 2005'
        """
        if key not in self.table:
            raise DataError(f"There is no text {key!r}", where=f"output/text/{self.code}.toml")
        return self.table[key].format(**filled) if filled else self.table[key]

    def label(self, section: str, word: object) -> str:
        """The label of a word of the vocabulary; the word itself where there is none (a register added by the user).

        >>> words("en").label("type", "transfer"), words("fil").label("register", "my-list")
        ('arms transfer', 'my-list')
        """
        return self.table.get(f"{section}.{word}", str(word))

    def count(self, thing: str, number: int) -> str:
        """A number of things in words.

        >>> words("en").count("lead", 1), words("en").count("lead", 1200)
        ('1 lead', '1,200 leads')
        """
        return self.say(f"count.{thing}.{'one' if number == 1 else 'other'}", n=f"{number:,}")


@cache
def words(language: str = "en") -> Words:
    """The words of a language; UsageError lists the languages there are."""
    if language not in LANGUAGES:
        raise UsageError(f"There are no texts in {language!r}", hint="languages: " + ", ".join(LANGUAGES))
    text = files("talaan.output").joinpath("text", f"{language}.toml").read_text(encoding="utf-8")
    return Words(language, dict(_flat(tomllib.loads(text))))


def _flat(table: Mapping[str, object], prefix: str = "") -> Iterator[tuple[str, str]]:
    for key, value in table.items():
        if isinstance(value, Mapping):
            yield from _flat(value, f"{prefix}{key}.")
        else:
            yield f"{prefix}{key}", str(value)
