"""register.toml as typed objects: publisher, terms, layouts, spellings, counted exports, the excerpt."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Any

from talaan.model.entry import Coverage


@dataclass(frozen=True, slots=True)
class Tree:
    """A layout as JSON: the field that the keys of each level hold, and the fields of a row at its leaves."""

    levels: tuple[str, ...]
    row: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Merged:
    """A name that a layout writes for two parties: up to the year `until` it means `party`."""

    name: str
    until: int
    party: str


@dataclass(frozen=True, slots=True)
class Layout:
    """One shape of the export: field → header names, flag field → the field it stands after, headers left unread on purpose.

    `shape` is per-deal or per-year; `whole_deals` says that a deal's years are given in full, whatever years were asked for.
    """

    name: str
    shape: str
    statement: str
    columns: Mapping[str, tuple[str, ...]]
    flags: Mapping[str, str]
    left: Mapping[str, str]
    forms: Mapping[str, str]
    separator: str
    numbering: str
    whole_deals: bool
    merged: tuple[Merged, ...]
    tree: Tree | None

    @property
    def fields(self) -> tuple[str, ...]:
        """All fields a row gives, in reading order, flags last."""
        return (*self.columns, *self.flags)


@dataclass(frozen=True, slots=True)
class CountedExport:
    """An export of all countries whose rows were counted; `years` as the query names them, None: not specified."""

    generated: str
    layout: str
    years: tuple[int, int] | None
    rows: int


@dataclass(frozen=True, slots=True)
class Excerpt:
    """The bundled excerpt."""

    id: str
    file: str
    released: str
    rows: int
    coverage: Coverage


@dataclass(frozen=True, slots=True)
class Facts:
    """What register.toml says.

    `parties`, `status` and `classes` map words of older exports to those of today, or to classes; weapons of one of the `kinds_apart`
    are of no other kind; `added` gives by class the words that per-year exports add to a name which several weapons bear.
    """

    name: str
    title: str
    publisher: str
    licence: str
    citation: str
    address: str
    terms: tuple[str, ...]
    first_year: int
    revised_in_month: int
    whole: str
    unflagged: str
    layouts: tuple[Layout, ...]
    parties: Mapping[str, str]
    statuses: frozenset[str]
    kinds_apart: frozenset[str]
    added: Mapping[str, tuple[str, ...]]
    status: Mapping[str, str]
    classes: Mapping[str, str]
    exports: tuple[CountedExport, ...]
    whole_years: int
    whole_recipients: int
    excerpt: Excerpt


@lru_cache(maxsize=1)
def facts() -> Facts:
    """The register's facts, read once.

    >>> facts().publisher
    'Stockholm International Peace Research Institute (SIPRI)'
    """
    import tomllib

    raw = tomllib.loads(files("talaan.registers.sipri").joinpath("register.toml").read_text(encoding="utf-8"))
    exports = tuple(
        CountedExport(row["generated"], row["layout"], (row["years"][0], row["years"][1]) if "years" in row else None, row["rows"])
        for row in raw["exports"]
    )
    return Facts(
        name=raw["name"],
        title=raw["title"],
        publisher=raw["publisher"],
        licence=raw["licence"],
        citation=raw["citation"],
        address=raw["address"],
        terms=tuple(raw["terms"]),
        first_year=raw["first_year"],
        revised_in_month=raw["revised_in_month"],
        whole=raw["coverage"]["whole"],
        unflagged=raw["coverage"]["unflagged"],
        layouts=tuple(_layout(name, row) for name, row in raw["layouts"].items()),
        parties=raw["spellings"]["parties"],
        statuses=frozenset(raw["statuses"]),
        kinds_apart=frozenset(raw["kinds_apart"]),
        added={category: tuple(words) for category, words in raw["added"].items()},
        status=raw["spellings"]["status"],
        classes=raw["spellings"]["classes"],
        exports=exports,
        whole_years=raw["whole"]["years"],
        whole_recipients=raw["whole"]["recipients"],
        excerpt=_excerpt(raw["excerpt"]),
    )


@lru_cache(maxsize=1)
def fields_of_shapes() -> Mapping[str, tuple[str, ...]]:
    """All fields that layouts of each shape give: what a layout lacks is unknown in its entries.

    >>> "tiv_delivered" in fields_of_shapes()["per-deal"]
    True
    """
    shapes: dict[str, dict[str, None]] = {}
    for layout in facts().layouts:
        shapes.setdefault(layout.shape, {}).update(dict.fromkeys(layout.fields))
    return {shape: tuple(fields) for shape, fields in shapes.items()}


def _layout(name: str, row: Mapping[str, Any]) -> Layout:
    tree = row.get("tree")
    return Layout(
        name=name,
        shape=row["shape"],
        statement=row["statement"],
        columns={field: tuple(headers) for field, headers in row["columns"].items()},
        flags=row.get("flags", {}),
        left=row.get("left", {}),
        forms=row.get("forms", {}),
        separator=row.get("separator", ","),
        numbering=row.get("numbering", ""),
        whole_deals=row.get("whole_deals", False),
        merged=tuple(Merged(**merged) for merged in row.get("merged", ())),
        tree=Tree(tuple(tree["levels"]), tuple(tree["row"])) if tree else None,
    )


def _excerpt(row: Mapping[str, str]) -> Excerpt:
    first, last = (int(year) for year in row["years"])
    coverage = Coverage(
        first_year=first,
        last_year=last,
        recipients=frozenset(row["recipients"]),
        suppliers=frozenset(row["suppliers"]),
        supplier_recipients=frozenset(row["supplier_recipients"]),
        statement=row["statement"],
    )
    return Excerpt(row["id"], row["file"], row["released"], int(row["rows"]), coverage)
