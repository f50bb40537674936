"""Figures made from saved claims as a terminal view, JSON, a table, a workbook or a picture."""

import json
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from talaan.model.figure import Figure

if TYPE_CHECKING:
    from rich.console import RenderableType

Picture = Callable[..., bytes]
NO_PICTURES: Mapping[str, Picture] = {}


def print_claimed(
    figure: Figure, view: "Callable[..., RenderableType]", *, output: Path | None, as_json: bool, language: str,
    pictures: Mapping[str, Picture] = NO_PICTURES,
) -> None:  # fmt: skip
    """What was asked for: `pictures` are drawers by suffix, beside .csv (the rows) and .xlsx (the rows and every part)."""
    if output is not None:
        _write(figure, output, language, pictures)
    if as_json:
        from talaan.model.contract import figure_json

        print(json.dumps(figure_json(figure), ensure_ascii=False))
    elif output is None:
        from talaan.cli.terminal import show_rich

        show_rich(view(figure, language=language))


def _write(figure: Figure, output: Path, language: str, pictures: Mapping[str, Picture]) -> None:
    from talaan.output.figures import figures_csv
    from talaan.output.files import known_suffix, write_atomically
    from talaan.output.parts import figure_workbook

    suffix = known_suffix(output, (".csv", ".xlsx", *pictures))
    if suffix in pictures:
        data = pictures[suffix](figure, language=language)
    else:
        data = figures_csv([figure]) if suffix == ".csv" else figure_workbook([figure])
    write_atomically(output, data)
    print(f"written: {output}", file=sys.stderr)
