"""A model asked from the command line, against a scripted server: reading, keeping, showing, forgetting, budgets, a kill."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import duckdb
import pytest
from extraction.scripted_server import ScriptedServer, Seen, Sent, completion, failing, serving

from .conftest import Talaan

KEY = "sk-not-to-be-seen-42"
SENTENCE = "Ukraine delivered {number} T-72 tanks to Kazakhstan in 2005, the ministry said."
TEXT = SENTENCE.format(number=12) + " The tanks and the T-72 spare parts were new tanks."


def reading(seen: Seen) -> Sent:
    """What a good model would answer about one of these texts."""
    quote = seen.text.split(" The tanks")[0].strip()
    roles = {"supplier": ["Ukraine"], "recipient": ["Kazakhstan"], "goods": ["T-72"], "quantity": [quote.split()[2]]}
    claim = {"type": "transfer", "stage": "delivered", "modality": "asserted", "quote": quote, "speaker": "the ministry", "roles": roles}
    return completion({"claims": [claim]})


def asked(server: ScriptedServer, *more: str) -> list[str]:
    return ["--base-url", server.base, "--model", "m", *more]


def test_a_model_reads_an_article_and_a_second_run_asks_nothing(talaan: Talaan) -> None:
    Path("a.txt").write_text(TEXT)
    with serving(reading) as server:
        for requests, kept in ((1, 0), (0, 1)):
            code, out, err = talaan("check", "a.txt", "--reader", "llm", "--json", "--no-verify", "--home", "own", *asked(server))
            (claim,) = json.loads(out)["claims"]
            assert code == 0 and claim["reader"] == "llm" and claim["quantity"]["number"] == 12
            assert claim["extractor"].startswith("llm ") and claim["extractor"].endswith(" scripted")
            assert f"asked: 1 documents, {requests} requests, {kept} answers from earlier runs" in err
        assert len(server.seen) == 1


def test_recorded_answers_serve_as_an_answer_file(talaan: Talaan) -> None:
    Path("a.txt").write_text(TEXT)
    with serving(reading) as server:
        code, out, err = talaan("llm", "ask", "a.txt", "-o", "answers.jsonl", "--home", "own", *asked(server))
        wire = talaan("check", "a.txt", "--json", "--no-verify", "--home", "own", *asked(server))[1]
    assert (code, out) == (0, "") and "written: answers.jsonl: 1 documents, 1 requests" in err
    code, out, err = talaan("check", "a.txt", "--answers", "answers.jsonl", "--json", "--no-verify")
    assert (code, err, json.loads(out)) == (0, "", json.loads(wire))


def test_no_key_is_kept_or_shown(talaan: Talaan, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("THE_KEY", KEY)
    Path("a.txt").write_text(TEXT)
    with serving(lambda seen: reading(seen) if seen.number else failing(500, f"{KEY} is out of quota")) as server:
        given = asked(server, "--api-key-env", "THE_KEY", "--home", "own")
        first = talaan("check", "a.txt", "--reader", "llm", "--save", *given)
        shown = [talaan("llm", "test", *given), talaan("check", "a.txt", "--json", *given), talaan("claims", "--json", "--home", "own")]
        assert {seen.headers["Authorization"] for seen in server.seen} == {f"Bearer {KEY}"}
    assert first[0] == 0 and KEY not in str((first, shown))
    for path in Path().rglob("*"):
        assert not path.is_file() or KEY.encode() not in path.read_bytes(), path
    with serving(lambda _: failing(401, f"Incorrect key: {KEY}")) as server:
        code, _, err = talaan("check", "a.txt", *asked(server, "--api-key-env", "THE_KEY", "--home", "other"))
    assert code == 3 and "401" in err and KEY not in err
    code, _, err = talaan("check", "a.txt", "--base-url", "http://localhost:1", "--api-key-env", KEY)
    assert code == 2 and KEY not in err


def test_a_claim_shows_how_it_came_to_be_until_its_document_is_forgotten(talaan: Talaan) -> None:
    Path("a.txt").write_text(TEXT)
    given = ["--home", "own"]
    with serving(reading) as server:
        out = talaan("check", "a.txt", "--json", "--no-verify", *given, *asked(server))[1]
        claim = json.loads(out)["claims"][0]["id"]
        code, out, _ = talaan("llm", "show", claim, *given)
        assert code == 0 and server.base in out and "supplier 0–7: “Ukraine” → country:UKR" in out and "You extract claims" not in out
        full = talaan("llm", "show", claim, "--full", *given)[1]
        assert "You extract claims" in full and TEXT in full
        told = json.loads(talaan("llm", "show", claim, "--json", *given)[1])
        assert told["answered"]["roles"]["supplier"] == ["Ukraine"] and told["record"]["part"]["text"].strip() == TEXT
        talaan("check", "a.txt", "--save", "--json", "--no-verify", *given, *asked(server))
    assert talaan("llm", "show", claim, *given)[0] == 0
    assert talaan("forget", "a.txt", *given)[0] == 0
    code, _, err = talaan("llm", "show", claim, *given)
    assert code == 2 and "No model was asked" in err
    assert not any(b"Ukraine delivered" in path.read_bytes() for path in Path("own").rglob("*.json"))


def test_both_readers_are_set_side_by_side(talaan: Talaan) -> None:
    Path("a.txt").write_text(TEXT)

    def other(seen: Seen) -> Sent:
        answer = json.loads(reading(seen).body)["choices"][0]["message"]["content"].replace('"12"', '"2005"')
        return completion(answer.replace('["Kazakhstan"]', '["Kazakhstan"], "financier": []'))

    with serving(other) as server:
        code, out, _ = talaan("check", "a.txt", "--reader", "both", "--json", "--no-verify", *asked(server))
        cards = talaan("check", "a.txt", "--reader", "both", "--no-verify", *asked(server))[1]
    told = json.loads(out)
    assert code == 0 and [claim["readers"]["agreement"] for claim in told["claims"]] == ["differs", "differs"]
    assert told["claims"][0]["readers"] == {"agreement": "differs", "differs_in": ["quantity"], "with": told["claims"][1]["id"]}
    assert sorted(told["review"]) == sorted(claim["id"] for claim in told["claims"])
    assert "Look at these first" in cards and "they differ in number" in cards


def test_a_spent_budget_ends_a_run_and_a_later_one_goes_on(talaan: Talaan) -> None:
    rows = [json.dumps({"text": SENTENCE.format(number=number) + " The tanks are T-72 tanks."}) for number in range(1, 9)]
    Path("many.jsonl").write_text("\n".join(rows))
    Path("llm.toml").write_text("[budget]\ntokens = 20000\n")
    with serving(lambda seen: completion_of(seen, 7000)) as server:
        given = ["--reader", "llm", "--no-verify", "--home", "own", *asked(server)]
        code, _, err = talaan("check", "many.jsonl", "-o", "results", *given, "--llm-config", "llm.toml")
        assert code == 1 and "documents were left out: not asked: The budget of 20,000 tokens is spent" in err
        done = duckdb.sql("SELECT count(*) FROM 'results/*.parquet' WHERE len(claims) = 1").fetchall()[0][0]
        assert 0 < done == len(server.seen) < 8
        code, out, err = talaan("check", "many.jsonl", "--json", *given, "--llm-config", "llm.toml")
        assert code == 1 and len(out.splitlines()) == 8 and "The budget of 20,000 tokens is spent" in err
        code, _, err = talaan("check", "many.jsonl", "-o", "results", *given)
    assert code == 0 and len(server.seen) == 8
    assert duckdb.sql("SELECT count(*) FROM 'results/*.parquet' WHERE len(claims) = 1").fetchall() == [(8,)]


def completion_of(seen: Seen, tokens: int) -> Sent:
    """The good answer, at a price."""
    content = json.loads(reading(seen).body)["choices"][0]["message"]["content"]
    return completion(content, usage={"prompt_tokens": tokens, "completion_tokens": 100})


def test_a_killed_run_goes_on_where_it_was(tmp_path: Path) -> None:
    rows = [json.dumps({"text": SENTENCE.format(number=number) + " The tanks are T-72 tanks."}) for number in range(1, 25)]
    (tmp_path / "many.jsonl").write_text("\n".join(rows))

    def slow(seen: Seen) -> Sent:
        time.sleep(0.1)
        return reading(seen)

    with serving(slow) as server:
        command = [
            sys.executable,
            "-m",
            "talaan",
            "check",
            "many.jsonl",
            "-o",
            "results",
            "--reader",
            "llm",
            "--no-verify",
            "--home",
            "own",
        ]
        command += asked(server)
        process = subprocess.Popen(command, cwd=tmp_path, stderr=subprocess.PIPE, start_new_session=True)
        while len(server.seen) < 10:
            time.sleep(0.02)
        os.killpg(process.pid, signal.SIGKILL)
        process.communicate()
        begun = len(server.seen)
        run = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
        again = len(server.seen) - begun
    assert run.returncode == 0 and 24 - begun <= again <= 24 - begun + 4, "only what was under way is asked about again"
    with duckdb.connect() as connection:
        query = "SELECT count(*) FROM read_parquet(?) WHERE len(claims) = 1"
        found = connection.execute(query, [str(tmp_path / "results/*.parquet")]).fetchall()
    assert found == [(24,)]


@pytest.mark.parametrize(
    ("given", "code", "told"),
    [
        (["--base-url", "http://8.8.8.8/v1"], 2, "in the open"),
        (["--base-url", "http://127.0.0.1:9/v1", "--model", "absent", "--llm-config", "one.toml"], 3, "cannot be reached"),
        (["--reader", "llm"], 2, "--base-url"),
        (["--reader", "llm", "--llm-config", "missing.toml"], 2, "missing.toml"),
        (["--base-url", "http://127.0.0.1:9/v1", "--api-key-env", "NOT_SET"], 2, "holds no key"),
    ],
)
def test_what_cannot_be_asked_is_said_in_one_line(talaan: Talaan, given: list[str], code: int, told: str) -> None:
    Path("a.txt").write_text(TEXT)
    Path("one.toml").write_text("tries = 1\n")
    found, out, err = talaan("check", "a.txt", "--no-verify", *given)
    assert (found, out, err.count("\n")) == (code, "", 1) and told in err


def test_settings_of_the_home_folder_are_taken(talaan: Talaan) -> None:
    Path("a.txt").write_text(TEXT)
    Path("own").mkdir()
    with serving(reading) as server:
        Path("own/llm.toml").write_text(f'base_url = "{server.base}"\nmodel = "from-the-file"\n')
        assert talaan("check", "a.txt", "--reader", "llm", "--no-verify", "--json", "--home", "own")[0] == 0
        assert server.seen[0].body["model"] == "from-the-file"


def test_a_server_is_tried_out(talaan: Talaan) -> None:
    Path("p.toml").write_text('currency = "USD"\n[prices.default]\ninput = 1\noutput = 10\n')
    with serving(lambda _: completion({"claims": []})) as server:
        code, out, _ = talaan("llm", "test", "--base-url", server.base, "--llm-config", "p.toml")
        told = json.loads(talaan("llm", "test", "--base-url", server.base, "--llm-config", "p.toml", "--json")[1])
    assert code == 0 and "context: 32,768 tokens" in out and "JSON Schema" in out and "0.002000 USD" in out
    assert (told["model"], told["models"], told["seed"], told["price"]) == ("scripted", ["scripted"], "same", 0.002)
