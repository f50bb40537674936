"""Spreadsheets (.xlsx): the bytes of a workbook in, its first table as CSV text out, one line for each row."""

import csv
import io
import zipfile
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from pathlib import Path

from talaan.model.errors import RegisterError

ZIP = b"PK\x03\x04"
_WORKBOOK = "xl/workbook.xml"
_RATIO = 200
_SMALL = 10 * 1024 * 1024
MOST_COLUMNS = 2000


def workbook_text(raw: bytes, path: Path, largest: int) -> tuple[str, str]:
    """(CSV text, name of the sheet) of the first sheet with at least two rows; line n of the text is row n of the sheet.

    RegisterError for an archive that is no workbook, is damaged, unpacks to more than `largest` bytes, or holds no table.
    """
    _checked(raw, path, largest)
    import openpyxl

    try:
        book = openpyxl.load_workbook(io.BytesIO(raw), read_only=True, data_only=True)
        for sheet in book.worksheets:
            text, rows = _csv(sheet.iter_rows(values_only=True), path, largest)
            if rows > 1:
                return text, str(sheet.title)
    except (zipfile.BadZipFile, zipfile.LargeZipFile, KeyError, ValueError, TypeError, EOFError, SyntaxError, AttributeError) as error:
        raise RegisterError("The workbook is damaged", where=str(path), hint="save it again, or as CSV") from error
    raise RegisterError("The workbook holds no table", where=str(path), hint="a header and at least one row are needed")


def _checked(raw: bytes, path: Path, largest: int) -> None:
    """RegisterError unless the archive is a workbook of a size that a table may have."""
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as archive:
            parts = archive.infolist()
    except (zipfile.BadZipFile, ValueError) as error:
        raise RegisterError("The zip file is damaged", where=str(path), hint="download or export it again") from error
    size = sum(part.file_size for part in parts)
    packed = sum(part.compress_size for part in parts)
    if size > largest or (size > _SMALL and size > _RATIO * max(packed, 1)):
        raise RegisterError(f"The file unpacks to {size // 1024**2} MB", where=str(path), hint="is this an export?")
    if _WORKBOOK not in {part.filename for part in parts}:
        raise RegisterError("A zip file that is no workbook", where=str(path), hint="unpack it, and give the file in it")


def _csv(rows: Iterable[Sequence[object]], path: Path, largest: int) -> tuple[str, int]:
    """The rows as CSV, all as wide as the widest, and how many are not empty."""
    cut: list[list[str]] = []
    size = 0
    for row in rows:
        cells = [_text(cell) for cell in row[:MOST_COLUMNS]]
        while cells and not cells[-1]:
            cells.pop()
        cut.append(cells)
        size += sum(map(len, cells)) + len(cells) + 1
        if size > largest:
            raise RegisterError(f"The sheet holds more than {largest // 1024**2} MB", where=str(path), hint="is this an export?")
    width = max(map(len, cut), default=0)
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows(cells + [""] * (width - len(cells)) for cells in cut)
    return out.getvalue(), sum(map(bool, cut))


def _text(cell: object) -> str:
    """A cell as one would write it: whole numbers without a point, days as ISO dates, line ends as blanks."""
    if cell is None:
        return ""
    if isinstance(cell, datetime | date):
        return cell.isoformat()[:10]
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return " ".join(str(cell).split())
