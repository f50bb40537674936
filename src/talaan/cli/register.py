"""`talaan register …`: load a register's export, list the editions, show and verify them, map a table, fetch reports."""

import json
import re
import sys
from pathlib import Path
from typing import Annotated

import typer

from talaan.cli.options import HomeOption, JsonOption, OutputOption, home_folder
from talaan.model.entry import Edition
from talaan.model.errors import UsageError

register = typer.Typer(help="Load a register from your own export; list, show and verify its editions.", no_args_is_help=True)
SHOWN_FAULTS = 20
EDITION_ID = re.compile(r"\w[\w.-]{0,60}")
RegisterOption = Annotated[str | None, typer.Option("--register", help="Only this register.", show_default=False)]


@register.command("add")
def add_register(
    name: Annotated[
        str,
        typer.Argument(
            help="Which register: sipri, sipri-tiv, unroca, dsca, cow-alliances, atop, ideal-points, or a name of your own with --map."
        ),
    ],
    files: Annotated[
        list[Path], typer.Argument(help="The export's files (plain or gzip) or folders of them; all of one call make one edition.")
    ],
    edition: Annotated[
        str | None, typer.Option("--edition", help="Id of the edition where the export states no date.", show_default=False)
    ] = None,
    map_file: Annotated[
        Path | None,
        typer.Option("--map", help="Map of a table's columns (TOML), for a register of your own; see register map.", show_default=False),
    ] = None,
    home: HomeOption = None,
) -> None:
    """Load one edition of a register from your own export."""
    from talaan.registers import add

    if edition is not None and not EDITION_ID.fullmatch(edition):
        raise UsageError(f"{edition!r} is no id for an edition", hint="letters, digits, dots and hyphens, as 2026-05-18")
    loaded = add(home_folder(home), name, _each_file(files), edition=edition, map_file=map_file)
    read = f" of {loaded.lines} lines" if loaded.lines not in (None, loaded.rows) else ""
    print(f"{loaded.register} {loaded.id}: {loaded.rows} rows{read}, {loaded.coverage.first_year}–{loaded.coverage.last_year}")
    for line, why in loaded.set_aside[:SHOWN_FAULTS]:
        print(f"set aside · line {line}: {why}" if line else f"note: {why}")
    if len(loaded.set_aside) > SHOWN_FAULTS:
        print(f"… and {len(loaded.set_aside) - SHOWN_FAULTS} more lines")
    if loaded.unread_columns:
        print("columns not read: " + ", ".join(loaded.unread_columns))
    if loaded.set_aside:
        raise typer.Exit(1)


def _each_file(paths: list[Path]) -> list[Path]:
    """The files named, and those in the folders named, by name; hidden ones apart."""
    return [
        file
        for path in paths
        for file in (sorted(item for item in path.iterdir() if item.is_file() and item.name[0] != ".") if path.is_dir() else [path])
    ]


@register.command("list")
def list_registers(home: HomeOption = None, register_name: RegisterOption = None, as_json: JsonOption = False) -> None:
    """List the editions loaded, the newest first."""
    from talaan.registers import editions

    rows = [row for row in editions(home_folder(home)) if register_name in (None, row.register)]
    if as_json:
        print(json.dumps([_listed(row) for row in rows], ensure_ascii=False))
        return
    for row in rows:
        years = f"{row.coverage.first_year}–{row.coverage.last_year}"
        print(f"{row.register} {row.id}: {row.rows} rows, {years}, {row.layout}" + (" (bundled excerpt)" if row.bundled else ""))


def _listed(row: Edition) -> dict[str, object]:
    """One edition as JSON."""
    return {
        "register": row.register,
        "edition": row.id,
        "rows": row.rows,
        "bundled": row.bundled,
        "layout": row.layout,
        "released": row.released,
        "loaded": row.loaded,
        "years": [row.coverage.first_year, row.coverage.last_year],
        "set_aside": len(row.set_aside),
    }


@register.command("show")
def show_register(
    edition: Annotated[str, typer.Argument(help="Id of the edition.")], register_name: RegisterOption = None, home: HomeOption = None
) -> None:
    """Show where an edition comes from, what it covers, and what was set aside."""
    from talaan.registers import edition_called

    row = edition_called(home_folder(home), edition, register_name)
    print(f"{row.title} · {row.publisher}\nedition {row.id}, released {row.released or 'unknown'}, loaded {row.loaded}")
    print(f"layout: {row.layout}\nrows: {row.rows}\ncoverage: {row.coverage.statement}\nterms: {row.licence}")
    for name, digest in row.files:
        print(f"file: {name} sha256:{digest}")
    if row.unread_columns:
        print("columns not read: " + ", ".join(row.unread_columns))
    for line, why in row.set_aside:
        print(f"set aside · line {line}: {why}" if line else f"note: {why}")


