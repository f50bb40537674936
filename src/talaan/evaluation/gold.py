"""The annotated corpus: JSON lines in, checked passages with their gold claims out."""

import csv
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from talaan.model.errors import DataError
from talaan.model.vocabulary import Value, vocabulary
from talaan.reference.tables import tables

Split = Literal["train", "dev", "test", "all"]
SPLITS = ("train", "dev", "test")


@dataclass(frozen=True, slots=True)
class GoldMention:
    """Words of a passage with their offsets."""

    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Filler:
    """One filler of a role: mentions of one thing, the best first, and its reference (None: only the wording counts)."""

    mentions: tuple[GoldMention, ...]
    ref: str | None


@dataclass(frozen=True, slots=True)
class GoldClaim:
    """One claim of a passage; `speaker` empty: the passage's own voice."""

    type: str
    trigger: GoldMention
    roles: Mapping[str, tuple[Filler, ...]]
    values: Mapping[str, Value]
    modality: str
    negated: bool
    speaker: tuple[Filler, ...]
    optional: bool


@dataclass(frozen=True, slots=True)
class Passage:
    """One annotated text."""

    id: str
    language: str
    style: str
    text: str
    claims: tuple[GoldClaim, ...]
    split: str


def load_passages(place: Path, split: Split = "all") -> list[Passage]:
    """The passages of a corpus folder or of one file, of one part or all; DataError names file, line and fault.

    A file outside a corpus folder has no split: all its passages are taken.
    """
    files = sorted(place.glob("*.jsonl")) if place.is_dir() else [place]
    if not files or not all(path.is_file() for path in files):
        raise DataError("There is no corpus here", where=str(place), hint="give a folder of .jsonl files, or one such file")
    parts = read_split(place if place.is_dir() else place.parent)
    passages = [passage for path in files for passage in _read(path, parts)]
    return passages if split == "all" else [passage for passage in passages if passage.split == split]


def read_split(folder: Path) -> dict[tuple[str, str], str]:
    """(language, passage id) → train, dev or test, from split.csv; empty where there is none."""
    path = folder / "split.csv"
    if not path.is_file():
        return {}
    with path.open(encoding="utf-8", newline="") as stream:
        return {(row["language"], row["id"]): row["split"] for row in csv.DictReader(stream)}


def _read(path: Path, parts: Mapping[tuple[str, str], str]) -> Iterator[Passage]:
    with path.open(encoding="utf-8") as lines:
        for number, line in enumerate(lines, 1):
            where = f"{path.name}:{number}"
            try:
                raw = json.loads(line)
                passage = _passage(raw, parts)
            except (ValueError, KeyError, TypeError, IndexError) as fault:
                raise DataError(f"The passage cannot be read: {fault!r}", where=where, hint="see docs/annotation-guide.md") from fault
            faults = list(passage_faults(passage))
            if faults:
                raise DataError("; ".join(faults), where=where, hint="see docs/annotation-guide.md")
            yield passage


def _passage(raw: Mapping[str, Any], parts: Mapping[tuple[str, str], str]) -> Passage:
    return Passage(
        id=raw["id"],
        language=raw["language"],
        style=raw.get("style", ""),
        text=raw["text"],
        claims=tuple(_claim(claim) for claim in raw["claims"]),
        split=parts.get((raw["language"], raw["id"]), "train"),
    )


def _claim(raw: Mapping[str, Any]) -> GoldClaim:
    fixed = ("type", "trigger", "roles", "modality", "negated", "speaker", "optional")
    return GoldClaim(
        type=raw["type"],
        trigger=_mention(raw["trigger"]),
        roles={role: tuple(_filler(filler) for filler in fillers) for role, fillers in raw["roles"].items()},
        values={name: value for name, value in raw.items() if name not in fixed},
        modality=raw["modality"],
        negated=raw["negated"],
        speaker=tuple(_filler(filler) for filler in raw["speaker"]),
        optional=raw["optional"],
    )


def _filler(raw: Sequence[Mapping[str, Any]]) -> Filler:
    return Filler(tuple(_mention(mention) for mention in raw), raw[0].get("ref"))


def _mention(raw: Mapping[str, Any]) -> GoldMention:
    return GoldMention(raw["text"], raw["start"], raw["end"])


def passage_faults(passage: Passage) -> Iterator[str]:
    """What is wrong with a passage, in words."""
    for claim in passage.claims:
        kind = vocabulary().types.get(claim.type)
        if kind is None:
            yield f"there is no claim type {claim.type}"
            continue
        unknown = set(claim.roles) - {*kind.roles, *vocabulary().detail_roles}
        yield from (f"{claim.type} has no role {role}" for role in sorted(unknown))
        for name, value in claim.values.items():
            if vocabulary().value(claim.type, name, value) is None if name in kind.values else True:
                yield f"{claim.type}: {name}={value} is not in the vocabulary"
        if claim.modality not in vocabulary().modalities:
            yield f"{claim.type}: modality {claim.modality}"
        yield from _mention_faults(passage, claim)


def _mention_faults(passage: Passage, claim: GoldClaim) -> Iterator[str]:
    fillers = [*(filler for fillers in claim.roles.values() for filler in fillers), *claim.speaker]
    for mention in [claim.trigger, *(mention for filler in fillers for mention in filler.mentions)]:
        if not mention.text or passage.text[mention.start : mention.end] != mention.text:
            yield f"{claim.type}: {mention.text!r} does not stand at {mention.start}–{mention.end}"
    for filler in fillers:
        if filler.ref is not None and not well_formed(filler.ref):
            yield f"{claim.type}: {filler.ref!r} is no reference"


def well_formed(ref: str) -> bool:
    """Whether a reference has a kind of the vocabulary; countries and classes must stand in the tables.

    >>> well_formed("country:UKR"), well_formed("country:XXX")
    (True, False)
    """
    kind, _, key = ref.partition(":")
    if kind == "country":
        return key in tables().countries
    if kind == "category":
        return key in tables().categories
    return bool(key) and kind in ("organisation", "group", "system", "person")
