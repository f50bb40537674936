"""Register rows in words: entries in, rows grouped by pair of parties out."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from talaan.model.entry import Entry
from talaan.output.names import category_name, code_of
from talaan.output.words import Words

ARROW = "→"


@dataclass(frozen=True, slots=True)
class Row:
    """One register row, every cell in words; empty where the register is silent."""

    id: str
    designation: str
    what: str
    ordered: str
    number: str
    delivered: str
    years: str
    licensed: bool
    remark: str
    origin: str = ""


@dataclass(frozen=True, slots=True)
class Pair:
    """The rows of one supplier and one recipient, in the order given."""

    supplier: str
    recipient: str
    codes: str
    rows: tuple[Row, ...]

    @property
    def names(self) -> str:
        """`Ukraine → Kazakhstan`."""
        return f"{self.supplier} {ARROW} {self.recipient}"


def years_text(years: Sequence[int]) -> str:
    """Years with runs joined; empty where there are none.

    >>> years_text([2005]), years_text([2001, 2002, 2003, 2007])
    ('2005', '2001–2003, 2007')
    """
    runs: list[list[int]] = []
    for year in sorted(set(years)):
        if runs and year == runs[-1][1] + 1:
            runs[-1][1] = year
        else:
            runs.append([year, year])
    return ", ".join(str(first) if first == last else f"{first}–{last}" for first, last in runs)


def flagged(value: int | None, uncertain: bool) -> str:
    """A register's number with its own question mark; empty for None.

    >>> flagged(12, True), flagged(None, True)
    ('12?', '')
    """
    return "" if value is None else f"{value}{'?' if uncertain else ''}"


def row_of(entry: Entry, words: Words) -> Row:
    """The row of an entry."""
    return Row(
        id=entry.id,
        designation=entry.designation,
        what=category_name(entry.category, language=words.code) or entry.description,
        ordered=flagged(entry.ordered, entry.ordered_uncertain),
        number=flagged(entry.number_ordered, entry.number_ordered_uncertain),
        delivered=flagged(entry.number_delivered, entry.number_delivered_uncertain),
        years=years_text(entry.years),
        licensed=bool(entry.licensed),
        remark=entry.comment or "",
    )


def row_line(row: Row, words: Words) -> str:
    """One line: `BTR-3 (infantry fighting vehicle) · ordered 2005 · delivered 2 of 2 · 2005`."""
    parts = [
        f"{row.designation} ({row.what})" if row.what else row.designation,
        words.say("deal.ordered", year=row.ordered) if row.ordered else words.say("deal.order_unknown"),
        _delivery(row, words),
        row.years,
        words.say("deal.licensed") if row.licensed else "",
    ]
    return " · ".join(part for part in parts if part)


def _delivery(row: Row, words: Words) -> str:
    if row.delivered in ("0", "0?"):
        ordered = [words.say("deal.number", number=row.number)] if row.number else []
        return " · ".join([*ordered, words.say("deal.none")])
    if row.delivered and row.number:
        return words.say("deal.delivered", done=row.delivered, number=row.number)
    if row.delivered:
        return words.say("deal.delivered_some", done=row.delivered)
    return words.say("deal.number", number=row.number) if row.number else ""


def pairs_of(
    ids: Iterable[str], entries: Mapping[str, Entry], words: Words, *, origins: Mapping[str, str] | None = None
) -> tuple[Pair, ...]:
    """The entries with these ids, grouped by supplier and recipient; ids without an entry are left out."""
    grouped: dict[tuple[str, str], list[Entry]] = {}
    for key in dict.fromkeys(ids):
        if key in entries:
            entry = entries[key]
            grouped.setdefault((entry.supplier_name, entry.recipient_name), []).append(entry)
    return tuple(
        Pair(
            supplier=supplier,
            recipient=recipient,
            codes=f"{code_of(group[0].supplier, supplier)} {ARROW} {code_of(group[0].recipient, recipient)}",
            rows=tuple(replace(row_of(entry, words), origin=(origins or {}).get(entry.id, "")) for entry in group),
        )
        for (supplier, recipient), group in grouped.items()
    )
