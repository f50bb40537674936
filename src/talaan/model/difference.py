"""What one edition of a register changes against another: deals added, removed and changed, each match with how sure it is."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from talaan.model.contract import Json, Object, entry_json
from talaan.model.entry import Edition, Entry
from talaan.model.figure import Cell

Sureness = Literal["exact", "sure", "likely", "possible"]
WORDING = ("description", "comment", "spelling")


@dataclass(frozen=True, slots=True)
class Change:
    """One field of a deal that two editions state differently; a list of years is written `2001; 2003`."""

    field: str
    old: Cell
    new: Cell


@dataclass(frozen=True, slots=True)
class Match:
    """Two rows taken for one deal: how sure that is, what it rests on in words, and what changed."""

    old: Entry
    new: Entry
    sureness: Sureness
    rests_on: str
    changes: tuple[Change, ...]


@dataclass(frozen=True, slots=True)
class Difference:
    """Two editions of one register compared; `changed` holds only matches that differ, `unchanged` counts the others.

    `conventions` are fields that changed in so many deals at once that the register itself must have changed how it fills them.
    `aside` counts the rows of each edition that the other does not cover; `notes` say what was not compared and why.
    """

    old: Edition
    new: Edition
    added: tuple[Entry, ...]
    removed: tuple[Entry, ...]
    changed: tuple[Match, ...]
    unchanged: int
    sureness: Mapping[str, int]
    conventions: tuple[str, ...] = ()
    aside: tuple[int, int] = (0, 0)
    notes: tuple[str, ...] = ()

    @property
    def substantial(self) -> tuple[Match, ...]:
        """The changed deals where something else changed than words (description, remark, spelling) and conventions."""
        slight = {*WORDING, *self.conventions}
        return tuple(match for match in self.changed if not all(change.field in slight for change in match.changes))


def difference_json(found: Difference) -> Object:
    """A comparison of two editions with its exact lists."""
    return {
        "register": found.new.register,
        "old": found.old.id,
        "new": found.new.id,
        "counts": {
            "added": len(found.added),
            "removed": len(found.removed),
            "changed": len(found.changed),
            "changed_in_more_than_words": len(found.substantial),
            "unchanged": found.unchanged,
            "not_compared": list(found.aside),
        },
        "sureness": dict(found.sureness),
        "conventions": list(found.conventions),
        "added": [entry_json(entry) for entry in found.added],
        "removed": [entry_json(entry) for entry in found.removed],
        "changed": [_match_json(match) for match in found.changed],
        "notes": list(found.notes),
    }


def _match_json(match: Match) -> Object:
    changes: list[Json] = [{"field": change.field, "old": change.old, "new": change.new} for change in match.changes]
    return {
        "old": match.old.id,
        "new": match.new.id,
        "supplier": match.new.supplier,
        "recipient": match.new.recipient,
        "designation": match.new.designation,
        "ordered": match.new.ordered,
        "sureness": match.sureness,
        "rests_on": match.rests_on,
        "changes": changes,
    }
