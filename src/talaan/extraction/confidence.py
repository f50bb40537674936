"""How sure a reader's claim is: reader and claim type in, a share of such claims that were right out.

confidence.csv says how many claims of a reader were right, and where that was measured; the row of a type goes before the
row `*` of all types. `make confidence` (tools/calibrate.py) measures the builtin reader on the corpus' dev part.
"""

from collections.abc import Mapping
from functools import lru_cache
from importlib.resources import files

from talaan.model.claim import ReaderName
from talaan.reference.rows import csv_rows

COLUMNS = ("reader", "type", "right", "found", "measured_on")
ALL = "*"


def smoothed(right: int, found: int) -> float:
    """(right + 1) / (found + 2), Laplace's rule of succession: few finds are never quite sure.

    >>> smoothed(0, 0), smoothed(3, 3)
    (0.5, 0.8)
    """
    return round((right + 1) / (found + 2), 2)


@lru_cache(maxsize=1)
def _measured() -> Mapping[tuple[str, str], float]:
    rows = csv_rows(files("talaan.extraction").joinpath("confidence.csv"), "extraction/confidence.csv", COLUMNS)
    return {(row["reader"], row["type"]): smoothed(int(row["right"]), int(row["found"])) for _, row in rows}


def confidence(reader: ReaderName, kind: str) -> float:
    """The share of claims of that reader and type that is expected to be right; one in two for a reader that was never measured."""
    known = _measured()
    return known.get((reader, kind)) or known.get((reader, ALL)) or smoothed(0, 0)
