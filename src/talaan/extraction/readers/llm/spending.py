"""What asking has cost so far, and whether it may go on: tokens, money, seconds; safe to use from several threads."""

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, replace

from talaan.extraction.readers.llm.settings import LlmSettings
from talaan.model.errors import ModelError


class BudgetError(ModelError):
    """The budget is spent; what is done is kept."""


@dataclass(frozen=True, slots=True)
class Spent:
    """Requests made, tokens in and out, money in the currency of the settings (None: no price known), answers from earlier runs."""

    requests: int = 0
    tokens_in: int = 0
    tokens_out: int = 0
    money: float | None = None
    kept: int = 0

    @property
    def tokens(self) -> int:
        """In and out together."""
        return self.tokens_in + self.tokens_out


class Spending:
    """The account of one run. Requests under way are counted with what they are expected to take, so that several at once
    do not run over the budget together; it can be overrun by what one request takes beyond that."""

    def __init__(self, settings: LlmSettings, *, clock: Callable[[], float] = time.monotonic) -> None:
        self.settings, self._clock, self._begun = settings, clock, clock()
        self._lock = threading.Lock()
        self._spent = Spent(money=0.0 if settings.price else None)
        self._expected = Spent(money=0.0 if settings.price else None)

    @property
    def spent(self) -> Spent:
        """What has been spent so far."""
        return self._spent

    def seconds_left(self) -> float | None:
        """How long asking may go on; None where there is no limit."""
        limit = self.settings.budget.seconds
        return None if limit is None else max(0.0, limit - (self._clock() - self._begun))

    def refuse_late(self) -> None:
        """BudgetError where the time is over."""
        if self.seconds_left() == 0.0:
            raise self._over(f"{self.settings.budget.seconds:g} seconds")

    def begin(self, tokens_in: int, tokens_out: int) -> None:
        """Counts a request that is about to be made; BudgetError where it does not fit any more."""
        with self._lock:
            self.refuse_late()
            tokens = self._spent.tokens + self._expected.tokens + tokens_in + tokens_out
            if self.settings.budget.tokens is not None and tokens > self.settings.budget.tokens:
                raise self._over(f"{self.settings.budget.tokens:,} tokens")
            most, money = self.settings.budget.money, self._price(tokens_in, tokens_out)
            if most is not None and (self._spent.money or 0) + (self._expected.money or 0) + (money or 0) > most:
                raise self._over(f"{most:g} {self.settings.currency or ''}".strip())
            self._expected = _added(self._expected, tokens_in, tokens_out, money)

    def end(self, expected: tuple[int, int], used: tuple[int, int] | None) -> None:
        """Counts what a request took; None where it came to nothing."""
        with self._lock:
            money = self._price(*expected)
            self._expected = _added(self._expected, -expected[0], -expected[1], -money if money is not None else None)
            if used is not None:
                added = _added(self._spent, *used, self._price(*used))
                self._spent = replace(added, requests=added.requests + 1)

    def kept(self) -> None:
        """Counts an answer that was there already."""
        with self._lock:
            self._spent = replace(self._spent, kept=self._spent.kept + 1)

    def told(self) -> str:
        """What was spent and what is left, in words.

        >>> Spending(LlmSettings()).told()
        '0 requests, 0 answers from earlier runs, 0 tokens in, 0 out'
        """
        spent, budget = self._spent, self.settings.budget
        line = f"{spent.requests} requests, {spent.kept} answers from earlier runs, {spent.tokens_in:,} tokens in, {spent.tokens_out:,} out"
        if budget.tokens is not None:
            line += f" ({max(0, budget.tokens - spent.tokens):,} left)"
        if spent.money is not None:
            line += f", {spent.money:.4f} {self.settings.currency or ''}".rstrip()
            line += f" ({max(0.0, budget.money - spent.money):.4f} left)" if budget.money is not None else ""
        left = self.seconds_left()
        return line + (f", {left:.0f} s left" if left is not None else "")

    def _price(self, tokens_in: int, tokens_out: int) -> float | None:
        price = self.settings.price
        return price.of(tokens_in, tokens_out) if price else None

    def _over(self, what: str) -> BudgetError:
        return BudgetError(f"The budget of {what} is spent", hint="what is answered is kept: run it again with a new budget to go on")


def _added(spent: Spent, tokens_in: int, tokens_out: int, money: float | None) -> Spent:
    total = None if spent.money is None or money is None else spent.money + money
    return replace(spent, tokens_in=spent.tokens_in + tokens_in, tokens_out=spent.tokens_out + tokens_out, money=total)
