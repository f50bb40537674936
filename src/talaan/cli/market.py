"""`talaan market`: who supplies a market, with shares and concentration."""

import json
from typing import Annotated, Literal

import typer

from talaan.cli.options import EditionOption, HomeOption, JsonOption, OutputOption, home_folder


def market(
    about: Annotated[str | None, typer.Argument(metavar="COUNTRY|REGION|WORLD", help="An alpha-3 code or a name.")] = None,
    supplier: Annotated[
        str | None, typer.Option("--supplier", help="Look at the clients of this supplier instead.", show_default=False)
    ] = None,
    by: Annotated[
        Literal["supplier", "recipient", "category"] | None,
        typer.Option("--by", help="What the rows are: supplier, recipient or category.", show_default="supplier"),
    ] = None,
    period: Annotated[
        list[str] | None,
        typer.Option("--period", help="First and last year, as 2020:2024. May be given several times.", show_default=False),
    ] = None,
    edition: EditionOption = None,
    as_json: JsonOption = False,
    output: OutputOption = None,
    language: Annotated[Literal["en", "fil"], typer.Option("--in", help="Language of labels: en or fil.")] = "en",
    home: HomeOption = None,
) -> None:
    """Show who supplies a market, by period, with shares and concentration (HHI), as bars, a table, a picture or JSON."""
    from talaan.cli.figures import print_figures
    from talaan.model.contract import figure_json
    from talaan.pipeline import market_figures

    figures = market_figures(home_folder(home), about, supplier=supplier, by=by, periods=period or [], edition=edition)
    if as_json:
        for figure in figures:
            print(json.dumps(figure_json(figure), ensure_ascii=False))
        return
    print_figures(figures, output=output, language=language)