@register.command("diff")
def compare_registers(
    old: Annotated[str, typer.Argument(metavar="A", help="Id of the earlier edition.")],
    new: Annotated[str, typer.Argument(metavar="B", help="Id of the later edition.")],
    register_name: RegisterOption = None,
    as_json: JsonOption = False,
    output: OutputOption = None,
    home: HomeOption = None,
) -> None:
    """Show what a later edition changes: deals added, removed and changed, field by field, and how sure each match is."""
    from talaan.cli.tables import print_answer
    from talaan.comparing import edition_difference
    from talaan.model.difference import difference_json
    from talaan.output.differences import difference_summary, difference_table

    found = edition_difference(home_folder(home), old, new, register_name)
    print_answer(
        view=lambda: difference_summary(found), table=lambda: difference_table(found), value=lambda: difference_json(found),
        output=output, as_json=as_json,
    )  # fmt: skip


@register.command("verify")
def verify_registers(register_name: RegisterOption = None, home: HomeOption = None) -> None:
    """Compare the files of every stored edition with the hashes kept when it was loaded."""
    from talaan.registers import verify

    found = verify(home_folder(home), register_name)
    for row in found:
        print(f"{row.register} {row.edition}: " + ("; ".join(row.faults) if row.faults else f"{row.files} files as they were written"))
    faulty = sum(bool(row.faults) for row in found)
    print(f"{len(found)} editions, {faulty} with faults")
    if faulty:
        raise typer.Exit(1)


@register.command("map")
def map_table(
    file: Annotated[Path, typer.Argument(help="A list of deals: CSV with any separator, or a workbook (.xlsx).")],
    output: Annotated[Path | None, typer.Option("-o", "--output", help="Write the map to this file (.toml).", show_default=False)] = None,
) -> None:
    """Propose how a table's columns are to be read, and show its first rows as they will be read."""
    from talaan.output.files import write_atomically
    from talaan.registers.mapped.wizard import proposed_map

    if output is not None and output.exists():
        raise UsageError("This file is there already", where=str(output), hint="take another name: your own changes would be lost")
    proposed = proposed_map(file)
    if output is None:
        print(proposed.toml)
    else:
        write_atomically(output, proposed.toml.encode("utf-8"))
        print(f"written: {output}", file=sys.stderr)
    for number, row in enumerate(proposed.preview.rows, 1):
        print(f"row {number}: " + " · ".join(f"{name} {value}" for name, value in row.items()), file=sys.stderr)
    for line in (*proposed.preview.faults, *(f"still lacking: {fault}" for fault in proposed.lacking)):
        print(line, file=sys.stderr)
    if proposed.unsure:
        print("look at: " + ", ".join(proposed.unsure), file=sys.stderr)


@register.command("fetch")
def fetch_register(
    name: Annotated[str, typer.Argument(help="Which register: unroca.")],
    folder: Annotated[Path, typer.Argument(help="Folder for the reports; those in it already are not fetched again.")],
    country: Annotated[
        list[str] | None, typer.Option("--country", help="Only this country's reports; may be repeated.", show_default=False)
    ] = None,
    year: Annotated[
        list[int] | None, typer.Option("--year", help="Only reports for this year; may be repeated.", show_default=False)
    ] = None,
) -> None:
    """Fetch states' reports from the publisher's site into a folder, page by page."""
    from talaan.documents.fetching import fetch
    from talaan.registers.parties import party_ref
    from talaan.registers.unroca.fetching import fetch_reports

    if name != "unroca":
        raise UsageError(f"{name!r} cannot be fetched", hint="only unroca; others are exported by hand")
    refs = {word: party_ref(word) for word in country or ()}
    if unknown := [word for word, ref in refs.items() if ref is None]:
        raise UsageError(f"No country is known as {', '.join(unknown)}", hint="a name or an ISO code")
    wanted = {ref for ref in refs.values() if ref} or None
    written = fetch_reports(lambda address: fetch(address).raw, folder, countries=wanted, years=set(year) if year else None)
    print(f"{len(written)} files in {folder}; load them: talaan register add unroca {folder}")
