"""An export as JSON: the text of a tree in, the layout it has and its rows as fields out."""

import json
from collections.abc import Iterator, Sequence
from typing import TypeGuard

from talaan.model.errors import RegisterError
from talaan.registers.sipri.facts import Layout, facts
from talaan.registers.sipri.values import writable

_SHOWN = 200
_EXPECTED = "objects within objects by {levels}, then lists of [{row}]"


def read_tree(text: str, where: str) -> tuple[Layout, list[str], list[int]]:
    """The layout, the fields of all rows one row after the other (columns in the layout's order), and the rows' numbers from 1.

    RegisterError where the text is no JSON, or another tree than register.toml describes.
    """
    try:
        found = json.loads(text, object_pairs_hook=_distinct)
    except json.JSONDecodeError as error:
        raise RegisterError(f"The JSON cannot be read: {error.msg}", where=f"{where}:{error.lineno}", hint="download it again") from error
    except (ValueError, RecursionError) as error:
        raise RegisterError("The JSON cannot be read: it repeats a key, nests too deep, or holds a number too long", where=where) from error
    layout = next(layout for layout in facts().layouts if layout.tree is not None)
    fields: list[str] = []
    numbers: list[int] = []
    for number, row in enumerate(_rows(found, layout, where), 1):
        fields += row
        numbers.append(number)
    return layout, fields, numbers


def _distinct(pairs: Sequence[tuple[str, object]]) -> dict[str, object]:
    """The object of these pairs; ValueError where a key stands twice, which would hide rows."""
    made = dict(pairs)
    if len(made) < len(pairs):
        raise ValueError("a key stands twice")
    return made


def _rows(found: object, layout: Layout, where: str) -> Iterator[list[str]]:
    """Each row with its fields in the layout's order; RegisterError names the path where the tree is another one."""
    if layout.tree is None:
        return
    order = [(*layout.tree.levels, *layout.tree.row).index(field) for field in layout.fields]
    for path, leaf in _leaves(found, len(layout.tree.levels), ()):
        rows = leaf if isinstance(leaf, list) else [None]
        for place, row in enumerate(rows, 1):
            if not _is_row(row, len(layout.tree.row)):
                expected = _EXPECTED.format(levels=", ".join(layout.tree.levels), row=", ".join(layout.tree.row))
                what = f"This JSON is no tree of the register: {writable(' › '.join(path)[:_SHOWN]) or 'its top'}, row {place}"
                raise RegisterError(what, where=where, hint=f"expected: {expected}")
            values = [*path, *map(str, row)]
            yield [values[index] for index in order]


def _is_row(row: object, width: int) -> TypeGuard[list[str | int | float]]:
    return isinstance(row, list) and len(row) == width and all(isinstance(value, str | int | float) for value in row)


def _leaves(found: object, depth: int, path: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], object]]:
    """What stands below the last level, with the keys above it; what ends earlier comes as None."""
    if not depth:
        yield path, found
    elif isinstance(found, dict):
        for key, below in found.items():
            yield from _leaves(below, depth - 1, (*path, key))
    else:
        yield path, None
