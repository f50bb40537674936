"""A language's patterns read from data and compiled: languages/<code>/patterns.toml in, regular expressions over skeletons out.

A frame is a regular expression over a sentence's skeleton (skeleton.py), written with these short forms:
`{role}` one filler, `{role+}` a list of them, `~N` up to N words that name nothing, `_` any white space.
"""

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources.abc import Traversable
from typing import Any

from talaan.extraction.language import folder
from talaan.extraction.lexicon import CueKind
from talaan.model.errors import DataError
from talaan.model.vocabulary import ClaimType, Value, vocabulary
from talaan.reference.fold import fold

_SLOT = re.compile(r"\{(\w+)(\+?)\}")
_GAP = re.compile(r"~(\d*)")
GAP_WORD = r"(?:[^\s<>.;:!?]+|<[NDMT]\d+>)"
KINDS = {
    "goods": "G", "need": "G", "person": "P", "quantity": "N", "value": "M", "when": "D", "organisation": "OA", "post": "T",
}  # fmt: skip
PARTY = "CAO"


@dataclass(frozen=True, slots=True)
class Example:
    """A sentence and what the pattern must find in it (role → words); empty: nothing."""

    text: str
    roles: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Pattern:
    """One proven way to say a claim."""

    name: str
    type: str
    values: Mapping[str, Value]
    modality: str
    expression: re.Pattern[str]
    negated: bool
    blocks: tuple[CueKind, ...]
    without: Mapping[str, tuple[str, ...]]
    right: tuple[Example, ...]
    wrong: tuple[str, ...]
    confidence: float


@cache
def patterns(code: str) -> tuple[Pattern, ...]:
    """The patterns of a language that are live; none where it has no patterns.toml."""
    place = folder().joinpath(code, "patterns.toml")
    return tuple(read_patterns(place)) if place.is_file() else ()


def patterns_version(code: str) -> str:
    """The number that patterns.toml carries, `0` where there is none."""
    place = folder().joinpath(code, "patterns.toml")
    return str(tomllib.loads(place.read_text(encoding="utf-8")).get("version", 0)) if place.is_file() else "0"


def read_patterns(place: Traversable) -> Iterator[Pattern]:
    """All live patterns of a file; DataError names the pattern that cannot be read."""
    raw = tomllib.loads(place.read_text(encoding="utf-8"))
    lists = raw.get("lists", {"and": ",| and |, and "})
    words = {name: str(value) for name, value in raw.get("words", {}).items()}
    live = set(raw.get("live", ()))
    for number, row in enumerate(raw.get("patterns", ()), 1):
        if row.get("type") not in vocabulary().types:
            raise DataError(f"Pattern {number} has no claim type of the vocabulary", where=str(place))
        if row["type"] in live:
            try:
                yield _pattern(row, lists["and"], words)
            except (KeyError, re.error) as fault:
                raise DataError(f"Pattern {row.get('name', number)!r}: {fault}", where=str(place), hint="see docs/how-to/patterns.md") from fault


def _pattern(row: Mapping[str, Any], joiner: str, words: Mapping[str, str]) -> Pattern:
    kind = vocabulary().types[row["type"]]
    values = {name: vocabulary().value(kind.name, name, value) for name, value in row.get("values", {}).items()}
    if None in values.values():
        raise KeyError(f"a value of {row['values']} is not in the vocabulary")
    return Pattern(
        name=row["name"],
        type=kind.name,
        values={name: value for name, value in values.items() if value is not None},
        modality=row.get("modality", "asserted"),
        expression=compile_frame(row["frame"], kind, joiner=joiner, words=words),
        negated=row.get("negated", False),
        blocks=tuple(row.get("blocks", ("negation", "denied"))),
        without={role: tuple(fold(word) for word in words) for role, words in row.get("without", {}).items()},
        right=tuple(Example(example["text"], example.get("roles", {})) for example in row.get("right", ())),
        wrong=tuple(row.get("wrong", ())),
        confidence=float(row.get("confidence", 0.8)),
    )


def compile_frame(frame: str, kind: ClaimType, *, joiner: str, words: Mapping[str, str]) -> re.Pattern[str]:
    """A frame as a regular expression; `<word>` in the frame stands for an entry of [words]."""
    for name, value in words.items():
        frame = frame.replace(f"<{name}>", f"(?:{value})")
    frame = _GAP.sub(lambda gap: rf"(?: {GAP_WORD}){{0,{gap[1] or 3}}}?", frame)
    return re.compile(_SLOT.sub(lambda slot: _slot(slot[1], bool(slot[2]), kind, joiner), frame), re.IGNORECASE)


def _slot(role: str, several: bool, kind: ClaimType, joiner: str) -> str:
    name = role.rstrip("0123456789")
    if name not in (*kind.roles, *vocabulary().detail_roles, "speaker"):
        raise KeyError(f"{kind.name} has no role {name}")
    one = rf"<[{KINDS.get(name, PARTY if name != 'speaker' else 'POA')}]\d+>"
    if not several:
        return f"(?P<{role}>{one})"
    return rf"(?P<{role}>{one}(?:(?:{joiner})(?: ?{GAP_WORD}){{0,3}}? ?{one})*)"
