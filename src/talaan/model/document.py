"""A document: one text, frozen and hashed, whose offsets every quote relies on."""

import hashlib
from dataclasses import dataclass, field
from typing import Literal

from talaan.model.when import When

Direction = Literal["ltr", "rtl"]


@dataclass(frozen=True, slots=True)
class Document:
    """One normalised text and what is known about it; unknown is None.

    `text` counts in Unicode code points. `raw_hash` is the SHA-256 of the bytes as they came; `notes` say in words what
    was done or doubtful on the way (encoding guessed, pages without text).
    """

    text: str
    path: str
    raw_hash: str
    media_type: str
    encoding: str | None = None
    language: str | None = None
    title: str | None = None
    url: str | None = None
    publisher: str | None = None
    published: When | None = None
    notes: tuple[str, ...] = field(default=())

    @property
    def id(self) -> str:
        """`sha256:` and the hash of the normalised text in UTF-8."""
        return document_id(self.text)


def document_id(text: str) -> str:
    """The id of a document with that text.

    >>> document_id("")[:14]
    'sha256:e3b0c44'
    """
    return "sha256:" + hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
