"""`talaan competitors`: who competes with a supplier on a market, in what, before and after."""

from typing import Annotated, Literal

import typer

from talaan.cli.options import EditionOption, HomeOption, JsonOption, LedgerOption, OutputOption, home_folder, ledger_place


def competitors(
    supplier: Annotated[str, typer.Argument(metavar="SUPPLIER", help="The supplier: an alpha-3 code, a name or a bloc.")],
    market: Annotated[str, typer.Option("--in", metavar="COUNTRY|REGION|WORLD", help="The market: a code or a name.")],
    level: Annotated[
        Literal["category", "parent", "un", "sipri"], typer.Option("--level", help="At which level goods are told apart.")
    ] = "category",
    window: Annotated[int, typer.Option("--window", min=1, help="Years within which two deliveries meet.")] = 5,
    period: Annotated[
        str | None, typer.Option("--period", help="First and last year, as 1992:2024.", show_default="all years of the edition")
    ] = None,
    at: Annotated[
        int | None,
        typer.Option(
            "--at", help="First year of what comes after.", show_default="the year of the first saved document on it, or the last window"
        ),
    ] = None,
    edition: EditionOption = None,
    as_json: JsonOption = False,
    output: OutputOption = None,
    language: Annotated[Literal["en", "fil"], typer.Option("--language", help="Language of labels: en or fil.")] = "en",
    home: HomeOption = None,
    ledger: LedgerOption = None,
) -> None:
    """Show who else supplies a market: similarity, head-to-head classes, who displaced whom, and what saved documents claim."""
    from talaan.cli.figures import print_comparison
    from talaan.markets import competitor_figure
    from talaan.output.competition import competitor_view

    figure = competitor_figure(
        home_folder(home), supplier, market, level=level, within=window, period=period, at=at, edition=edition,
        ledger=ledger_place(home, ledger),
    )  # fmt: skip
    print_comparison(figure, competitor_view, output=output, as_json=as_json, language=language)
