"""`talaan llm …`: what a language model is asked, as a file or over the wire; what its server can do; how a claim came to be."""

import sys
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from talaan.cli.options import (
    BaseUrlOption,
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
from talaan.model.errors import DocumentError

if TYPE_CHECKING:
    from talaan.documents import Source
    from talaan.model.document import Document

llm = typer.Typer(help="Ask a language model, over the wire or through a batch file.", no_args_is_help=True)
DocumentsArgument = Annotated[list[str], typer.Argument(metavar="FILE|URL|-…", help="Documents, as for `talaan check`.")]
LinesOption = Annotated[Path, typer.Option("-o", "--output", help="The .jsonl file to write.")]


@llm.callback()
def _llm() -> None:
    """Ask a language model, over the wire or through a batch file."""


@llm.command("export")
def export(
    files: DocumentsArgument, output: LinesOption, model: ModelOption = None, llm_config: LlmConfigOption = None, home: HomeOption = None
) -> None:
    """Write one request for each document, in the form that OpenAI's batch service and vLLM's run-batch read."""
    from talaan.cli.asked import refuse_missing_folder
    from talaan.documents import sources
    from talaan.extraction.readers.llm.instructions import all_instructions_version
    from talaan.output.files import write_atomically
    from talaan.pipeline import export_requests

    refuse_missing_folder(output)
    settings = model_settings(home, llm_config, model=model, base_url=None, api_key_env=None)
    documents, faults = _loaded(sources(files))
    for fault in faults:
        print(f"talaan: {fault}", file=sys.stderr)
    if not documents:
        raise typer.Exit(3)
    lines = export_requests(documents, settings)
    write_atomically(output, ("\n".join(lines) + "\n").encode("utf-8"))
    typer.echo(f"{len(lines)} requests written to {output} (instructions {all_instructions_version()})", err=True)
    if faults:
        raise typer.Exit(3)


def _loaded(found: "Iterable[Source]") -> "tuple[list[Document], list[DocumentError]]":
    """The documents that can be read, and the faults of the others."""
    documents: list[Document] = []
    faults: list[DocumentError] = []
    for source in found:
        try:
            documents.append(source.load())
        except DocumentError as fault:
            faults.append(fault)
    return documents, faults


@llm.command("ask")
def ask(
    files: DocumentsArgument,
    output: LinesOption,
    model: ModelOption = None,
    base_url: BaseUrlOption = None,
    api_key_env: KeyOption = None,
    llm_config: LlmConfigOption = None,
    home: HomeOption = None,
) -> None:
    """Ask a model about each document and write its answers, in the form that `talaan check --answers` reads."""
    from talaan.cli.asked import refuse_missing_folder, settings_to_ask
    from talaan.cli.progress import Progress
    from talaan.documents import sources
    from talaan.options import Options
    from talaan.output.files import write_atomically
    from talaan.pipeline import asked_lines

    refuse_missing_folder(output)
    settings = settings_to_ask(model_settings(home, llm_config, model=model, base_url=base_url, api_key_env=api_key_env))
    progress = Progress()
    options = Options(home=home_folder(home), reader="llm", llm=settings)
    lines, faults = asked_lines(sources(files), options, say=progress)
    for fault in faults:
        print(f"talaan: {fault}", file=sys.stderr)
    if lines:
        write_atomically(output, ("\n".join(lines) + "\n").encode("utf-8"))
        progress.end(output)
    raise typer.Exit(int(bool(faults)) if lines else 3)


@llm.command("test")
def test(
    model: ModelOption = None,
    base_url: BaseUrlOption = None,
    api_key_env: KeyOption = None,
    llm_config: LlmConfigOption = None,
    as_json: JsonOption = False,
    home: HomeOption = None,
) -> None:
    """Ask a server about one page of 2 kB: does it answer, in which form, with a seed, how long is its context, what does a page cost."""
    from talaan.cli.asked import settings_to_ask
    from talaan.cli.traces import probe_lines
    from talaan.extraction.readers.llm.probe import probe

    settings = settings_to_ask(model_settings(home, llm_config, model=model, base_url=base_url, api_key_env=api_key_env))
    for line in probe_lines(probe(settings), as_json=as_json):
        print(line)


@llm.command("show")
def show(
    claim: Annotated[str, typer.Argument(help="A claim's id, as `talaan claims` and `--json` give it.")],
    full: Annotated[bool, typer.Option("--full", help="Print the instructions and the text that was asked about, too.")] = False,
    as_json: JsonOption = False,
    home: HomeOption = None,
    ledger: LedgerOption = None,
) -> None:
    """Show how a model's claim came to be: what was asked, what was answered, what was anchored, what was dropped."""
    from talaan.cli.traces import trace_lines
    from talaan.pipeline import trace_of

    found = trace_of(claim, home_folder(home), ledger_place(home, ledger))
    for line in trace_lines(found, full=full, as_json=as_json):
        print(line)


@llm.command("instructions")
def show_instructions(
    language: Annotated[
        str | None, typer.Option("--language", help="Those for documents in this language, as tl.", show_default=False)
    ] = None,
) -> None:
    """Print the instructions that every request carries."""
    from talaan.extraction.readers.llm.instructions import instructions

    print(instructions(language), end="")
