"""What a server can do and what a page costs: settings in, the findings of a few requests out; nothing is kept."""

import time
from collections.abc import Mapping
from dataclasses import dataclass, replace
from importlib.resources import files
from typing import Any

from talaan.extraction.analysis import analyse
from talaan.extraction.claims import make_claims
from talaan.extraction.readers.llm.answers import message_of
from talaan.extraction.readers.llm.asking import Asker, model_names
from talaan.extraction.readers.llm.settings import LlmSettings
from talaan.extraction.readers.llm.wire import Wire
from talaan.model.document import Document
from talaan.model.errors import ModelError

LANGUAGE = "en"
SEED, SEED_TOKENS = 7, 24
DRAW = "Write ten random words, and nothing else."
CONTEXT_NAMES = ("max_model_len", "context_length", "context_window", "max_context_length", "n_ctx", "n_ctx_train")
MODE_LABELS = {"schema": "JSON Schema", "object": "any JSON object", "plain": "no form, answers are checked and asked for again"}


@dataclass(frozen=True, slots=True)
class Probe:
    """What was found; None where the server does not say. `seed` is `same`, `differs` or `refused`; `price` is in the currency set."""

    server: str
    model: str
    models: tuple[str, ...]
    context_length: int | None
    schema_mode: str
    seed: str
    seconds: float
    tokens_in: int
    tokens_out: int
    price: float | None
    currency: str | None
    attempts: int
    claims: int
    dropped: tuple[str, ...]


def page() -> str:
    """An invented article of about 2 kB, the page that is asked about."""
    return files("talaan.extraction.readers.llm").joinpath("page.txt").read_text(encoding="utf-8")


def probe(settings: LlmSettings) -> Probe:
    """What the server can do, by listing its models and asking about one page and twice for a few words; ModelError where it cannot be
    asked."""
    wire = Wire(settings)
    listed = wire.look("/models")
    document = Document(page(), "page", "", "text/plain", language=LANGUAGE)
    with Asker(settings, None, wire=wire) as asker:
        begun = time.monotonic()
        asked = asker.ask(document)
        seconds = time.monotonic() - begun
        if not asked.complete:
            raise ModelError("; ".join(asked.answers.faults[document.id]), where=wire.base)
        made = make_claims(
            document, analyse(document.text, LANGUAGE), asked.answers.drafts.get(document.id, []), reader="llm", extractor=""
        )
        spent = asker.spending.spent
        settings = asker.settings
        return Probe(
            server=wire.base,
            model=settings.model or "",
            models=tuple(model_names(listed)),
            context_length=_context(listed, settings.model or "", wire),
            schema_mode=asker.mode,
            seed=_seed(wire, settings),
            seconds=seconds,
            tokens_in=spent.tokens_in,
            tokens_out=spent.tokens_out,
            price=spent.money,
            currency=settings.currency,
            attempts=spent.requests,
            claims=len(made.claims),
            dropped=(*asked.answers.faults.get(document.id, ()), *made.dropped),
        )


def _context(listed: Any, model: str, wire: Wire) -> int | None:
    """The context length as far as the server says it: in its list of models, or in llama.cpp's properties."""
    rows = listed.get("data") if isinstance(listed, dict) else None
    row = next((row for row in rows or () if isinstance(row, dict) and row.get("id") == model), {})
    told = _first_number(row) or _first_number(row.get("meta"))
    if told is not None:
        return told
    properties = wire.look("/props", beside=True)
    return _first_number(properties.get("default_generation_settings")) if isinstance(properties, dict) else None


def _first_number(row: Any) -> int | None:
    if not isinstance(row, Mapping):
        return None
    return next((row[name] for name in CONTEXT_NAMES if isinstance(row.get(name), int) and row[name] > 0), None)


def _seed(wire: Wire, settings: LlmSettings) -> str:
    """Whether one seed gives one answer, at a temperature where others differ."""
    asked = [{"role": "user", "content": DRAW}]
    body: dict[str, Any] = {"model": settings.model, "messages": asked, "temperature": 1.0, "seed": SEED, "max_tokens": SEED_TOKENS}
    body = {name: value for name, value in (body | dict(settings.extra)).items() if name not in settings.omit}
    wire = Wire(replace(settings, tries=1))
    try:
        first, second = (message_of(wire.chat(body))[0] for _ in range(2))
    except (ModelError, ValueError):
        return "refused"
    finally:
        wire.close()
    return "same" if first == second else "differs"
