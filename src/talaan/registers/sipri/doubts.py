"""Columns that were mixed up: a file read in, RegisterError out where its columns hold each other's values."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import combinations

from talaan.model.errors import RegisterError
from talaan.reference.resolver import resolver
from talaan.registers.sipri.coverage import query
from talaan.registers.sipri.facts import facts
from talaan.registers.sipri.names import party, weapon_class
from talaan.registers.sipri.rows import Sheet

SAMPLE = 500
FEWEST_ROWS = 20
MOST, NEARLY_ALL = 0.5, 0.9
ROUNDING = 0.0051
_HINT = "the columns seem to be mixed up: load the file as the register exports it"
_NAMES: Mapping[str, Callable[[str], object]] = {
    "supplier": party,
    "recipient": party,
    "description": weapon_class,
    "designation": lambda name: resolver().system(name),
    "status": lambda word: word in facts().statuses or None,
}
_TEXTS = ("supplier", "recipient", "designation", "description", "status", "comment")
_PRODUCTS = (("number", "tiv"), ("number_delivered", "tiv_delivered"), ("number_ordered", "tiv_ordered"))


def refuse_mixed_columns(sheet: Sheet) -> None:
    """Nothing where the file's values are what its header says; RegisterError with all signs that columns changed places.

    Unusual values are no sign: a sign is that most rows are wrong as the columns are named, and nearly all of them right with
    two columns exchanged. Rows are taken evenly over the file, `SAMPLE` at most; fewer than `FEWEST_ROWS` show nothing.
    """
    step = max(1, len(sheet.lines) // SAMPLE)
    columns = {field: column[::step] for field, column in sheet.columns.items()}
    if len(columns["supplier"]) < FEWEST_ROWS:
        return
    signs = [*_wrong_names(columns), *_wrong_years(columns), *_wrong_totals(columns), *_against_query(sheet)]
    if signs:
        raise RegisterError("; ".join(signs), where=sheet.file.name, hint=_HINT)


def _wrong_names(columns: Mapping[str, Sequence[str]]) -> Iterator[str]:
    """Columns whose words mean nothing there, and something in another column; names that are numbers or armament categories."""
    categories = {row.sipri for row in resolver().tables.categories.values()}
    for field, known in _NAMES.items():
        if field in columns and _share(known, columns[field]) < 1 - MOST:
            others = (other for other in _TEXTS if other in columns and _NAMES.get(other) is not known)
            found = next((other for other in others if _share(known, columns[other]) > MOST), None)
            if found is not None:
                yield f"the {field} stands in the column for the {found}"
            elif _share(lambda value: value in categories or None, columns[field]) > MOST:
                yield f"the armament category stands in the column for the {field}"
            elif _share(lambda value: value.replace(".", "").isdecimal() or None, columns[field]) > MOST:
                yield f"numbers stand in the column for the {field}"


def _share(known: Callable[[str], object], column: Sequence[str]) -> float:
    """The share of values that are known; those the register itself marks as unknown, or leaves empty, count as neither."""
    told = [value for value in column if value and not value.startswith("unknown ")]
    meant = {value: known(value) is not None for value in set(told)}
    return sum(meant[value] for value in told) / max(1, len(told))


def _wrong_years(columns: Mapping[str, Sequence[str]]) -> Iterator[str]:
    if "ordered" in columns:
        pairs = zip(columns["ordered"], columns.get("years") or columns["year"], strict=True)
        apart = [ordered > given[:4] for ordered, given in pairs if ordered and given and ordered != given[:4]]
        if len(apart) >= FEWEST_ROWS and sum(apart) > NEARLY_ALL * len(apart):
            yield "the year of order stands in the column for the year of delivery"


def _wrong_totals(columns: Mapping[str, Sequence[str]]) -> Iterator[str]:
    """Two columns of numbers that changed places: a total is its number times the unit value only when they are changed back."""
    products = [pair for pair in _PRODUCTS if columns.keys() >= {*pair, "tiv_unit"}]
    if not products:
        return
    fields = ["tiv_unit", *(field for pair in products for field in pair)]
    texts = zip(*(columns[field] for field in fields), strict=True)
    rows = [dict(zip(fields, map(float, row), strict=True)) for row in texts if all(row)]
    for one, two in combinations(fields, 2):
        apart = [row for row in rows if row[one] != row[two]]
        wrong = [row for row in apart if not _adds_up(row, products)]
        if len(wrong) < FEWEST_ROWS or len(wrong) < MOST * len(apart):
            continue
        if sum(_adds_up({**row, one: row[two], two: row[one]}, products) for row in wrong) > NEARLY_ALL * len(wrong):
            yield f"{one} and {two} stand in each other's column"


def _adds_up(row: Mapping[str, float], products: Sequence[tuple[str, str]]) -> bool:
    """Whether every total is its number times the unit value, as far as the rounding of the unit value and second-hand values allow."""
    return all(
        abs(row[number] * row["tiv_unit"] - row[total]) <= row[number] * ROUNDING + row[total] / 10 for number, total in products
    )  # fmt: skip


def _against_query(sheet: Sheet) -> Iterator[str]:
    """Signs that suppliers and recipients changed places, from the parties that the preamble names or from how many there are."""
    asked = query(sheet.preamble)
    if asked is None:
        return
    sides = {side: set(map(party, set(sheet.columns[side]))) for side in ("supplier", "recipient")}
    for side, other, wanted in (("supplier", "recipient", asked.suppliers), ("recipient", "supplier", asked.recipients)):
        if wanted is not None and sides[side].isdisjoint(wanted) and sides[other] <= wanted:
            yield f"the {side} that the preamble names stands in the column for the {other}"
    if asked.suppliers is None and asked.recipients is None:
        suppliers, recipients = len(set(sheet.columns["supplier"])), len(set(sheet.columns["recipient"]))
        if min(suppliers, recipients) >= FEWEST_ROWS and suppliers > 1.2 * recipients:
            yield f"{suppliers} suppliers and {recipients} recipients, where the register always has fewer suppliers"
