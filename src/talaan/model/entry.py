"""Rows of registers and the editions they came with."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Entry:
    """One row of a register in talaan's own columns; unknown is None.

    `supplier` and `recipient` are references (None: the register itself does not know), the names as the register
    writes them beside. `years` are the delivery years, TIV values are millions, `*_uncertain` is the register's own flag.
    """

    id: str
    supplier: str | None
    supplier_name: str
    recipient: str | None
    recipient_name: str
    designation: str
    description: str
    category: str | None
    system: str | None
    ordered: int | None
    ordered_uncertain: bool
    number_ordered: int | None
    number_ordered_uncertain: bool
    number_delivered: int | None
    number_delivered_uncertain: bool
    years: tuple[int, ...]
    status: str | None
    comment: str | None
    licensed: bool | None
    tiv_unit: float | None
    tiv_ordered: float | None
    tiv_delivered: float | None


@dataclass(frozen=True, slots=True)
class Coverage:
    """What an edition holds, so that a claim outside it is out of scope and not "not found".

    `recipients` and `suppliers` are references; None means all. A deal is covered when its recipient is among
    `recipients`, or its supplier among `suppliers` and its recipient among `supplier_recipients` (None: all).
    """

    first_year: int
    last_year: int
    recipients: frozenset[str] | None = None
    suppliers: frozenset[str] | None = None
    supplier_recipients: frozenset[str] | None = None
    statement: str = ""

    def holds(self, supplier: str | None, recipient: str | None) -> bool:
        """Whether deals between these parties belong to the edition (None: any party)."""
        if self.recipients is None and self.suppliers is None:
            return True
        if self.recipients is not None and recipient in self.recipients:
            return True
        of_supplier = self.suppliers is not None and supplier in self.suppliers
        return of_supplier and (self.supplier_recipients is None or recipient in self.supplier_recipients)


@dataclass(frozen=True, slots=True)
class Edition:
    """One release of a register as loaded by one `register add`.

    `rows` counts its entries, `lines` the rows of the files they were read from (several make one entry where a deal has
    a row for each year; None: not counted).
    """

    register: str
    id: str
    title: str
    publisher: str
    layout: str
    released: str | None
    loaded: str
    files: tuple[tuple[str, str], ...]
    rows: int
    set_aside: tuple[tuple[int, str], ...]
    unread_columns: tuple[str, ...]
    coverage: Coverage
    licence: str
    bundled: bool = False
    lines: int | None = None
