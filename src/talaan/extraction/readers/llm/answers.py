"""A file of model answers made into drafts: JSON lines in, drafts by document and every fault out.

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
TRUE = ("true", "yes", "1")


@dataclass(slots=True)
class Answers:
    """Drafts by document id, and what could not be used, in words."""

    drafts: dict[str, list[Draft]] = field(default_factory=dict)
    faults: dict[str, list[str]] = field(default_factory=dict)

    def fault(self, document: str, text: str) -> None:
        self.faults.setdefault(document, []).append(text)


def read_answers(lines: Iterable[str]) -> Answers:
    """All answers of a file; an answer that comes twice counts once, the last whole one."""
    answers = Answers()
    parts: dict[str, dict[str, list[Draft]]] = {}
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
            custom_id = str(row["custom_id"])
        except (ValueError, KeyError, TypeError):
            answers.fault("", f"line {number} is no answer line")
            continue
        document = custom_id.rpartition("#")[0] or custom_id
        try:
            parts.setdefault(document, {})[custom_id] = _drafts(row, answers, document)
        except (ValueError, KeyError, TypeError, IndexError, AttributeError) as fault:
            answers.fault(document, f"line {number}: {fault}")
    for document, found in parts.items():
        answers.drafts[document] = [draft for _, drafts in sorted(found.items(), key=lambda part: _number(part[0])) for draft in drafts]
    return answers


def _number(custom_id: str) -> int:
    tail = custom_id.rpartition("#")[2]
    return int(tail) if tail.isdigit() else 0


def _drafts(row: Mapping[str, Any], answers: Answers, document: str) -> list[Draft]:
    answer = json.loads(_content(row))
    claims = answer if isinstance(answer, list) else answer["claims"]
    if not isinstance(claims, list):
        raise ValueError("claims is no list")
    drafts = []
    for number, claim in enumerate(claims, 1):
        draft = _draft(claim) if isinstance(claim, dict) else "no object"
        if isinstance(draft, str):
            answers.fault(document, f"claim {number}: {draft}")
        else:
            drafts.append(draft)
    return drafts


def _content(row: Mapping[str, Any]) -> str:
    """The answer's JSON text, without the fences that models like to put around it."""
    if row.get("error"):
        raise ValueError(f"the server answered with an error: {str(row['error'])[:200]}")
    content = row.get("content")
    if content is None:
        response = row["response"]
        if response.get("status_code", 200) != 200:
            raise ValueError(f"the server answered with status {response['status_code']}")
        content = response["body"]["choices"][0]["message"]["content"]
    text = _FENCE.sub("", str(content).strip())
    first = min((place for place in (text.find("{"), text.find("[")) if place >= 0), default=0)
    return text[first : max(text.rfind("}"), text.rfind("]")) + 1]


def _draft(claim: Mapping[str, Any]) -> Draft | str:
    """One draft, or why there is none."""
    kind = vocabulary().types.get(str(claim.get("type")))
    if kind is None:
        return f"there is no claim type {claim.get('type')!r}"
    quote, raw = claim.get("quote"), claim.get("roles")
    if not isinstance(quote, str) or not quote.strip() or not isinstance(raw, dict):
        return "quote or roles are missing"
    modality = str(claim.get("modality") or "asserted").lower()
    if modality not in vocabulary().modalities:
        return f"there is no modality {modality!r}"
    speaker = claim.get("speaker")
    return Draft(
        type=kind.name,
        quote=quote,
        roles=_roles(kind, raw),
        values=_values(kind, claim),
        modality=modality,
        negated=_true(claim.get("negated")),
        speaker=speaker if isinstance(speaker, str) and speaker.strip() else None,
        optional=_true(claim.get("optional")),
    )


def _roles(kind: ClaimType, raw: Mapping[str, Any]) -> dict[str, tuple[str, ...]]:
    known = (*kind.roles, *vocabulary().detail_roles)
    roles: dict[str, tuple[str, ...]] = {}
    for role in known:
        fillers = raw.get(role)
        strings = fillers if isinstance(fillers, list) else [fillers]
        kept = tuple(dict.fromkeys(string for string in strings if isinstance(string, str) and string.strip()))
        if kept:
            roles[role] = kept
    return roles


def _values(kind: ClaimType, claim: Mapping[str, Any]) -> dict[str, Value]:
    found = {name: vocabulary().value(kind.name, name, claim.get(name)) for name in kind.values}
    return {name: value for name, value in found.items() if value is not None}


def _true(raw: object) -> bool:
    return str(raw).strip().lower() in TRUE
