"""Competitors and alignment as terminal views, workbooks and charts: names, units, claims, and words for every bar."""

import io
import xml.etree.ElementTree as ET
from dataclasses import replace

import pytest
from openpyxl import load_workbook
from rich.console import Console

from talaan.model.figure import Cell, Figure
from talaan.output.alignment import alignment_view
from talaan.output.comparison import comparison_png, comparison_spec, comparison_svg
from talaan.output.competition import competitor_view
from talaan.output.market import market_bars
from talaan.output.parts import figure_workbook

CLAIM: dict[str, Cell] = {
    "claim": "c1", "type": "competition", "says": "Israel may compete with Ukraine.", "modality": "possible", "negated": False,
    "speaker": None, "published": "2011-05-01", "document": "An article", "quote": "words", "register": "sipri",
    "verdict": "partly_came_true", "judgement": None,
}  # fmt: skip


def figure(name: str, rows: tuple[dict[str, Cell], ...], measures: dict[str, Cell], **parts: tuple[dict[str, Cell], ...]) -> Figure:
    return Figure(
        name, "country:UKR", "sipri", "2026-05-18", "million TIV", (1990, 2025), True, "A formula.", rows, measures, ("A source",),
        ("A caveat",), parts,
    )  # fmt: skip


@pytest.fixture
def rivalry() -> Figure:
    def rival(code: str, value: float, claims: int) -> dict[str, Cell]:
        return {
            "rival": f"country:{code}", "value": value, "share": 0.1, "rank": 1, "similarity": 12.5, "similarity_before": None,
            "similarity_after": 1.0, "directness": "direct", "common_classes": "category:tank", "before_value": value, "after_value": 0.0,
            "before": f"{value:.0f} <Tank> [bold] (2008)", "after": None, "claims": claims,
        }  # fmt: skip

    crowd = ("RUS", "USA", "FRA", "DEU", "GBR", "ITA", "ESP", "TUR", "CHN", "KOR", "SWE")
    rows = (*(rival(code, 900.0 - number, 0) for number, code in enumerate(crowd)), rival("ISR", 5.0, 1))
    measures: dict[str, Cell] = {
        "market": "country:KAZ", "level": "category", "within": 5, "at": 2011, "total": 10.0, "own_value": 7.0, "own_share": 0.7,
        "own_before_value": 3.0, "own_after_value": 4.0, "own_before": "2 BTR-3 (2005)", "own_after": None,
    }  # fmt: skip
    met: dict[str, Cell] = {
        "rival": "country:RUS", "class": "category:tank", "apart": 0, "own_first": 2005, "own_last": 2005, "own_value": 2.0,
        "rival_first": 2004, "rival_last": 2017, "rival_value": 9.0,
    }  # fmt: skip
    led: dict[str, Cell] = {
        "class": "Ships", "first": 2016, "last": 2020, "leader": None, "leader_share": 1.0, "own_share": 0.0,
        "leader_before": "country:RUS", "changed": True,
    }  # fmt: skip
    return figure("competitors", rows, measures, head_to_head=(met,), displacement=(led,), deals=(), claims=(CLAIM,))


@pytest.fixture
def standing() -> Figure:
    row: dict[str, Cell] = {
        "partner": "country:KAZ", "value": 5.0, "share": 0.25, "common_memberships": 1, "in_common": "organisation:OSCE",
        "cow_alliances_obliged": 3, "cow_alliances_s": 0.96, "cow_alliances_kappa": 0.89, "cow_alliances_pi": None,
        "vote_distance": 1.887, "vote_year": 2023,
    }  # fmt: skip
    blocs: tuple[dict[str, Cell], ...] = (
        {"bloc": "organisation:NATO", "value": 15.0, "share": 0.75, "standing": "candidate"},
        {"bloc": None, "value": 5.0, "share": 0.25, "standing": None},
    )
    event: dict[str, Cell] = {"date": "2018-05", "event": "left", "who": "country:UKR", "what": "organisation:CIS", "says": "left"}
    return figure(
        "alignment", (row,), {"year": 2025, "cow_alliances_year": 2012}, blocs=blocs, timeline=(event,), memberships=(), claims=(CLAIM,)
    )  # fmt: skip


def shown(view: object) -> str:
    out = io.StringIO()
    Console(file=out, width=100).print(view)
    return " ".join(out.getvalue().split())


