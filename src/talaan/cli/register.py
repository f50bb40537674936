"""`talaan register …`: load a register's export, list the editions, show one."""

import json
import re
from pathlib import Path
from typing import Annotated

import typer

from talaan.cli.options import HomeOption, JsonOption, home_folder
from talaan.model.errors import UsageError

register = typer.Typer(help="Load a register from your own export; list its editions; show one.", no_args_is_help=True)
SHOWN_FAULTS = 20
EDITION_ID = re.compile(r"\w[\w.-]{0,60}")


@register.command("add")
def add_register(
    name: Annotated[str, typer.Argument(help="Which register: sipri.")],
    files: Annotated[list[Path], typer.Argument(help="The export's files (plain or gzip); all of one call make one edition.")],
    edition: Annotated[
        str | None, typer.Option("--edition", help="Id of the edition where the export states no date.", show_default=False)
    ] = None,
    home: HomeOption = None,
) -> None:
    """Load one edition of a register from your own export."""
    from talaan.registers import add

    if edition is not None and not EDITION_ID.fullmatch(edition):
        raise UsageError(f"{edition!r} is no id for an edition", hint="letters, digits, dots and hyphens, as 2026-05-18")
    loaded = add(home_folder(home), name, files, edition=edition)
    print(f"{loaded.register} {loaded.id}: {loaded.rows} rows, {loaded.coverage.first_year}–{loaded.coverage.last_year}")
    for line, why in loaded.set_aside[:SHOWN_FAULTS]:
        print(f"set aside · line {line}: {why}")
    if len(loaded.set_aside) > SHOWN_FAULTS:
        print(f"… and {len(loaded.set_aside) - SHOWN_FAULTS} more lines")
    if loaded.unread_columns:
        print("columns not read: " + ", ".join(loaded.unread_columns))
    if loaded.set_aside:
        raise typer.Exit(1)


@register.command("list")
def list_registers(home: HomeOption = None, as_json: JsonOption = False) -> None:
    """List the editions loaded, the newest first."""
    from talaan.registers import editions

    rows = editions(home_folder(home))
    if as_json:
        print(json.dumps([{"register": row.register, "edition": row.id, "rows": row.rows, "bundled": row.bundled} for row in rows]))
        return
    for row in rows:
        print(f"{row.register} {row.id}: {row.rows} rows, {row.layout}" + (" (bundled excerpt)" if row.bundled else ""))


@register.command("show")
def show_register(edition: Annotated[str, typer.Argument(help="Id of the edition.")], home: HomeOption = None) -> None:
    """Show where an edition comes from, what it covers, and what was set aside."""
    from talaan.pipeline import edition_named

    row = edition_named(home_folder(home), edition).edition
    print(f"{row.title} · {row.publisher}\nedition {row.id}, released {row.released or 'unknown'}, loaded {row.loaded}")
    print(f"layout: {row.layout}\nrows: {row.rows}\ncoverage: {row.coverage.statement}\nterms: {row.licence}")
    for name, digest in row.files:
        print(f"file: {name} sha256:{digest}")
    for line, why in row.set_aside:
        print(f"set aside · line {line}: {why}")
