"""One answer of a server looked at, repaired or put together: completions in, what they are worth and what to ask next out."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from talaan.extraction.readers.llm.answers import message_of, raw_claims, read_answer

MOST_FAULTS, MOST_REPEATED = 10, 8_000
MOST_TOKENS = 10**9
Row = dict[str, Any]


@dataclass(slots=True)
class Answered:
    """What a part's asking gave: the answer's text, whether it is whole, the tokens used, and every attempt with its faults."""

    content: str
    whole: bool
    model: str | None
    tokens_in: int
    tokens_out: int
    attempts: list[Row] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def judged(completion: Mapping[str, Any]) -> tuple[str, bool, tuple[int, int], list[str]]:
    """(the text, whether it is whole, what it is worth, what is wrong with it) of a completion; worth is usable claims, then few faults."""
    content, whole = "", True
    try:
        content, whole = message_of(completion)
        answer = read_answer(content, whole=whole)
    except (ValueError, KeyError, TypeError, IndexError, AttributeError, RecursionError) as fault:
        return content, whole, (-1, -1), [str(fault)[:200] or "the answer cannot be read"]
    return content, whole, (len(answer.drafts), -len(answer.faults)), list(answer.faults)


def repaired(body: Mapping[str, Any], content: str, faults: Sequence[str]) -> Row:
    """The request for another answer: what was answered and what is wrong with it are added to the conversation."""
    told = "\n".join(f"- {fault}" for fault in faults[:MOST_FAULTS])
    again = (
        f"Your answer cannot be used as it is:\n{told}\nAnswer again about the same document with the whole JSON object and nothing else."
    )
    messages = [*body["messages"][:2], {"role": "assistant", "content": content[:MOST_REPEATED]}, {"role": "user", "content": again}]
    return {**body, "messages": messages}


def joined(answers: Sequence[Answered]) -> Answered:
    """The answers about the pieces of a part as one whole answer; a piece without a usable one is noted."""
    claims: list[Any] = []
    notes: list[str] = []
    for answered in answers:
        try:
            found = raw_claims(answered.content, whole=answered.whole)
        except (ValueError, RecursionError) as fault:
            notes.append(f"a piece of the text has no usable answer: {fault}")
            continue
        claims += found
        notes += answered.notes
        if not answered.whole:
            notes.append(f"the answer about a piece of the text was cut off after {len(found)} whole claims")
    return Answered(
        json.dumps({"claims": claims}, ensure_ascii=False),
        True,
        answers[0].model,
        sum(answered.tokens_in for answered in answers),
        sum(answered.tokens_out for answered in answers),
        [attempt for answered in answers for attempt in answered.attempts],
        notes,
    )


def answer_row(custom_id: str, answered: Answered, model: str | None) -> Row:
    """The answer line, as a batch service writes it."""
    message = {"role": "assistant", "content": answered.content}
    usage = {"prompt_tokens": answered.tokens_in, "completion_tokens": answered.tokens_out}
    choice = {"index": 0, "message": message, "finish_reason": "stop" if answered.whole else "length"}
    body = {"model": answered.model or model, "choices": [choice], "usage": usage}
    row: Row = {"custom_id": custom_id, "response": {"status_code": 200, "body": body}, "error": None}
    return {**row, "notes": answered.notes} if answered.notes else row


def model_name(completion: Mapping[str, Any]) -> str | None:
    """The name the server gives the model."""
    name = completion.get("model")
    return name[:200] if isinstance(name, str) else None


def used_tokens(completion: Mapping[str, Any], expected: tuple[int, int]) -> tuple[int, int]:
    """The tokens a server says it used; those expected where it says nothing that can be."""
    usage = completion.get("usage")
    if not isinstance(usage, dict):
        return expected
    told = usage.get("prompt_tokens"), usage.get("completion_tokens")
    return tuple(
        value if isinstance(value, int) and 0 <= value < MOST_TOKENS else other for value, other in zip(told, expected, strict=True)
    )  # type: ignore[return-value]
