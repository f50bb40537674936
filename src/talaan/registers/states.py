"""Correlates of War state numbers of a whole column: numbers and years in, references out, with what must be said about them."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

from talaan.model.errors import RegisterError
from talaan.reference.rows import csv_rows
from talaan.reference.state_codes import bearer

MOST_NAMED = 20


@dataclass(frozen=True, slots=True)
class States:
    """`refs` beside the numbers, "" for a state without one; `faults` name numbers nobody knows, `remarks` say what is known and kept."""

    refs: list[str]
    faults: tuple[str, ...]
    remarks: tuple[str, ...]


@lru_cache(maxsize=1)
def historic() -> dict[int, str]:
    """States of the numbering that ended before talaan's own table of countries begins, by number."""
    place = files("talaan.registers").joinpath("state_numbers", "historic_states.csv")
    return {int(row["number"]): row["name"] for _, row in csv_rows(place, "registers/state_numbers/historic_states.csv")}


def states_of(numbers: Sequence[str], years: Sequence[str], *, where: str = "") -> States:
    """The references that these COW numbers have in these years; RegisterError where most rows have numbers that nobody knows.

    >>> states_of(["365", "365", "300", "999"], ["1980", "2000", "1900", "1900"]).refs
    ['country:SUHH', 'country:RUS', '', '']
    """
    pairs = Counter(zip(numbers, years, strict=True))
    found = {pair: bearer("cow", int(pair[0]), int(pair[1])) for pair in pairs}
    unknown = {pair for pair, state in found.items() if state is None and int(pair[0]) not in historic()}
    if 2 * sum(pairs[pair] for pair in unknown) > pairs.total():
        what = f"Most state numbers are not known: {_spans(unknown, pairs)}"
        raise RegisterError(what, where=where, hint="do other numbers stand in the column of state numbers?")
    older = {pair for pair, state in found.items() if state is None and pair not in unknown}
    undated = {pair for pair, state in found.items() if state is not None and not state.dated}
    faults = (f"COW numbers nobody knows (their rows are kept without a reference): {_spans(unknown, pairs)}",) if unknown else ()
    remarks = []
    if older:
        names = sorted({f"{historic()[int(number)]} ({number})" for number, _ in older})
        remarks.append(f"States without a reference, kept under their number: {', '.join(names)}.")
    if undated:
        remarks.append(f"Numbers used outside the dates of their state, read as the state nearest in time: {_spans(undated, pairs)}.")
    refs = {pair: "" if state is None else state.ref for pair, state in found.items()}
    return States([refs[pair] for pair in zip(numbers, years, strict=True)], faults, tuple(remarks))


def _spans(found: set[tuple[str, str]], pairs: Counter[tuple[str, str]]) -> str:
    """Numbers with the years they are used in and the count of rows, in words."""
    by_number: dict[str, list[tuple[str, str]]] = {}
    for pair in sorted(found, key=lambda pair: (int(pair[0]), pair[1])):
        by_number.setdefault(pair[0], []).append(pair)
    words = [
        f"{number} in {rows[0][1]}–{rows[-1][1]} ({sum(pairs[row] for row in rows)} rows)" if len(rows) > 1 else f"{number} in {rows[0][1]}"
        for number, rows in by_number.items()
    ]
    more = f" and {len(words) - MOST_NAMED} more" if len(words) > MOST_NAMED else ""
    return ", ".join(words[:MOST_NAMED]) + more
