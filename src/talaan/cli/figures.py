"""Figures as terminal charts or files."""

import sys
from collections.abc import Sequence
from pathlib import Path

from talaan.model.figure import Figure


def print_figures(figures: Sequence[Figure], *, output: Path | None, language: str) -> None:
    """Bars in the terminal, or a .csv, .xlsx, .svg or .png file (pictures show the last period)."""
    from talaan.output import figures as tables

    if output is None:
        from talaan.cli.terminal import show_rich

        for figure in figures:
            show_rich(tables.market_bars(figure, language=language))
        return
    from talaan.output.files import known_suffix, write_atomically

    suffix = known_suffix(output, (".csv", ".xlsx", ".svg", ".png"))
    if suffix in (".svg", ".png"):
        from talaan.output.charts import market_png, market_svg

        data = (market_svg if suffix == ".svg" else market_png)(figures[-1], language=language)
    else:
        data = tables.figures_csv(figures) if suffix == ".csv" else tables.figures_xlsx(figures)
    write_atomically(output, data)
    print(f"written: {output}", file=sys.stderr)
