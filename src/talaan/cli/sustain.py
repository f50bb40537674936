"""`talaan sustain`: who keeps a user's weapons running, and who must turn to whom."""

from typing import Annotated, Literal

import typer

from talaan.cli.options import EditionOption, HomeOption, JsonOption, LedgerOption, OutputOption, home_folder, ledger_place


def sustain(
    user: Annotated[str, typer.Option("--user", metavar="COUNTRY", help="Whose weapons: an alpha-3 code or a name.")],
    system: Annotated[
        str | None, typer.Argument(metavar="[SYSTEM]", help="A weapon family or class; without it all that was delivered to the user.")
    ] = None,
    life: Annotated[str, typer.Option("--life", help="Service life in years, low and high end.")] = "20:40",
    edition: EditionOption = None,
    as_json: JsonOption = False,
    output: OutputOption = None,
    language: Annotated[Literal["en", "fil"], typer.Option("--in", help="Language of labels: en or fil.")] = "en",
    home: HomeOption = None,
    ledger: LedgerOption = None,
) -> None:
    """Show a user's stock, who makes, repairs and modernises it by register and documents, who must turn to whom, and embargoes."""
    from talaan.cli.saying import print_claimed
    from talaan.markets import sustainment_figure
    from talaan.output.network import network_png, network_svg
    from talaan.output.sustainment import sustainment_view

    place = ledger_place(home, ledger)
    figure = sustainment_figure(home_folder(home), system, user, life=life, edition=edition, ledger=place)
    pictures = {".svg": network_svg, ".png": network_png}
    print_claimed(figure, sustainment_view, output=output, as_json=as_json, language=language, pictures=pictures)
