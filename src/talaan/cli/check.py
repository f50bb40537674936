"""`talaan check`: read documents, show leads and claims with what the register has, and hand the result on."""

import sys
from dataclasses import replace
from pathlib import Path
from typing import Annotated, Literal

import typer

from talaan.cli.options import (
    BaseUrlOption,
    EditionOption,
    HomeOption,
    JsonOption,
    KeyOption,
    LedgerOption,
    LlmConfigOption,
    ModelOption,
    home_folder,
    ledger_place,
    model_settings,
)
from talaan.model.errors import UsageError


def check(
    files: Annotated[
        list[str],
        typer.Argument(
            metavar="FILE|URL|-…",
            help="Articles: text, HTML, PDF, an address, - for standard input; many: a folder, a .jsonl file with `text`.",
        ),
    ],
    as_json: JsonOption = False,
    output: Annotated[
        Path | None,
        typer.Option(
            "-o",
            "--output",
            help="Write to this file (.html .csv .xlsx .json .jsonl), or many documents to this folder (Parquet; goes on after a stop).",
            show_default=False,
        ),
    ] = None,
    save: Annotated[bool, typer.Option("--save", help="Keep the reading in the ledger.")] = False,
    no_verify: Annotated[bool, typer.Option("--no-verify", help="Open no register: no rows, no verdicts.")] = False,
    reader: Annotated[
        Literal["builtin", "llm", "both"] | None,
        typer.Option("--reader", help="Who reads claims: builtin, llm or both.", show_default="builtin"),
    ] = None,
    answers: Annotated[
        Path | None,
        typer.Option(
            "--answers",
            help="A model's answers (.jsonl) to the requests of `talaan llm export`; the reader is then llm.",
            show_default=False,
        ),
    ] = None,
    model: ModelOption = None,
    base_url: BaseUrlOption = None,
    api_key_env: KeyOption = None,
    llm_config: LlmConfigOption = None,
    date: Annotated[
        str | None, typer.Option("--date", help="The articles' date where they state none: YYYY, YYYY-MM, YYYY-MM-DD.", show_default=False)
    ] = None,
    edition: EditionOption = None,
    explain: Annotated[
        str | None, typer.Option("--explain", help="Show the reasoning behind a claim's verdicts: its number, its id, or all.")
    ] = None,
    language: Annotated[Literal["en", "fil"], typer.Option("--in", help="Language of sentences and labels: en or fil.")] = "en",
    no_text: Annotated[bool, typer.Option("--no-text", help="Leave the article's text out of what is written; quotes stay.")] = False,
    jobs: Annotated[int, typer.Option("--jobs", min=1, help="Processes for a folder of results (-o DIR).")] = 1,
    home: HomeOption = None,
    ledger: LedgerOption = None,
) -> None:
    """Show where an article speaks of arms deals, what it names, what the register has on that, and verdicts on its claims."""
    from talaan.cli.asked import refuse_what_cannot_work, settings_to_ask, writes_folder
    from talaan.cli.progress import Progress
    from talaan.cli.showing import Shown, show
    from talaan.documents import sources
    from talaan.model.when import parse_date
    from talaan.options import Options
    from talaan.pipeline import answers_file, read_all, read_in_bulk

    refuse_what_cannot_work(files, output, to_screen=not (as_json or output or save))
    given = answers_file(answers) if answers else None
    chosen = reader or ("llm" if answers or base_url else "builtin")
    options = Options(home=home_folder(home), reader=chosen, edition=edition, verify=not no_verify, with_text=not no_text)
    options = options.with_answers(given)
    if chosen != "builtin" and given is None:
        asked = model_settings(home, llm_config, model=model, base_url=base_url, api_key_env=api_key_env)
        options = replace(options, llm=settings_to_ask(asked))
    unused = given.faults.get("", []) if given else []
    for line in unused:
        print(f"talaan: An answer cannot be used ({line}) · {answers} · the others are", file=sys.stderr)
    found = sources(files, parse_date(date) if date else None)
    progress = Progress(live=output is not None)
    if output is not None and writes_folder(output):
        if save or explain:
            raise UsageError(
                "Results in a folder are neither saved nor explained", where=str(output), hint="leave --save and --explain out"
            )
        code = read_in_bulk(found, options, output, jobs=jobs, say=progress)
        progress.end(output)
        raise typer.Exit(code or int(bool(unused)))
    shown = Shown(as_json=as_json, output=output, explain=explain, language=language, with_text=not no_text)
    code = show(read_all(found, options, ledger_place(home, ledger) if save else None, say=progress), options, shown)
    if options.llm is not None:
        progress.end_asking()
    raise typer.Exit(code or int(bool(unused)))
