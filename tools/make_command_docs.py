"""docs/commands.md from the commands' own help texts: `python tools/make_command_docs.py` writes it, `--check` only compares."""

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import typer

from talaan.cli.main import app

TARGET = Path(__file__).parent.parent / "docs" / "commands.md"
HEAD = """# The commands

Made by `tools/make_command_docs.py` from the help texts (`talaan COMMAND --help`); a test fails where the two differ.

Results go to stdout, talk to stderr. Exit codes: 0 done; 1 done, but something needs a look (only `check`, `register add`,
`doctor` and `evaluate`); 2 wrong use; 3 failed. A fault is one line on stderr: what is wrong · where · what to do.
With `TALAAN_TRACE=1` a fault of talaan itself comes with its trace.
"""


def command_docs() -> str:
    """The page as text."""
    return HEAD + "".join(_pages(typer.main.get_command(app), "talaan"))


def _pages(command: Any, path: str) -> Iterator[str]:
    inside = getattr(command, "commands", None)
    if inside is None:
        yield f"\n## {path}\n\n{_text(command.help)}\n\n```\n{_usage(command, path)}\n```\n"
        rows = [row for parameter in command.params if parameter.name != "help" for row in _row(parameter)]
        if rows:
            yield "\n| argument or option | what it does |\n|---|---|\n" + "".join(rows)
        return
    for name, child in inside.items():
        yield from _pages(child, f"{path} {name}")


def _usage(command: Any, path: str) -> str:
    options = any(_is_option(parameter) for parameter in command.params)
    arguments = [_shown(parameter) for parameter in command.params if not _is_option(parameter)]
    return " ".join([path, *(["[OPTIONS]"] if options else []), *arguments])


def _shown(argument: Any) -> str:
    name = (argument.metavar or str(argument.name).upper()) + ("…" if argument.nargs == -1 and not argument.metavar else "")
    return name if argument.required else f"[{name}]"


def _is_option(parameter: Any) -> bool:
    return str(parameter.opts[0]).startswith("-")


def _row(parameter: Any) -> Iterator[str]:
    name = ", ".join(f"`{word}`" for word in parameter.opts) if _is_option(parameter) else f"`{_shown(parameter)}`"
    told = _text(parameter.help)
    if parameter.envvar:
        told += f" Also by the variable `{parameter.envvar}`."
    shown = parameter.show_default if isinstance(parameter.show_default, str) else parameter.default
    if _is_option(parameter) and isinstance(shown, str | int) and not isinstance(shown, bool) and parameter.show_default:
        told += f" Without it: {shown}."
    yield "| " + " | ".join(cell.replace("|", r"\|") for cell in (name, told)) + " |\n"


def _text(text: str | None) -> str:
    return " ".join((text or "").split())


if __name__ == "__main__":
    made = command_docs()
    if "--check" not in sys.argv:
        TARGET.write_text(made, encoding="utf-8")
    elif not TARGET.is_file() or TARGET.read_text(encoding="utf-8") != made:
        sys.exit("docs/commands.md differs from the help texts: run python tools/make_command_docs.py")
