"""Memberships of states from the reference table: states and a day in, standings in force, common memberships and events out."""

from collections.abc import Collection, Mapping
from datetime import date

from talaan.market.places import INSIDE
from talaan.model.figure import Cell
from talaan.model.when import parse_date
from talaan.reference.tables import Membership, tables

REGISTER = "reference:memberships"
SOURCE = "talaan's table of memberships; each row names its source, or that it has none (unsourced)"


def in_force(row: Membership, day: date) -> bool:
    """Whether a standing holds on a day; an open end holds on.

    >>> in_force(Membership("CSTO", "KAZ", "full", "2002-10-07", "", "", ""), date(2011, 5, 1))
    True
    """
    first = parse_date(row.first).first if row.first else None
    last = parse_date(row.last).last if row.last else None
    return (first is None or first <= day) and (last is None or day <= last)


def standings(state: str, day: date) -> dict[str, str]:
    """What a state is in each organisation on a day: reference → standing; one that has left is none.

    >>> standings("country:KAZ", date(2011, 5, 1))["organisation:CSTO"]
    'full'
    """
    code = state.partition(":")[2]
    rows = (row for row in tables().memberships if row.member == code and row.standing != "left" and in_force(row, day))
    return {f"organisation:{row.organisation}": row.standing for row in rows}


def in_common(one: Mapping[str, str], other: Mapping[str, str]) -> list[str]:
    """Organisations of which both are full or leading members, in alphabetical order.

    >>> in_common({"organisation:CSTO": "full", "organisation:SCO": "full"}, {"organisation:CSTO": "leading", "organisation:SCO": "left"})
    ['organisation:CSTO']
    """
    return sorted(body for body, standing in one.items() if standing in INSIDE and other.get(body) in INSIDE)


def membership_rows(states: Collection[str]) -> tuple[dict[str, Cell], ...]:
    """Every dated standing of these states, by organisation, state and time."""
    codes = {state.partition(":")[2] for state in states}
    rows = sorted((row for row in tables().memberships if row.member in codes), key=lambda row: (row.organisation, row.member, row.first))
    return tuple(
        {
            "organisation": f"organisation:{row.organisation}",
            "member": f"country:{row.member}",
            "standing": row.standing,
            "from": row.first or None,
            "to": row.last or None,
            "source": row.source,
            "as_of": row.as_of or None,
        }
        for row in rows
    )


def membership_events(states: Collection[str]) -> list[dict[str, Cell]]:
    """When these states took and ended a standing, as events of a timeline; undated ones are left out."""
    out: list[dict[str, Cell]] = []
    for row in membership_rows(states):
        told = {"who": row["member"], "what": row["organisation"], "says": row["standing"], "source": row["source"]}
        if row["from"]:
            out.append({"date": row["from"], "event": "left" if row["standing"] == "left" else "joined", **told})
        if row["to"] and row["standing"] != "left":
            out.append({"date": row["to"], "event": "ended", **told})
    return out
