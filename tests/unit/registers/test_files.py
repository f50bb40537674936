"""Files as they come: compression, encodings, line ends, damage."""

import gzip
import hashlib
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from talaan.model.errors import RegisterError
from talaan.registers.files import decode, read_file

Write = Callable[..., Path]


@given(st.text(st.characters(codec="utf-8", exclude_characters="\ufeff")))
def test_utf8_with_or_without_mark_gives_the_text_back(text: str) -> None:
    assert decode(text.encode())[0] == text
    assert decode(text.encode("utf-8-sig"))[0] == text


def test_bytes_of_one_sign_are_read_as_windows_1252() -> None:
    assert decode("Türkiye ±".encode("cp1252")) == ("Türkiye ±", "cp1252")
    assert decode(b"T\xfcr \x81") == ("Tür \x81", "latin-1")


def test_utf16_of_a_spreadsheet_is_read() -> None:
    assert decode("Türkiye".encode("utf-16"))[0] == "Türkiye"


def test_gzip_is_known_by_content_not_by_name(write: Write) -> None:
    packed = gzip.compress(b"a\r\nb\rc") + gzip.compress(b"\nd")
    file = read_file(write(packed, "export.csv"))
    assert (file.text, file.cut) == ("a\nb\nc\nd", False)
    assert file.sha256 == hashlib.sha256(packed).hexdigest()


def test_gzip_that_ends_early_is_read_as_far_as_it_goes(write: Write) -> None:
    lines = "".join(f"{number},{number * 7919 % 1009}\n" for number in range(4000))
    packed = gzip.compress(lines.encode())
    file = read_file(write(packed[: len(packed) // 2]))
    assert file.cut
    assert lines.startswith(file.text)
    assert len(file.text) > 1000


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "empty"),
        (b" \n\n", "empty"),
        (gzip.compress(b""), "empty"),
        (b"\x1f\x8bnot gzip at all", "damaged"),
        (b"MZ\0\0\x01", "not text"),
        (b"{\\rtf1\\mac {a table} }", r"RTF.*CSV export"),
        (b"%PDF-1.7", "a PDF"),
        (b"PK\x03\x04 whatever", "a spreadsheet"),
        (b"\n<!DOCTYPE HTML><table>", "a web page"),
        ("Türkiye".encode("utf-16") + b"!", "starts as UTF-16"),
        (b"a,b\nc,\0d\n", r"NUL signs.*:2"),
    ],
)
def test_what_is_no_text_is_refused(write: Write, content: bytes, says: str) -> None:
    with pytest.raises(RegisterError, match=says):
        read_file(write(content))


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(RegisterError, match=r"nothing\.csv"):
        read_file(tmp_path / "nothing.csv")


def test_a_bomb_is_refused(write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("talaan.registers.files.LARGEST", 10_000)
    with pytest.raises(RegisterError, match="unpacks to more"):
        read_file(write(gzip.compress(b"a" * 100_000)))


def test_a_bomb_is_known_by_how_far_it_unpacks_before_it_has(write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("talaan.registers.files.SMALL", 10_000)
    monkeypatch.setattr("talaan.registers.files._PIECE", 1_000)
    with pytest.raises(RegisterError, match=r"unpacks to more than .* times its size"):
        read_file(write(gzip.compress(b"a" * 10_000_000)))
    assert len(read_file(write(gzip.compress(b"a" * 9_000))).text) == 9_000
