"""A ledger of its own for each test."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from talaan.ledger import Ledger, open_ledger


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    """A new ledger at ledger.sqlite in the test's folder."""
    with open_ledger(tmp_path / "ledger.sqlite") as opened:
        yield opened
