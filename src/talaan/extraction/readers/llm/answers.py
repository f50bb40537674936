"""Answers of a model made into drafts: answer lines in (from a file or over the wire), drafts by document and every fault out.

Whoever produced the answers, nothing in them is trusted: unknown types, roles and values are left out and counted, strings
are only ever looked for in the document's text.
"""

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from talaan.model.claim import Draft
from talaan.model.vocabulary import ClaimType, Value, vocabulary

_FENCE = re.compile(r"^```\w*\s*|\s*```$")
_THOUGHT = re.compile(r"\A\s*<think>.*?</think>", re.DOTALL)
_MODEL = re.compile(r"[\w.:/@+ -]{1,100}")
TRUE = ("true", "yes", "1")
CUT_OFF = "length"
MOST_SHOWN = 60


@dataclass(slots=True)
class Answers:
    """Drafts by document id, what could not be used, in words, and the names of the models that answered."""

    drafts: dict[str, list[Draft]] = field(default_factory=dict)
    faults: dict[str, list[str]] = field(default_factory=dict)
    models: dict[str, str] = field(default_factory=dict)

    def fault(self, document: str, text: str) -> None:
        """Keeps one fault."""
        self.faults.setdefault(document, []).append(text)


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer: the drafts of its claims, and what is wrong with it; `whole` is False where it was cut off at its end."""

    drafts: tuple[Draft, ...]
    faults: tuple[str, ...]
    whole: bool = True


def read_answers(lines: Iterable[str]) -> Answers:
    """All answers of a file; an answer that comes twice counts once, the last whole one."""
    answers = Answers()
    parts: dict[str, dict[str, tuple[Draft, ...]]] = {}
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
            custom_id = str(row["custom_id"])
        except (ValueError, KeyError, TypeError, RecursionError):
            answers.fault("", f"line {number} is no answer line")
            continue
        document = custom_id.rpartition("#")[0] or custom_id
        try:
            content, whole = content_of(row)
            answer = read_answer(content, whole=whole)
        except (ValueError, KeyError, TypeError, IndexError, AttributeError, RecursionError) as fault:
            answers.fault(document, f"line {number}: {fault}")
            continue
        parts.setdefault(document, {})[custom_id] = answer.drafts
        for text in (*answer.faults, *_told_on_the_way(row)):
            answers.fault(document, text)
        name = _model(row)
        if name:
            answers.models[document] = name
    for document, found in parts.items():
        answers.drafts[document] = [draft for _, drafts in sorted(found.items(), key=lambda part: _number(part[0])) for draft in drafts]
    return answers


def read_answer(content: str, *, whole: bool = True) -> Answer:
    """The claims of one answer's text; ValueError where it holds none in any usable form.

    An answer that was cut off gives the claims that are whole.
    """
    drafts: list[Draft] = []
    faults: list[str] = []
    claims = raw_claims(content, whole=whole)
    for number, claim in enumerate(claims, 1):
        draft, told = _draft(claim) if isinstance(claim, dict) else (None, ["no object"])
        faults += [f"claim {number}: {fault}" for fault in told]
        if draft is not None:
            drafts.append(draft)
    if not whole:
        faults.append(f"the answer was cut off after {len(claims)} whole claims")
    return Answer(tuple(drafts), tuple(faults), whole)


def raw_claims(content: str, *, whole: bool = True) -> list[Any]:
    """The claims of an answer's text as they stand in it, unchecked; ValueError where there is no list of them."""
    return _claims(content) if whole else _whole_claims(content)


def content_of(row: Mapping[str, Any]) -> tuple[str, bool]:
    """(the answer's text, whether it is whole) of an answer line; ValueError where the server answered with an error."""
    if row.get("error"):
        raise ValueError(f"the server answered with an error: {str(row['error'])[:200]}")
    content = row.get("content")
    if content is not None:
        return str(content), True
    response = row["response"]
    if response.get("status_code", 200) != 200:
        raise ValueError(f"the server answered with status {response['status_code']}")
    return message_of(response["body"])


def message_of(body: Mapping[str, Any]) -> tuple[str, bool]:
    """(the text, whether it is whole) of a chat completion; ValueError where it holds none."""
    choice = body["choices"][0]
    content = choice["message"].get("content")
    if isinstance(content, list):
        content = "".join(str(piece.get("text", "")) for piece in content if isinstance(piece, dict))
    if content is None:
        refusal = choice["message"].get("refusal")
        raise ValueError(f"the model refused: {str(refusal)[:200]}" if refusal else "the model answered nothing")
    return str(content), choice.get("finish_reason") != CUT_OFF