def test_competitors_show_both_times_and_whoever_is_claimed(rivalry: Figure) -> None:
    text = shown(competitor_view(rivalry))
    assert "Rivals of Ukraine in Kazakhstan, 1990–2025" in text
    assert "until 2010" in text and "from 2011" in text
    assert "2 BTR-3" in text and "900 <Tank>" in text and "[bold]" in text, "goods are words, not markup"
    assert "Israel" in text and "Sweden" not in text, "a rival that a claim names is shown however small"
    assert "Russia, tank: Ukraine 2005, Russia 2004–2017" in text
    assert "Ships: Russia, then unknown (2016–2020, 100.0%)" in text
    assert "the document itself · An article · 2011-05-01 · partly came true" in text
    assert "not money" in text and "A caveat" in text and "edition 2026-05-18" in text


def test_both_views_in_filipino(rivalry: Figure, standing: Figure) -> None:
    assert "Mga katunggali ng Ukraine" in shown(competitor_view(rivalry, language="fil"))
    assert "pagkakahanay" in shown(alignment_view(standing, language="fil"))


def test_alignment_shows_s_only_with_kappa_and_pi(standing: Figure) -> None:
    text = shown(alignment_view(standing))
    assert "0.96 / 0.89 / –" in text
    assert "κ / π, COW" in text and "1.89" in text and "(2023)" in text
    assert "none of these alliances" in text and "2018-05 Ukraine left: Commonwealth of Independent States" in text


def test_nothing_to_show_says_so(rivalry: Figure, standing: Figure) -> None:
    empty = replace(rivalry, rows=(), measures={**rivalry.measures, "own_value": 0.0}, parts={})
    assert "no delivery by anybody" in shown(competitor_view(empty))
    assert "No partner" in shown(alignment_view(replace(standing, rows=(), parts={"blocs": (), "timeline": ()})))


def test_charts_name_every_bar_and_read_in_grey(rivalry: Figure, standing: Figure) -> None:
    for one, told in ((rivalry, "Israel until 2010: 5"), (standing, "none of these alliances 5 (25%)")):
        root = ET.fromstring(comparison_svg(one))
        assert told in str(root.get("aria-label"))
        assert "edition 2026-05-18" in "".join(root.itertext())
        assert '"url"' not in str(comparison_spec(one))
    assert comparison_png(standing).startswith(b"\x89PNG")
    colours = comparison_spec(rivalry)["layer"][0]["encoding"]["color"]["scale"]["range"]
    greys = [0.299 * int(one[1:3], 16) + 0.587 * int(one[3:5], 16) + 0.114 * int(one[5:], 16) for one in colours]
    assert abs(greys[0] - greys[1]) > 80, "two shades that a grey print tells apart"


def test_a_workbook_has_a_sheet_for_each_part(rivalry: Figure) -> None:
    book = load_workbook(io.BytesIO(figure_workbook([rivalry, replace(rivalry, window=(2000, 2010))])))
    assert book.sheetnames[:5] == ["competitors", "head_to_head", "displacement", "deals", "claims"]
    assert "competitors 2000-2010" in book.sheetnames
    assert book["claims"].max_row == 2
    assert book["competitors"].cell(1, 1).value == "rival"


def test_lines_below_a_market() -> None:
    row: dict[str, Cell] = {"supplier": "country:RUS", "value": 5.0, "share": 1.0, "rank": 1, "deals": 2, "orders": 3, "ordered": 9.0}
    told: dict[str, Cell] = {
        "hhi": 1.0, "cr1": 1.0, "cr3": 1.0, "effective_suppliers": 1.0, "compared_with": "1985:1989", "entered": "", "left": "country:USA",
        "second_hand_share": 0.25, "aid_share": None, "licence_share": 0.0, "hhi_low": 0.178, "hhi_high": 0.187,
    }  # fmt: skip
    text = shown(market_bars(figure("market", (row,), told, claims=(CLAIM,))))
    assert "ordered in the window: Russia 3" in text
    assert "new against 1985–1989: nobody no more against 1985–1989: United States" in text
    assert "second-hand 25.0%, aid not known, made under licence 0.0%" in text
    assert "HHI by the 1 largest alone: 0.178 to 0.187" in text
    assert "without a row in this register Israel may compete" in text
