"""`talaan claims` and `talaan forget`: what the ledger holds, searched and taken out."""

from collections.abc import Iterable
from datetime import date as Date  # noqa: N812
from typing import Annotated

import typer

from talaan.cli.options import HomeOption, JsonOption, LedgerOption, OutputOption, home_folder, ledger_place
from talaan.model.errors import UsageError


def claims(
    types: Annotated[
        list[str] | None, typer.Option("--type", help="Claim type, as transfer. May be given several times.", show_default=False)
    ] = None,
    actor: Annotated[
        str | None, typer.Option("--actor", help="A country's alpha-3 code or a reference, in any role.", show_default=False)
    ] = None,
    system: Annotated[str | None, typer.Option("--system", help="A weapon family, as S-300.", show_default=False)] = None,
    speaker: Annotated[str | None, typer.Option("--speaker", help="Part of the speaker's name.", show_default=False)] = None,
    language: Annotated[str | None, typer.Option("--language", help="Code of the document's language, as tl.", show_default=False)] = None,
    since: Annotated[
        str | None, typer.Option("--since", help="Documents from this date on: YYYY, YYYY-MM or YYYY-MM-DD.", show_default=False)
    ] = None,
    until: Annotated[str | None, typer.Option("--until", help="Documents up to this date.", show_default=False)] = None,
    verdict: Annotated[
        str | None, typer.Option("--verdict", help="A verdict that some register gave, as contradicted.", show_default=False)
    ] = None,
    text: Annotated[str | None, typer.Option("--text", help="Words in the quote.", show_default=False)] = None,
    output: OutputOption = None,
    as_json: JsonOption = False,
    home: HomeOption = None,
    ledger: LedgerOption = None,
) -> None:
    """Search the claims kept in the ledger (`check --save`), and write them to a spreadsheet."""
    from talaan.cli.listing import print_claims
    from talaan.ledger import open_ledger
    from talaan.ledger.read import ClaimFilter
    from talaan.ledger.read import claims as search
    from talaan.model.vocabulary import vocabulary

    _known("claim type", types or (), vocabulary().types)
    _known("verdict", [verdict] if verdict else (), vocabulary().verdicts)
    wanted = ClaimFilter(
        types=tuple(types or ()), actor=actor, system=system, speaker=speaker, language=language, first=_day(since, first=True),
        last=_day(until, first=False), verdict=verdict, text=text,
    )  # fmt: skip
    with open_ledger(ledger_place(home, ledger)) as opened:
        found = search(opened, wanted)
    print_claims(found, output=output, as_json=as_json)


def forget(
    document: Annotated[str, typer.Argument(help="Id of the document, the beginning of it, or its path.")],
    home: HomeOption = None,
    ledger: LedgerOption = None,
) -> None:
    """Remove a document and everything that came from it; this cannot be undone."""
    from talaan.ledger import open_ledger
    from talaan.pipeline import forget_document

    with open_ledger(ledger_place(home, ledger)) as opened:
        gone = forget_document(opened, document, home_folder(home))
    print(f"forgotten: {gone.document} ({', '.join(gone.paths)}): {gone.readings} readings, {gone.claims} claims, {gone.leads} leads")
    if not gone.bytes_gone:
        print("another program still reads the ledger; its files keep the bytes until that ends")


def _known(what: str, given: Iterable[str], there: Iterable[str]) -> None:
    """UsageError for a word that is not of the vocabulary: it would find nothing, silently."""
    for word in given:
        if word not in there:
            raise UsageError(f"There is no {what} {word!r}", hint="there are " + ", ".join(there))


def _day(text: str | None, *, first: bool) -> Date | None:
    from talaan.model.when import parse_date

    when = parse_date(text) if text else None
    return None if when is None else when.first if first else when.last
