"""What a page states about itself in its head and markup: HTML in, title, date of publication, language and publisher out.

Only what is stated is taken. A day found in running text, a footer or a date of change is no date of publication: forecasts
are judged by it, so that none is better than a wrong one.
"""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from email.utils import parsedate
from typing import TYPE_CHECKING

from talaan.model.contract import Json, published_json
from talaan.model.errors import UsageError
from talaan.model.when import parse_date

if TYPE_CHECKING:
    from lxml.html import HtmlElement

DATE_NAMES = (
    *("article:published_time", "og:article:published_time", "og:published_time", "datepublished", "dc.date.issued", "dcterms.issued"),
    *("dcterms.created", "dc.date.created", "dc.date", "dcterms.date", "citation_publication_date", "parsely-pub-date", "sailthru.date"),
    *("publication_date", "publish-date", "publish_date", "publishdate", "published_time", "pubdate", "date"),
)
PUBLISHER_NAMES = ("og:site_name", "dc.publisher", "dcterms.publisher", "citation_publisher", "publisher")
EARLIEST = 1900
MOST_NESTED = 20
_ISO = re.compile(r"\s*(\d{4})[-/.](\d{1,2})(?:[-/.](\d{1,2}))?(?=$|[T\s])")
_COMPACT = re.compile(r"\s*(\d{4})(\d{2})(\d{2})\s*$")
_DAY_FIRST = re.compile(r"\s*(\d{1,2})\.(\d{1,2})\.(\d{4})(?=$|\s)")
_IN_ADDRESS = re.compile(r"/((?:19|20)\d{2})/(0?[1-9]|1[0-2])(?:/(0?[1-9]|[12]\d|3[01]))?(?=/)")
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?=$|[-_])")


@dataclass(frozen=True, slots=True)
class Facts:
    """What a page states; unknown is None. `published` is YYYY, YYYY-MM or YYYY-MM-DD."""

    title: str | None = None
    published: str | None = None
    language: str | None = None
    publisher: str | None = None


def page_facts(html: str, url: str | None = None) -> Facts:
    """The facts a page states in meta elements, linked data (schema.org) and time elements; then the date in its address."""
    from lxml import etree
    from lxml.html import HTMLParser, document_fromstring

    try:
        tree = document_fromstring(html.encode("utf-8", "replace"), parser=HTMLParser(encoding="utf-8"))
    except (etree.LxmlError, ValueError):
        return Facts()
    metas = dict(_metas(tree))
    linked = list(_linked(tree))
    dates = [
        *(metas.get(name) for name in DATE_NAMES),
        *(_text(row.get("datePublished")) for row in linked),
        _time(tree),
    ]
    published = next((found for text in dates if text and (found := stated_date(text))), None) or _date_in_address(url)
    names = [*(metas.get(name) for name in PUBLISHER_NAMES), *(_publisher(row.get("publisher")) for row in linked)]
    title = metas.get("og:title") or next((text.strip() for text in tree.xpath("//title/text()") if text.strip()), None)
    spoken = _LANGUAGE.match((tree.get("lang") or tree.get("xml:lang") or "").strip())
    return Facts(title, published, spoken[0].lower() if spoken else None, next(filter(None, names), None))


def stated_date(text: str) -> str | None:
    """A date as pages state it, as precise as it is stated; None where it is in no form that is read one way only.

    >>> stated_date("2011-05-17T08:00:00Z"), stated_date("2011-05"), stated_date("Tue, 17 May 2011 08:00:00 GMT")
    ('2011-05-17', '2011-05', '2011-05-17')
    >>> stated_date("17.5.2011"), stated_date("05/06/2011"), stated_date("soon")
    ('2011-05-17', None, None)
    """
    iso = _ISO.match(text) or _COMPACT.match(text)
    if iso:
        return _whole(iso[1], iso[2], iso[3])
    if found := _DAY_FIRST.match(text):
        return _whole(found[3], found[2], found[1])
    try:
        mail = parsedate(text[:60])
    except (ValueError, IndexError, TypeError):
        return None
    return _whole(*(str(part) for part in mail[:3])) if mail else _named_month(text)


def _named_month(text: str) -> str | None:
    for form in ("%B %d, %Y", "%b %d, %Y", "%d %B %Y", "%B %Y"):
        try:
            when = datetime.strptime(text.strip()[:30], form)
        except ValueError:
            continue
        return _whole(str(when.year), str(when.month), str(when.day) if "%d" in form else None)
    return None


def _whole(year: str, month: str, day: str | None) -> str | None:
    """The date in ISO form, None where there is no such day."""
    parts = [year, month.zfill(2), *([day.zfill(2)] if day else [])]
    try:
        when = parse_date("-".join(parts))
    except UsageError:
        return None
    return published_json(when) if int(year) >= EARLIEST else None


def _date_in_address(url: str | None) -> str | None:
    found = _IN_ADDRESS.search(url or "")
    return _whole(found[1], found[2], found[3]) if found else None


def _metas(tree: "HtmlElement") -> Iterator[tuple[str, str]]:
    """(name in small letters, content), the first of each name last, so that it is the one a dict keeps."""
    for element in reversed(tree.xpath("//meta[@content]")):
        name = element.get("property") or element.get("name") or element.get("itemprop")
        if name and element.get("content").strip():
            yield name.strip().lower(), element.get("content").strip()


def _time(tree: "HtmlElement") -> str | None:
    """The day of a time element marked as that of publication, else the only day that time elements name."""
    marked = tree.xpath("//time[@datetime][@pubdate or contains(@itemprop, 'datePublished')]/@datetime")
    if marked:
        return str(marked[0])
    days = {stated_date(str(text)) for text in tree.xpath("//time/@datetime")} - {None}
    return days.pop() if len(days) == 1 else None


def _linked(tree: "HtmlElement") -> Iterator[dict[str, Json]]:
    """Every object of the page's linked data, the outer before the inner; broken data says nothing."""
    for text in tree.xpath("//script[contains(@type, 'ld+json')]/text()"):
        try:
            yield from _objects(json.loads(text))
        except (ValueError, RecursionError):
            continue


def _objects(value: Json, depth: int = 0) -> Iterator[dict[str, Json]]:
    if depth > MOST_NESTED:
        return
    if isinstance(value, dict):
        yield value
    inner = list(value.values()) if isinstance(value, dict) else value if isinstance(value, list) else []
    for part in inner:
        yield from _objects(part, depth + 1)


def _publisher(value: Json) -> str | None:
    return _text(value.get("name")) if isinstance(value, dict) else _text(value)


def _text(value: Json) -> str | None:
    return value.strip() or None if isinstance(value, str) else None
