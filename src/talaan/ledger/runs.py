"""A run: the versions of everything that can change what is read from the same bytes."""

import json
from dataclasses import asdict, dataclass
from hashlib import sha256


@dataclass(frozen=True, slots=True)
class Run:
    """Who made a reading, and with what; `time` is ISO 8601, the rest decides whether two runs can differ.

    `program` and `reader` are names with versions, the data fields hashes; `instructions` and `answers` belong to a
    model's reading, `edition` names the register editions of the verdicts (None: not verified).
    """

    program: str
    reader: str
    language_data: str
    reference_data: str
    time: str
    instructions: str | None = None
    answers: str | None = None
    edition: str | None = None

    @property
    def versions(self) -> str:
        """A short hash of everything but the time.

        >>> one, two = (Run("talaan 0.1.0", "builtin", "a", "b", time) for time in ("2026-01-01", "2026-01-02"))
        >>> one.versions == two.versions
        True
        """
        told = {name: value for name, value in asdict(self).items() if name != "time"}
        return sha256(json.dumps(told, sort_keys=True).encode()).hexdigest()[:16]
