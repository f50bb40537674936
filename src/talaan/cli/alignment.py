"""`talaan alignment`: with whom a state is aligned, by memberships, alliances, UN votes, arms supply and claims."""

from typing import Annotated, Literal

import typer

from talaan.cli.options import EditionOption, HomeOption, JsonOption, LedgerOption, OutputOption, home_folder, ledger_place


def alignment(
    about: Annotated[str, typer.Argument(metavar="COUNTRY", help="The state: an alpha-3 code or a name.")],
    others: Annotated[
        list[str] | None,
        typer.Option("--with", metavar="COUNTRY", help="A state to compare with; may be repeated.", show_default="its suppliers"),
    ] = None,
    year: Annotated[int | None, typer.Option("--year", help="The year to look at.", show_default="the edition's last")] = None,
    window: Annotated[int, typer.Option("--window", min=1, help="Years of deliveries that count, up to that year.")] = 5,
    edition: EditionOption = None,
    as_json: JsonOption = False,
    output: OutputOption = None,
    language: Annotated[Literal["en", "fil"], typer.Option("--in", help="Language of labels: en or fil.")] = "en",
    home: HomeOption = None,
    ledger: LedgerOption = None,
) -> None:
    """Show common memberships, alliance obligations with S, κ and π, UN vote distance, arms by alliance, and a timeline with claims."""
    from talaan.cli.figures import print_comparison
    from talaan.markets import alignment_figure
    from talaan.output.alignment import alignment_view

    place = ledger_place(home, ledger)
    figure = alignment_figure(home_folder(home), about, others=others or [], year=year, within=window, edition=edition, ledger=place)
    print_comparison(figure, alignment_view, output=output, as_json=as_json, language=language)