def _claims(content: str) -> list[Any]:
    """The claims of a whole answer, without the thoughts and fences that models like to put around it."""
    text = _bare(content)
    first = min((place for place in (text.find("{"), text.find("[")) if place >= 0), default=0)
    try:
        answer = json.loads(text[first : max(text.rfind("}"), text.rfind("]")) + 1])
    except ValueError as fault:
        raise ValueError(f"the answer is no JSON ({fault})") from None
    claims = answer if isinstance(answer, list) else answer.get("claims") if isinstance(answer, dict) else None
    if not isinstance(claims, list):
        raise ValueError("the answer holds no list of claims")
    return claims


def _whole_claims(content: str) -> list[Any]:
    """The claims that stand whole in an answer that was cut off."""
    text = _bare(content)
    place = text.find("[") + 1
    decoder = json.JSONDecoder()
    claims: list[Any] = []
    while place and (place := text.find("{", place)) >= 0:
        try:
            claim, place = decoder.raw_decode(text, place)
        except ValueError:
            break
        claims.append(claim)
    return claims


def _bare(content: str) -> str:
    return _FENCE.sub("", _THOUGHT.sub("", content, count=1).strip())


def _number(custom_id: str) -> int:
    tail = custom_id.rpartition("#")[2]
    return int(tail) if tail.isdecimal() and len(tail) < 10 else 0


def _model(row: Mapping[str, Any]) -> str | None:
    """The name the server gives the model, None where it gives none that can be shown."""
    response = row.get("response")
    body = response.get("body") if isinstance(response, dict) else None
    name = body.get("model") if isinstance(body, dict) else None
    return name if isinstance(name, str) and _MODEL.fullmatch(name) else None


def _told_on_the_way(row: Mapping[str, Any]) -> list[str]:
    """What talaan itself noted when it asked."""
    notes = row.get("notes")
    return [str(note)[:200] for note in notes] if isinstance(notes, list) else []


def _draft(claim: Mapping[str, Any]) -> tuple[Draft | None, list[str]]:
    """One draft (None: nothing can be made of it), and what is wrong with it."""
    kind = vocabulary().types.get(str(claim.get("type")))
    if kind is None:
        return None, [f"there is no claim type {_shown(claim.get('type'))}"]
    quote, raw = claim.get("quote"), claim.get("roles")
    if not isinstance(quote, str) or not quote.strip() or not isinstance(raw, dict):
        return None, ["quote or roles are missing"]
    modality = str(claim.get("modality") or "asserted").lower()
    if modality not in vocabulary().modalities:
        return None, [f"there is no modality {_shown(modality)}"]
    speaker = claim.get("speaker")
    draft = Draft(
        type=kind.name,
        quote=quote,
        roles=_roles(kind, raw),
        values=_values(kind, claim),
        modality=modality,
        negated=_true(claim.get("negated")),
        speaker=speaker if isinstance(speaker, str) and speaker.strip() else None,
        optional=_true(claim.get("optional")),
    )
    return draft, [*_unknown_roles(kind, raw), *_unknown_values(kind, claim)]


def _roles(kind: ClaimType, raw: Mapping[str, Any]) -> dict[str, tuple[str, ...]]:
    roles: dict[str, tuple[str, ...]] = {}
    for role in _known_roles(kind):
        fillers = raw.get(role)
        strings = fillers if isinstance(fillers, list) else [fillers]
        kept = tuple(dict.fromkeys(string for string in strings if isinstance(string, str) and string.strip()))
        if kept:
            roles[role] = kept
    return roles


def _known_roles(kind: ClaimType) -> tuple[str, ...]:
    return (*kind.roles, *vocabulary().detail_roles)


def _unknown_roles(kind: ClaimType, raw: Mapping[str, Any]) -> list[str]:
    return [f"{kind.name} has no role {_shown(role)}" for role, fillers in raw.items() if fillers and role not in _known_roles(kind)]


def _values(kind: ClaimType, claim: Mapping[str, Any]) -> dict[str, Value]:
    found = {name: vocabulary().value(kind.name, name, claim.get(name)) for name in kind.values}
    return {name: value for name, value in found.items() if value is not None}


def _unknown_values(kind: ClaimType, claim: Mapping[str, Any]) -> list[str]:
    given = {name: claim[name] for name in kind.values if claim.get(name) not in (None, "", "null")}
    return [
        f"{name} is none of {', '.join(str(value).lower() for value in kind.values[name])}: {_shown(raw)}"
        for name, raw in given.items()
        if vocabulary().value(kind.name, name, raw) is None
    ]


def _shown(raw: object) -> str:
    return repr(raw)[:MOST_SHOWN]


def _true(raw: object) -> bool:
    return str(raw).strip().lower() in TRUE
