"""What checking asks of a register's edition: parties, systems and classes in, entries out."""

from collections.abc import Callable, Collection, Iterable
from typing import Protocol

from talaan.model.entry import Edition, Entry


class EditionView(Protocol):
    """An edition that answers questions; `registers.OpenEdition` is one, and so is a list of rows in a test."""

    @property
    def edition(self) -> Edition:
        """What the edition is and covers."""
        ...

    def entries(self, ids: Iterable[str]) -> dict[str, Entry]:
        """The entries with these ids."""
        ...

    def among(self, refs: Collection[str]) -> list[Entry]:
        """Deals whose supplier and recipient are both among these references."""
        ...

    def deals(
        self,
        *,
        suppliers: Collection[str] | None = None,
        recipients: Collection[str] | None = None,
        systems: Collection[str] | None = None,
        categories: Collection[str] | None = None,
    ) -> list[Entry]:
        """Deals that pass every filter given; None lets all pass."""
        ...


class Remembered:
    """An edition that asks another one each question only once; for the claims of one document, which share their parties."""

    def __init__(self, edition: EditionView) -> None:
        self._asked = edition
        self._known: dict[object, list[Entry]] = {}

    @property
    def edition(self) -> Edition:
        """What the edition is and covers."""
        return self._asked.edition

    def entries(self, ids: Iterable[str]) -> dict[str, Entry]:
        """The entries with these ids."""
        return self._asked.entries(ids)

    def among(self, refs: Collection[str]) -> list[Entry]:
        """Deals whose supplier and recipient are both among these references."""
        return self._once(("among", frozenset(refs)), lambda: self._asked.among(refs))

    def deals(
        self,
        *,
        suppliers: Collection[str] | None = None,
        recipients: Collection[str] | None = None,
        systems: Collection[str] | None = None,
        categories: Collection[str] | None = None,
    ) -> list[Entry]:
        """Deals that pass every filter given; None lets all pass."""
        key = tuple(None if refs is None else frozenset(refs) for refs in (suppliers, recipients, systems, categories))
        return self._once(
            key, lambda: self._asked.deals(suppliers=suppliers, recipients=recipients, systems=systems, categories=categories)
        )

    def _once(self, key: object, ask: Callable[[], list[Entry]]) -> list[Entry]:
        if key not in self._known:
            self._known[key] = ask()
        return self._known[key]
