"""`talaan deals`, `candidates` and `news`: the registers' rows and the saved claims side by side."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from talaan.cli.options import EditionOption, HomeOption, JsonOption, LedgerOption, OutputOption, home_folder, ledger_place


def deals(
    country: Annotated[str | None, typer.Argument(metavar="COUNTRY", help="The recipient: an alpha-3 code or a name.")] = None,
    supplier: Annotated[str | None, typer.Option("--supplier", help="Only deals of this supplier.", show_default=False)] = None,
    system: Annotated[
        str | None, typer.Option("--system", help="Only this weapon: a family, a designation or a local name.", show_default=False)
    ] = None,
    period: Annotated[
        str | None, typer.Option("--period", help="First and last year of order, delivery or claim, as 2005:2015.", show_default=False)
    ] = None,
    edition: EditionOption = None,
    as_json: JsonOption = False,
    output: OutputOption = None,
    home: HomeOption = None,
    ledger: LedgerOption = None,
) -> None:
    """Show each deal on one line: what the register has, what saved documents say of it, what agrees and what differs."""
    from talaan.cli.tables import print_answer
    from talaan.comparing import deal_list
    from talaan.model.deal import deals_json
    from talaan.output.deals import deals_table, deals_view

    place = ledger_place(home, ledger)
    found = deal_list(home_folder(home), place, country, supplier=supplier, system=system, period=period, edition=edition)
    print_answer(
        view=lambda: deals_view(found), table=lambda: deals_table(found), value=lambda: deals_json(found), output=output, as_json=as_json
    )


def candidates(
    country: Annotated[
        str | None, typer.Argument(metavar="COUNTRY", help="Only deals from or to this country: an alpha-3 code or a name.")
    ] = None,
    edition: EditionOption = None,
    as_json: JsonOption = False,
    output: OutputOption = None,
    home: HomeOption = None,
    ledger: LedgerOption = None,
) -> None:
    """List rows that a register coder can take over from saved claims: new, known, with a changed number or a new stage."""
    from talaan.cli.tables import print_answer
    from talaan.comparing import candidate_list
    from talaan.model.deal import candidates_json
    from talaan.output.deals import candidates_table, candidates_view

    place = ledger_place(home, ledger)
    found = candidate_list(home_folder(home), place, country, edition=edition)
    if not found.candidates and not found.left_out:
        _nothing_saved(place, country)
    print_answer(
        view=lambda: candidates_view(found), table=lambda: candidates_table(found), value=lambda: candidates_json(found),
        output=output, as_json=as_json,
    )  # fmt: skip


def news(as_json: JsonOption = False, output: OutputOption = None, home: HomeOption = None, ledger: LedgerOption = None) -> None:
    """Show what the newest edition changes: verdicts on saved claims that flipped, and new deals of the markets they name."""
    from talaan.cli.tables import print_answer
    from talaan.comparing import edition_news
    from talaan.model.deal import news_json
    from talaan.output.deals import news_table, news_view

    found = edition_news(home_folder(home), ledger_place(home, ledger))
    print_answer(
        view=lambda: news_view(found), table=lambda: news_table(found), value=lambda: news_json(found), output=output, as_json=as_json
    )


def _nothing_saved(place: str, country: str | None) -> None:
    """One line on stderr about a ledger without transfer claims."""
    about = f" about {country}" if country else ""
    there = "" if "://" in place or Path(place).is_file() else ", there is no ledger yet"
    print(f"talaan: no saved transfer claims{about}{there} · talaan check FILE --reader llm … --save keeps some", file=sys.stderr)
