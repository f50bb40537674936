"""PDFs with and without a text layer, broken and locked ones."""

import time

import pytest
from pdf_bytes import LOCK, pdf_bytes

from talaan.documents import load_bytes
from talaan.documents import pdf as room
from talaan.documents.pdf import join_lines, pdf_text
from talaan.model.errors import DocumentError

LINES = (
    "The navy has ordered two patrol boats (of steel) from the ship-",
    "yard, and an S-",
    "300 from a Franco-",
    "German maker for the port.",
)
JOINED = "The navy has ordered two patrol boats (of steel) from the shipyard, and an S-300 from a Franco-German maker for the port."


def test_a_text_layer_becomes_paragraphs() -> None:
    document = load_bytes(pdf_bytes([LINES, ["The price is 5 million.", "Next year more."]]), path="a.pdf")
    assert document.text == JOINED + "\nThe price is 5 million.\nNext year more."
    assert (document.media_type, document.encoding, document.notes) == ("application/pdf", None, ())


def test_pages_without_text_are_named() -> None:
    document = load_bytes(b"\xef\xbb\xbf \n" + pdf_bytes([[], ["Two boats."], []]), path="a.pdf")
    assert document.text == "Two boats."
    assert document.notes == ("Pages without text: 1, 3.",)


@pytest.mark.parametrize(
    ("raw", "words"),
    [
        (pdf_bytes([[], []]), "no text layer.*OCR"),
        (pdf_bytes([["Two boats."]], trailer=LOCK), "password"),
        (b"%PDF-1.4\nrubbish", "broken or cut off"),
        (pdf_bytes([["Two boats."]])[:300], "broken or cut off"),
        (pdf_bytes([]), "broken or cut off"),
    ],
)
def test_what_cannot_be_read_says_why(raw: bytes, words: str) -> None:
    with pytest.raises(DocumentError, match=words) as caught:
        load_bytes(raw, path="a.pdf")
    assert caught.value.where == "a.pdf"
    assert caught.value.hint


def test_too_many_pages_or_characters(monkeypatch: pytest.MonkeyPatch) -> None:
    raw = pdf_bytes([["Two boats."], ["Three boats."]])
    monkeypatch.setattr(room, "MOST_CHARACTERS", 15)
    with pytest.raises(DocumentError, match="characters"):
        pdf_text(raw, "a.pdf")
    monkeypatch.setattr(room, "MOST_PAGES", 1)
    with pytest.raises(DocumentError, match="more than 1 pages"):
        pdf_text(raw, "a.pdf")


def test_a_pdf_that_takes_too_long_is_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(room, "LONGEST", 0.01)
    start = time.monotonic()
    with pytest.raises(DocumentError, match=r"longer.*a\.pdf"):
        load_bytes(pdf_bytes([["Two boats."]]), path="a.pdf")
    assert time.monotonic() - start < 2


@pytest.mark.parametrize(
    ("text", "joined"),
    [
        ("anti-\naircraft", "antiaircraft"),
        ("anti\u0002aircraft", "antiaircraft"),
        ("anti\ufffeaircraft", "antiaircraft"),
        ("anti\u00ad\naircraft", "antiaircraft"),
        ("BTR-\n3 and MiG-\n29", "BTR-3 and MiG-29"),
        ("a long line of the text\nshort\nanother", "a long line of the text short\nanother"),
        ("One.\n\nTwo", "One.\nTwo"),
        ("", ""),
    ],
)
def test_joining_lines(text: str, joined: str) -> None:
    assert join_lines(text) == joined
