"""The first step with an unknown table: a file in, a proposed map as TOML and the first rows as they will be read out."""

from dataclasses import dataclass, replace
from pathlib import Path

from talaan.model.errors import RegisterError
from talaan.registers.delimited import read_grid
from talaan.registers.files import WORKBOOK, SourceFile, read_file
from talaan.registers.mapped.mapping import Map, faults_of, map_toml
from talaan.registers.mapped.proposal import Proposal, propose
from talaan.registers.mapped.read import columns_for, rows_of

SHOWN = 5
_ENOUGH_LINES = 400


@dataclass(frozen=True, slots=True)
class Preview:
    """The first rows as they will be read (field → value, empty fields left out), and what kept others from it."""

    rows: tuple[dict[str, str], ...]
    faults: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Proposed:
    """A proposed map: its TOML, what it still lacks, fields to look at, and a preview; no preview where too much is lacking."""

    toml: str
    lacking: tuple[str, ...]
    unsure: tuple[str, ...]
    preview: Preview


def proposed_map(path: Path) -> Proposed:
    """The map that a file's columns suggest; RegisterError where the file is no table."""
    file = read_file(path, takes=(WORKBOOK,))
    proposal = propose(file)
    return Proposed(
        toml=map_toml(proposal.map, proposal.reasons, proposal.left),
        lacking=tuple(faults_of(proposal.map)),
        unsure=proposal.unsure,
        preview=_preview(file, proposal),
    )


def _preview(file: SourceFile, proposal: Proposal) -> Preview:
    """The first rows under the proposed map, parties that no column gives shown as not said."""
    made = proposal.map
    missing = [party for party in ("supplier", "recipient") if party not in made.columns]
    filled = replace(made, constants=dict.fromkeys(missing, "(to be said)"))
    return preview(replace(file, text=_first_lines(file.text)), filled)


def _first_lines(text: str) -> str:
    return "\n".join(text.split("\n", _ENOUGH_LINES)[:_ENOUGH_LINES])


def preview(file: SourceFile, made: Map) -> Preview:
    """The first rows of a file under a map."""
    try:
        grid = read_grid(file, columns_for(made), "a table that fits the map")
        rows, aside = rows_of(grid, made)
    except RegisterError as error:
        return Preview((), (str(error),))
    shown = tuple({name: value for name, value in row.items() if value and value != "false"} for row in rows[:SHOWN])
    return Preview(shown, tuple(f"line {line.line}: {line.reason}" for line in (*grid.set_aside, *aside)[:SHOWN]))
