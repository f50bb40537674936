"""World shares that SIPRI prints, from its register by year."""

from pathlib import Path

import pytest

from talaan.market.shares import market
from talaan.registers import add, open_edition

PRINTED = {"USA": 43, "FRA": 9.6, "RUS": 7.8, "CHN": 5.9, "DEU": 5.6, "ITA": 4.8}


@pytest.mark.shared
def test_world_shares_of_2020_to_2024_come_out_as_printed(shared: Path, tmp_path: Path) -> None:
    add(tmp_path, "sipri", [shared / "data/sipri_register/peryear_1995-2024_exported_2026-02-12.csv.gz"])
    (figure,) = market(open_edition(tmp_path), "WORLD", periods=[(2020, 2024)])
    shares = {str(row["supplier"]): 100 * float(row["share"] or 0) for row in figure.rows}
    found = {code: float(f"{shares[f'country:{code}']:.2g}") for code in PRINTED}
    assert found == PRINTED
    assert not figure.estimated
