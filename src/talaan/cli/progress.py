"""Progress of long work on stderr: one line that is written over where it is a terminal, and only the last one elsewhere."""

import sys
from pathlib import Path


class Progress:
    """Call it with a line; `end` leaves the last one standing. `live` False: only the last line is shown at all."""

    def __init__(self, *, live: bool = True) -> None:
        self.line = "no documents"
        self.live = live and sys.stderr.isatty()

    def __call__(self, line: str) -> None:
        """Shows the line where stderr is a terminal and nothing else is written to it."""
        self.line = line
        if self.live:
            print(f"\r\x1b[K{line}", end="", file=sys.stderr, flush=True)

    def end(self, folder: Path) -> None:
        """Says where the results are."""
        self._last(f"written: {folder}: {self.line}")

    def end_asking(self) -> None:
        """Says what asking a model has cost."""
        self._last(f"asked: {self.line}")

    def _last(self, line: str) -> None:
        start = "\r\x1b[K" if self.live else ""
        print(f"{start}{line}", file=sys.stderr)
