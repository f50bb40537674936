"""Rows that are deals: what a reader found in each row in, columns of entries out, under ids of their own."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from hashlib import blake2b

ENTRY_COLUMNS = (
    "id", "supplier", "supplier_name", "recipient", "recipient_name", "designation", "description", "category", "system", "ordered",
    "ordered_uncertain", "number_ordered", "number_ordered_uncertain", "number_delivered", "number_delivered_uncertain", "years", "status",
    "comment", "licensed", "tiv_unit", "tiv_ordered", "tiv_delivered",
)  # fmt: skip
STATEMENT = "listed_deals"


def entry_columns(rows: Sequence[Mapping[str, str]]) -> dict[str, list[str]]:
    """The columns that `listed_deals.sql` makes entries of; what a row lacks is unknown."""
    return {name: [row.get(name, "") for row in rows] for name in ENTRY_COLUMNS}


def hashed_ids(register: str, rows: Iterable[Sequence[str]]) -> list[str]:
    """`register:` and a short hash of each row; exact repetitions are counted from 2 on, because they may be separate deals.

    >>> hashed_ids("x", [("a", "b"), ("a", "c"), ("a", "b")])
    ['x:8d9c57afb645', 'x:d422f9b82d2b', 'x:8d9c57afb645-2']
    """
    return counted(f"{register}:{blake2b(chr(31).join(row).encode(), digest_size=6).hexdigest()}" for row in rows)


def counted(keys: Iterable[str]) -> list[str]:
    """The keys, repetitions numbered from 2 on.

    >>> counted(["a", "b", "a"])
    ['a', 'b', 'a-2']
    """
    counts: Counter[str] = Counter()
    out = []
    for key in keys:
        counts[key] += 1
        out.append(key if counts[key] == 1 else f"{key}-{counts[key]}")
    return out
