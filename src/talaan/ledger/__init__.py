"""The ledger: readings in, and what is asked of them out; append-only, every row with the run that made it.

`open_ledger` opens one; `write` saves and forgets, `read` searches.
"""

from talaan.ledger.opening import Ledger, default_place, open_ledger

__all__ = ["Ledger", "default_place", "open_ledger"]
