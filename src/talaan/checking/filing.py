"""Who filed a report with the UN Register for which year: a case and its years in, the years that silence can tell about out."""

from collections.abc import Sequence

from talaan.checking.case import Case
from talaan.checking.parties import Party
from talaan.checking.wording import list_words
from talaan.reference.un_categories import row_category
from talaan.registers.publication import register_toml

FOLDER = "unroca"


def first_report() -> int:
    """The first year that states reported on."""
    return int(str(register_toml(FOLDER)["first_year"]))


def named(case: Case) -> list[Party]:
    """The parties that the claim names, supplier first."""
    return [party for party in (case.supplier, case.recipient) if party is not None]


def years_meant(case: Case) -> list[int]:
    """The years whose reports could hold it: those stated, else those the document looks back on; empty where nothing dates it."""
    if case.period is None:
        return []
    return list(range(max(case.period.first, first_report()), case.period.last + 1))


def filed(case: Case, party: Party, year: int) -> bool | None:
    """Whether a party filed for a year, under any of its references; None where the edition does not know."""
    told = [case.context.edition.reported(ref, year) for ref in sorted(party.refs)]
    return True if any(told) else False if False in told else None


def told_categories(case: Case, party: Party, year: int) -> frozenset[str]:
    """The UN categories of which a party's own report on a year has rows, whoever the other side is; empty where none is loaded.

    That a report was filed can be known from the index alone; what stands in it only from its rows.
    """
    view = case.context.edition
    gives = party is case.supplier
    rows = view.deals(suppliers=party.refs) if gives else view.deals(recipients=party.refs)
    in_year = [row for row in rows if year in row.years]
    sides = view.details(row.id for row in in_year)
    own = (row for row in in_year if sides.get(row.id, {}).get("side") == ("exporter" if gives else "importer"))
    return frozenset(category for row in own if (category := row_category(row)))


def silent_years(case: Case, years: Sequence[int]) -> list[int]:
    """Those years for which neither party is known to have filed."""
    return [year for year in years if not any(filed(case, party, year) for party in named(case))]


def is_unknown(case: Case, years: Sequence[int]) -> bool:
    """Whether the edition knows of none of these years who filed."""
    return all(filed(case, party, year) is None for party in named(case) for year in years)


def neither_words(case: Case) -> str:
    """`Neither Ukraine nor Kazakhstan`, or `Ukraine` with a verb that denies."""
    names = [party.name for party in named(case)]
    return f"Neither {names[0]} nor {names[1]} filed" if len(names) > 1 else f"{names[0]} did not file"


def years_words(years: Sequence[int]) -> str:
    """Years as prose lists them, stretches joined.

    >>> years_words([2009, 2010, 2011, 2014])
    '2009–2011 and 2014'
    """
    runs: list[list[int]] = []
    for year in sorted(years):
        if runs and year == runs[-1][1] + 1:
            runs[-1][1] = year
        else:
            runs.append([year, year])
    return list_words(str(first) if first == last else f"{first}–{last}" for first, last in runs)
