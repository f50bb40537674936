"""A reader that breaks down takes only its own process with it."""

import io
import json

import pytest
from pdf_bytes import pdf_bytes

from talaan.documents import isolated
from talaan.documents.isolated import answer_to, read_isolated
from talaan.model.errors import DocumentError


def test_strings_come_back() -> None:
    assert read_isolated("pdf", pdf_bytes([["Two boats."]]), "a.pdf", seconds=20) == ["Two boats."]


def test_a_crash_of_the_child_is_one_clear_error() -> None:
    with pytest.raises(DocumentError, match=r"broke down.*a\.html"):
        read_isolated("html", b"\xff", "a.html", seconds=20)


def test_the_child_says_what_is_wrong() -> None:
    answer = json.loads(answer_to(["pdf"], io.BytesIO(b"rubbish")))
    assert "broken" in answer["what"]
    assert answer["hint"]


def test_memory_is_limited(monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("resource")
    asked: list[tuple[int, tuple[int, int]]] = []
    monkeypatch.setattr("resource.setrlimit", lambda kind, limits: asked.append((kind, limits)))
    isolated._limit(7)
    assert (isolated.MEMORY, isolated.MEMORY) in [limits for _, limits in asked]
    assert (7, 7) in [limits for _, limits in asked]
