"""What was delivered, in words and rows: deals of a register in, a list of goods with their years out."""

from collections.abc import Mapping, Sequence

from talaan.market.view import Period
from talaan.model.entry import Entry
from talaan.model.figure import Cell

SHOWN = 5


def goods_words(deals: Sequence[Entry], years: Period) -> str | None:
    """The goods that these deals delivered in these years, the largest first, as "18 Lynx (2008–2009)"; None where nothing came.

    A deal whose deliveries go beyond the years is "part of" its number.
    """
    told = [(deal, inside) for deal in deals if (inside := [year for year in deal.years if years[0] <= year <= years[1]])]
    told.sort(key=lambda pair: (-(pair[0].tiv_delivered or 0.0) * len(pair[1]) / len(pair[0].years), pair[1][0], pair[0].id))
    words = [_words(deal, inside) for deal, inside in told[:SHOWN]]
    more = [f"and {len(told) - SHOWN} more"] if len(told) > SHOWN else []
    return "; ".join(words + more) or None


def _words(deal: Entry, inside: Sequence[int]) -> str:
    number = "" if deal.number_delivered is None else f"{deal.number_delivered} "
    about = "about " if number and deal.number_delivered_uncertain else ""
    part = "part of " if number and len(inside) < len(deal.years) else ""
    return f"{part}{about}{number}{deal.designation} ({span(inside)})"


def span(years: Sequence[int]) -> str:
    """First and last year in words.

    >>> span((2008, 2009)), span((2005,)), span(())
    ('2008–2009', '2005', '')
    """
    if not years:
        return ""
    return str(min(years)) if min(years) == max(years) else f"{min(years)}–{max(years)}"


def deal_rows(deals: Mapping[str, Sequence[Entry]], *, at: int) -> tuple[dict[str, Cell], ...]:
    """One row for each deal with a delivery, by party and first year; `side`: before, after, or both sides of a year."""
    found = [(party, deal) for party, theirs in deals.items() for deal in theirs]
    found.sort(key=lambda pair: (pair[0], pair[1].years, pair[1].id))
    return tuple(
        {
            "supplier": party,
            "designation": deal.designation,
            "category": f"category:{deal.category}" if deal.category else None,
            "recipient": deal.recipient,
            "ordered": deal.ordered,
            "number": deal.number_delivered,
            "years": span(deal.years),
            "side": "after" if min(deal.years) >= at else "before" if max(deal.years) < at else "both",
            "status": deal.status,
            "tiv": deal.tiv_delivered,
            "entry": deal.id,
        }
        for party, deal in found
        if deal.years
    )
