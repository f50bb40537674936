"""The `talaan` command: every command group in one visible table, and the one place where failures become exit codes."""

import gc
import os
import sys
import traceback
from collections.abc import Sequence
from contextlib import suppress
from typing import Annotated, cast

import typer

from talaan import __version__
from talaan.cli.alignment import alignment
from talaan.cli.allegations import allegations
from talaan.cli.check import check
from talaan.cli.competitors import competitors
from talaan.cli.deals import candidates, deals, news
from talaan.cli.doctor import doctor
from talaan.cli.evaluate import agree, evaluate
from talaan.cli.gaps import gaps
from talaan.cli.ledger import claims, forget
from talaan.cli.llm import llm
from talaan.cli.market import market
from talaan.cli.positions import positions
from talaan.cli.register import register
from talaan.cli.sustain import sustain
from talaan.model.errors import TalaanError

FAILED, WRONG_USE, STOPPED = 3, 2, 130
TRACE = "TALAAN_TRACE"

# The tables that every command loads are many small objects that stay; looking through them again and again is a tenth of a cold start.
COLLECT_RARELY = (50_000, 20, 20)

app = typer.Typer(
    name="talaan",
    help="Read reporting about the arms trade and hold its claims against the open registers.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
app.command()(check)
app.command()(claims)
app.command()(market)
app.command()(competitors)
app.command()(alignment)
app.command()(sustain)
app.command()(allegations)
app.command()(positions)
app.command()(deals)
app.command()(candidates)
app.command()(news)
app.command()(gaps)
app.add_typer(register, name="register")
app.add_typer(llm, name="llm")
app.command()(evaluate)
app.command()(agree)
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
    """Read reporting about the arms trade and hold its claims against the open registers."""


def run() -> None:
    """The entry point."""
    gc.set_threshold(*COLLECT_RARELY)
    sys.exit(call(sys.argv[1:]))


def call(arguments: Sequence[str]) -> int:
    """The exit code of a call; every failure is one line on stderr, a closed pipe ends quietly.

    Output is UTF-8 whatever the terminal's setting, because the output contract says so.
    """
    for stream, errors in ((sys.stdout, "replace"), (sys.stderr, "backslashreplace")):
        with suppress(AttributeError, ValueError):
            stream.reconfigure(encoding="utf-8", errors=errors)  # type: ignore[union-attr]
    try:
        code = _called(arguments)
        sys.stdout.flush()
    except BrokenPipeError:
        _leave_stdout()
        return 0
    except KeyboardInterrupt:
        return _told("Stopped; nothing was left half written", STOPPED)
    except TalaanError as fault:
        return _told(str(fault), fault.exit_code)
    except OSError as fault:
        _leave_stdout()
        where = f" · {fault.filename}" if fault.filename else ""
        return _told(f"The system refused to read or write ({fault.strerror or fault}){where} · check room and rights", FAILED)
    except MemoryError:
        return _told("There is not enough memory · give fewer or smaller documents at once", FAILED)
    except Exception as fault:  # noqa: BLE001 (the face of the program: nobody above could tell the user)
        return _told(_internal(fault), FAILED)
    return code


def _called(arguments: Sequence[str]) -> int:
    """Runs the command that the arguments name; typer's own faults become UsageError-like lines, Exit its code."""
    command = typer.main.get_command(app)
    try:
        with command.make_context("talaan", list(arguments)) as context:
            command.invoke(context)
    except typer.Exit as end:
        return int(end.exit_code)
    except typer.Abort:
        raise KeyboardInterrupt from None
    except _WRONG_CALL as fault:
        if type(fault).__name__ == "NoArgsIsHelpError":
            print(fault)
            return WRONG_USE
        named = fault.ctx.command_path if fault.ctx else "talaan"
        return _told(f"{fault.format_message().rstrip('.')} · {named} --help lists what there is", WRONG_USE)
    return 0


# Typer carries a copy of Click in newer versions and depends on it in older ones; both have this class.
_WRONG_CALL = cast("type[typer.BadParameter]", typer.BadParameter.__mro__[1])


def _told(line: str, code: int) -> int:
    with suppress(OSError, ValueError):
        print(f"talaan: {line}", file=sys.stderr)
    return code


def _internal(fault: Exception) -> str:
    """A line about a fault of talaan itself; the trace comes only when it is asked for."""
    if os.environ.get(TRACE):
        return traceback.format_exc().rstrip()
    steps = traceback.extract_tb(fault.__traceback__)
    step = next((step for step in reversed(steps) if "talaan" in step.filename), steps[-1])
    place = f"{os.path.basename(step.filename)}:{step.lineno}"  # noqa: PTH119 (a name out of a trace)
    told = " ".join(str(fault).split())[:200]
    return f"A fault of talaan itself ({type(fault).__name__}: {told}) · {place} · please report it with the output of {TRACE}=1"


def _leave_stdout() -> None:
    """Points stdout at nothing, so that ending does not try to write once more."""
    with suppress(OSError, ValueError):
        nothing = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nothing, sys.stdout.fileno())
