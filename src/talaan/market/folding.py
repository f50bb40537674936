"""Register rows folded into deals: entries in, groups of one supplier, recipient, weapon family and order window out."""

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence

from talaan.model.deal import Deal
from talaan.model.entry import Entry
from talaan.reference.designation import designation_key
from talaan.reference.resolver import resolver
from talaan.reference.tables import tables

APART = 3
LONGEST = 10
PARTS = ("missile", "guided-bomb", "torpedo", "engine", "spare-parts")
_SHORTEST_KEY = 3
_FOR = re.compile(r"\b[Ff]or (?:use (?:on|with|by) )?(?:\d+ )?(?P<name>[A-Z0-9][\w./-]*(?: [A-Z0-9][\w./-]*)?)")

Window = tuple[int, int] | None


def fold(entries: Iterable[Entry]) -> list[Deal]:
    """The deals that these rows make, by goods, window, supplier and recipient.

    Rows of one family between the same parties are one deal as long as no more than three years lie between two orders, and ten
    between the first and the last. Missiles, turrets and engines whose remark names another row's weapon ("For BMPT") go with it.
    """
    groups: dict[tuple[str, str], dict[str, list[Entry]]] = defaultdict(lambda: defaultdict(list))
    for entry in entries:
        groups[entry.supplier or entry.supplier_name, entry.recipient or entry.recipient_name][_family_key(entry)].append(entry)
    found = [_deal(rows) for families in groups.values() for group in _with_parts(families) for rows in _windows(group)]
    return sorted(found, key=order)


def order(deal: Deal) -> tuple[str, int, str, str]:
    """By goods, so that all suppliers of one family stand together, then by window, supplier and recipient."""
    return deal.goods.lower(), deal.window[0] if deal.window else 9999, deal.supplier_name, deal.recipient_name


def is_part(entry: Entry) -> bool:
    """Whether a row is a missile, turret or engine rather than what carries it."""
    return entry.category is not None and any(tables().is_below(entry.category, above) for above in PARTS)


def year_of(entry: Entry) -> int | None:
    """The order year, else the first year of delivery."""
    return entry.ordered or (entry.years[0] if entry.years else None)


def windows_of(years: Iterable[int]) -> list[tuple[int, int]]:
    """Years gathered into windows.

    >>> windows_of([2012, 2013, 2015, 2022]), windows_of(range(1990, 2003))
    ([(2012, 2015), (2022, 2022)], [(1990, 2000), (2001, 2002)])
    """
    found: list[tuple[int, int]] = []
    for year in sorted(set(years)):
        if found and year - found[-1][1] <= APART and year - found[-1][0] <= LONGEST:
            found[-1] = (found[-1][0], year)
        else:
            found.append((year, year))
    return found


def _family_key(entry: Entry) -> str:
    return entry.system or f"{designation_key(entry.designation)} {entry.category}"


def _with_parts(families: dict[str, list[Entry]]) -> list[list[Entry]]:
    """The families of one pair of parties, each with the parts whose remarks name one of its weapons."""
    carriers = {key: rows for key, rows in families.items() if not all(is_part(row) for row in rows)}
    out = {key: list(rows) for key, rows in carriers.items()}
    for key, rows in families.items():
        for row in rows if key not in carriers else ():
            out.setdefault(_carrier(row, carriers) or key, []).append(row)
    return list(out.values())


def _carrier(part: Entry, carriers: dict[str, list[Entry]]) -> str | None:
    """The family whose weapon the part's remark says it is for, ordered within a few years of it; None where none is named."""
    for found in _FOR.finditer(part.comment or ""):
        family = resolver().system(found["name"])
        key = designation_key(found["name"].split()[0])
        for name, rows in carriers.items():
            named = [row for row in rows if (family and row.system == family.ref) or _begins(row.designation, key)]
            if any(abs((year_of(row) or 0) - (year_of(part) or 0)) <= APART for row in named):
                return name
    return None


def _begins(designation: str, key: str) -> bool:
    return len(key) >= _SHORTEST_KEY and designation_key(designation).startswith(key)


def _windows(rows: Sequence[Entry]) -> list[list[Entry]]:
    """The rows of one family by order window; rows without any year are a group of their own."""
    dated = [(year, row) for row in rows if (year := year_of(row)) is not None]
    undated = [row for row in rows if year_of(row) is None]
    spans = windows_of(year for year, _ in dated)
    grouped = [[row for year, row in dated if first <= year <= last] for first, last in spans]
    return [*grouped, *([undated] if undated else [])]


def _deal(rows: Sequence[Entry]) -> Deal:
    """One deal of rows that belong together; the numbers are those of the rows that are no parts."""
    mains = [row for row in rows if not is_part(row)] or list(rows)
    years = [year for row in mains if (year := year_of(row)) is not None]
    first = mains[0]
    families = {row.system for row in mains if row.system}
    name = next(iter(families)).removeprefix("system:") if families else first.designation
    numbers = [row.number_ordered for row in mains if row.number_ordered is not None]
    brought = [row.number_delivered for row in mains if row.number_delivered is not None]
    kept = {row.id for row in mains}
    return Deal(
        supplier=first.supplier,
        supplier_name=first.supplier_name,
        recipient=first.recipient,
        recipient_name=first.recipient_name,
        family=next(iter(families), None),
        goods=name,
        window=(min(years), max(years)) if years else None,
        entries=tuple(rows),
        parts=tuple(row.id for row in rows if row.id not in kept),
        number=sum(numbers) if numbers else None,
        delivered=sum(brought) if brought else None,
        flagged=any(row.number_ordered_uncertain or row.number_delivered_uncertain or row.ordered_uncertain for row in mains),
        years=tuple(sorted({year for row in mains for year in row.years})),
    )
