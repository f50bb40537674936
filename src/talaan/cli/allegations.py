"""`talaan allegations`: who is accused of what, and what became of it."""

from typing import Annotated, Literal

import typer

from talaan.cli.options import HomeOption, JsonOption, LedgerOption, OutputOption, ledger_place


def allegations(
    about: Annotated[
        str | None, typer.Option("--about", help="Only where this country, organisation, person or word is named.", show_default=False)
    ] = None,
    offence: Annotated[str | None, typer.Option("--offence", help="Only this offence, as corruption.", show_default=False)] = None,
    as_json: JsonOption = False,
    output: OutputOption = None,
    language: Annotated[Literal["en", "fil"], typer.Option("--in", help="Language of labels: en or fil.")] = "en",
    home: HomeOption = None,
    ledger: LedgerOption = None,
) -> None:
    """Show who is accused of what in saved documents, how often, what was denied, and what was proven, each step with its source."""
    from talaan.cli.saying import print_claimed
    from talaan.markets import allegation_figure
    from talaan.output.allegations import allegation_view

    figure = allegation_figure(ledger_place(home, ledger), about, offence=offence)
    print_claimed(figure, allegation_view, output=output, as_json=as_json, language=language)
