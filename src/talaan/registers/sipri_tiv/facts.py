"""register.toml of the TIV tables as typed objects: what labels, titles, sums and derived columns look like."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from talaan.registers.delimited import Column, columns_of
from talaan.registers.publication import register_toml

FOLDER = "sipri_tiv"


@dataclass(frozen=True, slots=True)
class Title:
    """A title: its pattern (groups name the party that all rows share) and what the nameless label columns hold, left to right."""

    pattern: re.Pattern[str]
    nameless: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TivFacts:
    """What register.toml says of the tables' forms."""

    title: str
    unit: str
    scope: str
    labels: Mapping[str, str]
    titles: tuple[Title, ...]
    totals: tuple[re.Pattern[str], ...]
    remainder: frozenset[str]
    derived: tuple[re.Pattern[str], ...]
    marks: tuple[re.Pattern[str], ...]
    categories: frozenset[str]
    long: tuple[Column, ...]


@lru_cache(maxsize=1)
def tiv_facts() -> TivFacts:
    """The facts, read once."""
    said: Mapping[str, Any] = register_toml(FOLDER)
    return TivFacts(
        title=said["title"],
        unit=said["unit"],
        scope=said["scope"],
        labels={name.lower(): role for role, names in said["labels"].items() for name in names},
        titles=tuple(Title(re.compile(row["pattern"]), tuple(row["nameless"])) for row in said["titles"]),
        totals=_patterns(said["totals"]["patterns"]),
        remainder=frozenset(said["totals"]["remainder"]),
        derived=_patterns(said["derived"]["patterns"]),
        marks=_patterns(said["marks"]["patterns"]),
        categories=frozenset(said["categories"]["names"]),
        long=columns_of(said["long"]),
    )


def _patterns(texts: Sequence[str]) -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(text, re.IGNORECASE) for text in texts)


def fitting(patterns: Sequence[re.Pattern[str]], text: str) -> re.Match[str] | None:
    """The first pattern that fits the whole text."""
    return next((found for pattern in patterns if (found := pattern.fullmatch(text))), None)
