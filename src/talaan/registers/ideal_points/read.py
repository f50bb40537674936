"""The reader of UN ideal points: files of one release in, a table of states and years out; an edition in, points out."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from talaan.model.entry import Coverage
from talaan.model.errors import RegisterError
from talaan.registers.delimited import Grid, columns_of, read_grid
from talaan.registers.files import SourceFile
from talaan.registers.loaded import MAIN_TABLE, ColumnType, Loaded, SetAside, Table
from talaan.registers.publication import register_toml
from talaan.registers.states import states_of
from talaan.registers.tables import OpenTable

VERSION = "1"
FOLDER = "ideal_points"
POINTS = ("point", "point_final_passage", "point_legacy")


@dataclass(frozen=True, slots=True)
class IdealPoint:
    """Where a state stood in a year on the one dimension that its votes show; None where that series has no estimate.

    `point` rests on all votes, `point_final_passage` on votes on final passage only.
    """

    country: str | None
    number: int
    year: int
    point: float | None
    point_final_passage: float | None
    votes: int | None


def ideal_points(
    table: OpenTable, *, countries: Collection[str] | None = None, first: int | None = None, last: int | None = None
) -> list[IdealPoint]:
    """The points of these states (None: all), `first` to `last` year included, by year and number."""
    bounds = table.edition.coverage
    given = {
        "countries": None if countries is None else sorted(countries),
        "first": first or bounds.first_year,
        "last": last or bounds.last_year,
    }
    return [IdealPoint(*row) for row in table.ask("ideal_points", given)]


def read(sources: Sequence[SourceFile]) -> Loaded:
    """All rows of the files as one table; RegisterError where they lack columns, hold no row, or say two things of one state and year."""
    said = register_toml(FOLDER)
    columns = columns_of(said["columns"])  # type: ignore[arg-type]
    grids = [read_grid(source, columns, str(said["title"])) for source in sources]
    merged, aside = _merged(grids, int(str(said["first_session_year"])))
    states = states_of(merged["number"], merged["year"], where=", ".join(source.name for source in sources))
    merged["country"] = states.refs
    kinds: dict[str, ColumnType] = {column.field: column.kind for column in columns} | {"country": "text"}
    years = sorted(set(merged["year"]))
    notes = [SetAside("", 0, fault) for fault in states.faults]
    statement = f"{said['scope']} {years[0]}–{years[-1]}. {' '.join(states.remarks)}".strip()
    return Loaded(
        layout="state and year",
        released=None,
        columns={},
        set_aside=(*(line for grid in grids for line in grid.set_aside), *aside, *notes),
        unread_columns=tuple(dict.fromkeys(name for grid in grids for name in grid.unread)),
        coverage=Coverage(int(years[0]), int(years[-1]), statement=statement),
        statements=None,
        tables={MAIN_TABLE: Table(merged, kinds)},
    )


def _merged(grids: Sequence[Grid], first_session: int) -> tuple[dict[str, list[str]], list[SetAside]]:
    """The rows of all files, each state and year once; rows without a year or any estimate are set aside."""
    fields = list(grids[0].columns)
    kept: dict[tuple[str, str], tuple[str, ...]] = {}
    aside = []
    for grid in grids:
        for cells, line in zip(zip(*grid.columns.values(), strict=True), grid.lines, strict=True):
            row = dict(zip(fields, cells, strict=True))
            row["year"] = row["year"] or (str(first_session + int(row["session"]) - 1) if row["session"] else "")
            key, values = (row["number"], row["year"]), tuple(row.values())
            if not row["year"] or not any(row[point] for point in POINTS):
                reason = "neither year nor session" if not row["year"] else f"no estimate for state {row['number']} in {row['year']}"
                aside.append(SetAside(grid.file.name, line, reason, ",".join(cells)))
            elif kept.setdefault(key, values) != values:
                where = f"{grid.file.name}:{line}"
                raise RegisterError(f"Two values for state {key[0]} in {key[1]}", where=where, hint="load the releases one by one")
    if not kept:
        raise RegisterError("The files hold no estimate", where=grids[0].file.name, hint="is this the file of ideal points?")
    return {field: list(column) for field, column in zip(fields, zip(*kept.values(), strict=True), strict=True)}, aside
