"""Two editions of one register compared: both in, the deals added, removed and changed out, each match with how sure it is.

Rows are matched in steps, the surest first; what one step has matched is out of the next. Within a step, rows that could be several
deals go to the one that agrees in most fields; where two agree equally well the match is only `possible`.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass, fields, replace

from talaan.model.difference import WORDING, Change, Difference, Match, Sureness
from talaan.model.entry import Edition, Entry
from talaan.model.errors import UsageError
from talaan.model.figure import Cell
from talaan.reference.designation import designation_key
from talaan.registers.opened import OpenEdition

ORDER_YEARS_OFF = 3
CONVENTION_SHARE = 0.2
CONVENTION_LEAST = 50
SILENT_LEAST = 20
_OPTIONAL = (
    "ordered_uncertain", "number_ordered_uncertain", "number_delivered_uncertain", "licensed", "comment", "status", "number_ordered",
    "tiv_ordered", "tiv_unit",
)  # fmt: skip
_COMPARED = tuple(item.name for item in fields(Entry) if item.name not in ("id", "supplier_name", "recipient_name", "system"))
_WEIGHTS = {"years": 3, "number_ordered": 3, "number_delivered": 2, "comment": 2, "tiv_ordered": 1, "tiv_unit": 1, "status": 1}

Key = Callable[[Entry], Hashable | None]


@dataclass(frozen=True, slots=True)
class _Step:
    """Rows with one key may be one deal; `proven` says that the key alone does not tell, so number or years must agree too."""

    rests_on: str
    sureness: Sureness
    key: Key
    proven: bool = False


def compare_editions(old: OpenEdition, new: OpenEdition) -> Difference:
    """What the second edition changes against the first, over the deals that both cover.

    UsageError where they are editions of different registers, or one and the same.
    """
    first, second = old.edition, new.edition
    where = f"{first.id}, {second.id}"
    if first.register != second.register:
        what = f"These are editions of two registers: {first.register} and {second.register}"
        raise UsageError(what, where=where, hint="name two of one")
    if first.id == second.id:
        raise UsageError("This is one edition, not two", where=where, hint="talaan register list shows those there are")
    kept, gone = _covered(old.deals(), second, first)
    fresh, unseen = _covered(new.deals(), first, second)
    found = compare(kept, fresh, first, second)
    notes = list(found.notes)
    if gone or unseen:
        told = f"{gone} rows of {first.id} and {unseen} of {second.id} were not"
        notes.insert(0, f"Only deals that both editions cover were compared: {told}.")
    if first.layout != second.layout:
        layouts = f"{first.layout}, {second.layout}"
        notes.append(f"The editions have different layouts ({layouts}), which record numbers and remarks differently.")
    return replace(found, aside=(gone, unseen), notes=tuple(notes))


def _covered(entries: Sequence[Entry], other: Edition, own: Edition) -> tuple[list[Entry], int]:
    """The entries that another edition covers too, and how many it does not; newer years than its last count as covered."""
    start = other.coverage.first_year if other.coverage.first_year > own.coverage.first_year else 0
    kept = [
        entry
        for entry in entries
        if other.coverage.holds(entry.supplier, entry.recipient) and max(entry.years, default=entry.ordered or start) >= start
    ]
    return kept, len(entries) - len(kept)


def compare(old: Sequence[Entry], new: Sequence[Entry], first: Edition, second: Edition) -> Difference:
    """The rows of two editions matched to each other; every row is in exactly one match, added or removed."""
    left, right = {entry.id: entry for entry in old}, {entry.id: entry for entry in new}
    same = left.keys() & right.keys()
    pairs = [(left.pop(key), right.pop(key), "the same row", "exact") for key in sorted(same)]
    for step in _STEPS:
        for one, two, alike in _matched(step, left.values(), right.values()):
            del left[one.id], right[two.id]
            sureness = "possible" if alike else step.sureness
            pairs.append((one, two, step.rests_on + ("; another row fits as well" if alike else ""), sureness))
    silent = _silent(old, new, least=1 if first.layout != second.layout else SILENT_LEAST)
    compared = [name for name in _COMPARED if name not in silent]
    matches = [Match(one, two, sure, why, _changes(one, two, compared)) for one, two, why, sure in pairs]  # type: ignore[arg-type]
    fields_changed = Counter(change.field for match in matches for change in match.changes)
    many = max(CONVENTION_LEAST, CONVENTION_SHARE * len(matches))
    return Difference(
        old=first,
        new=second,
        added=tuple(sorted(right.values(), key=_place)),
        removed=tuple(sorted(left.values(), key=_place)),
        changed=tuple(sorted((match for match in matches if match.changes), key=lambda match: _place(match.new))),
        unchanged=sum(not match.changes for match in matches),
        sureness=dict(Counter(match.sureness for match in matches)),
        conventions=tuple(name for name, count in fields_changed.most_common() if count >= many and name not in WORDING),
        notes=tuple(f"{name.replace('_', ' ')}: not compared, only one of the editions ever has it." for name in silent),
    )


def _place(entry: Entry) -> tuple[str, str, int, str, str]:
    """By recipient, supplier, order year and designation."""
    return entry.recipient_name, entry.supplier_name, entry.ordered or 0, entry.designation, entry.id


def _silent(old: Sequence[Entry], new: Sequence[Entry], *, least: int) -> list[str]:
    """Columns that one of the editions never fills, though the other does in at least that many rows: the layout leaves them out."""
    counts = {name: tuple(sum(bool(getattr(row, name)) for row in rows) for rows in (old, new)) for name in _OPTIONAL}
    return [name for name, filled in counts.items() if min(filled) == 0 and max(filled) >= least]


def _parties(entry: Entry) -> tuple[str, str]:
    return _supplier(entry), _recipient(entry)


def _supplier(entry: Entry) -> str:
    return entry.supplier or entry.supplier_name


def _recipient(entry: Entry) -> str:
    return entry.recipient or entry.recipient_name


def _family(entry: Entry) -> str | None:
    """Family and class: a missile of a system is another deal than the system."""
    return f"{entry.system} {entry.category}" if entry.system else None


def _with_family(entry: Entry) -> Hashable | None:
    named = _family(entry)
    return (_parties(entry), named, entry.ordered) if named else None


def _with_family_undated(entry: Entry) -> Hashable | None:
    named = _family(entry)
    return (_parties(entry), named) if named else None


_STEPS = (
    _Step(
        "parties, designation and order year", "sure",
        lambda row: (_parties(row), designation_key(row.designation), row.category, row.ordered),
    ),
    _Step("parties, designation and order year", "sure", lambda row: (_parties(row), designation_key(row.designation), row.ordered)),
    _Step("parties, weapon family and order year; the designation is another", "likely", _with_family, proven=True),
    _Step(
        "parties and designation; the order year is another", "likely", lambda row: (_parties(row), designation_key(row.designation)),
        proven=True,
    ),
    _Step(
        "parties, order year, class and number or years; the designation is another", "likely",
        lambda row: (_parties(row), row.ordered, row.category), proven=True,
    ),
    _Step("parties and weapon family; designation and order year are others", "possible", _with_family_undated, proven=True),
    _Step(
        "recipient, designation and order year; the supplier is another", "likely",
        lambda row: (_recipient(row), designation_key(row.designation), row.ordered), proven=True,
    ),
    _Step(
        "supplier, designation and order year; the recipient is another", "likely",
        lambda row: (_supplier(row), designation_key(row.designation), row.ordered), proven=True,
    ),
)  # fmt: skip


def _matched(step: _Step, old: Iterable[Entry], new: Iterable[Entry]) -> list[tuple[Entry, Entry, bool]]:
    """The pairs of one step: (old, new, whether another row fitted as well)."""
    blocks: dict[Hashable, tuple[list[Entry], list[Entry]]] = defaultdict(lambda: ([], []))
    for side, rows in enumerate((old, new)):
        for row in rows:
            if (key := step.key(row)) is not None:
                blocks[key][side].append(row)
    return [pair for ours, theirs in blocks.values() if ours and theirs for pair in _block(step, ours, theirs)]


def _block(step: _Step, ours: Sequence[Entry], theirs: Sequence[Entry]) -> list[tuple[Entry, Entry, bool]]:
    """The pairs within one block, those that agree most first."""
    if len(ours) == len(theirs) == 1:
        return [(ours[0], theirs[0], False)] if not step.proven or _proof(ours[0], theirs[0]) else []
    scored = [(_agreement(one, two), one, two) for one in ours for two in theirs if not step.proven or _proof(one, two)]
    scored.sort(key=lambda edge: (-edge[0], edge[1].id, edge[2].id))
    found: list[tuple[Entry, Entry, bool]] = []
    done: set[str] = set()
    for score, one, two in scored:
        if f"old {one.id}" in done or f"new {two.id}" in done:
            continue
        rivals = [edge for edge in scored if edge[0] == score and (edge[1] is one) != (edge[2] is two)]
        open_rivals = [edge for edge in rivals if f"old {edge[1].id}" not in done and f"new {edge[2].id}" not in done]
        found.append((one, two, bool(open_rivals)))
        done |= {f"old {one.id}", f"new {two.id}"}
    return found


def _proof(one: Entry, two: Entry) -> bool:
    """Whether number or years speak for one deal, and the order years are not far apart."""
    near = one.ordered is None or two.ordered is None or abs(one.ordered - two.ordered) <= ORDER_YEARS_OFF
    number = one.number_ordered is not None and one.number_ordered == two.number_ordered
    brought = bool(one.number_delivered) and one.number_delivered == two.number_delivered
    years = bool(one.years) and not set(one.years).isdisjoint(two.years)
    return near and (years or (not one.years or not two.years)) and (number or brought or (years and one.years == two.years))


def _agreement(one: Entry, two: Entry) -> int:
    """How many fields agree, each by its weight."""
    return sum(weight for name, weight in _WEIGHTS.items() if getattr(one, name) == getattr(two, name) is not None)


def _changes(one: Entry, two: Entry, compared: Sequence[str]) -> tuple[Change, ...]:
    """The fields that differ, in the order of the columns; parties by reference, shown by name."""
    found = []
    for name in compared:
        if getattr(one, name) != getattr(two, name):
            old, new = (_shown(row, name) for row in (one, two))
            respelt = name == "designation" and designation_key(one.designation) == designation_key(two.designation)
            found.append(Change("spelling" if respelt else name, old, new))
    return tuple(found)


def _shown(entry: Entry, name: str) -> Cell:
    if name in ("supplier", "recipient"):
        name = f"{name}_name"
    value = getattr(entry, name)
    return "; ".join(map(str, value)) or None if isinstance(value, tuple) else value
