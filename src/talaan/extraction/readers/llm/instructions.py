"""What a model is told: vocabulary, rules and worked passages in, one text with a version out.

The parts are data: task.md and rules.md beside this file, examples/<language>.jsonl (passages of the corpus' train part with
their gold as answers, in that language; any.jsonl for the others), and the vocabulary.
"""

import hashlib
import json
from collections.abc import Iterator
from functools import cache, lru_cache
from importlib.resources import files

from talaan.model.vocabulary import ClaimType, vocabulary

VERSION_LETTERS = 12
EXAMPLES = 4
ANY = "any"


@cache
def instructions(code: str | None = None, examples: int = EXAMPLES) -> str:
    """The system message for documents in a language (None: not known), with that many worked passages."""
    parts = [_file("task.md"), _types(), _file("rules.md")]
    if examples:
        parts.append(_examples(code, examples))
    return "\n\n".join(part.strip() for part in parts) + "\n"


@cache
def instructions_version(code: str | None = None, examples: int = EXAMPLES) -> str:
    """The first letters of the SHA-256 of the instructions: the same words have the same version."""
    return hashlib.sha256(instructions(code, examples).encode("utf-8")).hexdigest()[:VERSION_LETTERS]


@lru_cache(maxsize=1)
def all_instructions_version() -> str:
    """One version for the instructions of all languages."""
    told = "".join(instructions(code) for code in (None, *example_languages()))
    return hashlib.sha256(told.encode("utf-8")).hexdigest()[:VERSION_LETTERS]


@lru_cache(maxsize=1)
def example_languages() -> tuple[str, ...]:
    """The languages with worked passages of their own."""
    found = files("talaan.extraction.readers.llm").joinpath("examples").iterdir()
    return tuple(sorted(name for entry in found if (name := entry.name.removesuffix(".jsonl")) not in (ANY, entry.name)))


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


def _examples(code: str | None, examples: int) -> str:
    lines = ["# Worked passages"]
    name = code if code in example_languages() else ANY
    for line in _file(f"examples/{name}.jsonl").splitlines()[:examples]:
        example = json.loads(line)
        lines += ["", f"Document ({example['language']}):", example["text"], "Answer:", json.dumps(example["answer"], ensure_ascii=False)]
    return "\n".join(lines)
