"""Faults of the reference tables: tables in, every duplicate, dangling reference, bad date and missing source out, in words."""

import itertools
import re
from collections import Counter
from collections.abc import Iterable, Iterator

from talaan.model.errors import DataError
from talaan.reference.forms import compile_form
from talaan.reference.tables import Membership, Party, Restriction, Tables, read_rows

KEYS = {
    "categories.csv": "category",
    "countries.csv": "code",
    "groups.csv": "ref",
    "organisations.csv": "ref",
    "regions.csv": "region",
    "systems.csv": "designation",
}
SOURCED = (
    "countries.csv",
    "state_codes.csv",
    "groups.csv",
    "organisations.csv",
    "memberships.csv",
    "restrictions.csv",
    "systems.csv",
    "categories.csv",
    "regions.csv",
)
_DATE = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?$")


def reference_faults(tables: Tables) -> list[str]:
    """Every fault found, one line each; empty where the tables are sound."""
    return [
        *_duplicates(),
        *_without_source(),
        *_bad_dates(),
        *_dangling(tables),
        *_overlapping(tables.memberships),
        *_bad_forms(tables),
        *_twice_claimed(tables),
    ]


def source_counts() -> dict[str, tuple[int, int]]:
    """Rows and rows marked `unsourced`, by table."""
    counts = {}
    for name in SOURCED:
        rows = [row for _, row in read_rows(name)]
        counts[name] = (len(rows), sum(row["source"] == "unsourced" for row in rows))
    return counts


def _duplicates() -> Iterator[str]:
    for name, key in KEYS.items():
        seen: Counter[str] = Counter()
        for line, row in read_rows(name):
            seen[row[key]] += 1
            if seen[row[key]] > 1:
                yield f"reference/data/{name}:{line}: {key} {row[key]!r} stands twice"


def _without_source() -> Iterator[str]:
    for name in SOURCED:
        for line, row in read_rows(name):
            if not row["source"].strip():
                yield f"reference/data/{name}:{line}: no source (write what was read, or unsourced)"


def _bad_dates() -> Iterator[str]:
    for name in ("countries.csv", "state_codes.csv", "organisations.csv", "memberships.csv", "restrictions.csv"):
        for line, row in read_rows(name):
            dates = [row[column] for column in ("from", "to", "as_of") if row.get(column)]
            if not all(_DATE.match(date) for date in dates):
                yield f"reference/data/{name}:{line}: a date is not YYYY, YYYY-MM or YYYY-MM-DD"
            elif row["from"] and row["to"] and row["to"] < row["from"][: len(row["to"])]:
                yield f"reference/data/{name}:{line}: ends {row['to']} before it begins {row['from']}"


def _dangling(tables: Tables) -> Iterator[str]:
    """References of one table to rows that another one does not have."""
    countries, categories, organisations = set(tables.countries), set(tables.categories), set(tables.organisations)
    links: list[tuple[str, str, Iterable[str], set[str]]] = []
    links += [("categories.csv", row.code, filter(None, [row.parent]), categories) for row in tables.categories.values()]
    links += [("countries.csv", row.code, row.successors, countries) for row in tables.countries.values()]
    links += [("organisations.csv", row.slug, filter(None, [row.country]), countries) for row in tables.organisations.values()]
    links += [("systems.csv", row.designation, row.categories, categories) for row in tables.systems.values()]
    links += [("systems.csv", row.designation, row.origin, countries) for row in tables.systems.values()]
    links += [("memberships.csv", row.member, [row.organisation], organisations) for row in tables.memberships]
    links += [("memberships.csv", row.organisation, [row.member], countries) for row in tables.memberships]
    for name, row_key, keys, known in links:
        yield from (f"{name}: {row_key} points to {key}, which does not exist" for key in keys if key not in known)
    parties = {row.ref for rows in (tables.countries, tables.organisations, tables.groups) for row in rows.values()}
    yield from _dangling_restrictions(tables.restrictions, parties)


def _dangling_restrictions(restrictions: Iterable[Restriction], known: set[str]) -> Iterator[str]:
    for restriction in restrictions:
        for ref in (restriction.imposer, restriction.target):
            if ref not in known:
                yield f"restrictions.csv: unknown reference {ref}"


def _overlapping(memberships: Iterable[Membership]) -> Iterator[str]:
    """Spells of the same standing of one member that overlap."""
    spells: dict[tuple[str, str, str], list[Membership]] = {}
    for membership in memberships:
        spells.setdefault((membership.organisation, membership.member, membership.standing), []).append(membership)
    for (organisation, member, standing), rows in spells.items():
        rows.sort(key=lambda row: row.first)
        for before, after in itertools.pairwise(rows):
            if not before.last or (after.first and after.first < before.last[: len(after.first)]):
                yield f"memberships.csv: {member} is {standing} in {organisation} in two spells that overlap"


def _bad_forms(tables: Tables) -> Iterator[str]:
    named: list[tuple[str, tuple[str, ...]]] = [(country.ref, country.names) for country in tables.countries.values()]
    named += [(organisation.ref, organisation.aliases) for organisation in tables.organisations.values()]
    named += [(group.ref, group.aliases) for group in tables.groups.values()]
    named += [(system.ref, system.aliases) for system in tables.systems.values()]
    for ref, forms in named:
        for form in forms:
            try:
                compile_form(form, ref)
            except DataError as fault:
                yield f"{ref}: {fault}"


def _twice_claimed(tables: Tables) -> Iterator[str]:
    """Register names that two parties claim."""
    owners: dict[str, str] = {}
    parties: list[Party] = [*tables.countries.values(), *tables.organisations.values(), *tables.groups.values()]
    for party in parties:
        for name in party.register_names:
            if owners.setdefault(name, party.ref) != party.ref:
                yield f"register name {name!r} belongs to both {owners[name]} and {party.ref}"
