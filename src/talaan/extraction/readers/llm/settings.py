"""How a model is asked: a TOML file and the options of a call in, checked settings out; no key is ever among them."""

import re
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields, replace
from pathlib import Path
from typing import Any, Literal, get_args

from talaan.extraction.readers.llm.endpoint import checked_base
from talaan.model.errors import UsageError

SchemaMode = Literal["auto", "schema", "object", "plain"]
SCHEMA_MODES: tuple[str, ...] = get_args(SchemaMode)
PER_TOKENS = 1_000_000
RESERVED = ("model", "messages", "response_format", "stream", "n")
_VARIABLE = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")


@dataclass(frozen=True, slots=True)
class Price:
    """What a million tokens cost, in the currency of the settings."""

    input: float
    output: float

    def of(self, tokens_in: int, tokens_out: int) -> float:
        """The price of so many tokens.

        >>> Price(0.5, 2.0).of(1_000_000, 500_000)
        1.5
        """
        return (tokens_in * self.input + tokens_out * self.output) / PER_TOKENS


@dataclass(frozen=True, slots=True)
class Limits:
    """What a run may spend; None: no limit. `money` is in the currency of the settings."""

    tokens: int | None = None
    money: float | None = None
    seconds: float | None = None


@dataclass(frozen=True, slots=True)
class LlmSettings:
    """How a model is asked.

    `model` None: the only one the server has. `base_url` None: no server is asked (batch files). `api_key_env` names the
    environment variable that holds the key; it is read at the moment of asking. `answer_tokens` 0: no limit is sent.
    `context_length` is the server's, in tokens; None: not known, parts are then as long as talaan cuts them. `examples` is
    the number of worked passages in the instructions. `extra` goes into the request as it is, `omit` names fields that a
    server does not take.
    """

    model: str | None = None
    base_url: str | None = None
    api_key_env: str | None = None
    temperature: float = 0.0
    seed: int | None = 0
    answer_tokens: int = 8192
    timeout: float = 600.0
    tries: int = 5
    concurrency: int = 4
    context_length: int | None = None
    schema_mode: SchemaMode = "auto"
    examples: int = 4
    currency: str | None = None
    prices: Mapping[str, Price] = field(default_factory=dict)
    budget: Limits = field(default_factory=Limits)
    extra: Mapping[str, object] = field(default_factory=dict)
    omit: tuple[str, ...] = ()

    @property
    def price(self) -> Price | None:
        """The price of the model asked; None where the table has none."""
        return self.prices.get(self.model or "", self.prices.get("default"))


def llm_settings(
    file: Path | None = None, *, model: str | None = None, base_url: str | None = None, api_key_env: str | None = None
) -> LlmSettings:
    """Settings from a TOML file, with the options of a call in front of it; UsageError names the setting that cannot be used."""
    settings = _from_file(file) if file else LlmSettings()
    given = {"model": model, "base_url": base_url, "api_key_env": api_key_env}
    settings = replace(settings, **{name: value for name, value in given.items() if value is not None})  # type: ignore[arg-type]
    where = str(file) if file else ""
    if settings.api_key_env is not None and not _VARIABLE.fullmatch(settings.api_key_env):
        raise UsageError("A key is never given itself", where=where, hint="--api-key-env takes the name of the variable that holds it")
    if settings.base_url is not None:
        settings = replace(settings, base_url=checked_base(settings.base_url, with_key=settings.api_key_env is not None))
    if settings.budget.money is not None and not settings.prices:
        raise UsageError("A budget in money needs prices", where=where, hint='write [prices.default] with "input" and "output" per million')
    return settings


def _from_file(file: Path) -> LlmSettings:
    try:
        raw = tomllib.loads(file.read_text(encoding="utf-8"))
    except OSError as fault:
        raise UsageError(f"The settings cannot be read ({fault.strerror})", where=str(file), hint="check the name") from fault
    except ValueError:
        raise UsageError("The settings are not TOML", where=str(file), hint='write model = "name" and the like, in UTF-8') from None
    known = {entry.name for entry in fields(LlmSettings)}
    for name in raw:
        if "key" in name and name not in known:
            raise UsageError("A key is never kept in a file", where=str(file), hint='write api_key_env = "NAME_OF_A_VARIABLE"')
        if name not in known:
            raise UsageError(f"There is no setting {name!r}", where=str(file), hint="there are " + ", ".join(sorted(known)))
    try:
        return LlmSettings(**{name: _READ[name](value) for name, value in raw.items()})
    except (TypeError, ValueError, KeyError) as fault:
        raise UsageError(f"A setting cannot be used ({fault})", where=str(file), hint="see docs/how-to/ask-a-model.md") from None


def _string(raw: object) -> str:
    if not isinstance(raw, str) or not raw.strip():
        raise ValueError(f"expected a text, found {type(raw).__name__}")
    return raw.strip()


def _number(least: float, most: float) -> Callable[[Any], float]:
    def read(raw: Any) -> float:
        if isinstance(raw, bool) or not isinstance(raw, int | float) or not least <= raw <= most:
            raise ValueError(f"expected a number from {least:g} to {most:g}, found {raw!r}"[:200])
        return float(raw)

    return read


def _whole(least: int, most: int) -> Callable[[Any], int]:
    inside = _number(least, most)

    def read(raw: Any) -> int:
        if not isinstance(raw, int):
            raise ValueError(f"expected a whole number, found {raw!r}"[:200])
        return int(inside(raw))

    return read


def _mode(raw: Any) -> str:
    if raw not in SCHEMA_MODES:
        raise ValueError(f"schema_mode is one of {', '.join(SCHEMA_MODES)}")
    return str(raw)


def _prices(raw: Any) -> dict[str, Price]:
    per = _number(0, 1_000_000)
    return {str(model): Price(per(row["input"]), per(row["output"])) for model, row in dict(raw).items()}


def _limits(raw: Any) -> Limits:
    readers: dict[str, Callable[[Any], Any]] = {"tokens": _whole(1, 10**12), "money": _number(0, 10**9), "seconds": _number(1, 10**8)}
    return Limits(**{name: readers[name](value) for name, value in dict(raw).items()})


def _extra(raw: Any) -> dict[str, object]:
    taken = [name for name in dict(raw) if name in RESERVED]
    if taken:
        raise ValueError(f"{taken[0]} is set by talaan")
    return dict(raw)


def _omitted(raw: Any) -> tuple[str, ...]:
    taken = [name for name in raw if name in RESERVED]
    if isinstance(raw, str) or taken:
        raise ValueError("omit lists fields such as temperature, seed, max_tokens")
    return tuple(_string(name) for name in raw)


_READ: dict[str, Callable[[Any], Any]] = {
    "model": _string,
    "base_url": _string,
    "api_key_env": _string,
    "temperature": _number(0, 2),
    "seed": _whole(-(2**31), 2**31 - 1),
    "answer_tokens": _whole(0, 1_000_000),
    "timeout": _number(0.05, 86_400),
    "tries": _whole(1, 20),
    "concurrency": _whole(1, 256),
    "context_length": _whole(256, 100_000_000),
    "schema_mode": _mode,
    "examples": _whole(0, 4),
    "currency": _string,
    "prices": _prices,
    "budget": _limits,
    "extra": _extra,
    "omit": _omitted,
}
