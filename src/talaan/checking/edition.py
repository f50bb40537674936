"""What checking asks of a register's edition: parties, systems and classes in, entries out."""

from bisect import bisect_right
from collections import OrderedDict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from functools import cached_property, lru_cache
from itertools import accumulate, chain
from threading import Lock
from typing import Protocol

from talaan.checking.goods import Goods, Kind, kind_of, labels_of
from talaan.model.entry import Edition, Entry
from talaan.model.figure import Cell
from talaan.reference.tables import tables

PATIENCE = 40
SMALL = 100_000
MOST_KEPT = 200_000


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


class Rows(list[Entry]):
    """Rows of a party that know where those of a family or class stand, and those of each supplier."""

    @cached_property
    def labelled(self) -> dict[str, list[int]]:
        """Places of the rows by each family and class that names them, in order."""
        known, found = tables(), dict[str, list[int]]()
        labels: dict[Kind, frozenset[str]] = {}
        for place, row in enumerate(self):
            kind = kind_of(row, known)
            if kind not in labels:
                labels[kind] = labels_of(row, known)
            for label in labels[kind]:
                found.setdefault(label, []).append(place)
        return found

    def named(self, goods: Goods) -> list[Entry]:
        """The rows that goods named by family or class fit, in order; the same that `goods.fits` lets pass."""
        if goods.anything:
            return list(self)
        names = goods.systems | goods.specific.categories
        places = {place for name in names for place in self.labelled.get(name, ())}
        return [self[place] for place in sorted(places)]

    def remarking(self, names: Sequence[str]) -> list[Entry]:
        """The rows whose remark holds any of these names, as words or within words, in any case; in order."""
        text, starts = self._remarks
        places: set[int] = set()
        for name in names:
            wanted, found = name.lower(), -1
            while wanted and (found := text.find(wanted, found + 1)) >= 0:
                places.add(bisect_right(starts, found) - 1)
        return [self[place] for place in sorted(places)]

    @cached_property
    def _remarks(self) -> tuple[str, list[int]]:
        """All remarks in small letters, a line each, and where each begins."""
        lines = [(row.comment or "").lower().replace("\n", " ") for row in self]
        return "\n".join(lines), [0, *accumulate(len(line) + 1 for line in lines)][:-1]

    @cached_property
    def suppliers(self) -> "dict[str | None, Rows]":
        """The rows by supplier, in order."""
        found: dict[str | None, Rows] = {}
        for row in self:
            found.setdefault(row.supplier, Rows()).append(row)
        return found

    def of_suppliers(self, refs: Collection[str]) -> list[Entry]:
        """The rows of these suppliers, in order."""
        if len(refs) == 1:
            return self.suppliers.get(next(iter(refs)), [])
        return sorted((row for ref in refs for row in self.suppliers.get(ref, ())), key=in_order)


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
        self._parties: OrderedDict[tuple[str, frozenset[str]], Rows] = OrderedDict()
        self._whole: dict[tuple[str, str | None], Rows] | None = None
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
            rows = self._of("supplier" if recipients is None else "recipient", frozenset(parties))
        return rows if recipients is None or suppliers is None else rows.of_suppliers(suppliers)

    def _of(self, side: str, refs: frozenset[str]) -> Rows:
        """All rows of a party, under all its references, on one side; in the order of the edition."""
        if self.edition.rows <= self._small and self._whole is None:
            self._whole = self._read_whole()
        key = (side, refs)
        if key not in self._parties:
            self._parties[key] = self._gathered(side, refs)
            self._kept += len(self._parties[key])
        self._parties.move_to_end(key)
        while self._kept > self._most and len(self._parties) > 1:
            self._kept -= len(self._parties.popitem(last=False)[1])
        return self._parties[key]

    def _gathered(self, side: str, refs: frozenset[str]) -> Rows:
        if self._whole is not None:
            found = [self._whole.get((side, ref), Rows()) for ref in sorted(refs)]
            return found[0] if len(found) == 1 else Rows(sorted(chain.from_iterable(found), key=in_order))
        return Rows(self._asked.deals(suppliers=refs) if side == "supplier" else self._asked.deals(recipients=refs))

    def _read_whole(self) -> dict[tuple[str, str | None], Rows]:
        found: dict[tuple[str, str | None], Rows] = {}
        for row in self._asked.deals():
            found.setdefault(("supplier", row.supplier), Rows()).append(row)
            found.setdefault(("recipient", row.recipient), Rows()).append(row)
        return found


def in_order(row: Entry) -> tuple[str, str, bool, int, str, str]:
    """The order in which an edition gives its rows: by recipient, supplier, order year, designation, id."""
    return row.recipient_name, row.supplier_name, row.ordered is None, row.ordered or 0, row.designation, row.id


@lru_cache(maxsize=8)
def indexed(edition: EditionView) -> Indexed:
    """The edition with what it was asked before, shared by all documents of a process."""
    return Indexed(edition)
