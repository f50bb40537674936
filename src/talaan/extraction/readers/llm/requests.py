"""Documents made into batch requests: documents in, JSON lines out (as OpenAI's batch service and vLLM's run-batch read)."""

import json
from collections.abc import Iterator

from talaan.extraction.readers.llm.instructions import instructions
from talaan.extraction.readers.llm.schema import answer_schema
from talaan.model.document import Document

LONGEST_PART = 24_000
OVERLAP = 1_200
DEFAULT_MODEL = "model"


def requests(document: Document, model: str = DEFAULT_MODEL) -> Iterator[str]:
    """The request lines for one document: one, or several with overlap where it is long."""
    for number, (start, end) in enumerate(parts(document.text)):
        body = {
            "model": model,
            "temperature": 0,
            "messages": [{"role": "system", "content": instructions()}, {"role": "user", "content": document.text[start:end]}],
            "response_format": {"type": "json_schema", "json_schema": {"name": "claims", "schema": answer_schema()}},
        }
        line = {"custom_id": f"{document.id}#{number}", "method": "POST", "url": "/v1/chat/completions", "body": body}
        yield json.dumps(line, ensure_ascii=False)


def parts(text: str) -> list[tuple[int, int]]:
    """Spans of at most LONGEST_PART characters, cut at line breaks where there are any, with overlap.

    >>> parts("short")
    [(0, 5)]
    """
    spans = []
    start = 0
    while len(text) - start > LONGEST_PART:
        cut = text.rfind("\n", start + LONGEST_PART // 2, start + LONGEST_PART)
        end = cut + 1 if cut > 0 else start + LONGEST_PART
        spans.append((start, end))
        back = text.find("\n", end - OVERLAP, end)
        start = back + 1 if 0 < back + 1 < end else end - OVERLAP
    return [*spans, (start, len(text))]
