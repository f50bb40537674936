"""Which state filed a report for which year: what reports and the index say in, one row for each state and year out."""

from collections.abc import Sequence
from typing import NamedTuple

from talaan.reference.tables import tables
from talaan.registers.parties import party_ref
from talaan.registers.publication import register_toml

FOLDER = "unroca"


class Filed(NamedTuple):
    """That a state filed for a year, or did not; year "" : the index lists the state with no year at all."""

    country: str
    year: str
    filed: bool


def report_columns(filed: Sequence[Filed], indexed: Sequence[Filed]) -> dict[str, list[str]]:
    """The columns country (a reference), name, year and filed.

    Where an index is loaded, a year that it does not list for a state is one the state did not report for, if the state
    existed then and reports may be expected to be in (not in the index's newest year, for which many still come).
    """
    rows: dict[tuple[str, str], tuple[str, bool]] = {}
    for country, year, done in (*filed, *indexed):
        ref = party_ref(country)
        if ref and year and (done or (ref, year) not in rows):
            rows[ref, year] = (country, done)
    said = register_toml(FOLDER)
    first, late = int(str(said["first_year"])), int(str(said["late_years"]))
    newest = max((int(year) for _, year, done in indexed if done), default=first)
    for country in dict.fromkeys(row.country for row in indexed):
        ref = party_ref(country)
        for due in range(first, newest - late + 1) if ref else ():
            if ref and (ref, str(due)) not in rows and existed(ref, due):
                rows[ref, str(due)] = (country, False)
    keys = sorted(rows)
    return {
        "country": [ref for ref, _ in keys],
        "name": [rows[key][0] for key in keys],
        "year": [year for _, year in keys],
        "filed": ["true" if rows[key][1] else "false" for key in keys],
    }


def existed(ref: str, year: int) -> bool:
    """Whether a state existed during a whole year, as far as the table of countries dates it.

    >>> existed("country:SSD", 1995), existed("country:KAZ", 1995)
    (False, True)
    """
    country = tables().countries.get(ref.removeprefix("country:"))
    if country is None:
        return True
    began, ended = country.first[:4], country.last[:4]
    return not (began and int(began) >= year) and not (ended and int(ended) <= year)
