"""`talaan llm …`: what a language model is asked, as a file; its answers come back with `talaan check --answers`."""

import sys
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from talaan.model.errors import DocumentError

if TYPE_CHECKING:
    from talaan.documents import Source
    from talaan.model.document import Document

llm = typer.Typer(help="Ask a language model through a batch file.", no_args_is_help=True)


@llm.callback()
def _llm() -> None:
    """Ask a language model, through a batch file."""


@llm.command("export")
def export(
    files: Annotated[list[str], typer.Argument(metavar="FILE|URL|-…", help="Documents, as for `talaan check`.")],
    output: Annotated[Path, typer.Option("-o", "--output", help="The .jsonl file to write.")],
    model: Annotated[str, typer.Option("--model", help="Name of the model that will be asked.")] = "model",
) -> None:
    """Write one request for each document, in the form that OpenAI's batch service and vLLM's run-batch read."""
    from talaan.cli.asked import refuse_missing_folder
    from talaan.documents import sources
    from talaan.extraction.readers.llm.instructions import instructions_version
    from talaan.output.files import write_atomically
    from talaan.pipeline import export_requests

    refuse_missing_folder(output)
    documents, faults = _loaded(sources(files))
    for fault in faults:
        print(f"talaan: {fault}", file=sys.stderr)
    if not documents:
        raise typer.Exit(3)
    lines = export_requests(documents, model)
    write_atomically(output, ("\n".join(lines) + "\n").encode("utf-8"))
    typer.echo(f"{len(lines)} requests written to {output} (instructions {instructions_version()})", err=True)
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


@llm.command("instructions")
def show_instructions() -> None:
    """Print the instructions that every request carries."""
    from talaan.extraction.readers.llm.instructions import instructions

    print(instructions(), end="")
