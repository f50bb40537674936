"""What checking asks of a register's edition: parties, systems and classes in, entries out."""

from collections import OrderedDict
from collections.abc import Callable, Collection, Iterable, Mapping
from threading import Lock
from typing import Protocol

from talaan.model.entry import Edition, Entry
from talaan.model.figure import Cell

PATIENCE = 200
SMALL = 100_000
MOST_KEPT = 500_000


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

    def reported(self, country: str, year: int) -> bool | None:
        """Whether that state filed a report for that year; None where that is not known, or the register asks for none."""
        ...

    def details(self, ids: Iterable[str]) -> Mapping[str, Mapping[str, Cell]]:
        """What the register says of its entries beyond talaan's own columns, by id."""
        ...


class Remembered:
    """An edition that asks another one each question only once; for the claims of one document, which share their parties."""

    def __init__(self, edition: EditionView) -> None:
        self._asked = edition
        self._known: dict[object, list[Entry]] = {}
        self._reported: dict[tuple[str, int], bool | None] = {}
        self._details: dict[str, Mapping[str, Cell]] = {}

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

    def reported(self, country: str, year: int) -> bool | None:
        """Whether that state filed a report for that year."""
        key = (country, year)
        if key not in self._reported:
            self._reported[key] = self._asked.reported(country, year)
        return self._reported[key]

    def details(self, ids: Iterable[str]) -> Mapping[str, Mapping[str, Cell]]:
        """What the register says of its entries beyond talaan's own columns, by id."""
        wanted = set(ids)
        if missing := wanted - self._details.keys():
            told = self._asked.details(missing)
            self._details.update({key: told.get(key, {}) for key in missing})
        return {key: self._details[key] for key in wanted}

    def _once(self, key: object, ask: Callable[[], list[Entry]]) -> list[Entry]:
        if key not in self._known:
            self._known[key] = ask()
        return self._known[key]


class Indexed:
    """An edition that answers many documents: what it was asked about a party it keeps, in the order of the edition.

    The first questions go to the edition itself, which is quickest for one document; then a small edition is read whole, and of a
    large one all rows of each party that is asked about, the longest unused forgotten first.
    """

    def __init__(self, edition: EditionView, *, patience: int = PATIENCE, small: int = SMALL, most: int = MOST_KEPT) -> None:
        self._asked = edition
        self._patience = patience
        self._small = small
        self._most = most
        self._kept = 0
        self._parties: OrderedDict[tuple[str, str | None], list[Entry]] = OrderedDict()
        self._whole = False
        self._lock = Lock()

    @property
    def edition(self) -> Edition:
        """What the edition is and covers."""
        return self._asked.edition

    def entries(self, ids: Iterable[str]) -> dict[str, Entry]:
        """The entries with these ids."""
        return self._asked.entries(ids)

    def among(self, refs: Collection[str]) -> list[Entry]:
        """Deals whose supplier and recipient are both among these references."""
        return self._asked.among(refs)

    def reported(self, country: str, year: int) -> bool | None:
        """Whether that state filed a report for that year."""
        return self._asked.reported(country, year)

    def details(self, ids: Iterable[str]) -> Mapping[str, Mapping[str, Cell]]:
        """What the register says of its entries beyond talaan's own columns, by id."""
        return self._asked.details(ids)

    def deals(
        self,
        *,
        suppliers: Collection[str] | None = None,
        recipients: Collection[str] | None = None,
        systems: Collection[str] | None = None,
        categories: Collection[str] | None = None,
    ) -> list[Entry]:
        """Deals that pass every filter given; None lets all pass."""
        parties = suppliers if recipients is None else recipients
        if parties is None or systems is not None or categories is not None or self._patience > 0:
            self._patience -= 1
            return self._asked.deals(suppliers=suppliers, recipients=recipients, systems=systems, categories=categories)
        with self._lock:
            side = "supplier" if recipients is None else "recipient"
            found = [row for ref in parties for row in self._of(side, ref)]
        rows = found if len(parties) == 1 else sorted(found, key=in_order)
        return rows if recipients is None or suppliers is None else [row for row in rows if row.supplier in suppliers]

    def _of(self, side: str, ref: str) -> list[Entry]:
        """All rows of a party on one side, in the order of the edition."""
        if self.edition.rows <= self._small and not self._whole:
            self._read_whole()
        key = (side, ref)
        if key not in self._parties:
            rows = [] if self._whole else self._asked.deals(**{f"{side}s": (ref,)})
            self._parties[key] = rows
            self._kept += len(rows)
        self._parties.move_to_end(key)
        while self._kept > self._most and len(self._parties) > 1 and not self._whole:
            self._kept -= len(self._parties.popitem(last=False)[1])
        return self._parties[key]

    def _read_whole(self) -> None:
        for row in self._asked.deals():
            self._parties.setdefault(("supplier", row.supplier), []).append(row)
            self._parties.setdefault(("recipient", row.recipient), []).append(row)
        self._whole = True


def in_order(row: Entry) -> tuple[str, str, bool, int, str, str]:
    """The order in which an edition gives its rows: by recipient, supplier, order year, designation, id."""
    return row.recipient_name, row.supplier_name, row.ordered is None, row.ordered or 0, row.designation, row.id
