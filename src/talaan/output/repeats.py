"""Leads whose rows stood beside an earlier lead already: lead views in, the same without the repeated rows out."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from talaan.output.rows import Pair, Row
from talaan.output.words import Words

if TYPE_CHECKING:
    from talaan.output.views import LeadView


def without_repeats(leads: Iterable["LeadView"], words: Words) -> tuple["LeadView", ...]:
    """The leads with each row once.

    Rows that all stood beside one earlier lead go, and so do single ones that the sentence itself does not name; `seen_at`
    numbers the leads where they stand. Only a lead that is shown wherever this one is (as strong, with claims as well)
    counts as earlier, because the report can hide the others.
    """
    done: list[LeadView] = []
    for lead in leads:
        rows = {row.id: row for pair in lead.pairs for row in pair.rows}
        before = [earlier for earlier in done if _shown_too(earlier, lead)]
        whole = next((earlier for earlier in before if rows and set(rows) <= _ids(earlier.pairs)), None)
        gone = set(rows) if whole else {key for key in _far(rows.values(), words) if any(key in _ids(one.pairs) for one in before)}
        at = [whole] if whole else [earlier for earlier in before if gone & _ids(earlier.pairs)]
        done.append(replace(lead, pairs=tuple(_without(lead.pairs, gone)), seen_at=tuple(earlier.number for earlier in at)))
    return tuple(done)


def _shown_too(earlier: "LeadView", lead: "LeadView") -> bool:
    strong = earlier.lead.grade == "strong" or lead.lead.grade != "strong"
    return strong and bool(earlier.claims or not lead.claims)


def _far(rows: Iterable[Row], words: Words) -> list[str]:
    return [row.id for row in rows if row.origin and row.origin != words.say("origin.sentence")]


def _ids(pairs: Sequence[Pair]) -> set[str]:
    return {row.id for pair in pairs for row in pair.rows}


def _without(pairs: Sequence[Pair], gone: set[str]) -> Iterator[Pair]:
    for pair in pairs:
        rows = tuple(row for row in pair.rows if row.id not in gone)
        if rows:
            yield replace(pair, rows=rows)
