"""Figures keep their unit, window, register and edition wherever they go."""

import csv
import io
import json
import subprocess
import sys
import xml.etree.ElementTree as ET
from dataclasses import replace

import pytest
import sample_readings as sample
from openpyxl import load_workbook
from rich.console import Console

from talaan.output.charts import market_png, market_spec, market_svg
from talaan.output.figures import chart_rows, figures_csv, figures_xlsx
from talaan.output.market import market_bars
from talaan.output.words import words


def shown(figure: object, language: str = "en") -> str:
    out = io.StringIO()
    Console(file=out, width=80).print(market_bars(figure, language=language))  # type: ignore[arg-type]
    return out.getvalue()


def test_csv_has_every_row_of_every_period_with_its_edition() -> None:
    later = replace(sample.market(), window=(2015, 2019), rows=sample.market().rows[:1])
    rows = list(csv.DictReader(io.StringIO(figures_csv([sample.market(), later]).decode("utf-8-sig"))))
    assert [(row["supplier"], row["supplier_name"], row["first_year"], row["edition"]) for row in rows] == [
        ("country:RUS", "Russia", "2020", "2026-05-18"),
        ("country:ZAF", "South Africa", "2020", "2026-05-18"),
        ("country:RUS", "Russia", "2015", "2026-05-18"),
    ]
    assert load_workbook(io.BytesIO(figures_xlsx([sample.market()])))["market"].max_row == 3


def test_bars_show_shares_source_and_that_tiv_is_not_money() -> None:
    text = shown(sample.market())
    assert "Suppliers to Kazakhstan, 2020–2024" in text
    assert "88.0%" in text
    assert "2026-05-18" in text
    assert "not money" in text
    assert "A caveat" in text
    bars = [line.count("█") for line in text.splitlines() if "%" in line]
    assert bars[0] > bars[1] > 0
    assert max(map(len, text.splitlines())) <= 80


def test_empty_market_says_so() -> None:
    assert "No deals in this window" in shown(replace(sample.market(), rows=()))


def test_the_tail_is_added_up() -> None:
    rows = tuple({"supplier": f"country:X{number:02}", "value": 10.0, "share": 0.05, "rank": number} for number in range(20))
    found = chart_rows(replace(sample.market(), rows=rows), words("en"), 5)
    assert len(found) == 5
    assert found[-1][0] == "others (16)"
    assert found[-1][1] == pytest.approx(160.0)
    assert found[-1][2] == pytest.approx(0.8)


def test_svg_parses_names_its_source_and_says_every_bar() -> None:
    drawn = market_svg(sample.market()).decode()
    root = ET.fromstring(drawn)
    assert root.get("role") == "img"
    assert "Russia 880 (88%)" in str(root.get("aria-label"))
    assert "edition 2026-05-18" in "".join(root.itertext())
    assert "http" not in drawn.replace("http://www.w3.org", "")


def test_hostile_names_stay_words_in_the_svg() -> None:
    rows = ({"supplier": sample.HOSTILE, "value": 1.0, "share": 1.0, "rank": 1},)
    root = ET.fromstring(market_svg(replace(sample.market(), rows=rows)))
    assert not [tag for tag in root.iter() if tag.tag.endswith("script")]


def test_png_is_a_png_and_the_spec_holds_no_address_to_fetch() -> None:
    assert market_png(sample.market()).startswith(b"\x89PNG")
    assert '"url"' not in json.dumps(market_spec(sample.market()))


def test_the_costly_parts_are_loaded_only_when_drawn() -> None:
    rooms = "talaan.output.charts, talaan.output.page, talaan.output.spreadsheet"
    code = f"import sys, {rooms}; print({{'altair', 'vl_convert', 'jinja2', 'openpyxl'}} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "set()"
