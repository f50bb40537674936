"""The report is one safe, self-contained, well-formed file."""

import re
from html.parser import HTMLParser

import pytest
import sample_readings as sample

from talaan.model.contract import Reading
from talaan.output.page import report_page
from talaan.output.words import words

VOID = {"meta", "input", "br"}


class Tree(HTMLParser):
    """Every tag with its attributes, the ids, the text, and the tags left open."""

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.text: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if "style" not in self.open:
            self.text.append(data)

    def all(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.tags if name == tag]

    @property
    def ids(self) -> list[str]:
        return [str(attributes["id"]) for _, attributes in self.tags if attributes.get("id")]


PAGES = {
    "full": lambda: report_page([sample.full_reading()], editions=[sample.edition(bundled=True)]),
    "filipino": lambda: report_page([sample.full_reading()], editions=[sample.edition()], language="fil"),
    "leads": lambda: report_page([sample.leads_only()]),
    "many": lambda: report_page([sample.full_reading(), sample.arabic_reading(), sample.hostile_reading()], editions=[sample.edition()]),
    "no text": lambda: report_page([sample.full_reading()], editions=[sample.edition()], with_text=False),
    "hostile": lambda: report_page([sample.hostile_reading()], editions=[sample.edition()]),
    "empty": lambda: report_page([Reading(sample.document(""), (), (), {})]),
}


@pytest.mark.parametrize("name", PAGES)
def test_pages_are_well_formed_and_every_link_arrives(name: str) -> None:
    tree = Tree(PAGES[name]())
    assert tree.open == []
    assert len(tree.ids) == len(set(tree.ids))
    inner = [str(link["href"])[1:] for link in tree.all("a") if str(link["href"]).startswith("#")]
    assert set(inner) <= set(tree.ids)
    labelled = [str(attributes["aria-labelledby"]) for _, attributes in tree.tags if "aria-labelledby" in attributes]
    assert set(labelled) <= set(tree.ids)


@pytest.mark.parametrize("name", PAGES)
def test_pages_ask_for_nothing_and_run_nothing(name: str) -> None:
    page = PAGES[name]()
    tree = Tree(page)
    assert not {tag for tag, _ in tree.tags} & {"script", "link", "img", "iframe", "object", "form", "base"}
    assert not [
        key for _, attributes in tree.tags for key in attributes if key.startswith("on") or key in ("src", "srcset", "style", "action")
    ]
    assert "url(" not in page
    assert "@import" not in page
    assert {str(link["href"]).partition(":")[0] for link in tree.all("a") if not str(link["href"]).startswith("#")} <= {"http", "https"}
    policy = next(meta for meta in tree.all("meta") if meta.get("http-equiv") == "Content-Security-Policy")
    assert str(policy["content"]).startswith("default-src 'none'; style-src 'unsafe-inline'; img-src data:")


def test_hostile_words_arrive_as_words() -> None:
    page = PAGES["hostile"]()
    assert "<script" not in page.lower()
    tree = Tree(page)
    text = "".join(tree.text)
    assert text.count(sample.HOSTILE) >= 12
    assert 'x" onclick="alert(1)' in text
    assert {attributes["lang"] for _, attributes in tree.tags if "lang" in attributes} == {"en", "und"}
    assert "javascript:alert(1)" in text


def test_the_whole_text_stands_in_the_page_and_is_marked() -> None:
    page = PAGES["full"]()
    body = re.search(r'<div class="text"[^>]*>(.*?)</div>', page, re.S)
    assert body
    without_links = re.sub(r"<a class=.*?</a>", "", body[1])
    assert re.sub(r"<[^>]+>", "", without_links) == sample.TEXT
    assert 'class="lead strong name claim"' in body[1] or 'class="lead strong claim name"' in body[1]
    assert body[1].count('class="ref to-lead"') == 6
    assert body[1].count('class="ref to-claim"') == 14


def test_without_text_the_quotes_stay_and_the_rest_goes() -> None:
    page = PAGES["no text"]()
    assert "The weather in Astana was mild" not in page
    assert sample.SENTENCES[3].partition(",")[0] in page.replace("<mark>", "").replace("</mark>", "")
    assert "d1-t-" not in page
    assert 'class="text"' not in page


def test_allegations_show_status_and_that_they_are_no_finding() -> None:
    text = "".join(Tree(PAGES["full"]()).text)
    assert "status: not proven." in text
    assert "An allegation is not a finding." in text


@pytest.mark.parametrize("language", ["en", "fil"])
def test_each_verdict_used_is_explained_both_ways(language: str) -> None:
    text = "".join(Tree(report_page([sample.full_reading()], language=language)).text)
    for word in {verdict.verdict for claim in sample.full_reading().claims for verdict in claim.verdicts}:
        assert words(language).label("verdict", f"{word}.means") in text
        assert words(language).label("verdict", f"{word}.not") in text


def test_right_to_left_documents_say_so_and_the_page_does_not() -> None:
    page = report_page([sample.arabic_reading()])
    assert '<html lang="en">' in page
    assert re.search(r'<div class="text" lang="ar" dir="rtl">', page)
    assert re.search(r'<p class="sentence" lang="ar" dir="rtl">', page)


def test_several_documents_have_contents_first() -> None:
    page = PAGES["many"]()
    assert page.index('href="#d2"') < page.index('id="d1"') < page.index('id="d2"') < page.index('id="d3"')


def test_the_excerpt_is_told_and_the_same_input_gives_the_same_page() -> None:
    page = PAGES["full"]()
    assert "bundled excerpt" in page
    assert page == PAGES["full"]()
    assert "on 2026-01-02" in report_page([sample.leads_only()], made_on="2026-01-02")


def luminance(colour: str) -> float:
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize("dark", [False, True])
def test_contrast_is_at_least_four_and_a_half(dark: bool) -> None:
    blocks = re.findall(r":root \{(.*?)\}", PAGES["leads"](), re.S)
    colours = dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6})", blocks[1 if dark else 0]))
    pairs = [(ink, paper) for ink in ("ink", "muted", "link") for paper in ("paper", "card")]
    pairs += [("ink", paper) for paper in ("strong", "possible", "absent-bg", "unsure-bg")] + [("paper", "claim")]
    pairs += [(tone, f"{tone}-bg") for tone in ("yes", "part", "no", "absent", "unsure", "out")]
    for ink, paper in pairs:
        light, low = sorted((luminance(colours[ink]), luminance(colours[paper])), reverse=True)
        assert (light + 0.05) / (low + 0.05) >= 4.5, (ink, paper)


def test_a_report_does_not_tell_the_folders_of_its_maker() -> None:
    reading = Reading(sample.document(path="/home/ana/secret/article.txt", title=None), (), (), {})
    page = report_page([reading])
    assert "secret" not in page
    assert "article.txt" in page


def test_broken_characters_do_not_stop_the_report() -> None:
    reading = Reading(sample.document("a\ud800b", title="\udfff"), (), (), {})
    assert "a?b" in report_page([reading]).encode("utf-8").decode("utf-8")
