"""One argument into one document."""

import hashlib
import io
import os
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from talaan.documents import load, load_bytes
from talaan.documents.load import load_text
from talaan.model.errors import DocumentError, FetchError
from talaan.model.when import parse_date

TEXT = "Perú encargó dos lanchas.\n\n  Tab:\there; “quoted” – and 軍艦, ракета, صاروخ.\n"


def test_plain_text_comes_out_letter_for_letter(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(TEXT.encode())
    document = load(str(path))
    assert document.text == TEXT
    assert (document.path, document.media_type, document.encoding, document.notes) == (str(path), "text/plain", "utf-8", ())
    assert document.raw_hash == hashlib.sha256(TEXT.encode()).hexdigest()
    assert (document.title, document.url, document.published, document.language) == (None, None, None, None)


def test_the_same_text_in_another_encoding_is_the_same_document(tmp_path: Path) -> None:
    plain, marked = load_bytes(TEXT.encode(), path="a"), load_bytes(TEXT.replace("\n", "\r\n").encode("utf-16"), path="b")
    assert plain.id == marked.id
    assert plain.raw_hash != marked.raw_hash


def test_standard_input_and_date() -> None:
    document = load("-", stdin=io.BytesIO(b"Two boats."), date=parse_date("2011-05"))
    assert (document.text, document.path, document.published) == ("Two boats.", "-", parse_date("2011-05"))


@pytest.mark.parametrize("raw", [b"", b" \n\t\r\n ", "\ufeff\u200b \n".encode(), b"\xff\xfe", b"\xff\xfe \0\n\0"])
def test_nothing_in_it(raw: bytes, tmp_path: Path) -> None:
    path = tmp_path / "empty.txt"
    path.write_bytes(raw)
    with pytest.raises(DocumentError, match=r"no(thing| text).*empty\.txt"):
        load(str(path))


def test_a_file_of_50_mb_is_refused_at_once(tmp_path: Path) -> None:
    path = tmp_path / "big.txt"
    with path.open("wb") as file:
        file.truncate(50_000_000)
    start = time.monotonic()
    with pytest.raises(DocumentError, match=r"50 MB.*20 MB.*big\.txt.*split it"):
        load(str(path))
    assert time.monotonic() - start < 0.5


def test_standard_input_without_end_is_read_to_the_limit_only() -> None:
    class Endless(io.RawIOBase):
        def read(self, size: int = -1) -> bytes:
            assert 0 < size <= 20_000_001
            return b"a" * size

    with pytest.raises(DocumentError, match="More than 20 MB"):
        load("-", stdin=Endless())  # type: ignore[arg-type]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="the system has no named pipes")
def test_a_named_pipe_is_read(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    writer = threading.Thread(target=pipe.write_bytes, args=(b"Two boats.",))
    writer.start()
    assert load(str(pipe)).text == "Two boats."
    writer.join()


def test_a_folder_a_missing_file_and_what_is_no_name(tmp_path: Path) -> None:
    with pytest.raises(DocumentError, match=r"folder.*-o DIR"):
        load(str(tmp_path))
    with pytest.raises(DocumentError, match=r"no such file.*gone\.txt"):
        load(str(tmp_path / "gone.txt"))
    for name in ("a\0b", "x" * 5000, str(tmp_path / "gone.txt" / "inside")):
        with pytest.raises(DocumentError):
            load(name)


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may read everything")
def test_a_file_without_rights(tmp_path: Path) -> None:
    path = tmp_path / "locked.txt"
    path.write_text("a")
    path.chmod(0)
    with pytest.raises(DocumentError, match="cannot be read"):
        load(str(path))


@pytest.mark.parametrize("address", ["ftp://example.org/a", "file:///etc/hosts", "GOPHER://example.org"])
def test_other_schemes_are_refused(address: str) -> None:
    with pytest.raises(FetchError, match="Only http and https"):
        load(address)


PAGE = "<article><h1>Boats</h1><p>" + "The navy has ordered two boats from the yard. " * 6 + "</p></article>"


@pytest.mark.parametrize(
    ("raw", "path", "media_type", "kind"),
    [
        (f"<!DOCTYPE html><html><body>{PAGE}", "a.txt", None, "text/html"),
        (f"\ufeff \n<!-- saved from a page --><HTML><body>{PAGE}", "a", None, "text/html"),
        (
            f'<?xml version="1.0" encoding="utf-8"?><html xmlns="http://www.w3.org/1999/xhtml"><body>{PAGE}</body></html>',
            "-",
            None,
            "text/html",
        ),
        (PAGE, "a.HTM", None, "text/html"),
        (PAGE, "https://example.org/a", "text/html", "text/html"),
        (PAGE, "https://example.org/a.html", "text/plain", "text/plain"),
        (PAGE, "a.txt", None, "text/plain"),
        ("No tag in it.", "a.html", None, "text/plain"),
        ("Two <b>boats</b>", "a.txt", None, "text/plain"),
    ],
)
def test_the_kind_is_found_from_the_text_then_the_media_type_then_the_name(raw: str, path: str, media_type: str | None, kind: str) -> None:
    document = load_bytes(raw.encode(), path=path, media_type=media_type)
    assert document.media_type == kind
    assert ("<p>" in document.text) == ("<p>" in raw and kind == "text/plain")


def test_text_that_came_as_text_is_never_taken_for_a_pdf_or_a_page() -> None:
    for text in ("%PDF-1.4 is how they start", "<html> is how they start", "\x00zero"):
        assert load_text(text, path="a.jsonl#1").text == text.replace("\x00", "")


def test_importing_the_room_is_cheap() -> None:
    heavy = ("trafilatura", "httpx", "pypdfium2", "lxml", "charset_normalizer", "subprocess")
    program = f"import sys, talaan.documents; print([name for name in {heavy!r} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
