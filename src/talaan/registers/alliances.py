"""Alliances by directed pair and year: files of COW or ATOP in, a typed table out; an edition in, commitments out."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from talaan.model.entry import Coverage
from talaan.model.errors import RegisterError
from talaan.registers.delimited import Grid, columns_of, read_grid
from talaan.registers.files import SourceFile
from talaan.registers.loaded import MAIN_TABLE, ColumnType, Loaded, SetAside, Table
from talaan.registers.publication import register_toml
from talaan.registers.states import states_of
from talaan.registers.tables import OpenTable

SIDES = ("first", "second")
LEVELS = {3: "defence", 2: "neutrality or non-aggression", 1: "entente or consultation"}
NO_LEVEL = "0"


@dataclass(frozen=True, slots=True)
class Commitment:
    """What the alliances in force in a year oblige one state to towards another.

    `first` and `second` are references, None for a state that has none (its COW number stands beside). `level` is the
    highest obligation: 3 defence, 2 neutrality or non-aggression, 1 entente or consultation.
    """

    first: str | None
    first_number: int
    second: str | None
    second_number: int
    year: int
    level: int


def commitments(table: OpenTable, *, year: int, countries: Collection[str] | None = None) -> list[Commitment]:
    """Every commitment of a year whose first state is among the references (None: all), by first and second number.

    A pair that several alliances bind has the highest level; a pair that none binds has no row.
    """
    wanted = None if countries is None else sorted(countries)
    return [Commitment(*row) for row in table.ask("commitments", {"year": year, "countries": wanted})]


def read_alliances(sources: Sequence[SourceFile], folder: str) -> Loaded:
    """The files of one alliance data set, whose register.toml (in `folder`) names the columns and the level of each obligation.

    RegisterError where a file lacks columns or holds no row that can be read.
    """
    said = register_toml(folder)
    columns = columns_of(said["columns"])  # type: ignore[arg-type]
    grids = [read_grid(source, columns, str(said["title"])) for source in sources]
    merged, aside = _merged(grids)
    levels: Mapping[str, int] = said["levels"]  # type: ignore[assignment]
    merged["level"] = _levels(merged, levels)
    notes: list[SetAside] = []
    remarks: list[str] = []
    for side in SIDES:
        states = states_of(merged[f"{side}_number"], merged["year"], where=", ".join(source.name for source in sources))
        merged[side] = states.refs
        notes += [SetAside("", 0, fault) for fault in states.faults if fault not in {note.reason for note in notes}]
        remarks += [remark for remark in states.remarks if remark not in remarks]
    kinds: dict[str, ColumnType] = {column.field: column.kind for column in columns}
    kinds |= {"level": "integer", "first": "text", "second": "text"}
    years = sorted(set(merged["year"]))
    statement = f"{said['scope']} {years[0]}–{years[-1]}. {' '.join(remarks)}".strip()
    return Loaded(
        layout="directed pair and year",
        released=None,
        columns={},
        set_aside=(*(line for grid in grids for line in grid.set_aside), *aside, *notes),
        unread_columns=tuple(dict.fromkeys(name for grid in grids for name in grid.unread)),
        coverage=Coverage(int(years[0]), int(years[-1]), statement=statement),
        statements=None,
        tables={MAIN_TABLE: Table(merged, kinds)},
    )


def _merged(grids: Sequence[Grid]) -> tuple[dict[str, list[str]], list[SetAside]]:
    """The rows of all files; a pair of a state with itself is set aside, an exact repetition is taken once."""
    fields = list(grids[0].columns)
    rows: dict[tuple[str, ...], None] = {}
    aside = []
    first, second = fields.index("first_number"), fields.index("second_number")
    for grid in grids:
        for row, line in zip(zip(*grid.columns.values(), strict=True), grid.lines, strict=True):
            if row[first] == row[second]:
                aside.append(SetAside(grid.file.name, line, f"state {row[first]} allied with itself", ",".join(row)))
            else:
                rows[row] = None
    if not rows:
        raise RegisterError("The files hold no pair of states", where=grids[0].file.name, hint="is it the directed dyad-year file?")
    return {field: list(column) for field, column in zip(fields, zip(*rows, strict=True), strict=True)}, aside


def _levels(columns: Mapping[str, Sequence[str]], levels: Mapping[str, int]) -> list[str]:
    """The highest level among the obligations that a row names."""
    ranked = sorted(levels.items(), key=lambda pair: -pair[1])
    given = [columns[field] for field, _ in ranked]
    known: dict[tuple[str, ...], str] = {}
    out = []
    for flags in zip(*given, strict=True):
        if flags not in known:
            known[flags] = next((str(level) for flag, (_, level) in zip(flags, ranked, strict=True) if flag == "true"), NO_LEVEL)
        out.append(known[flags])
    return out
