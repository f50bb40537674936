"""The reference tables as typed rows: data/*.csv in, countries, organisations, groups, systems and categories out."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import TypeAlias

from talaan.reference.rows import csv_rows


@dataclass(frozen=True, slots=True)
class Country:
    """A state, a former or disputed one, or a territory; `first` and `last` bound its existence (ISO text or empty)."""

    code: str
    name: str
    kind: str
    first: str
    last: str
    successors: tuple[str, ...]
    names: tuple[str, ...]
    adjectives: tuple[str, ...]
    seats: tuple[str, ...]
    register_names: tuple[str, ...]

    @property
    def ref(self) -> str:
        return f"country:{self.code}"


@dataclass(frozen=True, slots=True)
class Organisation:
    """An alliance, body, firm, publisher or other organisation; `country` is empty for international ones."""

    slug: str
    name: str
    kind: str
    country: str
    aliases: tuple[str, ...]
    register_names: tuple[str, ...]
    needs_goods: tuple[str, ...]

    @property
    def ref(self) -> str:
        return f"organisation:{self.slug}"


@dataclass(frozen=True, slots=True)
class Group:
    """An armed non-state group."""

    slug: str
    name: str
    aliases: tuple[str, ...]
    country: str
    register_names: tuple[str, ...]

    @property
    def ref(self) -> str:
        return f"group:{self.slug}"


Party: TypeAlias = Country | Organisation | Group


@dataclass(frozen=True, slots=True)
class System:
    """A weapon family: its usual designation, classes, variants and other names."""

    designation: str
    category: str
    also: tuple[str, ...]
    origin: tuple[str, ...]
    makers: tuple[str, ...]
    variants: tuple[str, ...]
    aliases: tuple[str, ...]
    register_names: tuple[str, ...]
    copies: tuple[str, ...]
    needs_goods: tuple[str, ...]

    @property
    def ref(self) -> str:
        return f"system:{self.designation}"

    @property
    def categories(self) -> tuple[str, ...]:
        """Every class that press or register gives it, the usual one first."""
        return (self.category, *self.also)


@dataclass(frozen=True, slots=True)
class Category:
    """A goods class with its parent and its names in the registers."""

    code: str
    parent: str | None
    name_en: str
    plural_en: str
    name_fil: str
    un_register: str
    sipri: str
    descriptions: tuple[str, ...]

    @property
    def ref(self) -> str:
        return f"category:{self.code}"


@dataclass(frozen=True, slots=True)
class Membership:
    """A dated standing of a country in an organisation."""

    organisation: str
    member: str
    standing: str
    first: str
    last: str
    source: str
    as_of: str


@dataclass(frozen=True, slots=True)
class Restriction:
    """A dated embargo, sanction or export ban."""

    imposer: str
    target: str
    kind: str
    goods: str
    first: str
    last: str
    document: str
    source: str
    as_of: str


@dataclass(frozen=True, slots=True)
class Tables:
    """All reference tables, by key."""

    countries: Mapping[str, Country]
    organisations: Mapping[str, Organisation]
    groups: Mapping[str, Group]
    systems: Mapping[str, System]
    categories: Mapping[str, Category]
    memberships: Sequence[Membership]
    restrictions: Sequence[Restriction]

    def ancestors(self, category: str | None) -> tuple[str, ...]:
        """The category and everything above it, nearest first; empty for None.

        >>> tables().ancestors("frigate")
        ('frigate', 'warship', 'arms')
        """
        chain = []
        while category and category in self.categories:
            chain.append(category)
            category = self.categories[category].parent
        return tuple(chain)

    def is_below(self, category: str | None, above: str) -> bool:
        """Whether a category is `above` or lies below it.

        >>> tables().is_below("mortar", "artillery")
        True
        """
        return above in self.ancestors(category)


def read_rows(name: str) -> Iterator[tuple[int, dict[str, str]]]:
    """(line, row) of one table."""
    return csv_rows(files("talaan.reference").joinpath("data", name), f"reference/data/{name}")


def _cells(row: Mapping[str, str], column: str) -> tuple[str, ...]:
    return tuple(part for cell in row.get(column, "").split("|") if (part := cell.strip()))


def _countries() -> Mapping[str, Country]:
    return {
        row["code"]: Country(
            code=row["code"],
            name=row["name"],
            kind=row["kind"],
            first=row["from"],
            last=row["to"],
            successors=_cells(row, "successor"),
            names=(row["name"], *_cells(row, "aliases")),
            adjectives=_cells(row, "adjectives"),
            seats=_cells(row, "seats"),
            register_names=_cells(row, "register_names"),
        )
        for _, row in read_rows("countries.csv")
    }


def _organisations() -> Mapping[str, Organisation]:
    return {
        row["ref"]: Organisation(
            slug=row["ref"],
            name=row["name"],
            kind=row["kind"],
            country=row["country"],
            aliases=_cells(row, "aliases"),
            register_names=_cells(row, "register_names"),
            needs_goods=_cells(row, "needs_goods"),
        )
        for _, row in read_rows("organisations.csv")
    }


def _groups() -> Mapping[str, Group]:
    return {
        row["ref"]: Group(row["ref"], row["name"], _cells(row, "aliases"), row["country"], _cells(row, "register_names"))
        for _, row in read_rows("groups.csv")
    }


def _systems() -> Mapping[str, System]:
    return {
        row["designation"]: System(
            designation=row["designation"],
            category=row["category"],
            also=_cells(row, "also"),
            origin=_cells(row, "origin"),
            makers=_cells(row, "makers"),
            variants=_cells(row, "variants"),
            aliases=_cells(row, "aliases"),
            register_names=_cells(row, "register_names"),
            copies=_cells(row, "copies"),
            needs_goods=_cells(row, "needs_goods"),
        )
        for _, row in read_rows("systems.csv")
    }


def _categories() -> Mapping[str, Category]:
    return {
        row["category"]: Category(
            code=row["category"],
            parent=row["parent"] or None,
            name_en=row["name_en"],
            plural_en=row["plural_en"],
            name_fil=row["name_fil"],
            un_register=row["un_register"],
            sipri=row["sipri"],
            descriptions=_cells(row, "sipri_descriptions"),
        )
        for _, row in read_rows("categories.csv")
    }


@lru_cache(maxsize=1)
def tables() -> Tables:
    """The tables as shipped, read once."""
    return Tables(
        countries=_countries(),
        organisations=_organisations(),
        groups=_groups(),
        systems=_systems(),
        categories=_categories(),
        memberships=[
            Membership(row["organisation"], row["member"], row["standing"], row["from"], row["to"], row["source"], row["as_of"])
            for _, row in read_rows("memberships.csv")
        ],
        restrictions=[
            Restriction(
                row["imposer"],
                row["target"],
                row["kind"],
                row["goods"],
                row["from"],
                row["to"],
                row["document"],
                row["source"],
                row["as_of"],
            )
            for _, row in read_rows("restrictions.csv")
        ],
    )
