"""A web page into its main text, and pages made to exhaust their reader."""

import time

import pytest

from talaan.documents import html as room
from talaan.documents.html import read_html, without_scripts
from talaan.model.errors import DocumentError
from talaan.model.when import parse_date

SENTENCES = (
    "The navy of Peru has ordered two patrol boats from a yard in Chimbote, the ministry said on 3 March 2009.",
    "A spokesman called the price “fair” & the terms good.",
    "Delivery is to begin in the autumn; a third boat may follow.",
)
NEWS = f"""<!DOCTYPE html>
<html lang="en-GB">
<head>
  <meta charset="utf-8">
  <title>Peru orders two patrol boats - The Lima Courier</title>
  <meta property="og:title" content="Peru orders two patrol boats">
  <meta property="og:site_name" content="The Lima Courier">
  <meta property="article:published_time" content="2009-03-04T08:00:00-05:00">
  <meta property="article:modified_time" content="2014-05-09T08:00:00-05:00">
  <script>var tags = "<p>NOT THE ARTICLE</p>"; if (a < b) go();</script>
</head>
<body>
  <nav><ul><li><a href="/">Home</a></li><li><a href="/sport">Sport</a></li></ul></nav>
  <article>
    <h1>Peru orders two patrol boats</h1>
    <p>{SENTENCES[0]}</p>
    <p>{SENTENCES[1].replace("&", "&amp;")}</p>
    <!-- <p>NOT THE ARTICLE</p> -->
    <p>{SENTENCES[2]}</p>
  </article>
  <aside><a href="/other">Volcano wakes up in the south</a></aside>
  <footer>Copyright 2019 The Lima Courier. Updated 2020-01-02.</footer>
</body></html>"""
ARTICLE = "<p>" + "The navy of Peru has ordered two patrol boats from a yard in Chimbote. " * 8 + "</p>"


def test_a_news_page() -> None:
    page = read_html(NEWS, "a.html")
    for sentence in SENTENCES:
        assert sentence in page.text
    for other in ("NOT THE ARTICLE", "Sport", "Volcano", "Copyright"):
        assert other not in page.text
    assert (page.title, page.publisher, page.language) == ("Peru orders two patrol boats", "The Lima Courier", "en")
    assert page.published == parse_date("2009-03-04")


def test_a_page_that_states_nothing_gets_nothing() -> None:
    page = read_html(f"<html><body>{ARTICLE}<footer>Updated 2020-01-02</footer></body></html>", "a.html")
    assert (page.title, page.published, page.language, page.publisher) == (None, None, None, None)


def test_a_date_without_a_day_stays_without_a_day() -> None:
    page = read_html(f"<html><head><meta name='date' content='2011-05'></head><body>{ARTICLE}", "a.html")
    assert page.published == parse_date("2011-05")


@pytest.mark.parametrize("html", ["<html></html>", "<html><body><img src='a.png'></body></html>", "<html><body><script>a()</script>"])
def test_a_page_without_main_text(html: str) -> None:
    with pytest.raises(DocumentError, match=r"No main text.*a\.html.*\.txt"):
        read_html(html, "a.html")


def test_a_large_page_is_read_like_a_small_one(monkeypatch: pytest.MonkeyPatch) -> None:
    small = read_html(NEWS, "a.html", "https://courier.example/2009/03/04/boats.html")
    monkeypatch.setattr(room, "SMALL", 10)
    assert read_html(NEWS, "a.html", "https://courier.example/2009/03/04/boats.html") == small


def test_what_is_skipped_is_taken_out_once_and_linked_data_stays() -> None:
    linked = '<script type="application/ld+json">{"a": 1}</script>'
    html = f"a<!-->b<!-- c --><STYLE>d</style >e{linked}<script>f<!-- </script>g<!-- h"
    assert without_scripts(html) == f"abe{linked}g"


BOMBS = {
    "100,000 nested tags": "<div>" * 100_000 + ARTICLE,
    "a million tags": "<b>x</b>" * 500_000,
    "endless attribute": f"<p title='{'a' * 5_000_000}'>{ARTICLE}",
    "unclosed attributes": "<p a='" * 100_000 + ARTICLE,
    "unclosed comments": "<!--" * 400_000 + ARTICLE,
    "unclosed scripts": "<script>" * 400_000 + ARTICLE,
    "many attributes, small": "<p " + " ".join(f"a{number}" for number in range(1500)) + f">{ARTICLE}",
    "lists, small": "<ul><li>x</li></ul>" * 1200 + ARTICLE,
    "one paragraph of 5 MB": "<p>" + "boats and more boats " * 250_000,
}


@pytest.mark.parametrize("name", BOMBS)
def test_a_bomb_ends_in_a_few_seconds(name: str) -> None:
    start = time.monotonic()
    try:
        assert read_html(f"<html><body>{BOMBS[name]}", "bomb.html").text
    except DocumentError as fault:
        assert fault.where == "bomb.html"
    assert time.monotonic() - start < 5


@pytest.mark.parametrize("bomb", ["<ul><li>x</li></ul>" * 30_000, "<p " + " ".join(f"a{number}=1" for number in range(100_000)) + ">x"])
def test_a_page_that_would_take_minutes_is_stopped(bomb: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(room, "LONGEST", 1.0)
    start = time.monotonic()
    with pytest.raises(DocumentError, match=r"longer than 1 s.*bomb\.html"):
        read_html(f"<html><body>{bomb}", "bomb.html")
    assert time.monotonic() - start < 3


def test_entities_are_not_expanded_without_end_and_no_file_is_read() -> None:
    bomb = "".join(f"<!ENTITY e{number} '{f'&e{number - 1};' * 10}'>" for number in range(1, 10))
    html = f"<!DOCTYPE html [<!ENTITY e0 'boom'>{bomb}<!ENTITY f SYSTEM 'file:///etc/hosts'>]><html><body><p>&e9;&f;</p>{ARTICLE}"
    page = read_html(html, "bomb.html")
    assert "ordered two patrol boats" in page.text
    assert len(page.text) < 5000
    assert "localhost" not in page.text


def test_a_page_beyond_the_limit_is_refused() -> None:
    with pytest.raises(DocumentError, match="larger than 10 million"):
        read_html("a" * 10_000_001, "a.html")


def test_a_page_that_makes_its_parser_fail_is_one_clear_error() -> None:
    with pytest.raises(DocumentError):
        read_html("<svg><html>", "a.html", "https://a.example/b")
