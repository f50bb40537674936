"""`talaan market`: who supplies a market, with shares and concentration."""

import json
from typing import Annotated, Literal

import typer

from talaan.cli.options import EditionOption, HomeOption, JsonOption, LedgerOption, OutputOption, home_folder, ledger_place


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
    top: Annotated[
        int | None,
        typer.Option("--top", min=1, help="Only so many rows, and the bounds that they alone set to the HHI.", show_default="all"),
    ] = None,
    edition: EditionOption = None,
    as_json: JsonOption = False,
    output: OutputOption = None,
    language: Annotated[Literal["en", "fil"], typer.Option("--in", help="Language of labels: en or fil.")] = "en",
    home: HomeOption = None,
    ledger: LedgerOption = None,
) -> None:
    """Show who supplies a market, by period: shares, concentration, orders, entrants and leavers, terms, and claims beyond the register."""
    from talaan.cli.figures import print_figures
    from talaan.markets import market_figures
    from talaan.model.contract import figure_json

    figures = market_figures(
        home_folder(home), about, supplier=supplier, by=by, periods=period or [], edition=edition, top=top,
        ledger=ledger_place(home, ledger),
    )  # fmt: skip
    if as_json:
        for figure in figures:
            print(json.dumps(figure_json(figure), ensure_ascii=False))
        return
    print_figures(figures, output=output, language=language)
