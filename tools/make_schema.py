"""Write the JSON Schema of the output contract from the vocabulary: nothing in, model/data/contract.schema.json out."""

import json
from pathlib import Path
from typing import Any

from talaan.model.vocabulary import ClaimType, vocabulary

OUT = Path(__file__).parent.parent / "src/talaan/model/data/contract.schema.json"
TEXT, NUMBER, WHOLE, FLAG = ({"type": kind} for kind in ("string", "number", "integer", "boolean"))


def maybe(schema: dict[str, Any]) -> dict[str, Any]:
    return {"anyOf": [schema, {"type": "null"}]}


def listed(schema: dict[str, Any]) -> dict[str, Any]:
    return {"type": "array", "items": schema}


def record(required: dict[str, Any], optional: dict[str, Any] | None = None) -> dict[str, Any]:
    """An object with these fields; additions are allowed, the contract says so."""
    return {"type": "object", "properties": {**required, **(optional or {})}, "required": list(required)}


def ref(name: str) -> dict[str, Any]:
    return {"$ref": f"#/$defs/{name}"}


PLACE = {"text": TEXT, "start": WHOLE, "end": WHOLE}
REFERENCE = {"type": ["string", "null"], "pattern": "^(country|organisation|person|group|system|category):.+$"}


def definitions() -> dict[str, Any]:
    mention = record(
        {"ref": REFERENCE, "name": maybe(TEXT), "country": maybe(TEXT), "category": maybe(TEXT), **PLACE},
        {"metonym": FLAG, "guessed": FLAG},
    )
    entry_flag = {"id": TEXT, "from": {"enum": ["sentence", "neighbour", "context"]}}
    when = {"from": maybe(TEXT), "to": maybe(TEXT), "precision": {"enum": ["day", "month", "year", "range", "relative"]}}
    return {
        "mention": mention,
        "quote": record({**PLACE, "prefix": TEXT, "suffix": TEXT}),
        "speaker": record({"ref": REFERENCE, "name": maybe(TEXT), "role": maybe(TEXT), "organisation": maybe(TEXT)}),
        "quantity": record({"number": NUMBER, "unit": TEXT, "about": FLAG, **PLACE}),
        "value": record({"amount": NUMBER, "currency": maybe(TEXT), **PLACE}),
        "when": record({**when, "text": maybe(TEXT), "start": maybe(WHOLE), "end": maybe(WHOLE)}),
        "verdict": record(
            {
                "register": TEXT,
                "edition": TEXT,
                "verdict": {"enum": list(vocabulary().verdicts)},
                "reason": TEXT,
                "rule": TEXT,
                "entries": listed(TEXT),
                "nearest": listed(TEXT),
                "fields": {"type": "object", "additionalProperties": maybe(NUMBER)},
            }
        ),
        "claim": {"oneOf": [claim(kind) for kind in vocabulary().types.values()]},
        "lead": record(
            {
                "id": TEXT,
                "quote": ref("quote"),
                "types": listed({"type": "array", "prefixItems": [{"enum": list(vocabulary().types)}, NUMBER]}),
                "mentions": listed(ref("mention")),
                "entries": listed(record(entry_flag, {"guessed": FLAG})),
                "other_deals": maybe(TEXT),
                "claims": listed(TEXT),
                "grade": {"enum": ["strong", "possible"]},
                "score": NUMBER,
                "story": maybe(TEXT),
            }
        ),
        "entry": record(
            {"id": TEXT, "supplier": REFERENCE, "recipient": REFERENCE, "designation": TEXT, "description": TEXT, "years": listed(WHOLE)}
        ),
    }


def claim(kind: ClaimType) -> dict[str, Any]:
    values = {name: {"enum": [*options, None]} for name, options in kind.values.items()}
    roles = {"type": "object", "properties": {role: listed(ref("mention")) for role in kind.roles}, "additionalProperties": False}
    fixed = {
        "id": TEXT,
        "type": {"const": kind.name},
        "modality": {"enum": list(vocabulary().modalities)},
        "negated": FLAG,
        "optional": FLAG,
        "reader": {"enum": ["builtin", "llm", "person"]},
        "roles": roles,
        "quantity": maybe(ref("quantity")),
        "value": maybe(ref("value")),
        "when": maybe(ref("when")),
        "speaker": maybe(ref("speaker")),
        "quote": ref("quote"),
        "also": listed(ref("quote")),
        "gloss": {"type": "object", "additionalProperties": TEXT},
        "confidence": {"type": "number", "minimum": 0, "maximum": 1},
        "extractor": TEXT,
        "verdicts": listed(ref("verdict")),
    }
    agreement = {"agreement": {"enum": ["agree", "differs", "alone"]}, "differs_in": listed(TEXT), "with": maybe(TEXT)}
    said = {"claim": TEXT, "document": TEXT, "path": TEXT, "agrees": FLAG, "speaker": maybe(TEXT), "date": maybe(TEXT)}
    return record({**fixed, **values}, {"lead": maybe(TEXT), "readers": record(agreement), "said_elsewhere": listed(record(said))})


def schema() -> dict[str, Any]:
    document = record(
        {
            "id": {"type": "string", "pattern": "^sha256:[0-9a-f]{64}$"},
            "path": TEXT,
            "language": maybe(TEXT),
            "title": maybe(TEXT),
            "url": maybe(TEXT),
        }
        | {"published": maybe(TEXT), "characters": WHOLE},
        {"text": TEXT, "publisher": maybe(TEXT)},
    )
    whole = record(
        {
            "document": document,
            "claims": listed(ref("claim")),
            "leads": listed(ref("lead")),
            "entries": {"type": "object", "additionalProperties": ref("entry")},
        },
        {"review": listed(TEXT)},
    )
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": "talaan check --json", **whole, "$defs": definitions()}


if __name__ == "__main__":
    OUT.write_text(json.dumps(schema(), indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
