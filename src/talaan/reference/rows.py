"""Comma-separated data files: a file and its expected columns in, (line, row) out; a fault names file, line and what was expected."""

import csv
import io
from collections.abc import Iterator, Sequence
from importlib.resources.abc import Traversable

from talaan.model.errors import DataError


def csv_rows(place: Traversable, where: str, columns: Sequence[str] | None = None) -> Iterator[tuple[int, dict[str, str]]]:
    """(line, row) of a file with a header; DataError where the header is another one or a row has too many or too few cells."""
    try:
        text = place.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as fault:
        raise DataError("The file is missing or not UTF-8", where=where) from fault
    reader = csv.DictReader(io.StringIO(text, newline=""), strict=True)
    header = list(reader.fieldnames or ())
    if columns is not None and header != list(columns):
        raise DataError("The header is another one", where=f"{where}:1", hint="expected " + ",".join(columns))
    for row in reader:
        if None in row or any(cell is None for cell in row.values()):
            raise DataError("The row has another number of cells than the header", where=f"{where}:{reader.line_num}")
        yield reader.line_num, row
