"""The `talaan` command: every command group in one visible table, and the one place where failures become exit codes."""

import sys
from typing import Annotated

import typer

from talaan import __version__
from talaan.cli.check import check
from talaan.cli.doctor import doctor
from talaan.cli.evaluate import evaluate
from talaan.cli.ledger import claims, forget
from talaan.cli.llm import llm
from talaan.cli.market import market
from talaan.cli.register import register
from talaan.model.errors import TalaanError

app = typer.Typer(
    name="talaan",
    help="Reads reporting about the arms trade and holds its claims against the open registers.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
app.command()(check)
app.command()(claims)
app.command()(market)
app.add_typer(register, name="register")
app.add_typer(llm, name="llm")
app.command()(evaluate)
app.command()(doctor)
app.command()(forget)


def _version(wanted: bool) -> None:
    if wanted:
        print(f"talaan {__version__}")
        raise typer.Exit


@app.callback()
def _main(
    version: Annotated[bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version and stop.")] = False,
) -> None:
    """Reads reporting about the arms trade and holds its claims against the open registers."""


def run() -> None:
    """The entry point: a TalaanError becomes one line on stderr and its exit code, a closed pipe ends quietly."""
    try:
        app()
    except TalaanError as fault:
        print(f"talaan: {fault}", file=sys.stderr)
        sys.exit(fault.exit_code)
    except BrokenPipeError:
        sys.stderr.close()
        sys.exit(0)
    except KeyboardInterrupt:
        sys.exit(130)
