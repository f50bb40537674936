"""Which states a market is: WORLD, a country, a region or a bloc in words in, a place with its members out."""

from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from functools import lru_cache

from talaan.model.errors import UsageError
from talaan.model.when import parse_date
from talaan.reference.fold import fold
from talaan.reference.resolver import resolver
from talaan.reference.tables import Tables, read_rows, tables

WORLD = "world"
INSIDE = ("full", "leading")


@dataclass(frozen=True, slots=True)
class Region:
    """A named group of states; `source` says who draws its borders."""

    slug: str
    name: str
    members: tuple[str, ...]
    source: str


@dataclass(frozen=True, slots=True)
class Place:
    """A market: `ref` is `world`, `country:KAZ`, `region:central-asia`, `organisation:CSTO`, or an armed group's reference."""

    ref: str
    name: str

    def members(self, year: int) -> frozenset[str] | None:
        """References of the parties that belong to it at the end of a year; None: everybody.

        >>> Place("country:KAZ", "Kazakhstan").members(2024)
        frozenset({'country:KAZ'})
        """
        kind, _, key = self.ref.partition(":")
        if self.ref == WORLD:
            return None
        if kind == "region":
            return _with_former(regions()[key].members, tables())
        if kind == "organisation" and (states := _bloc(key, year)):
            return states
        return frozenset({self.ref})

    @property
    def note(self) -> str | None:
        """Who draws its borders, in words, or None for a single party."""
        kind, _, key = self.ref.partition(":")
        if kind == "region":
            source = regions()[key].source
            borders = "as the press uses the word (no source)" if source == "unsourced" else f"by {source}"
            return f"{self.name}: borders {borders}; a former state counts where its first successor lies."
        if kind == "organisation" and is_bloc(key):
            return f"{self.name}: full members at the end of each period, by talaan's table of memberships."
        return None


@lru_cache(maxsize=1)
def regions() -> dict[str, Region]:
    """The regions of reference/data/regions.csv by slug."""
    rows = (row for _, row in read_rows("regions.csv"))
    return {
        slug(row["region"]): Region(slug(row["region"]), row["region"], tuple(row["members"].split("|")), row["source"]) for row in rows
    }


def slug(name: str) -> str:
    """A name as it stands in a reference.

    >>> slug("South-Eastern Asia")
    'south-eastern-asia'
    """
    return "-".join(fold(name).replace("-", " ").split())


def _with_former(codes: tuple[str, ...], known: Tables) -> frozenset[str]:
    """The states and those former ones whose first successor is among them."""
    found = set(codes)
    grown = True
    while grown:
        more = {state.code for state in known.countries.values() if state.successors[:1] and state.successors[0] in found} - found
        found |= more
        grown = bool(more)
    return frozenset(f"country:{code}" for code in found)


def is_bloc(organisation: str) -> bool:
    """Whether the table of memberships lists members of an organisation."""
    return any(row.organisation == organisation for row in tables().memberships)


def _bloc(organisation: str, year: int) -> frozenset[str]:
    """Full members at the end of a year."""
    day = date(year, 12, 31)
    states = set()
    for row in tables().memberships:
        if row.organisation == organisation and row.standing in INSIDE:
            first = parse_date(row.first).first if row.first else date.min
            last = parse_date(row.last).last if row.last else date.max
            if first and last and first <= day <= last:
                states.add(f"country:{row.member}")
    return frozenset(states)


def place(words: str) -> Place:
    """The place that a code, name or reference means.

    >>> place("KAZ").ref, place("kazakhstan").ref, place("Central Asia").ref, place("WORLD").ref, place("CSTO").ref
    ('country:KAZ', 'country:KAZ', 'region:central-asia', 'world', 'organisation:CSTO')

    UsageError where nothing has that name; the hint lists what comes near.
    """
    asked = words.strip()
    if fold(asked) == WORLD:
        return Place(WORLD, "World")
    names = _names()
    key = asked if ":" in asked else fold(asked)
    found = names.get(key) or names.get(slug(asked))
    if found is None and ":" not in asked and (ref := resolver().party(asked)):
        found = names.get(ref)
    if found is None:
        near = get_close_matches(fold(asked), [name for name in names if ":" not in name], n=5)
        meant = list(dict.fromkeys(names[name].name for name in near))[:3]
        hint = f"did you mean {', '.join(meant)}?" if meant else "an alpha-3 code, a country's name, a region, a bloc, or WORLD"
        raise UsageError(f"No country, region or bloc is called {words!r}", hint=hint)
    return found


@lru_cache(maxsize=1)
def _names() -> dict[str, Place]:
    """Places by reference and by every plain name, folded; countries go before regions, regions before blocs."""
    known = tables()
    found: dict[str, Place] = {}
    for group in known.groups.values():
        _add(found, Place(group.ref, group.name), (group.name,))
    for organisation in known.organisations.values():
        if is_bloc(organisation.slug) or organisation.register_names:
            _add(found, Place(organisation.ref, organisation.name), (organisation.slug, organisation.name))
    for region in regions().values():
        _add(found, Place(f"region:{region.slug}", region.name), (region.slug, region.name))
    for country in known.countries.values():
        plain = [name.lstrip("=") for name in country.names if "*" not in name]
        _add(found, Place(country.ref, country.name), (country.code, *plain))
    return found


def _add(found: dict[str, Place], one: Place, names: tuple[str, ...]) -> None:
    found[one.ref] = one
    for name in names:
        found[fold(name)] = one
