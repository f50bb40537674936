"""`talaan positions`: who supports, opposes and calls for what."""

from typing import Annotated, Literal

import typer

from talaan.cli.options import HomeOption, JsonOption, LedgerOption, OutputOption, ledger_place


def positions(
    on: Annotated[
        str | None, typer.Option("--on", help="Only on this topic: a country, organisation, weapon, class or words.", show_default=False)
    ] = None,
    holder: Annotated[
        str | None, typer.Option("--holder", help="Only of this country, organisation, person or word.", show_default=False)
    ] = None,
    as_json: JsonOption = False,
    output: OutputOption = None,
    language: Annotated[Literal["en", "fil"], typer.Option("--in", help="Language of labels: en or fil.")] = "en",
    home: HomeOption = None,
    ledger: LedgerOption = None,
) -> None:
    """Show who stands for what in saved documents, in which office at the time, and who changed their mind."""
    from talaan.cli.saying import print_claimed
    from talaan.markets import position_figure
    from talaan.output.positions import position_view

    figure = position_figure(ledger_place(home, ledger), on=on, holder=holder)
    print_claimed(figure, position_view, output=output, as_json=as_json, language=language)
