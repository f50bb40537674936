"""What a call asks for, looked at before anything is read: arguments in, a UsageError for what cannot work out."""

import re
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from talaan.model.errors import TalaanError, UsageError

if TYPE_CHECKING:
    from talaan.extraction.readers.llm.settings import LlmSettings

FILE_SUFFIXES = (".html", ".csv", ".xlsx", ".json", ".jsonl")
_LIKE_A_FILE = re.compile(r"\.[A-Za-z][A-Za-z0-9]{0,4}")


def refuse_what_cannot_work(files: Sequence[str], output: Path | None, *, to_screen: bool) -> None:
    """UsageError where a folder would flood the screen, or the output has no known form or no place."""
    folder = next((name for name in files if to_screen and _is_folder(name)), None)
    if folder is not None:
        raise UsageError("This is a folder", where=folder, hint="say where its results go: -o DIR, -o FILE.html, --json or --save")
    if output is not None and not writes_folder(output):
        refuse_missing_folder(output)


def settings_to_ask(settings: "LlmSettings") -> "LlmSettings":
    """The settings, where they name a server; UsageError says how a model's claims are had otherwise."""
    if settings.base_url is None:
        hint = "give --base-url and --model, or talaan llm export FILE -o requests.jsonl and then --answers FILE.jsonl"
        raise UsageError("A model's claims need its answers, or a server to ask", hint=hint)
    return settings


def refuse_missing_folder(output: Path) -> None:
    """TalaanError where the folder of a file to write is not there, before the work and not after it."""
    if not output.parent.is_dir():
        raise TalaanError("The folder to write to is missing", where=str(output), hint="make the folder first, or name another")


def writes_folder(output: Path) -> bool:
    """Whether results go into a folder; UsageError where the name is that of a file in a form talaan does not write.

    >>> writes_folder(Path("results")), writes_folder(Path("report.HTML")), writes_folder(Path("run-2024.06"))
    (True, False, True)
    """
    suffix = output.suffix.lower()
    if suffix in FILE_SUFFIXES:
        return False
    if _LIKE_A_FILE.fullmatch(suffix) and not output.is_dir():
        hint = f"write {' '.join(FILE_SUFFIXES)}, or name a folder without a suffix"
        raise UsageError(f"Cannot write a file that ends in {suffix!r}", where=str(output), hint=hint)
    return True


def _is_folder(argument: str) -> bool:
    try:
        return Path(argument).is_dir()
    except (OSError, ValueError):
        return False
