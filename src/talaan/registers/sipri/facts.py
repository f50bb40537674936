"""register.toml as typed objects: publisher, terms, layouts, counted exports, the excerpt."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

from talaan.model.entry import Coverage


@dataclass(frozen=True, slots=True)
class Layout:
    """One shape of the export: field → header names, flag field → the field it stands after, headers left unread on purpose."""

    name: str
    columns: Mapping[str, tuple[str, ...]]
    flags: Mapping[str, str]
    left: Mapping[str, str]

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
    """What register.toml says."""

    name: str
    title: str
    publisher: str
    licence: str
    citation: str
    address: str
    terms: tuple[str, ...]
    first_year: int
    revised_in_month: int
    statements: Mapping[str, str]
    layouts: tuple[Layout, ...]
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
    raw = tomllib.loads(files("talaan.registers.sipri").joinpath("register.toml").read_text(encoding="utf-8"))
    layouts = tuple(
        Layout(name, {field: tuple(headers) for field, headers in row["columns"].items()}, row.get("flags", {}), row.get("left", {}))
        for name, row in raw["layouts"].items()
    )
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
        statements=raw["coverage"],
        layouts=layouts,
        exports=exports,
        whole_years=raw["whole"]["years"],
        whole_recipients=raw["whole"]["recipients"],
        excerpt=_excerpt(raw["excerpt"]),
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
