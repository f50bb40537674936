"""Two editions compared, as people read it: a difference in, a terminal summary or a table of every single change out."""

from collections import Counter
from collections.abc import Collection, Iterable, Sequence

from rich.console import Group, RenderableType
from rich.table import Table as Grid
from rich.text import Text

from talaan.model.difference import WORDING, Difference, Match
from talaan.model.entry import Entry
from talaan.model.figure import Cell
from talaan.output.names import category_name
from talaan.output.rows import ARROW, row_line, row_of
from talaan.output.spreadsheet import Table
from talaan.output.words import words

SHOWN = 10
COLUMNS = (
    "change", "sureness", "rests_on", "field", "old", "new", "supplier", "recipient", "designation", "category", "ordered",
    "number_ordered", "number_delivered", "years", "tiv_ordered", "old_id", "new_id", "register", "old_edition", "new_edition",
)  # fmt: skip


def difference_table(found: Difference) -> Table:
    """One row for each deal added or removed, and one for each field changed."""
    rows = [_line(found, "added", entry, new=entry.id) for entry in found.added]
    rows += [_line(found, "removed", entry, old=entry.id) for entry in found.removed]
    rows += [row for match in found.changed for row in _match_lines(found, match)]
    return Table("difference", COLUMNS, tuple(rows))


def _match_lines(found: Difference, match: Match) -> Iterable[tuple[Cell, ...]]:
    for change in match.changes:
        told = (match.sureness, match.rests_on, change.field, change.old, change.new)
        yield _line(found, "changed", match.new, old=match.old.id, new=match.new.id, told=told)


def _line(
    found: Difference, kind: str, entry: Entry, *, old: str | None = None, new: str | None = None, told: tuple[Cell, ...] = (None,) * 5
) -> tuple[Cell, ...]:  # fmt: skip
    return (
        kind,
        *told,
        entry.supplier_name,
        entry.recipient_name,
        entry.designation,
        entry.category,
        entry.ordered,
        entry.number_ordered,
        entry.number_delivered,
        "; ".join(map(str, entry.years)) or None,
        entry.tiv_ordered,
        old,
        new,
        found.new.register,
        found.old.id,
        found.new.id,
    )


def difference_summary(found: Difference) -> RenderableType:
    """Counts by kind, field, supplier and class, the biggest deals added, removed and changed, and what was not compared."""
    say = words()
    title = f"{say.label('register', found.new.register)}: edition {found.old.id} {ARROW} {found.new.id}"
    lines: list[RenderableType] = [Text(title, style="bold"), Text(_counts(found)), Text(_sureness(found))]
    lines += [Text(f"! {note}", style="yellow") for note in found.notes]
    lines += [Text(f"! {_convention(found, name)}", style="yellow") for name in found.conventions]
    if found.changed:
        lines += [Text("\nwhat changed in these deals", style="bold"), _fields(found)]
    changed = [match.new for match in found.substantial]
    lines += _grids(found, changed)
    lines += _biggest("biggest deals added", found.added)
    lines += _biggest("biggest deals removed", found.removed)
    lines += _biggest_changes(found)
    return Group(*lines)


def _counts(found: Difference) -> str:
    substantial = len(found.substantial)
    more = f" ({substantial:,} in more than words and conventions)" if found.changed else ""
    told = (f"{len(found.added):,} added", f"{len(found.removed):,} removed", f"{len(found.changed):,} changed{more}")
    return " · ".join((*told, f"{found.unchanged:,} unchanged"))


def _sureness(found: Difference) -> str:
    told = [f"{found.sureness[word]:,} {word}" for word in ("exact", "sure", "likely", "possible") if found.sureness.get(word)]
    return "matches: " + (" · ".join(told) or "none")


def _convention(found: Difference, name: str) -> str:
    count = sum(change.field == name for match in found.changed for change in match.changes)
    return f"{name.replace('_', ' ')} changed in {count:,} deals at once: the register fills it in another way now, not these deals alone"


def _fields(found: Difference) -> Grid:
    counts = Counter(change.field for match in found.changed for change in match.changes)
    return _grid(("field", "deals"), [(name.replace("_", " "), f"{count:,}") for name, count in counts.most_common()])


def _grids(found: Difference, changed: Sequence[Entry]) -> list[RenderableType]:
    """Added, removed and changed by supplier and by class, the ten with most."""
    out: list[RenderableType] = []
    by_supplier = [[entry.supplier_name for entry in rows] for rows in (found.added, found.removed, changed)]
    by_class = [[category_name(entry.category) or entry.description for entry in rows] for rows in (found.added, found.removed, changed)]
    for name, sides in (("supplier", by_supplier), ("class", by_class)):
        counts = [Counter(side) for side in sides]
        total = sum(counts, Counter[str]())
        if total:
            rows = [(key, *(f"{count[key]:,}" for count in counts)) for key, _ in total.most_common(SHOWN)]
            out += [Text(f"\nby {name}", style="bold"), _grid((name, "added", "removed", "changed"), rows)]
    return out


def _biggest(title: str, entries: Sequence[Entry]) -> list[RenderableType]:
    """The largest deals by TIV ordered, one line each; nothing where there are none."""
    if not entries:
        return []
    first = sorted(entries, key=lambda entry: -(entry.tiv_ordered or entry.tiv_delivered or 0.0))[:SHOWN]
    return [Text(f"\n{title}", style="bold"), *(Text(f"  {_deal(entry)}") for entry in first)]


def _biggest_changes(found: Difference) -> list[RenderableType]:
    """The deals whose TIV ordered changed most, without changes of words and conventions."""
    if not found.substantial:
        return []
    slight = {*WORDING, *found.conventions}
    first = sorted(found.substantial, key=lambda match: -abs((match.new.tiv_ordered or 0.0) - (match.old.tiv_ordered or 0.0)))[:SHOWN]
    return [Text("\nbiggest changes", style="bold"), *(Text(f"  {_parties(match.new)}{_told(match, slight)}") for match in first)]


def _told(match: Match, slight: Collection[str]) -> str:
    told = (change for change in match.changes if change.field not in slight)
    changes = "; ".join(f"{change.field.replace('_', ' ')} {_value(change.old)} {ARROW} {_value(change.new)}" for change in told)
    return f"{match.new.designation}: {changes} [{match.sureness}]"


def _value(value: Cell) -> str:
    return "none" if value is None else str(value)


def _deal(entry: Entry) -> str:
    return f"{_parties(entry)}{row_line(row_of(entry, words()), words())}"


def _parties(entry: Entry) -> str:
    return f"{entry.supplier_name} {ARROW} {entry.recipient_name}  "


def _grid(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> Grid:
    grid = Grid(box=None, pad_edge=True, padding=(0, 2, 0, 0))
    for place, head in enumerate(heads):
        grid.add_column(head, justify="right" if place else "left", overflow="fold")
    for row in rows:
        grid.add_row(*map(Text, row))
    return grid
