"""Settings of a model's asking: what a file may say, which addresses are taken, and that a key is never given."""

from pathlib import Path

import pytest

from talaan.extraction.readers.llm.endpoint import checked_base
from talaan.extraction.readers.llm.settings import Limits, LlmSettings, Price, llm_settings
from talaan.model.errors import UsageError

WHOLE = """
model = "qwen3:8b"
base_url = "http://localhost:11434"
api_key_env = "MY_KEY"
temperature = 0.2
seed = 5
answer_tokens = 4000
timeout = 90
tries = 3
concurrency = 2
context_length = 32768
schema_mode = "object"
examples = 2
currency = "EUR"
omit = ["seed"]
[prices.default]
input = 0.5
output = 1.5
[prices."qwen3:8b"]
input = 0
output = 0
[budget]
tokens = 1000000
money = 5
seconds = 3600
[extra]
top_p = 0.9
"""


def written(tmp_path: Path, text: str) -> Path:
    place = tmp_path / "llm.toml"
    place.write_text(text, encoding="utf-8")
    return place


def test_a_file_says_everything_and_options_go_before_it(tmp_path: Path) -> None:
    settings = llm_settings(written(tmp_path, WHOLE), base_url="http://127.0.0.1:8080/v1/")
    assert (settings.model, settings.base_url, settings.api_key_env) == ("qwen3:8b", "http://127.0.0.1:8080/v1", "MY_KEY")
    assert settings.price == Price(0, 0) and settings.budget == Limits(1_000_000, 5, 3600)
    assert llm_settings(written(tmp_path, WHOLE), model="other").price == Price(0.5, 1.5)
    assert llm_settings() == LlmSettings()


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ('api_key = "sk-1234567890"', "never kept in a file"),
        ("modell = 1", "no setting 'modell'"),
        ("temperature = 3", "from 0 to 2"),
        ("temperature = true", "from 0 to 2"),
        ("tries = 1.5", "whole number"),
        ('schema_mode = "strict"', "schema_mode is one of"),
        ("[extra]\nmessages = []", "messages is set by talaan"),
        ('omit = ["model"]', "omit lists fields"),
        ("[prices.default]\ninput = 1", "output"),
        ("[budget]\nhours = 1", "hours"),
        ("[budget]\nmoney = 1", "needs prices"),
        ("not toml", "not TOML"),
    ],
)
def test_a_setting_that_cannot_be_used_is_named_with_its_file(text: str, told: str, tmp_path: Path) -> None:
    with pytest.raises(UsageError) as fault:
        llm_settings(written(tmp_path, text))
    assert told in str(fault.value) and "llm.toml" in str(fault.value) and "sk-12" not in str(fault.value)


def test_a_key_given_for_its_variable_is_not_repeated() -> None:
    with pytest.raises(UsageError) as fault:
        llm_settings(api_key_env="sk-proj-1234567890")
    assert "1234" not in str(fault.value)


@pytest.mark.parametrize(
    ("given", "taken"),
    [
        ("http://localhost:11434", "http://localhost:11434/v1"),
        ("http://127.0.0.1:8080/v1/", "http://127.0.0.1:8080/v1"),
        ("http://192.168.1.20:8000/v1", "http://192.168.1.20:8000/v1"),
        ("http://[::1]:8000", "http://[::1]:8000/v1"),
        ("https://api.example.org/openai/v1", "https://api.example.org/openai/v1"),
    ],
)
def test_addresses_that_are_taken(given: str, taken: str) -> None:
    assert checked_base(given, with_key=True) == taken


@pytest.mark.parametrize(
    "given",
    ["http://93.184.216.34/v1", "http://8.8.8.8", "ftp://localhost", "localhost:11434", "http://", "https://user:secret@api.example.org/v1",
     "https://api.example.org/v1?key=1", "http://[::1", "file:///etc/passwd", "http://localhost:99999"],
)  # fmt: skip
def test_addresses_that_are_refused(given: str) -> None:
    with pytest.raises(UsageError) as fault:
        checked_base(given, with_key=False)
    assert "secret" not in str(fault.value)
