"""What every benchmark hands over: measured values with their bounds in, a Markdown table or JSON lines out."""

import argparse
import json
import sys
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass

PEER_ABSENT = "peer absent"


@dataclass(frozen=True, slots=True)
class Measure:
    """One figure: its value (None: not measured, `note` says why), the bound it must keep (None: none), and the peer beside it."""

    name: str
    value: float | None
    unit: str
    bound: float | None = None
    at_least: bool = False
    peer: str = ""
    note: str = ""

    @property
    def held(self) -> bool | None:
        """Whether the bound holds; None where there is no bound or no value."""
        if self.value is None or self.bound is None:
            return None
        return self.value >= self.bound if self.at_least else self.value <= self.bound


def missed(measures: Iterable[Measure]) -> bool:
    """Whether any bound is missed."""
    return any(measure.held is False for measure in measures)


def table(measures: Iterable[Measure]) -> str:
    """The measures as a Markdown table."""
    rows = [("measure", "value", "bound", "peer", "held?"), ("---",) * 5]
    rows += [(measure.name, _value(measure), _bound(measure), measure.peer or "–", _held(measure)) for measure in measures]
    return "\n".join("| " + " | ".join(row) + " |" for row in rows)


def _value(measure: Measure) -> str:
    if measure.value is None:
        return f"not measured: {measure.note}"
    return f"{number(measure.value)} {measure.unit}".strip() + (f" ({measure.note})" if measure.note else "")


def _bound(measure: Measure) -> str:
    if measure.bound is None:
        return "–"
    return f"{'≥' if measure.at_least else '≤'} {number(measure.bound)} {measure.unit}".strip()


def _held(measure: Measure) -> str:
    return "–" if measure.held is None else "yes" if measure.held else "**no**"


def number(value: float) -> str:
    """A value with as many digits as can be read: three significant ones, thousands apart.

    >>> number(0.12345), number(1.5), number(23456.7)
    ('0.123', '1.5', '23,457')
    """
    return f"{value:,.0f}" if abs(value) >= 100 else f"{value:.3g}"


def say(line: str) -> None:
    """Progress on stderr."""
    print(line, file=sys.stderr, flush=True)


def parser(description: str) -> argparse.ArgumentParser:
    """The options that every benchmark has."""
    options = argparse.ArgumentParser(description=description)
    options.add_argument("--json", action="store_true", help="one JSON object a line instead of the table")
    return options


def publish(measures: Sequence[Measure], *, as_json: bool) -> int:
    """Print the measures; the exit code: 1 where a bound is missed."""
    print("\n".join(json.dumps(asdict(measure), ensure_ascii=False) for measure in measures) if as_json else table(measures))
    return int(missed(measures))


def main(description: str, measure: Callable[[], Sequence[Measure]]) -> int:
    """Run one benchmark that has no options of its own."""
    given = parser(description).parse_args()
    return publish(measure(), as_json=given.json)
