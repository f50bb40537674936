"""Claims and leads as tables: readings in, the bytes of a .csv or .xlsx file out.

Cells that a spreadsheet program would take for a formula (they begin with = + - @, their full-width forms, a tab, a line
break) get a leading apostrophe; it is the spreadsheets' own sign for text. Numbers stay numbers.
"""

import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from talaan.model.claim import Claim, Lead
from talaan.model.contract import Reading, published_json, when_json
from talaan.model.figure import Cell
from talaan.model.vocabulary import vocabulary
from talaan.output.views import by_weight, voice_of
from talaan.output.words import words

FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
BOM = "\ufeff"
LONGEST_CELL = 32_767
WIDEST = 60
BETWEEN = " | "


@dataclass(frozen=True, slots=True)
class Table:
    """One sheet: its title, its columns and its rows, each as long as the columns."""

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]


def role_names() -> tuple[str, ...]:
    """Every role of every claim type, in the vocabulary's order."""
    return tuple(dict.fromkeys(role for kind in vocabulary().types.values() for role in kind.roles))


def claims_table(readings: Iterable[Reading], *, language: str = "en") -> Table:
    """One row per claim with its main verdict; roles as references and as the text's words, several joined by ` | `."""
    roles = tuple(f"{role}_{form}" for role in role_names() for form in ("ref", "text"))
    columns = (
        *("document", "url", "published", "language", "type", "values"), *roles,
        *("quantity", "value", "currency", "when", "modality", "negated", "speaker", "gloss", "quote", "start", "end"),
        *("verdict", "reason", "register", "edition", "entries", "nearest", "reader", "confidence", "id"),
    )  # fmt: skip
    rows = tuple(_claim_row(reading, claim, language) for reading in readings for claim in reading.claims)
    return Table("claims", columns, rows)


def leads_table(readings: Iterable[Reading]) -> Table:
    """One row per lead with what it names and the register rows beside it."""
    columns = (
        "document", "url", "published", "language", "grade", "score", "types", "names", "quote", "start", "end", "entries", "other_deals",
        "claims", "id",
    )  # fmt: skip
    return Table("leads", columns, tuple(_lead_row(reading, lead) for reading in readings for lead in reading.leads))


def claims_csv(readings: Iterable[Reading], *, language: str = "en") -> bytes:
    """The claims as CSV, UTF-8 with a byte order mark, so that spreadsheet programs read every script."""
    return table_csv(claims_table(readings, language=language))


def leads_csv(readings: Iterable[Reading]) -> bytes:
    """The leads as CSV, UTF-8 with a byte order mark."""
    return table_csv(leads_table(readings))


def readings_xlsx(readings: Sequence[Reading], *, language: str = "en") -> bytes:
    """A workbook with the claims on the first sheet and the leads on the second."""
    return tables_xlsx((claims_table(readings, language=language), leads_table(readings)))


def table_csv(table: Table) -> bytes:
    """One table as CSV with defused cells."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(table.columns)
    writer.writerows([defused(cell) for cell in row] for row in table.rows)
    return (BOM + out.getvalue()).encode("utf-8", "replace")


def tables_xlsx(tables: Sequence[Table]) -> bytes:
    """Tables as the sheets of one workbook: frozen bold header, filter, widths that fit, no formulas."""
    from openpyxl import Workbook
    from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
    from openpyxl.styles import Font
    from openpyxl.utils import get_column_letter

    book = Workbook()
    book.remove(book.active)
    for table in tables:
        sheet = book.create_sheet(table.title)
        for place, cells in enumerate((table.columns, *table.rows), 1):
            for column, cell in enumerate(cells, 1):
                safe = defused(cell)
                text = isinstance(safe, str)
                target = sheet.cell(place, column, ILLEGAL_CHARACTERS_RE.sub(" ", safe)[:LONGEST_CELL] if text else safe)
                if text:
                    target.data_type = "s"
        for column, width in enumerate(_widths(table), 1):
            sheet.cell(1, column).font = Font(bold=True)
            sheet.column_dimensions[get_column_letter(column)].width = width
        sheet.freeze_panes = "A2"
        sheet.auto_filter.ref = f"A1:{get_column_letter(len(table.columns))}{len(table.rows) + 1}"
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def defused(cell: Cell) -> Cell:
    """The cell, with a leading apostrophe where a spreadsheet would run it.

    >>> defused("=1+1"), defused("S-300"), defused(-5)
    ("'=1+1", 'S-300', -5)
    """
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(FORMULA_SIGNS) else cell


def _claim_row(reading: Reading, claim: Claim, language: str) -> tuple[Cell, ...]:
    roles: list[Cell] = []
    for role in role_names():
        fillers = claim.roles.get(role, ())
        roles += [_joined(filler.ref for filler in fillers), _joined(filler.text for filler in fillers)]
    main = next(iter(by_weight(claim.verdicts)), None)
    said = (main.verdict, main.reason, main.register, main.edition, _joined(main.entries), _joined(main.nearest)) if main else (None,) * 6
    return (
        *_document(reading),
        claim.type,
        "; ".join(f"{name}={str(value).lower()}" for name, value in claim.values.items() if value is not None) or None,
        *roles,
        claim.quantity.number if claim.quantity else None,
        claim.value.amount if claim.value else None,
        claim.value.currency if claim.value else None,
        _when(claim),
        claim.modality,
        claim.negated,
        voice_of(claim.speaker, words(language)) if claim.speaker else None,
        claim.gloss.get(language) or claim.gloss.get("en"),
        claim.quote.text,
        claim.quote.start,
        claim.quote.end,
        *said,
        claim.reader,
        round(claim.confidence, 4),
        claim.id,
    )


def _lead_row(reading: Reading, lead: Lead) -> tuple[Cell, ...]:
    return (
        *_document(reading),
        lead.grade,
        round(lead.score, 4),
        _joined(f"{name} {share:.2f}" for name, share in lead.types),
        _joined(dict.fromkeys(mention.ref or f"text:{mention.text}" for mention in lead.mentions)),
        lead.quote.text,
        lead.quote.start,
        lead.quote.end,
        _joined(entry.id for entry in lead.entries),
        lead.other_deals,
        _joined(lead.claims),
        lead.id,
    )


def _document(reading: Reading) -> tuple[Cell, ...]:
    document = reading.document
    return document.path, document.url, published_json(document.published), document.language


def _when(claim: Claim) -> str | None:
    found = when_json(claim.when)
    if found is None:
        return None
    first, last = found["from"], found["to"]
    return f"{first}/{last}" if first and last and first != last else str(first or last or found["text"])


def _joined(parts: Iterable[str | None]) -> str | None:
    return BETWEEN.join(part for part in parts if part) or None


def _widths(table: Table) -> list[float]:
    sample = (table.columns, *table.rows[:200])
    longest = [max(len(str(row[column])) for row in sample if row[column] is not None) for column in range(len(table.columns))]
    return [min(WIDEST, max(8, length) + 2.0) for length in longest]
