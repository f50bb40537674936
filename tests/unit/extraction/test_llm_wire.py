"""Asking over the wire, against a scripted server: tries, limits, forms, repairs, cuts, the cache, the budget, the key."""

import json
import threading
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from extraction.scripted_server import Script, Seen, Sent, completion, failing, serving

from talaan.extraction.readers.llm import wire as wire_module
from talaan.extraction.readers.llm.answers import read_answers
from talaan.extraction.readers.llm.asking import Asked, Asker, kept_answers
from talaan.extraction.readers.llm.cache import AnswerCache
from talaan.extraction.readers.llm.requests import requests
from talaan.extraction.readers.llm.settings import Limits, LlmSettings, Price
from talaan.extraction.readers.llm.wire import Wire
from talaan.model.document import Document
from talaan.model.errors import ModelError, UsageError

TEXT = "Ukraine has delivered 88 BTR-4 armoured personnel carriers to Iraq, said defence minister Olha Marchuk in May 2012."
CLAIM = {
    "type": "transfer",
    "stage": "delivered",
    "modality": "asserted",
    "negated": False,
    "optional": False,
    "quote": TEXT,
    "speaker": "Olha Marchuk",
    "roles": {"supplier": ["Ukraine"], "recipient": ["Iraq"], "goods": ["BTR-4"]},
}
GOOD = {"claims": [CLAIM]}
KEY = "sk-very-secret-0123456789"


def document(text: str = TEXT) -> Document:
    return Document(text, "a.txt", "", "text/plain", language="en")


def ask(
    script: Script, *documents: Document, home: Path | None = None, pauses: list[float] | None = None, **changed: Any
) -> tuple[list[Asked], list[Seen], Asker]:
    """What asking about documents gave, what the server saw, and who asked."""
    with serving(script) as server:
        settings = LlmSettings(**{"model": "scripted", "base_url": server.base, "timeout": 5.0, "tries": 3, "concurrency": 1} | changed)
        wire = Wire(settings, pause=(pauses if pauses is not None else []).append)
        with Asker(settings, home, wire=wire) as asker:
            found = [asker.ask(one) for one in documents or (document(),)]
        return found, server.seen, asker


def drafts(asked: Asked) -> list[str]:
    return [draft.type for found in asked.answers.drafts.values() for draft in found]


def faults(asked: Asked) -> str:
    return "; ".join(text for texts in asked.answers.faults.values() for text in texts)


def test_what_is_sent_is_the_batch_line_and_what_is_kept_is_an_answer_line() -> None:
    (asked,), (seen,), asker = ask(lambda _: completion(GOOD))
    (line,) = requests(document(), replace(asker.settings, base_url=None))
    assert seen.body == json.loads(line)["body"] and seen.path == json.loads(line)["url"]
    assert asked.complete and drafts(asked) == ["transfer"] and asked.answers.models == {document().id: "scripted"}
    again = read_answers([json.dumps(row) for row in asked.rows])
    assert again == asked.answers and asked.rows[0]["custom_id"] == json.loads(line)["custom_id"]


@pytest.mark.parametrize("status", [429, 500, 502, 503, 529])
def test_a_busy_server_is_asked_again_after_growing_pauses(status: int) -> None:
    pauses: list[float] = []
    (asked,), seen, _ = ask(lambda seen: failing(status) if seen.number < 2 else completion(GOOD), pauses=pauses)
    assert drafts(asked) == ["transfer"] and len(seen) == 3
    assert 0.7 < pauses[0] < 1.3 and 1.4 < pauses[1] < 2.6


def test_retry_after_is_honoured_up_to_a_limit() -> None:
    pauses: list[float] = []
    ask(lambda seen: failing(429, Retry_After="7") if seen.number == 0 else completion(GOOD), pauses=pauses)
    assert pauses == [7.0]
    (asked,), seen, _ = ask(lambda _: failing(429, Retry_After="86400"), pauses=pauses)
    assert not asked.complete and "429" in faults(asked) and len(seen) == 1 and pauses == [7.0]


