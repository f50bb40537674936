"""`talaan llm …`: what a language model is asked, as a file; its answers come back with `talaan check --answers`."""

from pathlib import Path
from typing import Annotated

import typer

llm = typer.Typer(help="Ask a language model, through a batch file.", no_args_is_help=True)


@llm.callback()
def _llm() -> None:
    """Ask a language model, through a batch file."""


@llm.command("export")
def export(
    files: Annotated[list[str], typer.Argument(metavar="FILE|URL|-…", help="Documents; folders and .jsonl files too.")],
    output: Annotated[Path, typer.Option("-o", "--output", help="The .jsonl file to write.")],
    model: Annotated[str, typer.Option("--model", help="Name of the model that will be asked.")] = "model",
) -> None:
    """Write one request a document, as OpenAI's batch service and vLLM's run-batch read them."""
    from talaan.documents import sources
    from talaan.extraction.readers.llm.instructions import instructions_version
    from talaan.output.files import write_atomically
    from talaan.pipeline import export_requests

    lines = export_requests((source.load() for source in sources(files)), model)
    write_atomically(output, ("\n".join(lines) + "\n").encode("utf-8"))
    typer.echo(f"{len(lines)} requests written to {output} (instructions {instructions_version()})", err=True)


@llm.command("instructions")
def show_instructions() -> None:
    """Print the instructions that every request carries."""
    from talaan.extraction.readers.llm.instructions import instructions

    print(instructions(), end="")
