"""Progress of long work on stderr: one line that is written over where it is a terminal, and only the last one elsewhere."""

import sys
from pathlib import Path


class Progress:
    """Call it with a line; `end` leaves the last one standing."""

    def __init__(self) -> None:
        self.line = "no documents"

    def __call__(self, line: str) -> None:
        """Shows the line where stderr is a terminal."""
        self.line = line
        if sys.stderr.isatty():
            print(f"\r\x1b[K{line}", end="", file=sys.stderr, flush=True)

    def end(self, folder: Path) -> None:
        """Says where the results are."""
        start = "\r\x1b[K" if sys.stderr.isatty() else ""
        print(f"{start}written: {folder}: {self.line}", file=sys.stderr)
