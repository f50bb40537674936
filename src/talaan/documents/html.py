"""A web page into its main text: HTML in, text, title, date, language and publisher out; nothing is fetched or run."""

import re
from dataclasses import dataclass

from talaan.model.errors import DocumentError, UsageError
from talaan.model.when import When, parse_date

LARGEST = 10_000_000
DEEPEST = 1_500
MOST_TAGS = 300_000
_TAG = re.compile(r"<(/?)([a-zA-Z][\w-]*)[^<>]*?(/?)>")
_VOID = frozenset(
    [
        "area",
        "base",
        "br",
        "col",
        "embed",
        "hr",
        "img",
        "input",
        "link",
        "meta",
        "source",
        "track",
        "wbr",
        "p",
        "li",
        "td",
        "tr",
        "th",
        "dt",
        "dd",
        "option",
    ]
)
_LANGUAGE = re.compile(r"""<html[^>]{0,500}?\blang\s*=\s*["']?([a-zA-Z]{2,3})""", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Page:
    """What a page says; unknown is None."""

    text: str
    title: str | None
    published: When | None
    language: str | None
    publisher: str | None


def read_html(html: str, where: str, url: str | None = None) -> Page:
    """The main text of a page; DocumentError where there is none or the page is built to exhaust its reader."""
    if len(html) > LARGEST:
        raise DocumentError(f"The page is larger than {LARGEST // 1_000_000} million characters", where=where)
    _not_a_bomb(html, where)
    import trafilatura

    found = trafilatura.bare_extraction(
        html, url=url, with_metadata=True, include_comments=False, include_tables=True, favor_precision=False
    )
    text = getattr(found, "text", None) or ""
    if not text.strip():
        raise DocumentError("No main text was found in this page", where=where, hint="save the article's text to a .txt file and give that")
    title = getattr(found, "title", None)
    language = _LANGUAGE.search(html[:20_000])
    return Page(
        text,
        title or None,
        _date(getattr(found, "date", None)),
        language[1].lower() if language else None,
        getattr(found, "sitename", None) or None,
    )


def _date(text: str | None) -> When | None:
    try:
        return parse_date(text[:10]) if text else None
    except UsageError:
        return None


def _not_a_bomb(html: str, where: str) -> None:
    """Refuses pages nested deeper or tagged more often than any article is."""
    depth = deepest = count = 0
    for tag in _TAG.finditer(html):
        count += 1
        if tag[2].lower() in _VOID or tag[3]:
            continue
        depth = max(0, depth - 1) if tag[1] else depth + 1
        deepest = max(deepest, depth)
        if deepest > DEEPEST or count > MOST_TAGS:
            raise DocumentError(
                "The page is nested or tagged beyond any article's measure",
                where=where,
                hint="save the article's text to a .txt file and give that",
            )
