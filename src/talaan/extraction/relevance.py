"""How likely a sentence holds a claim, and of which types: features in, a score and ranked types out.

The weights are text tables made by `make relevance` (tools/train_relevance.py): relevance.csv and types.csv.
"""

import math
from collections.abc import Mapping
from functools import lru_cache
from importlib.resources import files

from talaan.model.claim import Grade
from talaan.reference.rows import csv_rows

SHOWN_TYPES = 3


@lru_cache(maxsize=1)
def _weights() -> Mapping[str, float]:
    """Feature → weight, with `constant`, `strong` and `possible` (score lines of the two grades)."""
    return {row["feature"]: float(row["weight"]) for row in _rows("relevance.csv", ("feature", "weight"))}


@lru_cache(maxsize=1)
def _type_weights() -> Mapping[str, Mapping[str, float]]:
    """Feature → type → weight."""
    table: dict[str, dict[str, float]] = {}
    for row in _rows("types.csv", ("type", "feature", "weight")):
        table.setdefault(row["feature"], {})[row["type"]] = float(row["weight"])
    return table


@lru_cache(maxsize=1)
def _types() -> tuple[str, ...]:
    return tuple(sorted({kind for weights in _type_weights().values() for kind in weights}))


def _rows(name: str, columns: tuple[str, ...]) -> list[dict[str, str]]:
    return [row for _, row in csv_rows(files("talaan.extraction").joinpath(name), f"extraction/{name}", columns)]


def relevance(features: Mapping[str, float]) -> float:
    """Probability-like score between 0 and 1 (logistic)."""
    weights = _weights()
    total = weights["constant"] + sum(weights.get(name, 0.0) * value for name, value in features.items())
    return 1 / (1 + math.exp(-total))


def grade(score: float) -> Grade | None:
    """strong, possible, or None for a sentence that is no lead."""
    weights = _weights()
    return "strong" if score >= weights["strong"] else "possible" if score >= weights["possible"] else None


def likely_types(features: Mapping[str, float]) -> tuple[tuple[str, float], ...]:
    """The three likeliest types with their shares (softmax over all types)."""
    totals = dict.fromkeys(_types(), 0.0)
    by_feature = _type_weights()
    for name, value in features.items():
        if value:
            for kind, weight in by_feature.get(name, {}).items():
                totals[kind] += weight * value
    highest = max(totals.values())
    powers = {kind: math.exp(total - highest) for kind, total in totals.items()}
    whole = sum(powers.values())
    ranked = sorted(((kind, power / whole) for kind, power in powers.items()), key=lambda pair: (-pair[1], pair[0]))
    return tuple(ranked[:SHOWN_TYPES])
