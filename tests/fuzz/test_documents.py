"""Any bytes at all: a document or a TalaanError, and soon."""

import time

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from talaan.documents import load_bytes
from talaan.documents.sources import Source
from talaan.model.document import Document
from talaan.model.errors import TalaanError

PIECES = st.sampled_from(
    [
        *(
            b"<html>",
            b"<p>",
            b"</p>",
            b"<div a='",
            b"'>",
            b"<script>",
            b"</script>",
            b"<!--",
            b"-->",
            b"<table><tr><td>",
            b"<title>",
            b"&#0;",
        ),
        *(
            b"<meta charset='utf-16'>",
            b"<meta charset='idna'>",
            b"<meta name='date' content='",
            b"2011-99-99",
            b"&#xD800;",
            b"&lt;",
            b"<svg>",
        ),
        *(
            b"<?xml version='1.0' encoding='ebcdic'?>",
            b"<!DOCTYPE html [<!ENTITY a '&a;'>]>",
            b"&a;",
            b"\xff\xfe",
            b"\x00",
            b"\xc3",
            b"\xa9",
        ),
        *(
            "Русский текст о лодках. ".encode("cp1251"),
            "日本語の文章".encode("shift_jis"),
            b"Two boats were ordered. " * 5,
            b"\n",
            b"<",
            b">",
        ),
        *(b"<script type='application/ld+json'>", b"{", b"[", b'"datePublished":', b"<time datetime='", b"<base href='http://["),
    ]
)
SEVERAL = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
LONGEST = 5.0


def checked(raw: bytes, path: str, *, url: str | None = None, charset: str | None = None, media_type: str | None = None) -> None:
    """Loads the bytes; fails on any other error, on a broken promise about the text, and on too much time."""
    start = time.monotonic()
    try:
        document = load_bytes(raw, path=path, url=url, charset=charset, media_type=media_type)
    except TalaanError as fault:
        assert fault.what
        assert fault.where == path
    else:
        assert isinstance(document, Document)
        assert document.text.strip()
        document.text.encode("utf-8")
        assert "\r" not in document.text
        assert "\x00" not in document.text
    assert time.monotonic() - start < LONGEST


@settings(SEVERAL, max_examples=250)
@given(st.binary(max_size=2000))
@example(b"\xff\xfe\x00")
@example(b"\x1b$B")
@example(b"+AGE-")
def test_any_bytes(raw: bytes) -> None:
    checked(raw, "a.txt")


@settings(SEVERAL, max_examples=120)
@given(st.lists(st.one_of(PIECES, st.binary(max_size=8)), max_size=40).map(b"".join))
def test_any_page(raw: bytes) -> None:
    checked(b"<html>" + raw, "a.html")


@settings(SEVERAL, max_examples=60)
@given(st.lists(PIECES, max_size=20).map(b"".join), st.text(max_size=12), st.sampled_from(["text/html", "text/plain", "image/png"]))
def test_any_answer_of_a_server(raw: bytes, charset: str, media_type: str) -> None:
    checked(raw, "https://a.example/b", charset=charset, media_type=media_type, url="https://a.example/b")


@settings(SEVERAL, max_examples=12)
@given(st.binary(max_size=300), st.integers(0, 5))
def test_any_pdf(raw: bytes, kind: int) -> None:
    objects = b"1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\n2 0 obj\n<< /Kids [2 0 R] /Count 9 >>\nendobj\n" if kind > 2 else b""
    checked(b"%PDF-1." + str(kind).encode() + b"\n" + objects + raw + b"\ntrailer << /Root 1 0 R >>\n%%EOF", "a.pdf")


@settings(SEVERAL, max_examples=200)
@given(st.one_of(st.text(max_size=200), st.text(max_size=50).map(lambda text: f'{{"text": "{text}", "date": "{text}"}}')))
def test_any_line(line: str) -> None:
    try:
        assert Source("a.jsonl#1", line).load().text.strip()
    except TalaanError as fault:
        assert fault.where == "a.jsonl#1"


def test_two_megabytes_of_every_kind_of_noise_end_in_time() -> None:
    noise = bytes((number * number * 7 + number) % 255 + 1 for number in range(2**16)) * 32
    high = bytes(128 + (number * 37 + number // 3) % 128 for number in range(2**16)) * 32
    mixed = b"Two boats were ordered. " * 40_000 + high[:1_000_000]
    for raw in (noise, high, mixed, b"<html>" + high, b"\xff\xfe" + high, b"\xc3" * 2_000_000, b"\xe4" * 2_000_000, b"\x1b$B" + noise):
        checked(raw, "a.bin")
