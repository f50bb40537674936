"""What checking asks of a register's edition: parties, systems and classes in, entries out."""

from collections.abc import Collection, Iterable
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
