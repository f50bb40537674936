"""A table, a terminal view or JSON of one answer, as the user asked."""

import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from talaan.model.contract import Object

if TYPE_CHECKING:
    from rich.console import RenderableType

    from talaan.output.spreadsheet import Table


def print_answer(
    *, view: Callable[[], "RenderableType"], table: Callable[[], "Table"], value: Callable[[], Object], output: Path | None, as_json: bool
) -> None:  # fmt: skip
    """One JSON value, a .csv or .xlsx file, or the view on the screen; only what is asked for is made."""
    if output is not None:
        from talaan.output.files import known_suffix, write_atomically
        from talaan.output.spreadsheet import table_csv, tables_xlsx

        suffix, made = known_suffix(output, (".csv", ".xlsx")), table()
        write_atomically(output, table_csv(made) if suffix == ".csv" else tables_xlsx((made,)))
        print(f"written: {output} ({len(made.rows)} rows)", file=sys.stderr)
    if as_json:
        print(json.dumps(value(), ensure_ascii=False))
    elif output is None:
        from talaan.cli.terminal import show_rich

        show_rich(view())
