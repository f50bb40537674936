"""Arguments into single documents."""

import json
import pickle
import sys
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from talaan.documents import Source, sources
from talaan.documents.sources import _from_line
from talaan.model.errors import DocumentError
from talaan.model.when import parse_date


def test_a_folder_comes_in_the_order_of_its_names_without_hidden_and_foreign_files(tmp_path: Path) -> None:
    for name in ("b.txt", "a.HTML", "c/d.md", ".hidden.txt", ".git/e.txt", "picture.png", "z.pdf", "c/.cache/f.txt"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True, parents=True)
        path.write_text("x")
    (tmp_path / "folder.txt").mkdir()
    (tmp_path / "rows.jsonl").write_text('{"text": "one"}\n')
    found = [Path(source.path).relative_to(tmp_path).as_posix() for source in sources([str(tmp_path)])]
    assert found == ["a.HTML", "b.txt", "c/d.md", "rows.jsonl#1", "z.pdf"]


def test_a_folder_with_nothing_to_read_says_so(tmp_path: Path) -> None:
    (tmp_path / "a.docx").write_text("x")
    with pytest.raises(DocumentError, match=r"No file in this folder.*\.txt"):
        list(sources([str(tmp_path)]))


def test_arguments_stay_in_the_order_and_form_given(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("rows.jsonl").write_text('{"text": "one"}\n')
    given = ["-", "./z.txt", "HTTPS://example.org/a", "./rows.jsonl", "a.txt", "x" * 3000]
    date = parse_date("2011")
    assert list(sources(given, date)) == [
        Source("-", None, date),
        Source("./z.txt", None, date),
        Source("HTTPS://example.org/a", None, date),
        Source("./rows.jsonl#1", '{"text": "one"}', date),
        Source("a.txt", None, date),
        Source("x" * 3000, None, date),
    ]


def test_lines_with_their_numbers(tmp_path: Path) -> None:
    path = tmp_path / "rows.jsonl"
    row = {
        "text": "Dos lanchas \u2028 más.",
        "url": "https://a.example",
        "date": "2011-05-17T10:00:00Z",
        "language": "es",
        "title": " Las\nlanchas ",
    }
    lines = ["\ufeff" + json.dumps(row, ensure_ascii=False), "", json.dumps({"text": "two", "date": None, "language": 7})]
    path.write_text("\r\n".join(lines), encoding="utf-8")
    first, third = (source.load() for source in sources([str(path)], parse_date("2009")))
    assert (first.path, first.text) == (f"{path}#1", "Dos lanchas \n más.")
    assert (first.url, first.language, first.title, first.media_type) == ("https://a.example", "es", "Las lanchas", "application/json")
    assert first.published == parse_date("2011-05-17")
    assert (third.path, third.published, third.language, third.title) == (f"{path}#3", parse_date("2009"), None, None)


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("{broken", "no JSON object"),
        ("[1, 2]", "no JSON object"),
        ('"text"', "no JSON object"),
        ("null", "no JSON object"),
        ('{"body": "x"}', "no JSON object"),
        ('{"text": 7}', "no JSON object"),
        ("[" * 100_000, "no JSON object"),
        ('{"text": "x", "date": "soon"}', "date 'soon'.*YYYY"),
        ('{"text": "x", "date": ["2011"]}', "cannot be read"),
        ('{"text": " "}', "no text in it"),
    ],
)
def test_faults_name_file_and_line(line: str, words: str, tmp_path: Path) -> None:
    path = tmp_path / "rows.jsonl"
    path.write_text('{"text": "good"}\n' + line + "\n")
    good, bad = sources([str(path)])
    assert good.load().text == "good"
    with pytest.raises(DocumentError, match=words) as caught:
        bad.load()
    assert caught.value.where == f"{path}#2"


def test_a_missing_file_of_lines() -> None:
    with pytest.raises(DocumentError, match=r"no such file.*gone\.jsonl"):
        list(sources(["gone.jsonl"]))


def test_bytes_that_are_no_utf_8_are_marked_and_counted(tmp_path: Path) -> None:
    path = tmp_path / "rows.jsonl"
    path.write_bytes(b'{"text": "a\xff b\xfe"}\n')
    document = next(sources([str(path)])).load()
    assert document.text == "a\ufffd b\ufffd"
    assert document.notes == ("2 characters could not be read and stand as \ufffd.",)


def test_a_line_without_end_is_not_held_and_the_next_one_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys.modules[Source.__module__], "LONGEST_LINE", 100)
    path = tmp_path / "rows.jsonl"
    path.write_text(json.dumps({"text": "x" * 950}) + '\n{"text": "two"}\n' + json.dumps({"text": "y" * 88}))
    long, second, third = sources([str(path)])
    with pytest.raises(DocumentError, match=r"longer than.*#1"):
        long.load()
    assert second.load().text == "two"
    assert third.path == f"{path}#3"


def test_a_source_can_be_sent_to_another_process(tmp_path: Path) -> None:
    source = Source("a.jsonl#1", '{"text": "one"}', parse_date("2011"))
    assert pickle.loads(pickle.dumps(source)) == source


def test_a_fingerprint_changes_with_the_document(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("one")
    seen = {Source(str(path)).fingerprint()}
    path.write_text("three")
    seen |= {Source(str(path)).fingerprint(), Source(str(path), date=parse_date("2011")).fingerprint()}
    seen |= {Source("a#1", "x").fingerprint(), Source("a#1", "y").fingerprint(), Source("gone").fingerprint()}
    assert len(seen) == 6
    assert Source(str(path)).fingerprint() == Source(str(path)).fingerprint()


@given(st.text(st.characters(categories=["L", "N", "P", "Zs"]), min_size=1).filter(str.strip))
def test_any_text_survives_its_line(text: str) -> None:
    assert _from_line(json.dumps({"text": text}), "a#1", None).text == unicodedata.normalize("NFC", text).replace("\u00ad", "")
