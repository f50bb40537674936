"""Embargoes and sanctions that stand between a provider and a user: the reference table and a day in, rows in force out."""

from collections.abc import Collection
from datetime import date

from talaan.market.memberships import standings
from talaan.market.places import INSIDE
from talaan.model.figure import Cell
from talaan.model.when import parse_date
from talaan.reference.tables import Restriction, tables

REGISTER = "reference:restrictions"
SOURCE = "talaan's table of restrictions; each row names its source, or that it has none (unsourced)"
UNIVERSAL = "organisation:united-nations"
ARMS = ("embargo", "export-ban")


def in_force(row: Restriction, day: date) -> bool:
    """Whether a measure holds on a day; an open end holds on.

    >>> in_force(Restriction("a", "b", "embargo", "", "2014", "", "", "", ""), date(2026, 1, 1))
    True
    """
    first = parse_date(row.first).first if row.first else None
    last = parse_date(row.last).last if row.last else None
    return (first is None or first <= day) and (last is None or day <= last)


def restraint_rows(provider: str, user: str, *, classes: Collection[str], day: date) -> list[dict[str, Cell]]:
    """Measures in force against the provider, or by its side against the user, for goods of these classes or all goods.

    `binds` says whether the provider or the user itself, or a body either is a full member of, or the UN, imposed it; a third
    state's embargo does not bind the two, and is shown all the same.
    """
    out = []
    for row in tables().restrictions:
        if row.target not in (provider, user) or provider == user or not in_force(row, day) or not _covers(row, classes):
            continue
        other = user if row.target == provider else provider
        binds = row.imposer in (other, UNIVERSAL) or standings(other, day).get(row.imposer) in INSIDE
        if binds or row.target == provider:
            out.append(_cells(row, provider, user, binds))
    return out


def _covers(row: Restriction, classes: Collection[str]) -> bool:
    known = tables()
    return not row.goods or any(known.is_below(one, row.goods) for one in classes)


def _cells(row: Restriction, provider: str, user: str, binds: bool) -> dict[str, Cell]:
    return {
        "provider": provider,
        "user": user,
        "imposer": row.imposer,
        "target": row.target,
        "kind": row.kind,
        "arms": row.kind in ARMS,
        "goods": f"category:{row.goods}" if row.goods else None,
        "from": row.first or None,
        "binds": binds,
        "document": row.document or None,
        "source": row.source,
        "as_of": row.as_of or None,
    }


def restraint_words(row: dict[str, Cell]) -> str:
    """A measure in a few words.

    >>> restraint_words({"kind": "embargo", "imposer": "country:USA", "target": "country:RUS", "from": "2021-03", "document": None})
    'embargo by country:USA on country:RUS since 2021-03'
    """
    since = f" since {row['from']}" if row["from"] else ""
    document = f" ({row['document']})" if row["document"] else ""
    return f"{row['kind']} by {row['imposer']} on {row['target']}{since}{document}"
