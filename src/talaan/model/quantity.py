"""Numbers of things and sums of money, with the words they were read from."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Quantity:
    """How many: `about` is true for *about*, *at least*, *dozens*; unit `item` unless the text counts containers."""

    number: float
    unit: str
    about: bool
    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Money:
    """A sum; currency as ISO 4217 code, None where the text names none."""

    amount: float
    currency: str | None
    text: str
    start: int
    end: int
