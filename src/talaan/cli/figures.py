"""Figures as terminal views, JSON or files."""

import json
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from talaan.model.figure import Figure

if TYPE_CHECKING:
    from rich.console import RenderableType

SUFFIXES = (".csv", ".xlsx", ".svg", ".png")


def print_figures(figures: Sequence[Figure], *, output: Path | None, language: str) -> None:
    """Bars in the terminal, or a .csv, .xlsx, .svg or .png file (pictures show the last period)."""
    if output is None:
        from talaan.cli.terminal import show_rich
        from talaan.output.market import market_bars

        for figure in figures:
            show_rich(market_bars(figure, language=language))
        return
    from talaan.output.files import known_suffix

    if known_suffix(output, SUFFIXES) in (".svg", ".png"):
        from talaan.output.charts import market_png, market_svg

        picture = market_svg if output.suffix.lower() == ".svg" else market_png
        _written(output, picture(figures[-1], language=language))
    else:
        _written(output, _table_bytes(figures, output))


def print_comparison(
    figure: Figure, view: "Callable[..., RenderableType]", *, output: Path | None, as_json: bool, language: str
) -> None:  # fmt: skip
    """One figure as JSON, as its view in the terminal, or as a .csv, .xlsx, .svg or .png file."""
    if output is not None:
        from talaan.output.files import known_suffix

        if known_suffix(output, SUFFIXES) in (".svg", ".png"):
            from talaan.output.comparison import comparison_png, comparison_svg

            picture = comparison_svg if output.suffix.lower() == ".svg" else comparison_png
            _written(output, picture(figure, language=language))
        else:
            _written(output, _table_bytes([figure], output))
    if as_json:
        from talaan.model.contract import figure_json

        print(json.dumps(figure_json(figure), ensure_ascii=False))
    elif output is None:
        from talaan.cli.terminal import show_rich

        show_rich(view(figure, language=language))


def _table_bytes(figures: Sequence[Figure], output: Path) -> bytes:
    """The rows as CSV, or the rows and every part as sheets of a workbook."""
    if output.suffix.lower() == ".csv":
        from talaan.output.figures import figures_csv

        return figures_csv(figures)
    if any(figure.parts for figure in figures):
        from talaan.output.parts import figure_workbook

        return figure_workbook(figures)
    from talaan.output.figures import figures_xlsx

    return figures_xlsx(figures)


def _written(output: Path, data: bytes) -> None:
    from talaan.output.files import write_atomically

    write_atomically(output, data)
    print(f"written: {output}", file=sys.stderr)
