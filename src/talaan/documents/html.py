"""A web page into its main text: HTML in, text, title, date, language and publisher out; nothing is fetched or run.

Small pages are read at once; a page that could keep its parsers busy is read in a process of its own with a time limit.
"""

import re
from dataclasses import dataclass

from talaan.documents.isolated import Strings, read_isolated
from talaan.documents.page_facts import Facts, page_facts
from talaan.model.errors import DocumentError
from talaan.model.when import When, parse_date

LARGEST = 10_000_000
MOST_TAGS = 400_000
SMALL = 500_000
FEW_TAGS = 5_000
LONGEST_STRETCH = 10_000
LONGEST = 8.0
# What the parsers behind trafilatura raise on pages that were never meant to be read (a page whose root is an image, say).
PARSER_FAULTS = (AssertionError, AttributeError, IndexError, KeyError, RecursionError, TypeError, ValueError)
SAVE_TEXT = "save the article's text to a .txt file and give that"
_SKIPPED = re.compile(r"<!--|<(script|style)\b([^>]{0,1000})", re.IGNORECASE)
_CLOSING = {name: re.compile(rf"</{name}[^>]{{0,100}}>?", re.IGNORECASE) for name in ("script", "style")}


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
        raise DocumentError(f"The page is larger than {LARGEST // 1_000_000} million characters", where=where, hint=SAVE_TEXT)
    if html.count("<") > MOST_TAGS:
        raise DocumentError("The page has more tags than any article", where=where, hint=SAVE_TEXT)
    html = without_scripts(html)
    if _is_small(html):
        found = extract(html, url)
    else:
        found = read_isolated("html", html.encode("utf-8", "replace"), where, seconds=LONGEST, address=url)
    text, title, published, language, publisher = found
    if not text or not text.strip():
        raise DocumentError("No main text was found in this page", where=where, hint=SAVE_TEXT)
    return Page(text, title, parse_date(published) if published else None, language, publisher)


def _is_small(html: str) -> bool:
    """Whether even a page of this measure that is made to take long is read within a second or two."""
    return len(html) <= SMALL and html.count("<") <= FEW_TAGS and max(map(len, html.split("<"))) <= LONGEST_STRETCH


def without_scripts(html: str) -> str:
    """The page without comments, styles and scripts, in one pass; linked data (JSON-LD) stays.

    >>> without_scripts("<p>a<!-- b --><script>if (a<b) c()</script>d</p>")
    '<p>ad</p>'
    """
    kept: list[str] = []
    place = 0
    while found := _SKIPPED.search(html, place):
        kept.append(html[place : found.start()])
        closing = _end_of_skipped(html, found)
        if found[2] and "ld+json" in found[2].lower():
            kept.append(html[found.start() : closing])
        place = closing
    kept.append(html[place:])
    return "".join(kept)


def _end_of_skipped(html: str, found: re.Match[str]) -> int:
    """Where a comment, style or script ends; the end of the page where it is never closed, as in a browser."""
    if found[1] is None:
        end = html.find("-->", found.start() + 2)
        return end + 3 if end >= 0 else len(html)
    closing = _CLOSING[found[1].lower()].search(html, found.end())
    return closing.end() if closing else len(html)


def extract(html: str, url: str | None = None) -> Strings:
    """[main text, title, date as YYYY-MM-DD or less, language, publisher] of a page; None for what it does not say."""
    import trafilatura

    facts = page_facts(html, url)
    try:
        found = trafilatura.bare_extraction(
            html,
            url=url,
            with_metadata=True,
            include_comments=False,
            include_tables=True,
            date_extraction_params={"extensive_search": False},
        )
    except PARSER_FAULTS as fault:
        raise DocumentError(f"The page cannot be taken apart ({type(fault).__name__})", where=url or "", hint=SAVE_TEXT) from fault
    if found is None:
        return [None, facts.title, facts.published, facts.language, facts.publisher]
    return _combined(facts, getattr(found, "text", None), getattr(found, "title", None), getattr(found, "sitename", None))


def _combined(facts: Facts, text: str | None, title: str | None, publisher: str | None) -> Strings:
    return [text, title or facts.title or None, facts.published, facts.language, facts.publisher or publisher or None]
