"""What a page states about itself; nothing is guessed."""

import pytest

from talaan.documents.page_facts import Facts, page_facts, stated_date

OBJECTS = '{"@graph": [{"@type": "WebSite", "name": "x"}, {"datePublished": "2012-03-04", "publisher": {"name": "Courier"}}]}'
LINKED = f'<script type="application/ld+json">{OBJECTS}</script>'


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("2011-05-17", "2011-05-17"),
        ("2011/5/7", "2011-05-07"),
        ("2011-05-17 08:00", "2011-05-17"),
        ("20110517", "2011-05-17"),
        ("2011", None),
        ("17.05.2011", "2011-05-17"),
        ("17 May 2011", "2011-05-17"),
        ("May 17, 2011", "2011-05-17"),
        ("May 2011", "2011-05"),
        ("2011-13-01", None),
        ("2011-02-30", None),
        ("1011-02-03", None),
        ("05/06/2011", None),
        ("", None),
        ("9" * 5000, None),
    ],
)
def test_stated_dates(text: str, date: str | None) -> None:
    assert stated_date(text) == date


@pytest.mark.parametrize(
    ("head", "date"),
    [
        ("<meta name='DC.date.issued' content='2010-02-03'><meta name='date' content='2015-01-01'>", "2010-02-03"),
        ("<meta property='article:published_time' content='soon'><meta name='date' content='2015-01-01'>", "2015-01-01"),
        ("<meta property='article:modified_time' content='2015-01-01'>", None),
        ("<meta name='date' content='2015-01-01'><meta name='date' content='2016-01-01'>", "2015-01-01"),
        (LINKED, "2012-03-04"),
        ("<script type='application/ld+json'>{broken</script>", None),
        ("<script type='application/ld+json'>" + "[" * 100_000 + "</script>", None),
    ],
)
def test_dates_in_the_head(head: str, date: str | None) -> None:
    assert page_facts(f"<html><head>{head}</head><body><p>On 2009-09-09 it rained.</p></body></html>").published == date


@pytest.mark.parametrize(
    ("body", "date"),
    [
        ("<time datetime='2010-02-03T10:00'>3 Feb</time>", "2010-02-03"),
        ("<time datetime='2010-02-03'>a</time><time datetime='2010-02-03T11:00'>b</time>", "2010-02-03"),
        ("<time datetime='2010-02-03'>a</time><time datetime='2011-02-03'>b</time>", None),
        ("<time datetime='2010-02-03'>a</time><time itemprop='datePublished' datetime='2011-02-03'>b</time>", "2011-02-03"),
    ],
)
def test_dates_in_time_elements(body: str, date: str | None) -> None:
    assert page_facts(f"<html><body>{body}<p>x</p></body></html>").published == date


@pytest.mark.parametrize(
    ("url", "date"),
    [
        ("https://a.example/2013/04/05/boats", "2013-04-05"),
        ("https://a.example/2013/04/boats.html", "2013-04"),
        ("https://a.example/2013/44/boats", None),
        ("https://a.example/id/2013", None),
    ],
)
def test_dates_in_the_address(url: str, date: str | None) -> None:
    assert page_facts("<html><body><p>x</p></body></html>", url).published == date


def test_language_publisher_and_title() -> None:
    facts = page_facts(f"<html data-lang='xx' lang='fil-PH'><head><title> Dalawang  bangka </title>{LINKED}</head><body>x</body></html>")
    assert facts == Facts("Dalawang  bangka", "2012-03-04", "fil", "Courier")


@pytest.mark.parametrize("html", ["", " ", "<!-- -->", "\0", "<?xml version='1.0' encoding='utf-16'?><html lang='en'><p>x"])
def test_pages_with_nothing_in_them(html: str) -> None:
    assert page_facts(html).published is None
