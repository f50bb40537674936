"""Claim types, their roles and closed values (data/vocabulary.toml in, typed lists out)."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

from talaan.model.errors import DataError

Value = str | bool


@dataclass(frozen=True, slots=True)
class ClaimType:
    """One type of claim: its roles and the closed values it can carry."""

    name: str
    core: tuple[str, ...]
    other: tuple[str, ...]
    several: tuple[str, ...]
    values: Mapping[str, tuple[Value, ...]]
    core_values: tuple[str, ...]

    @property
    def roles(self) -> tuple[str, ...]:
        """Core roles first, then the others (without quantity, value and when)."""
        return self.core + self.other


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The whole closed vocabulary."""

    types: Mapping[str, ClaimType]
    modalities: tuple[str, ...]
    detail_roles: tuple[str, ...]
    stages: Mapping[str, tuple[str, ...]]
    verdicts: tuple[str, ...]

    def stage_group(self, stage: str | None) -> str | None:
        """`open`, `agreed`, `done` or `undone`; None for no stage.

        >>> vocabulary().stage_group("licensed")
        'agreed'
        """
        return next((name for name, stages in self.stages.items() if stage in stages), None)

    def value(self, claim_type: str, name: str, raw: object) -> Value | None:
        """A closed value from what a reader wrote (`"true"` reads as True), or None where it is none of the list.

        >>> vocabulary().value("capability", "has", "False")
        False
        >>> vocabulary().value("transfer", "stage", "Delivered")
        'delivered'
        """
        wanted = str(raw).strip().lower().replace("_", "-").replace(" ", "-")
        return next((value for value in self.types[claim_type].values.get(name, ()) if str(value).lower() == wanted), None)


@lru_cache(maxsize=1)
def vocabulary() -> Vocabulary:
    """The vocabulary as shipped."""
    raw = tomllib.loads(files("talaan.model").joinpath("data/vocabulary.toml").read_text(encoding="utf-8"))
    types = {
        name: ClaimType(
            name=name,
            core=tuple(row["core"]),
            other=tuple(row.get("other", ())),
            several=tuple(row.get("several", ())),
            values={key: tuple(values) for key, values in row.get("values", {}).items()},
            core_values=tuple(row.get("core_values", ())),
        )
        for name, row in raw["types"].items()
    }
    return Vocabulary(
        types=types,
        modalities=tuple(raw["modalities"]),
        detail_roles=tuple(raw["detail_roles"]),
        stages={name: tuple(stages) for name, stages in raw["stages"].items()},
        verdicts=tuple(raw["verdicts"]["words"]),
    )


def claim_type(name: str) -> ClaimType:
    """The type of that name; DataError names the types there are."""
    types = vocabulary().types
    if name not in types:
        raise DataError(f"There is no claim type {name!r}", hint="types: " + ", ".join(types))
    return types[name]
