"""Rich content on stdout: 100 columns where it is no terminal, and a closed pipe left to whoever called."""

import sys
from typing import NoReturn

from rich.console import Console, RenderableType


class Terminal(Console):
    """A console that does not end the program where its reader has gone (Rich would, with 1)."""

    def on_broken_pipe(self) -> NoReturn:
        """Says so to the caller."""
        raise BrokenPipeError


def show_rich(content: RenderableType) -> None:
    """Prints to stdout."""
    Terminal(soft_wrap=False, highlight=False, width=None if sys.stdout.isatty() else 100).print(content)
