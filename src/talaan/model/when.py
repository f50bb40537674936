"""Dates as ranges with a precision: what a text says about time, no more exact than it says it."""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from typing import Literal

from talaan.model.errors import UsageError

Precision = Literal["day", "month", "year", "range", "relative"]

_ISO = re.compile(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?$")


@dataclass(frozen=True, slots=True)
class When:
    """A stretch of time, both ends included; a relative phrase without a document date has no ends."""

    first: date | None
    last: date | None
    precision: Precision
    text: str | None = None
    start: int | None = None
    end: int | None = None

    @property
    def years(self) -> tuple[int, int] | None:
        """First and last calendar year, or None where the phrase stays relative."""
        return (self.first.year, self.last.year) if self.first and self.last else None


def parse_date(text: str) -> When:
    """A range from `2011`, `2011-05` or `2011-05-17`.

    >>> parse_date("2011-02").last
    datetime.date(2011, 2, 28)

    Raises UsageError for anything else.
    """
    found = _ISO.match(text.strip())
    try:
        if not found:
            raise ValueError
        year, month, day = (int(part) if part else None for part in found.groups())
        return span_of(year or 0, month, day)
    except ValueError:
        raise UsageError(f"{text!r} is not a date", hint="write YYYY, YYYY-MM or YYYY-MM-DD") from None


def span_of(year: int, month: int | None = None, day: int | None = None) -> When:
    """The range that a year, month or day covers; ValueError where there is no such date."""
    if month is None:
        return When(date(year, 1, 1), date(year, 12, 31), "year")
    if day is None:
        return When(date(year, month, 1), date(year, month, monthrange(year, month)[1]), "month")
    return When(date(year, month, day), date(year, month, day), "day")
