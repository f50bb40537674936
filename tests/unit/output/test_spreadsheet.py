"""Tables hold one row per claim and never a formula."""

import csv
import io
from pathlib import Path

import pytest
import sample_readings as sample
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from talaan.model.contract import Reading
from talaan.output.spreadsheet import FORMULA_SIGNS, claims_csv, claims_table, defused, leads_csv, readings_xlsx


def rows_of(data: bytes) -> list[dict[str, str]]:
    assert data.startswith(b"\xef\xbb\xbf")
    return list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline="")))


def test_one_row_per_claim_with_roles_and_the_main_verdict() -> None:
    rows = rows_of(claims_csv([sample.full_reading(), sample.arabic_reading()]))
    assert len(rows) == 15
    first = rows[0]
    wanted = {
        "document": "article.txt",
        "url": "https://example.org/steppe",
        "published": "2011-05",
        "language": "en",
        "type": "transfer",
        "values": "stage=delivered",
        "supplier_ref": "country:UKR",
        "supplier_text": "Ukraine",
        "goods_ref": "system:BTR-3",
        "quantity": "2",
        "value": "1500000.0",
        "currency": "USD",
        "when": "2005-01-01/2005-12-31",
        "modality": "asserted",
        "speaker": "",
        "verdict": "supported",
        "edition": "2026-05-18",
        "entries": "sipri:1",
        "reader": "llm",
        "confidence": "0.86",
        "id": "claim-transfer",
        "accused_ref": "",
    }
    assert {key: first[key] for key in wanted} == wanted
    assert sample.TEXT[int(first["start"]) : int(first["end"])] == first["quote"]
    accused = next(row for row in rows if row["type"] == "allegation")
    assert (accused["accused_ref"], accused["accused_text"]) == ("", "the former leadership")
    assert "adjudication=not-proven" in accused["values"]


def test_leads_have_their_own_table() -> None:
    rows = rows_of(leads_csv([sample.leads_only()]))
    assert len(rows) == 6
    assert rows[0]["entries"] == "sipri:1 | sipri:2"
    assert rows[0]["types"] == "transfer 0.71 | service 0.20 | office 0.01"


@pytest.mark.parametrize("sign", FORMULA_SIGNS)
def test_formulas_are_defused_in_both_forms(sign: str) -> None:
    evil = f'{sign}HYPERLINK("http://example.org")'
    reading = Reading(sample.document(path=evil), (), (sample.claim("transfer", gloss={"en": evil}),), {})
    row = rows_of(claims_csv([reading]))[0]
    assert row["document"].startswith(f"'{sign}")
    assert row["gloss"].startswith(f"'{sign}")
    sheet = load_workbook(io.BytesIO(readings_xlsx([reading])))["claims"]
    cells = [cell for cells in sheet.iter_rows(min_row=2) for cell in cells]
    assert not [cell for cell in cells if cell.data_type == "f" or (isinstance(cell.value, str) and cell.value.startswith(FORMULA_SIGNS))]


@given(st.text(max_size=20))
def test_defusing_only_ever_adds_one_apostrophe(text: str) -> None:
    safe = defused(text)
    assert safe in (text, f"'{text}")
    assert not str(safe).startswith(FORMULA_SIGNS)


def test_workbook_has_two_sheets_with_frozen_filtered_headers() -> None:
    book = load_workbook(io.BytesIO(readings_xlsx([sample.full_reading()])))
    assert book.sheetnames == ["claims", "leads"]
    claims = book["claims"]
    assert claims.freeze_panes == "A2"
    assert claims.auto_filter.ref == claims.dimensions
    assert [cell.value for cell in claims[1]] == list(claims_table([]).columns)
    assert claims.max_row == 15
    assert isinstance(claims.cell(2, list(claims_table([]).columns).index("start") + 1).value, int)


def test_control_signs_and_endless_cells_do_not_break_the_workbook(tmp_path: Path) -> None:
    reading = Reading(sample.document(path="a\x00b\x0b"), (), (sample.claim("transfer", gloss={"en": "x" * 40_000}),), {})
    sheet = load_workbook(io.BytesIO(readings_xlsx([reading])))["claims"]
    assert sheet["A2"].value == "a b "
    assert max(len(cell.value) for cell in sheet[2] if isinstance(cell.value, str)) == 32_767


def test_hostile_reading_makes_tables_too() -> None:
    assert sample.HOSTILE in rows_of(claims_csv([sample.hostile_reading()]))[0]["quote"]
