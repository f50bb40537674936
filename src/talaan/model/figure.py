"""A computed number with its unit, window, register, edition and sources."""

from collections.abc import Mapping
from dataclasses import dataclass, field

Cell = str | int | float | bool | None


@dataclass(frozen=True, slots=True)
class Figure:
    """One table of numbers; `window` is first and last year, both included; `parts` are further tables that belong to it, by name."""

    figure: str
    about: str
    register: str
    edition: str
    unit: str
    window: tuple[int, int]
    estimated: bool
    formula: str
    rows: tuple[Mapping[str, Cell], ...]
    measures: Mapping[str, Cell] = field(default_factory=dict)
    sources: tuple[str, ...] = ()
    caveats: tuple[str, ...] = ()
    parts: Mapping[str, tuple[Mapping[str, Cell], ...]] = field(default_factory=dict)
