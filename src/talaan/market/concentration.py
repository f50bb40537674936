"""Concentration of a market: shares in, HHI, CR_k and effective suppliers out, and bounds where only the largest shares are known."""

from collections.abc import Mapping, Sequence
from math import floor

from talaan.market.memory import rows_of
from talaan.model.errors import UsageError
from talaan.model.figure import Cell

CONCENTRATION = (
    "Share s_i = value / total. HHI = Σ s_i² (Hirschman 1945; Herfindahl 1950), 1 for one supplier; CR_k = sum of the k largest shares;"
    " effective suppliers = 1/HHI; normalised HHI = (HHI − 1/n) / (1 − 1/n), n keys with deliveries."
)
BOUNDS = (
    "Bounds from the k largest shares alone: low = Σ s²; high = low + floor(R/m)·m² + (R mod m)², R the rest, m the smallest known share."
)
_NOTHING = 1e-9


def concentration(rows: Sequence[Mapping[str, Cell]]) -> dict[str, Cell]:
    """HHI, CR1, CR3, CR4, effective suppliers, normalised HHI and the total; None where they cannot be had."""
    (hhi, cr1, cr3, cr4, effective, normalised), *_ = rows_of("concentration", {"shares": shares_of(rows)})
    total = sum(value for row in rows if isinstance(value := row["value"], (int, float)))
    return {
        "hhi": hhi,
        "cr1": cr1,
        "cr3": cr3,
        "cr4": cr4,
        "effective_suppliers": effective,
        "hhi_normalised": normalised,
        "total": total,
    }


def shares_of(rows: Sequence[Mapping[str, Cell]]) -> list[float]:
    """The shares of rows that have one."""
    return [float(share) for row in rows if isinstance(share := row["share"], (int, float))]


def bounds(known: Sequence[float]) -> tuple[float, float] | None:
    """The lowest and highest HHI that the largest shares (fractions) of a market leave possible; None where no share is above zero.

    The rest may lie with very many (low) or with as few as can be, none above the smallest known share (high).
    UsageError where the shares add up to more than the whole.

    >>> [round(end, 3) for end in bounds([0.31, 0.27, 0.05, 0.05, 0.05, 0.04])]
    [0.178, 0.187]
    >>> bounds([0.5, 0.5])
    (0.5, 0.5)
    """
    shares = [share for share in known if share > 0]
    if not shares:
        return None
    rest = 1 - sum(shares)
    if rest < -_NOTHING:
        raise UsageError(f"The shares add up to {sum(shares):.4f}", hint="fractions of the whole, as 0.31")
    low = sum(share * share for share in shares)
    if rest < _NOTHING:
        return low, low
    least = min(shares)
    whole = floor(rest / least + _NOTHING)
    return low, low + whole * least * least + max(0.0, rest - whole * least) ** 2


def ratio(shares: Sequence[float], k: int) -> float | None:
    """CR_k, the sum of the k largest shares; None where there are none.

    >>> round(ratio([0.1, 0.6, 0.3], 2), 12)
    0.9
    """
    return sum(sorted(shares, reverse=True)[:k]) if shares else None
