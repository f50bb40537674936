"""The market: an edition's deliveries, reference tables and saved claims in, figures out; the figures are talaan's, not the register's.

The arithmetic is the SQL in `sql/`, over rows handed to a DuckDB in memory.
"""

from talaan.market.shares import market

__all__ = ["market"]
