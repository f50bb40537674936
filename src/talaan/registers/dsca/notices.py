"""One notification: a record of either of the two forms in which they are collected in, what it says for certain out."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from talaan.registers.records import Record, words

_NUMBER = re.compile(r"(?P<year>\d{2})-(?P<count>[0-9]{1,3}[A-Z]?)")
_NUMBER_IN_NAME = re.compile(r"(?<![0-9])(?P<year>\d{2})-(?P<count>\d{2,3})(?![0-9])")
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
_TEXT_YEAR = re.compile(r"WASHINGTON, [A-Z][a-z]+ \d{1,2}, (\d{4})")
_CENTURY = 2000
_OF_A_LIST = {"cn_number", "country", "country_iso2", "date", "pdf_url", "title"}
_OF_A_TEXT = {"iso", "source", "signal_date", "value_usd", "description", "quantity", "page_url"}
KNOWN = frozenset(_OF_A_LIST | _OF_A_TEXT)


@dataclass(frozen=True, slots=True)
class Notice:
    """One notification; "" where it does not say. `released` is the day of its own release, never that of an upload."""

    number: str
    year: str
    recipient: str
    goods: str
    quantity: str
    value: str
    text: str
    url: str
    uploaded: str
    released: str


def key_of(record: Record) -> str:
    """What two records of one notification share: the address of its document, else of its page, else its number and country."""
    return words(record, "pdf_url") or words(record, "page_url") or f"{words(record, 'cn_number')} {words(record, 'iso')}"


def number_of(record: Record) -> tuple[str, str]:
    """The notification's number and its year, from the number itself, else from the name of the document; "" where neither says it.

    >>> number_of({"cn_number": "08-26"}), number_of({"cn_number": None, "title": "Press Release - Netherlands 12-57_0 CN.PDF"})
    (('08-26', '2008'), ('12-57', '2012'))
    """
    found = _NUMBER.fullmatch(words(record, "cn_number")) or _NUMBER_IN_NAME.search(words(record, "title"))
    if found is None:
        return "", ""
    return f"{found['year']}-{found['count']}", str(_CENTURY + int(found["year"]))


def shared_texts(records: Sequence[Record]) -> frozenset[str]:
    """Texts that stand at several documents: they were put there by country and day, not by number, and say nothing certain."""
    documents = Counter(
        text for text in {(words(record, "description"), key_of(record)) for record in records if record.get("description")}
    )
    counts = Counter(text for text, _ in documents)
    return frozenset(text for text, count in counts.items() if count > 1)


def notice_of(records: Sequence[Record], shared: frozenset[str]) -> Notice:
    """What the records of one notification say together. Goods, quantity and value count only where the text is the notification's own:
    it stands at no other document, and its year is that of the number, or it is the page itself and has no document.
    """
    number, year = next((found for record in records if (found := number_of(record))[0]), ("", ""))
    text_record = next((record for record in records if is_own(record, year, shared)), None)
    released = words(text_record, "signal_date") if text_record is not None and not words(text_record, "pdf_url") else ""
    dates = [date for record in records for name in ("date", "signal_date") if _DATE.fullmatch(date := words(record, name))]
    told = text_record or {}
    return Notice(
        number=number,
        year=year or (released[:4] if _DATE.fullmatch(released) else ""),
        recipient=next((name for record in records for key in ("country", "country_iso2", "iso") if (name := words(record, key))), ""),
        goods=words(told, "title"),
        quantity=words(told, "quantity"),
        value=words(told, "value_usd"),
        text=words(told, "description"),
        url=next((url for record in records for name in ("page_url", "pdf_url") if (url := words(record, name))), ""),
        uploaded="" if released else min(dates, default=""),
        released=released,
    )


def is_own(record: Record, year: str, shared: frozenset[str]) -> bool:
    """Whether a record's text is about this notification and no other."""
    text = words(record, "description")
    if not text or text in shared:
        return False
    if not words(record, "pdf_url"):
        return True
    dated = _TEXT_YEAR.search(text)
    return dated is not None and dated[1] == year
