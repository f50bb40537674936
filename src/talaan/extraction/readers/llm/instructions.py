"""What a model is told: vocabulary, rules and worked passages in, one text with a version out.

The parts are data: task.md and rules.md beside this file, examples.jsonl (passages of the corpus' train part with their
gold as answers), and the vocabulary.
"""

import hashlib
import json
from collections.abc import Iterator
from functools import lru_cache
from importlib.resources import files

from talaan.model.vocabulary import ClaimType, vocabulary

VERSION_LETTERS = 12


@lru_cache(maxsize=1)
def instructions() -> str:
    """The system message, the same for every document."""
    parts = (_file("task.md"), _types(), _file("rules.md"), _examples())
    return "\n\n".join(part.strip() for part in parts) + "\n"


def instructions_version() -> str:
    """The first letters of the SHA-256 of the instructions: the same words have the same version."""
    return hashlib.sha256(instructions().encode("utf-8")).hexdigest()[:VERSION_LETTERS]


def _file(name: str) -> str:
    return files("talaan.extraction.readers.llm").joinpath(name).read_text(encoding="utf-8")


def _types() -> str:
    lines = ["# Claim types", "", "Core roles in bold; closed values in brackets, those marked * must be given.", ""]
    return "\n".join(
        [
            *lines,
            *(_type(kind) for kind in vocabulary().types.values()),
            "",
            "Every claim may also have the roles quantity, value (money) and when.",
        ]
    )


def _type(kind: ClaimType) -> str:
    roles = ", ".join(f"**{role}**" if role in kind.core else role for role in kind.roles)
    values = "; ".join(
        f"{name}{'*' if name in kind.core_values else ''}: {' | '.join(_words(options))}" for name, options in kind.values.items()
    )
    return f"- `{kind.name}`: {roles}" + (f" [{values}]" if values else "")


def _words(options: tuple[str | bool, ...]) -> Iterator[str]:
    return (str(option).lower() for option in options)


def _examples() -> str:
    lines = ["# Worked passages"]
    for line in _file("examples.jsonl").splitlines():
        example = json.loads(line)
        lines += ["", f"Document ({example['language']}):", example["text"], "Answer:", json.dumps(example["answer"], ensure_ascii=False)]
    return "\n".join(lines)
