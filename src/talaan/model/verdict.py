"""What one register, or one of talaan's own tables, says about one claim."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Verdict:
    """A verdict with the rule that fired and the rows it rests on.

    `register` is a register's name, or `reference:memberships`; `edition` its release; `fields` scores each compared
    field from 0 to 1 (None: not compared); `entries` are the rows that decide, `nearest` those that come close.
    """

    register: str
    edition: str
    verdict: str
    reason: str
    rule: str
    entries: tuple[str, ...] = ()
    nearest: tuple[str, ...] = ()
    fields: Mapping[str, float | None] = field(default_factory=dict)
    trace: tuple[str, ...] = ()
