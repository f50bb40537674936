"""The form a model's answer must have, made from the vocabulary: nothing in, a JSON Schema out."""

from functools import lru_cache
from typing import Any

from talaan.model.vocabulary import ClaimType, vocabulary

LONGEST_QUOTE = 500


@lru_cache(maxsize=1)
def answer_schema() -> dict[str, Any]:
    """The JSON Schema of `{"claims": [...]}`, one alternative for each claim type."""
    claims = {"type": "array", "items": {"anyOf": [_claim(kind) for kind in vocabulary().types.values()]}}
    return {"type": "object", "properties": {"claims": claims}, "required": ["claims"], "additionalProperties": False}


def _claim(kind: ClaimType) -> dict[str, Any]:
    values = {name: {"enum": [*options, None]} for name, options in kind.values.items()}
    strings = {"type": "array", "items": {"type": "string"}}
    roles = dict.fromkeys((*kind.roles, *vocabulary().detail_roles), strings)
    properties: dict[str, Any] = {
        "type": {"const": kind.name},
        **values,
        "modality": {"enum": list(vocabulary().modalities)},
        "negated": {"type": "boolean"},
        "optional": {"type": "boolean"},
        "quote": {"type": "string", "maxLength": LONGEST_QUOTE},
        "speaker": {"type": ["string", "null"]},
        "roles": {"type": "object", "properties": roles, "required": list(kind.core), "additionalProperties": False},
    }
    required = ["type", *kind.core_values, "modality", "negated", "optional", "quote", "speaker", "roles"]
    return {"type": "object", "properties": properties, "required": required, "additionalProperties": False}
