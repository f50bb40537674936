"""Mirror gaps: a figure of gaps in, a table for the terminal, or the bytes of a .csv or .xlsx file out."""

from collections.abc import Mapping

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from talaan.model.figure import Cell, Figure
from talaan.output.cards import plain
from talaan.output.names import name_of
from talaan.output.spreadsheet import Table as Sheet
from talaan.output.spreadsheet import table_csv, tables_xlsx

SOURCES = ("exporter", "importer", "sipri")
STYLE = {"matched": "green", "not_comparable": "dim", "no_report": "dim"}


def gaps_table(figure: Figure) -> RenderableType:
    """One line for the same goods in one year: what each source says, how that is judged, and why; the counts under it."""
    first, last = figure.window
    grid = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0))
    for heading in ("year", "direction", "goods", "exporter", "importer", "SIPRI", "", ""):
        grid.add_column(heading, overflow="fold", justify="right" if heading in ("exporter", "importer", "SIPRI") else "left")
    for row in figure.rows:
        status = str(row["status"])
        way = f"{_code(row['supplier'])} → {_code(row['recipient'])}"
        said = [_said(row, source) for source in SOURCES]
        style = STYLE.get(status, "bold yellow")
        grid.add_row(str(row["year"]), way, _goods(row), *said, Text(status.replace("_", " "), style=style), plain(str(row["reason"])))
    counted = " · ".join(f"{name.replace('_', ' ')} {number}" for name, number in figure.measures.items() if number)
    head = Text(f"Who reported what, {name_of(figure.about)}, {first}–{last}" if figure.rows else "No row in any register.", style="bold")
    lines = [Text(counted), *(Text(source, style="dim") for source in figure.sources)]
    return Group(head, grid, *lines, *(Text(f"! {line}", style="yellow") for line in figure.caveats))


def gaps_file(figure: Figure, suffix: str) -> bytes:
    """The rows as .csv or .xlsx, each with the names of the states, registers and editions."""
    columns = tuple(figure.rows[0]) if figure.rows else ("year", "supplier", "recipient", "status")
    told = ("supplier_name", "recipient_name", "register", "edition")
    rows = tuple(
        (
            *(row[name] for name in columns),
            *(name_of(str(row[side])) for side in ("supplier", "recipient")),
            figure.register,
            figure.edition,
        )
        for row in figure.rows
    )
    sheet = Sheet(figure.figure, (*columns, *told), rows)
    return table_csv(sheet) if suffix == ".csv" else tables_xlsx((sheet,))


def _said(row: Mapping[str, Cell], source: str) -> str:
    """The number of a source, `yes` where it has the row without one, a dash where it has none."""
    number = row[source]
    return f"{number:,}" if isinstance(number, int) else "yes" if row[f"{source}_rows"] else "–"


def _goods(row: Mapping[str, Cell]) -> str:
    return plain(f"{row['goods']} ({row['category'] or 'no category'})")


def _code(ref: Cell) -> str:
    return str(ref).removeprefix("country:")
