"""Encodings are found, and said where they were guessed."""

import codecs

import pytest

from talaan.documents.decoding import decode
from talaan.model.errors import DocumentError

RUSSIAN = "Перу заказало два сторожевых катера. Министерство обороны подтвердило договор."
GERMAN = "Peru bestellt zwei Küstenwachboote für die Häfen im Süden; das Parlament prüft noch."
SPANISH = "El año pasado el país compró dos lanchas patrulleras, según señaló el ministerio."
POLISH = "Marynarka wojenna zamówiła dwie łodzie patrolowe; umowę podpisał minister, mówią źródła."
TURKISH = "Deniz kuvvetleri iki karakol gemisi sipariş etti; anlaşma geçen yıl imzalanmıştı."
HEBREW = "הצי הזמין שתי סירות משמר לפי החוזה שנחתם בשנה שעברה."
KOREAN = "해군은 지난해 체결한 계약에 따라 초계정 두 척을 주문했다고 밝혔다."
JAPANESE = "海軍は昨年の契約に基づいて哨戒艇を二隻注文したと発表した。"
CHINESE = "海军根据去年签订的合同订购了两艘巡逻艇，国防部证实了这一消息。"


@pytest.mark.parametrize(
    ("mark", "codec", "name"),
    [
        (codecs.BOM_UTF8, "utf-8", "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16-le", "utf-16"),
        (codecs.BOM_UTF16_BE, "utf-16-be", "utf-16"),
        (codecs.BOM_UTF32_LE, "utf-32-le", "utf-32"),
    ],
)
def test_a_mark_tells_the_encoding_and_is_no_part_of_the_text(mark: bytes, codec: str, name: str) -> None:
    found = decode(mark + RUSSIAN.encode(codec), "a.txt", declared="latin-1")
    assert (found.text, found.encoding, found.notes) == (RUSSIAN, name, ())


@pytest.mark.parametrize("codec", ["utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("text", [RUSSIAN, GERMAN, CHINESE + " 2011"])
def test_utf_16_without_a_mark(codec: str, text: str) -> None:
    found = decode(text.encode(codec), "a.txt")
    assert (found.text, found.encoding) == (text, codec)
    assert "guessed" in found.notes[0]


@pytest.mark.parametrize(
    ("text", "codec"),
    [
        (RUSSIAN, "cp1251"),
        (RUSSIAN, "koi8_r"),
        (GERMAN, "cp1252"),
        (SPANISH, "cp1252"),
        (POLISH, "cp1250"),
        (POLISH, "iso8859_2"),
        (TURKISH, "cp1254"),
        (HEBREW, "cp1255"),
        (KOREAN, "cp949"),
        (JAPANESE, "cp932"),
        (JAPANESE, "euc_jp"),
        (CHINESE, "gb18030"),
    ],
)
def test_an_encoding_that_nobody_states_is_guessed_and_said(text: str, codec: str) -> None:
    found = decode(text.encode(codec), "a.txt")
    assert (found.text, found.encoding) == (text, codec)
    assert found.notes == (f"The encoding was not stated; {codec} was guessed.",)


def test_one_umlaut_late_in_a_long_text_is_not_taken_for_damaged_utf_8() -> None:
    text = "The boats were ordered by the navy. " * 9000 + "So hieß es in Köln."
    assert decode(text.encode("latin-1"), "a.txt").text == text


@pytest.mark.parametrize("start", ['<html><head><meta charset="{}">', '<?xml version="1.0" encoding="{}"?><html>'])
def test_html_declares_its_encoding(start: str) -> None:
    text = start.format("windows-1253") + "<p>Έ"
    found = decode(text.encode("cp1253"), "a.html")
    assert (found.text, found.encoding) == (text, "cp1253")
    assert found.notes == ("Encoding cp1253 as the document declares.",)


def test_declared_latin_1_keeps_the_quotation_marks_of_the_wider_table() -> None:
    text = "“Überführt” – so heißt es"
    assert decode(text.encode("cp1252"), "a.html", declared="ISO-8859-1").text == text


@pytest.mark.parametrize(
    "declared", ["unicode_escape", "idna", "punycode", "undefined", "zlib", "rot13", "utf-7", "nonsense", "é", "a\0b", "../os"]
)
def test_a_false_declaration_is_passed_over(declared: str) -> None:
    assert decode(RUSSIAN.encode("cp1251"), "a.html", declared=declared).text == RUSSIAN
    assert decode(RUSSIAN.encode(), "a.html", declared=declared).text == RUSSIAN


def test_valid_utf_8_goes_before_a_declaration() -> None:
    assert decode(GERMAN.encode(), "a.html", declared="windows-1251").encoding == "utf-8"


def test_a_declared_seven_bit_encoding() -> None:
    assert decode(JAPANESE.encode("iso2022_jp"), "a.html", declared="ISO-2022-JP").text == JAPANESE


def test_broken_utf_8_keeps_what_can_be_read_and_says_how_much_cannot() -> None:
    raw = RUSSIAN.encode()
    found = decode(raw[:25] + b"\xff" + raw[25:] + b"\xe2\x80", "a.txt")
    assert found.text.replace("\ufffd", "") == RUSSIAN
    assert found.notes == ("2 characters could not be read and stand as \ufffd.",)
    assert found.encoding == "utf-8"


def test_a_cut_off_end_is_damage_and_no_other_encoding() -> None:
    assert decode("The price — ".encode()[:-2], "a.txt").text == "The price \ufffd"


@pytest.mark.parametrize("raw", [b"PK\x03\x04\0\0\x08\0abc", bytes(range(256)) * 4, b"\x7fELF" + bytes(50), b"a\x01b\x02c\x03d" * 20])
def test_a_binary_file_is_refused(raw: bytes) -> None:
    with pytest.raises(DocumentError, match=r"binary.*a\.bin"):
        decode(raw, "a.bin")


def test_bytes_that_are_no_text_in_any_encoding_are_refused() -> None:
    with pytest.raises(DocumentError, match="no text in any known encoding"):
        decode(codecs.BOM_UTF8 + b"\xff\xfe\xfd" * 30, "a.txt")
