"""`talaan gaps`: what exporter, importer and SIPRI each have of the deliveries from one state to another."""

import json
import sys
from typing import Annotated

import typer

from talaan.cli.options import EditionOption, HomeOption, JsonOption, OutputOption, home_folder


def gaps(
    supplier: Annotated[str, typer.Argument(metavar="SUPPLIER", help="The exporting state: an alpha-3 code or a name.")],
    recipient: Annotated[str, typer.Argument(metavar="RECIPIENT", help="The importing state: an alpha-3 code or a name.")],
    year: Annotated[int | None, typer.Option("--year", help="Only this year.", show_default=False)] = None,
    both: Annotated[bool, typer.Option("--both", help="Deliveries in the other direction too.")] = False,
    edition: EditionOption = None,
    as_json: JsonOption = False,
    output: OutputOption = None,
    home: HomeOption = None,
) -> None:
    """Show which deliveries exporter, importer (UN Register) and SIPRI have alike, and which only one of them has."""
    from talaan.model.contract import figure_json
    from talaan.pipeline import gap_figure

    figure = gap_figure(home_folder(home), supplier, recipient, year=year, both=both, edition=edition)
    if as_json:
        print(json.dumps(figure_json(figure), ensure_ascii=False))
        return
    if output is None:
        from talaan.cli.terminal import show_rich
        from talaan.output.gaps import gaps_table

        show_rich(gaps_table(figure))
        return
    from talaan.output.files import known_suffix, write_atomically
    from talaan.output.gaps import gaps_file

    write_atomically(output, gaps_file(figure, known_suffix(output, (".csv", ".xlsx"))))
    print(f"written: {output}", file=sys.stderr)
