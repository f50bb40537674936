"""How documents are read and checked: what the user chose, passed to every step."""

from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from talaan.extraction.readers.llm.answers import Answers

if TYPE_CHECKING:
    from talaan.extraction.readers.llm.settings import LlmSettings

Readers = Literal["builtin", "llm", "both"]


@dataclass(frozen=True, slots=True)
class Options:
    """How documents are read and checked.

    `answers` are a model's, needed for the readers `llm` and `both`; `llm` says how a model is asked for them over the wire
    (None: it is not); `gate` false reads texts without arms words too,
    `many` looks for arms words of all languages first (one cheap scan, worth its loading where many documents come).
    """

    home: Path
    reader: Readers = "builtin"
    answers: Answers = field(default_factory=Answers)
    edition: str | None = None
    verify: bool = True
    gate: bool = True
    many: bool = False
    with_text: bool = True
    llm: "LlmSettings | None" = None

    def with_answers(self, answers: Answers | None) -> "Options":
        """The same with a model's answers, if there are any."""
        return self if answers is None else replace(self, answers=answers)
