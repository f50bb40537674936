"""Figures of markets from editions and saved claims: a home, names and options in, typed figures out."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from talaan.model.errors import UsageError
from talaan.model.figure import Figure
from talaan.pipeline import edition_named, window

if TYPE_CHECKING:
    from talaan.ledger.read import Row
    from talaan.registers import OpenTable

ALLIANCES = ("cow-alliances", "atop")
VOTES = "ideal-points"


def market_figures(
    home: Path, about: str | None, *, supplier: str | None, by: str | None, periods: Sequence[str], edition: str | None,
    top: int | None = None, ledger: str | None = None,
) -> list[Figure]:  # fmt: skip
    """Deliveries to a market, or of a supplier, by period; with what the ledger, if there is one, says that the register does not have.

    UsageError where the market or a period cannot be understood.
    """
    from talaan.market.claimed import DEALS
    from talaan.market.shares import market

    if about is None and supplier is None:
        raise UsageError("No market is named", hint="talaan market KAZ, or talaan market --supplier RUS")
    windows = [window(period) for period in periods]
    said = saved_claims(ledger, DEALS)
    opened = edition_named(home, edition)
    return market(opened, about, by=by or "supplier", periods=windows, supplier=supplier, top=top, claims=said)


def competitor_figure(
    home: Path, supplier: str, about: str, *, level: str, within: int, period: str | None, at: int | None, edition: str | None,
    ledger: str | None = None,
) -> Figure:  # fmt: skip
    """Who competes with a supplier on a market, by the register and by saved claims; UsageError where something cannot be understood."""
    from talaan.market.competition import TYPES, competitors

    years = window(period) if period else None
    said = saved_claims(ledger, TYPES)
    return competitors(edition_named(home, edition), supplier, about, level=level, within=within, period=years, at=at, claims=said)


def alignment_figure(
    home: Path, about: str, *, others: Sequence[str], year: int | None, within: int, edition: str | None, ledger: str | None = None
) -> Figure:
    """With whom a state is aligned, by tables, registers at hand and saved claims; UsageError where something cannot be understood."""
    from talaan.market.alignment import TYPES, Loyalties, alignment

    alliances = [table for name in ALLIANCES if (table := _loaded(home, name))]
    loyalties = Loyalties(alliances, _loaded(home, VOTES))
    opened, said = edition_named(home, edition), saved_claims(ledger, TYPES)
    return alignment(opened, about, others=others, year=year, within=within, loyalties=loyalties, claims=said)


def _loaded(home: Path, register: str) -> "OpenTable | None":
    """The newest edition of a table-like register; None where none is loaded."""
    from talaan.registers import open_table

    return open_table(home, register) if any((home / "registers" / register).glob("*/edition.json")) else None


def saved_claims(ledger: str | None, types: Sequence[str]) -> "list[Row]":
    """The claims of these types in the ledger; none where there is no ledger."""
    if ledger is None or ("://" not in ledger and not Path(ledger).is_file()):
        return []
    from talaan.ledger import open_ledger
    from talaan.ledger.read import ClaimFilter, claims

    with open_ledger(ledger) as opened:
        return claims(opened, ClaimFilter(types=tuple(types)))


def allegation_figure(ledger: str, about: str | None, *, offence: str | None) -> Figure:
    """Who is accused of what and what became of it, by saved claims; UsageError for an unknown offence."""
    from talaan.market.allegations import TYPES, allegations

    return allegations(saved_claims(ledger, TYPES), about=about, offence=offence, today=date.today())


def position_figure(ledger: str, *, on: str | None, holder: str | None) -> Figure:
    """Who stands for what, in which office, by saved claims."""
    from talaan.market.positions import TYPES, positions

    return positions(saved_claims(ledger, TYPES), on=on, holder=holder, today=date.today())


def sustainment_figure(home: Path, system: str | None, user: str, *, life: str, edition: str | None, ledger: str | None = None) -> Figure:
    """Who keeps a user's weapons running, by an edition and saved claims; UsageError for an unknown user or service life."""
    from talaan.market.abilities import TYPES
    from talaan.market.stock import life_span
    from talaan.market.sustainment import sustainment

    rule, said = life_span(life), saved_claims(ledger, TYPES)
    return sustainment(edition_named(home, edition), user, system, claims=said, rule=rule, today=date.today())
