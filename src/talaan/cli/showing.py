"""Readings shown as the user asked: JSON lines, cards, reasoning, or one file; the exit code out."""

import json
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from talaan.model.contract import Reading, reading_json
from talaan.model.entry import Edition
from talaan.model.errors import TalaanError, UsageError
from talaan.options import Options
from talaan.pipeline import used_editions


@dataclass(frozen=True, slots=True)
class Shown:
    """What is to be shown, and where."""

    as_json: bool
    output: Path | None
    explain: str | None
    language: str
    with_text: bool


def show(readings: Iterable[Reading | TalaanError], options: Options, shown: Shown) -> int:
    """Show every reading; 0 done, 1 something needs a look, the fault's own code where no document could be read."""
    whole: list[Reading] = []
    faults: list[TalaanError] = []
    unexplained: list[TalaanError] = []
    editions = used_editions(options)
    for reading in readings:
        if isinstance(reading, TalaanError):
            faults.append(reading)
            print(f"talaan: {reading}", file=sys.stderr)
            continue
        whole.append(reading)
        try:
            _one(reading, editions, shown)
        except UsageError as fault:
            unexplained.append(fault)
            print(f"talaan: {fault}", file=sys.stderr)
    if shown.output is not None and whole:
        _file(whole, editions, shown, shown.output)
    if faults and not whole:
        return faults[0].exit_code
    if unexplained and len(unexplained) == len(whole):
        return unexplained[0].exit_code
    return int(bool(faults or unexplained) or any(reading.dropped for reading in whole))


def _one(reading: Reading, editions: list[Edition], shown: Shown) -> None:
    """One reading on stdout, unless it goes into a file."""
    if shown.as_json:
        print(json.dumps(reading_json(reading, with_text=shown.with_text), ensure_ascii=False), flush=True)
    elif shown.explain is not None:
        _explain(reading, shown.explain, shown.language)
    elif shown.output is None:
        from talaan.cli.terminal import show_rich
        from talaan.output.cards import reading_cards

        show_rich(reading_cards(reading, editions=editions, language=shown.language))
    if shown.output is not None or shown.as_json:
        _told_beside(reading, notes=not shown.as_json)


def _told_beside(reading: Reading, *, notes: bool) -> None:
    """On stderr, what is doubtful about a reading that does not stand on the screen itself."""
    for line in (*reading.document.notes, *reading.notes) if notes else ():
        print(f"talaan: {reading.document.path}: {line}", file=sys.stderr)
    for line in reading.dropped:
        print(f"talaan: {reading.document.path}: dropped · {line}", file=sys.stderr)


def _explain(reading: Reading, which: str, language: str) -> None:
    """The reasoning on stdout; UsageError, with the document's name, where there is no such claim."""
    from talaan.cli.terminal import show_rich
    from talaan.output.explain import explanation

    path = reading.document.path
    if not reading.claims:
        raise UsageError("This document has no claims, so no verdict to explain", where=path, hint="leads have none; see --reader")
    try:
        content = explanation(reading, which, language=language)
    except UsageError as fault:
        raise UsageError(fault.what, where=path, hint=fault.hint) from fault
    show_rich(content)


def _file(readings: list[Reading], editions: list[Edition], shown: Shown, output: Path) -> None:
    """All readings in one file; its suffix says in which form."""
    from talaan.output.files import known_suffix, write_atomically

    suffix = known_suffix(output, (".html", ".csv", ".xlsx", ".json", ".jsonl"))
    if suffix == ".html":
        from talaan.output.page import report_page

        data = report_page(readings, editions=editions, language=shown.language, with_text=shown.with_text).encode("utf-8")
    elif suffix in (".json", ".jsonl"):
        lines = [json.dumps(reading_json(reading, with_text=shown.with_text), ensure_ascii=False) for reading in readings]
        data = ("\n".join(lines) + "\n").encode("utf-8")
    else:
        from talaan.output.spreadsheet import claims_csv, readings_xlsx

        data = claims_csv(readings, language=shown.language) if suffix == ".csv" else readings_xlsx(readings, language=shown.language)
    write_atomically(output, data)
    print(f"written: {output}", file=sys.stderr)