BROKEN: dict[str, tuple[Sent, str]] = {
    "cut connection": (replace(completion(GOOD), cut=True), "connection broke"),
    "no JSON": (Sent(b'{"choices": [', 200), "no JSON"),
    "a web page": (Sent(b"<html>Welcome</html>", 200, "text/html"), "no JSON (text/html)"),
    "no completion": (Sent(b'{"choices": []}'), "no chat completion"),
    "a list": (Sent(b"[1, 2]"), "no chat completion"),
    "too large": (Sent(b'{"x": "' + b"x" * 3_000_000 + b'"}'), "larger than"),
    "too slow": (replace(completion(GOOD), wait=1.2), "longer than"),
    "dripping": (replace(completion(GOOD), drip=0.05), "longer than"),
    "a redirect": (Sent(b"", 302, headers={"Location": "http://127.0.0.1:9/"}), "redirects"),
    "nesting": (Sent(b"[" * 200_000), "no JSON"),
}


@pytest.mark.parametrize("name", BROKEN)
def test_what_a_broken_server_does_is_told_and_ends(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(wire_module, "LARGEST", 1_000_000)
    sent, told = BROKEN[name]
    begun = time.monotonic()
    if name == "a redirect":
        with pytest.raises(ModelError, match=told):
            ask(lambda _: sent, timeout=0.5)
    else:
        (asked,), _, _ = ask(lambda _: sent, timeout=0.5, tries=2)
        assert not asked.complete and told in faults(asked) and drafts(asked) == []
    assert time.monotonic() - begun < 4


@pytest.mark.parametrize("status", [401, 403, 404])
def test_a_server_that_refuses_everybody_ends_the_run_with_its_words(status: int) -> None:
    with pytest.raises(ModelError, match=f"{status} .*no such model"):
        ask(lambda _: failing(status, "no such model"))


def test_a_server_that_is_not_there_is_said_to_be() -> None:
    with (
        pytest.raises(ModelError, match="cannot be reached"),
        Asker(LlmSettings(model="m", base_url="http://127.0.0.1:9/v1", tries=1), None) as asker,
    ):
        asker.ask(document())


def test_the_form_of_the_answer_is_asked_for_as_strictly_as_the_server_can() -> None:
    def script(seen: Seen) -> Sent:
        form = seen.body.get("response_format", {}).get("type")
        return failing(400, "response_format is not supported") if form == "json_schema" else completion(GOOD)

    found, seen, asker = ask(script, document(), document(TEXT + " Again."))
    assert [drafts(asked) for asked in found] == [["transfer"], ["transfer"]] and asker.mode == "object"
    assert [one.body.get("response_format", {}).get("type") for one in seen] == ["json_schema", "json_object", "json_object"]
    _, seen, asker = ask(lambda seen: failing(500, "failed to parse grammar") if "response_format" in seen.body else completion(GOOD))
    assert asker.mode == "plain" and len(seen) == 3
    (asked,), seen, _ = ask(script, schema_mode="schema")
    assert not asked.complete and len(seen) == 1, "a form that is set is not given up"


SLOPPY = [
    "Sure! Here you are: nothing.",
    '{"claims": "none"}',
    '{"claim": []}',
    json.dumps({"claims": [{**CLAIM, "type": "gift"}]}),
    json.dumps({"claims": [{**CLAIM, "quote": ""}]}),
    json.dumps({"claims": [{**CLAIM, "stage": "teleported"}]}),
    json.dumps({"claims": [{**CLAIM, "roles": {**CLAIM["roles"], "seller": ["Ukraine"]}}]}),  # type: ignore[dict-item]
    json.dumps({"claims": [{**CLAIM, "modality": "maybe"}]}),
]


@pytest.mark.parametrize("content", SLOPPY)
def test_a_sloppy_answer_is_asked_for_again_with_its_fault(content: str) -> None:
    (asked,), seen, _ = ask(lambda seen: completion(content if seen.number < 2 else GOOD))
    assert drafts(asked) == ["transfer"] and faults(asked) == "" and len(seen) == 3
    roles = [message["role"] for message in seen[1].body["messages"]]
    assert roles == ["system", "user", "assistant", "user"] and seen[1].body["messages"][:2] == seen[0].body["messages"]
    assert "cannot be used" in seen[1].body["messages"][3]["content"]


def test_after_two_repairs_the_best_answer_stays_with_its_faults() -> None:
    bad = {"claims": [CLAIM, {**CLAIM, "type": "gift"}]}
    (asked,), seen, _ = ask(lambda seen: completion("nothing" if seen.number else bad))
    assert len(seen) == 3 and drafts(asked) == ["transfer"] and "no claim type 'gift'" in faults(asked) and asked.complete


@pytest.mark.parametrize("content", ["```json\n%s\n```", "<think>{not this}</think>\n%s", "Here: %s Done."])
def test_what_models_put_around_an_answer_is_passed_over(content: str) -> None:
    (asked,), seen, _ = ask(lambda _: completion(content % json.dumps(GOOD)))
    assert drafts(asked) == ["transfer"] and len(seen) == 1


def test_a_short_answer_that_is_cut_off_gives_its_whole_claims_and_says_so() -> None:
    text = json.dumps({"claims": [CLAIM, CLAIM, CLAIM]})
    (asked,), seen, _ = ask(lambda _: completion(text[:-60], reason="length"))
    assert drafts(asked) == ["transfer"] * 2 and "cut off after 2 whole claims" in faults(asked) and len(seen) == 1


def test_a_long_part_is_cut_in_two_where_its_answer_is_cut_off_or_the_context_is_too_short() -> None:
    text = "\n".join(f"{number}. {TEXT}" for number in range(30))

    def answers(first: Sent) -> Callable[[Seen], Sent]:
        return lambda seen: first if len(seen.text) > 2500 else completion({"claims": [{**CLAIM, "quote": seen.text[:60]}]})

    for first in (completion('{"claims": [{', reason="length"), failing(400, "maximum context length is 4096 tokens")):
        (asked,), seen, _ = ask(answers(first), document(text))
        assert asked.complete and faults(asked) == "" and len(asked.rows) == 1
        assert len(drafts(asked)) == sum(len(one.text) <= 2500 for one in seen) >= 2


def test_long_documents_are_asked_in_parts_that_fit_the_context() -> None:
    text = "\n".join(f"{number}. {TEXT}" for number in range(200))
    (asked,), seen, _ = ask(lambda seen: completion({"claims": [{**CLAIM, "quote": seen.text[:50]}]}), document(text), context_length=9000)
    assert len(seen) > 3 and len(drafts(asked)) == len(seen) == len(asked.rows)
    with pytest.raises(UsageError, match="instructions take"):
        ask(lambda _: completion(GOOD), context_length=4096)


def test_a_second_run_asks_nothing_and_another_model_asks_again(tmp_path: Path) -> None:
    first, seen, _ = ask(lambda _: completion(GOOD), home=tmp_path)
    second, none, asker = ask(lambda _: failing(500), home=tmp_path)
    assert len(seen) == 1 and none == [] and asker.spending.spent.kept == 1
    assert second[0].rows == first[0].rows
    assert kept_answers(document(), asker.settings, AnswerCache(tmp_path)) == first[0].answers
    for changed in ({"model": "other"}, {"temperature": 0.5}, {"seed": 3}, {"examples": 2}, {"extra": {"top_p": 0.5}}):
        assert len(ask(lambda _: completion(GOOD), home=tmp_path, **changed)[1]) == 1
    AnswerCache(tmp_path).forget(document().id)
    assert not any(TEXT[:30] in path.read_text(encoding="utf-8") for path in (tmp_path / "llm/answers").rglob("*.json"))


def test_a_torn_record_is_asked_for_again(tmp_path: Path) -> None:
    ask(lambda _: completion(GOOD), home=tmp_path)
    for path in (tmp_path / "llm/answers").rglob("*.json"):
        path.write_bytes(path.read_bytes()[:100])
    assert len(ask(lambda _: completion(GOOD), home=tmp_path)[1]) == 1


def test_documents_are_asked_about_at_once_but_no_more_than_told() -> None:
    under_way, most, lock = [0], [0], threading.Lock()

    def script(_: Seen) -> Sent:
        with lock:
            under_way[0] += 1
            most[0] = max(most[0], under_way[0])
        time.sleep(0.05)
        with lock:
            under_way[0] -= 1
        return completion(GOOD)

    with serving(script) as server, Asker(LlmSettings(model="m", base_url=server.base, concurrency=3), None) as asker:
        pending = [asker.begin(document(f"{number} {TEXT}")) for number in range(9)]
        assert all(asker.finish(one).complete for one in pending)
    assert most[0] == 3


@pytest.mark.parametrize(
    ("budget", "told"),
    [(Limits(tokens=15_000), "15,000 tokens"), (Limits(money=0.02), "0.02 EUR"), (Limits(seconds=0.001), "0.001 seconds")],
)
def test_a_budget_ends_asking_and_keeps_what_is_done(budget: Limits, told: str, tmp_path: Path) -> None:
    usage = {"prompt_tokens": 6000, "completion_tokens": 500}
    several = [document(f"{number} {TEXT}") for number in range(6)]
    priced = {"currency": "EUR", "prices": {"default": Price(1.0, 2.0)}}
    found, seen, asker = ask(lambda _: completion(GOOD, usage=usage), *several, home=tmp_path, budget=budget, **priced)
    done = sum(asked.complete for asked in found)
    assert done <= len(seen) < 6 and (done == len(seen) or budget.seconds) and all(told in faults(asked) for asked in found[done:])
    assert asker.spending.spent.tokens <= (budget.tokens or 10**9) and (asker.spending.spent.money or 0) <= (budget.money or 1)
    rest, more, _ = ask(lambda _: completion(GOOD, usage=usage), *several, home=tmp_path, **priced)
    assert len(more) == 6 - done and all(asked.complete for asked in rest)


@pytest.mark.parametrize("usage", [{"prompt_tokens": -5, "completion_tokens": "many"}, {"prompt_tokens": 10**30}, {}])
def test_a_server_that_lies_about_tokens_is_counted_by_estimate(usage: dict[str, Any]) -> None:
    _, _, asker = ask(lambda _: completion(GOOD, usage=usage or {"x": 1}))
    assert 4_000 < asker.spending.spent.tokens_in < 12_000 and 0 < asker.spending.spent.tokens_out < 2_000


def test_the_key_goes_into_one_header_and_nowhere_else(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOME_KEY", KEY)
    leaking = {"claims": [{**CLAIM, "speaker": KEY}]}
    (asked,), seen, asker = ask(lambda _: completion(leaking), home=tmp_path, api_key_env="SOME_KEY")
    assert seen[0].headers["Authorization"] == f"Bearer {KEY}" and KEY not in json.dumps(seen[0].body)
    kept = "".join(path.read_text(encoding="utf-8") for path in tmp_path.rglob("*") if path.is_file())
    assert KEY not in kept + repr(asked) + repr(asker.settings) + asker.spending.told()
    for status in (400, 500):
        (asked,), _, _ = ask(lambda _, told=status: failing(told, f"wrong key {KEY}"), api_key_env="SOME_KEY", tries=1)  # type: ignore[misc]
        assert KEY not in faults(asked) and "[key]" in faults(asked)
    with pytest.raises(ModelError) as told:
        ask(lambda _: failing(401, f"wrong key {KEY}"), api_key_env="SOME_KEY")
    assert KEY not in repr(told.value) + str(told.getrepr(style="long", showlocals=True)).replace(f"KEY = '{KEY}'", "")
    monkeypatch.setenv("SOME_KEY", "two\nlines")
    with pytest.raises(UsageError, match="no key has") as refused:
        ask(lambda _: completion(GOOD), api_key_env="SOME_KEY")
    assert "two" not in str(refused.value)
    monkeypatch.delenv("SOME_KEY")
    with pytest.raises(UsageError, match="holds no key"):
        ask(lambda _: completion(GOOD), api_key_env="SOME_KEY")


def test_a_redirect_never_takes_the_key_along(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOME_KEY", KEY)
    with serving(lambda _: completion(GOOD)) as other:
        with pytest.raises(ModelError, match="redirects"):
            ask(lambda _: Sent(b"", 307, headers={"Location": f"{other.base}/chat/completions"}), api_key_env="SOME_KEY")
        assert other.seen == []


def test_the_only_model_is_taken_and_several_are_listed() -> None:
    with serving(lambda _: completion(GOOD), models=("one",)) as server, Asker(LlmSettings(base_url=server.base), None) as asker:
        assert asker.settings.model == "one"
    with serving(lambda _: completion(GOOD), models=("one", "two")) as server, pytest.raises(UsageError, match="one, two"):
        Asker(LlmSettings(base_url=server.base), None)
