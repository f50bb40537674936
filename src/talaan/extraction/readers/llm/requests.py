"""Documents made into requests, the same over the wire and in batch files (as OpenAI's batch service and vLLM's run-batch read)."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from talaan.extraction.detection import detect_language
from talaan.extraction.readers.llm.instructions import instructions
from talaan.extraction.readers.llm.schema import answer_schema
from talaan.extraction.readers.llm.settings import LlmSettings
from talaan.model.document import Document
from talaan.model.errors import UsageError

LONGEST_PART, SHORTEST_PART = 24_000, 800
OVERLAP = 1_200
LETTERS_PER_TOKEN = 4
DEFAULT_MODEL = "model"


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch `document.text[start:end]` that is asked about at once."""

    document: str
    number: int
    text: str
    start: int
    end: int
    language: str | None

    @property
    def custom_id(self) -> str:
        """The name under which the answer comes back."""
        return f"{self.document}#{self.number}"


def document_parts(document: Document, settings: LlmSettings) -> list[Part]:
    """The document's parts: one, or several with overlap where it is long or the server's context is short."""
    code = document.language or detect_language(document.text)
    spans = parts(document.text, longest_part(document.text, code, settings))
    return [Part(document.id, number, document.text[start:end], start, end, code) for number, (start, end) in enumerate(spans)]


def requests(document: Document, settings: LlmSettings) -> Iterator[str]:
    """The request lines for one document."""
    for part in document_parts(document, settings):
        line = {"custom_id": part.custom_id, "method": "POST", "url": "/v1/chat/completions", "body": request_body(part, settings)}
        yield json.dumps(line, ensure_ascii=False)


def request_body(part: Part, settings: LlmSettings) -> dict[str, Any]:
    """What is sent for a part: the instructions as the system's message, the text letter for letter as the user's."""
    told = {"role": "system", "content": instructions(part.language, settings.examples)}
    return {**request_parameters(settings), "messages": [told, {"role": "user", "content": part.text}]}


def request_parameters(settings: LlmSettings) -> dict[str, Any]:
    """Everything of a request but its messages, the same for every part."""
    parameters: dict[str, Any] = {"model": settings.model or DEFAULT_MODEL, "temperature": settings.temperature}
    if settings.seed is not None:
        parameters["seed"] = settings.seed
    if settings.answer_tokens:
        parameters["max_tokens"] = settings.answer_tokens
    form = response_format(settings.schema_mode)
    if form is not None:
        parameters["response_format"] = form
    return {name: value for name, value in (parameters | dict(settings.extra)).items() if name not in settings.omit}


def response_format(mode: str) -> dict[str, Any] | None:
    """The form an answer is forced into: the JSON Schema (also for `auto`), any JSON object, or nothing."""
    if mode in ("auto", "schema"):
        return {"type": "json_schema", "json_schema": {"name": "claims", "schema": answer_schema()}}
    return {"type": "json_object"} if mode == "object" else None


def halves(part: Part) -> tuple[Part, Part] | None:
    """The part in two with overlap, None where it is too short for that."""
    if len(part.text) < 2 * SHORTEST_PART:
        return None
    first, second, *_ = parts(part.text, len(part.text) // 2 + OVERLAP // 2)
    second = (second[0], len(part.text))
    cut = (replace(part, text=part.text[a:b], start=part.start + a, end=part.start + b) for a, b in (first, second))
    return next(cut), next(cut)


def longest_part(text: str, code: str | None, settings: LlmSettings) -> int:
    """How many characters of a text one request may hold; UsageError where the context is too short for the instructions."""
    if settings.context_length is None:
        return LONGEST_PART
    told = instruction_tokens(code, settings.examples)
    answer = min(settings.answer_tokens or settings.context_length // 4, settings.context_length // 4)
    room = settings.context_length - told - answer
    sample = text[:LONGEST_PART]
    longest = int(room * len(sample) / max(1, estimated_tokens(sample)))
    if longest < SHORTEST_PART:
        what = f"The instructions take {told} of the {settings.context_length} tokens of context"
        raise UsageError(what, hint="give the server a longer context (16,384 is enough), or set examples = 0")
    return min(LONGEST_PART, longest)


@cache
def instruction_tokens(code: str | None, examples: int) -> int:
    """About how many tokens the instructions are."""
    return estimated_tokens(instructions(code, examples))


def estimated_tokens(text: str) -> int:
    """About how many tokens a text is: four Latin letters, two letters of most alphabets, or one Han sign, syllable or symbol each.

    >>> estimated_tokens("arms trade"), estimated_tokens("оружие"), estimated_tokens("武器")
    (3, 3, 2)
    """
    plain = len(text.encode("ascii", "ignore"))
    three_bytes = max(0, len(text.encode("utf-8", "replace")) - 2 * len(text) + plain)
    return -(-plain // LETTERS_PER_TOKEN) + -(-max(0, len(text) - plain - three_bytes) // 2) + three_bytes


def parts(text: str, longest: int = LONGEST_PART) -> list[tuple[int, int]]:
    """Spans of at most `longest` characters, cut at line breaks, else after full stops or spaces, with overlap.

    >>> parts("short")
    [(0, 5)]
    """
    spans = []
    start, overlap = 0, min(OVERLAP, longest // 4)
    while len(text) - start > longest:
        end = _cut(text, start + longest // 2, start + longest)
        spans.append((start, end))
        back = text.find("\n", end - overlap, end - 1)
        start = back + 1 if back >= 0 else _cut(text, end - overlap, end - overlap // 2)
    return [*spans, (start, len(text))]


def _cut(text: str, first: int, last: int) -> int:
    """The last place in a stretch where a paragraph, a sentence or a word ends; its end where none does."""
    for sign in ("\n", ". ", "。", " "):
        found = text.rfind(sign, first, last)
        if found >= 0:
            return found + len(sign)
    return last
