"""Rows in plain English: entries in, words such as "two BTR-3 of 2005" out."""

from collections.abc import Iterable, Sequence

from talaan.model.entry import Entry

_NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
SHOWN = 3


def count_words(number: float) -> str:
    """A number as prose writes it.

    >>> count_words(2), count_words(90), count_words(1.5)
    ('two', '90', '1.5')
    """
    if number != int(number):
        return f"{number:g}"
    return _NUMBERS[int(number)] if 0 <= number < len(_NUMBERS) else f"{int(number):,}"


def span_words(years: Sequence[int]) -> str:
    """First and last year.

    >>> span_words([2008, 2011, 2009]), span_words([2005])
    ('2008–2011', '2005')
    """
    first, last = min(years), max(years)
    return str(first) if first == last else f"{first}–{last}"


def entry_words(entry: Entry) -> str:
    """One row: number, designation, order year, and delivery years where they are others."""
    number = entry.number_ordered if entry.number_ordered is not None else entry.number_delivered
    flagged = entry.number_ordered_uncertain if entry.number_ordered is not None else entry.number_delivered_uncertain
    many = "" if number is None else f"{'about ' if flagged and number > len(_NUMBERS) else ''}{count_words(number)} "
    year = f" of {entry.ordered}" if entry.ordered else ""
    if entry.years and entry.years != (entry.ordered,):
        return f"{many}{entry.designation}{year} (delivered {span_words(entry.years)})"
    return f"{many}{entry.designation}{year}" + ("" if entry.years else " (none delivered)")


def entries_words(entries: Sequence[Entry]) -> str:
    """Up to three rows, and how many more there are."""
    more = len(entries) - SHOWN
    return list_words([*(entry_words(entry) for entry in entries[:SHOWN]), *([f"{count_words(more)} more"] if more > 0 else [])])


def list_words(parts: Iterable[str]) -> str:
    """Parts joined as prose does.

    >>> list_words(["a", "b", "c"])
    'a, b and c'
    """
    listed = list(parts)
    return listed[0] if len(listed) == 1 else ", ".join(listed[:-1]) + " and " + listed[-1] if listed else "nothing"


def deals_words(number: int) -> str:
    """How many deals.

    >>> deals_words(1), deals_words(15)
    ('one deal', '15 deals')
    """
    return f"{count_words(number)} deal{'' if number == 1 else 's'}"
