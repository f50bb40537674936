"""The UN Register: dumps, pages, the index of who reported, and a server that answers as the publisher's does; all invented."""

import json
import threading
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import ClassVar

import pytest
from checking.invented import transfer

from talaan.checking.check import CheckContext, check_claims
from talaan.model.document import Document
from talaan.model.errors import RegisterError
from talaan.registers import OpenEdition, add, open_edition
from talaan.registers.unroca.fetching import fetch_reports
from talaan.registers.unroca.read import un_class

Write = Callable[..., Path]
EXPORT = {
    "table": "major_export",
    "year": "2010",
    "exporter": "Ukraine",
    "importer": "Kazakhstan",
    "category": "II. Armoured combat vehicles",
    "num_items": "1,002",
    "state_of_origin": "",
    "intermediate_locations": "",
    "description": "BTR-3E",
    "comments": "new",
}
IMPORT = EXPORT | {
    "table": "major_import",
    "num_items": "see comments",
    "state_of_origin": "USSR",
    "intermediate_locations": "Odesa",
    "comments": "",
}
RIFLES = EXPORT | {"table": "small_arms_export", "category": "Assault rifles", "num_items": "50", "description": ""}
HOLDING = {
    "table": "military_holdings",
    "year": "2010",
    "country": "Ukraine",
    "category": "I",
    "num_items": "7",
    "description": "tanks",
    "comments": "",
}
INDEX = [
    {"country": "kazakhstan", "years": [{"year": 2010}, {"year": 2012}]},
    {"country": "ukraine", "years": [{"year": 2010}]},
    {"country": "south-sudan", "years": []},
]
PANEL = '<div class="panel-body"><table><tbody>{}</tbody></table></div>'


def page(state: str, year: int, exports: str = "", imports: str = "", holdings: str = "") -> str:
    """A report as the site shows it: panels in a fixed order, the category in a th."""
    panels = "".join(PANEL.format(rows) for rows in ("", exports, imports, holdings, "", "", "", "", "", ""))
    return f'<!DOCTYPE html><html><body><h4 class="unroca">UNROCA original report</h4>\n<p>{state} {year}</p>{panels}</body></html>'


def row(category: str, *cells: str) -> str:
    return f"<tr><th>{category}</th>{''.join(f'<td> {cell} </td>' for cell in cells)}</tr>"


def opened(home: Path, *paths: Path) -> OpenEdition:
    add(home, "unroca", paths)
    return open_edition(home, "unroca")


def dump(*records: object) -> str:
    return json.dumps(list(records), indent=1)


def test_each_states_word_is_an_entry(tmp_path: Path, write: Write) -> None:
    edition = opened(tmp_path, write(dump(EXPORT, IMPORT)))
    entries = edition.deals(suppliers=["country:UKR"], recipients=["country:KAZ"])
    assert {(entry.number_delivered, entry.years, entry.category, entry.system, entry.ordered) for entry in entries} == {
        (1002, (2010,), "armoured-personnel-carrier", "system:BTR-3", None),
        (None, (2010,), "armoured-personnel-carrier", "system:BTR-3", None),
    }
    details = edition.details(entry.id for entry in entries)
    told = {(str(row["side"]), row["reporter"], row["num_items"], row["state_of_origin"]) for row in details.values()}
    assert told == {("exporter", "country:UKR", "1,002", None), ("importer", "country:KAZ", "see comments", "USSR")}
    assert {entry.comment for entry in entries} == {
        "Reported by Ukraine as exporter for 2010. new",
        "Reported by Kazakhstan as importer for 2010.",
    }


def test_small_arms_and_holdings(tmp_path: Path, write: Write) -> None:
    edition = opened(tmp_path, write(dump(RIFLES, HOLDING)))
    (entry,) = edition.deals()
    assert (entry.category, entry.designation, edition.edition.rows) == ("small-arms", "Assault rifles", 1)
    assert (tmp_path / "registers/unroca" / edition.edition.id / "holdings.parquet").exists()


@pytest.mark.parametrize(
    ("category", "code"),
    [("I", "tank"), ("Category IV", "combat-aircraft"), ("VII. Missiles", "missile"), ("vi", "warship"), ("Other", None), ("IIX", None)],
)
def test_categories(category: str, code: str | None) -> None:
    assert un_class("major_export", category) == code


def test_who_filed_no_report_is_known_from_the_index(tmp_path: Path, write: Write) -> None:
    edition = opened(tmp_path, write(dump(EXPORT)), write(json.dumps(INDEX), "years.json"))
    asked = {
        (code, year): edition.reported(f"country:{code}", year)
        for code in ("KAZ", "UKR", "SSD", "FRA")
        for year in (2005, 2010, 2011, 2012)
    }
    assert {key: value for key, value in asked.items() if value is not None} == {
        ("KAZ", 2005): False,
        ("KAZ", 2010): True,
        ("KAZ", 2011): False,
        ("KAZ", 2012): True,
        ("UKR", 2005): False,
        ("UKR", 2010): True,
        ("UKR", 2011): False,
    }, "the newest year of the index may still grow, South Sudan did not exist, France is not in the index"


def test_without_an_index_only_filed_reports_are_known(tmp_path: Path, write: Write) -> None:
    edition = opened(tmp_path, write(dump(EXPORT, {"reporter": "France", "year": 2010, "filed": False})))
    assert [edition.reported(f"country:{code}", 2010) for code in ("UKR", "FRA", "KAZ")] == [True, False, None]
    assert "load the index too" in edition.edition.coverage.statement


def test_the_index_alone_knows_who_reported_and_holds_no_entry(tmp_path: Path, write: Write) -> None:
    edition = opened(tmp_path, write(json.dumps(INDEX)))
    assert (edition.edition.rows, edition.deals(), edition.reported("country:KAZ", 2011)) == (0, [], False)
    assert not edition.edition.coverage.holds("country:UKR", "country:KAZ")


def test_an_index_in_which_nobody_reported_is_refused(tmp_path: Path, write: Write) -> None:
    with pytest.raises(RegisterError, match="No transfer stands in these files"):
        add(tmp_path, "unroca", [write(json.dumps(INDEX[2:]))])


def test_only_reporting_states_are_covered(tmp_path: Path, write: Write) -> None:
    bounds = opened(tmp_path, write(dump(EXPORT))).edition.coverage
    assert bounds.holds("country:UKR", "country:IND")
    assert not bounds.holds("country:RUS", "country:KAZ")


def test_records_that_cannot_be_are_set_aside_with_their_lines(tmp_path: Path, write: Write) -> None:
    records = [
        EXPORT,
        EXPORT | {"year": "20l0"},
        EXPORT | {"importer": ""},
        EXPORT | {"table": "gifts"},
        {"country": "x", "years": [{"year": 1}]},
    ]
    text = "[" + ",\n".join(json.dumps(record) for record in records) + "]"
    edition = add(tmp_path, "unroca", [write(text)])
    assert edition.rows == 1
    assert edition.set_aside == (
        (2, "year: '20l0' is not a year"),
        (3, "empty: importer"),
        (4, "table: 'gifts' is not one of the register's"),
        (5, "index of x: ['1'] are no years"),
    )


def test_unknown_fields_and_parties_are_told(tmp_path: Path, write: Write) -> None:
    edition = add(tmp_path, "unroca", [write(dump(EXPORT | {"importer": "Atlantis", "colour": "red"}))])
    assert edition.unread_columns == ("colour",)
    assert edition.set_aside == ((0, "parties without a reference (their rows are kept): Atlantis"),)


def test_a_dump_as_csv_gives_the_same_entries(tmp_path: Path, write: Write) -> None:
    values = ",".join(f'"{value}"' for value in EXPORT.values())
    edition = opened(tmp_path / "csv", write(",".join(EXPORT) + "\n" + values + "\n"))
    assert edition.deals() == opened(tmp_path / "json", write(dump(EXPORT))).deals()


def test_a_saved_page_gives_the_same_entries_as_a_dump(tmp_path: Path, write: Write) -> None:
    exports = row("II. Armoured combat vehicles", "Kazakhstan", "1,002", "", "", "BTR-3E", "new")
    html = page("Ukraine", 2010, exports=exports, holdings=row("I", "7", "tanks", ""))
    edition = opened(tmp_path / "page", write(html, "ukraine-2010.html"))
    assert edition.deals() == opened(tmp_path / "json", write(dump(EXPORT))).deals()


def test_imports_name_the_exporter(tmp_path: Path, write: Write) -> None:
    html = page("Kazakhstan", 2011, imports=row("VII", "Russian Federation", "3", "", "", "Igla", ""))
    (entry,) = opened(tmp_path, write(html, "a.html")).deals()
    assert (entry.supplier, entry.recipient, entry.years) == ("country:RUS", "country:KAZ", (2011,))


@pytest.mark.parametrize(
    ("html", "says"),
    [
        (page("Ukraine", 2010).replace("original report", "summary"), "original report"),
        (page("Ukraine", 2010, exports=row("II", "Kazakhstan", "1")), "2 cells where the site has 6"),
        ("<html></html>", "original report"),
        ("<", "original report|cannot be read|No header"),
    ],
)
def test_another_page_is_refused(tmp_path: Path, write: Write, html: str, says: str) -> None:
    with pytest.raises(RegisterError, match=says):
        add(tmp_path, "unroca", [write(html, "a.html")])


class Site(BaseHTTPRequestHandler):
    """Answers as the publisher's site does."""

    asked: ClassVar[list[str]] = []
    answers: ClassVar[dict[str, str]] = {
        "/api/country-list": json.dumps([{"countryname_slug": "ukraine", "name": "Ukraine"}, {"countryname_slug": "kazakhstan"}]),
        "/api/ukraine": json.dumps({"country": {"countryname_slug": "ukraine"}, "available_reports": [{"year": 2010}, {"year": 2011}]}),
        "/api/kazakhstan": json.dumps({"country": {"countryname_slug": "kazakhstan"}}),
        "/ukraine/report/2010/": page("Ukraine", 2010, exports=row("II", "Kazakhstan", "2", "", "", "BTR-3E", "")),
        "/ukraine/report/2011/": page("Ukraine", 2011),
    }

    def do_GET(self) -> None:
        self.asked.append(self.path)
        answer = self.answers.get(self.path)
        self.send_response(200 if answer else 404)
        self.end_headers()
        self.wfile.write((answer or "not found").encode())

    def log_message(self, format: str, *args: object) -> None:
        """Says nothing."""


@pytest.fixture
def site() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Site)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    Site.asked.clear()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


def get(address: str) -> bytes:
    with urllib.request.urlopen(address, timeout=5) as answer:
        content: bytes = answer.read()
    return content


def test_reports_are_fetched_once_and_loaded(tmp_path: Path, site: str) -> None:
    written = fetch_reports(get, tmp_path / "un", base=site, pause=0)
    assert [path.name for path in written] == ["years.json", "ukraine-2010.html", "ukraine-2011.html"]
    edition = opened(tmp_path, *written)
    assert (len(edition.deals()), edition.reported("country:UKR", 2011), edition.reported("country:KAZ", 2010)) == (1, True, False)
    Site.asked.clear()
    fetch_reports(get, tmp_path / "un", base=site, pause=0)
    assert not [path for path in Site.asked if "/report/" in path]


def test_only_what_was_asked_for_is_fetched(tmp_path: Path, site: str) -> None:
    written = fetch_reports(get, tmp_path, base=site, pause=0, countries=["country:UKR"], years=[2011])
    assert [path.name for path in written] == ["years.json", "ukraine-2011.html"]
    assert "/api/kazakhstan" not in Site.asked


def test_a_stopped_run_leaves_whole_files_and_goes_on(tmp_path: Path, site: str) -> None:
    def failing(address: str) -> bytes:
        if address.endswith("2011/"):
            raise urllib.error.URLError("gone")
        return get(address)

    with pytest.raises(urllib.error.URLError):
        fetch_reports(failing, tmp_path, base=site, pause=0)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["ukraine-2010.html", "years.json"]
    assert len(fetch_reports(get, tmp_path, base=site, pause=0)) == 3


def test_a_site_that_answers_otherwise_is_named(tmp_path: Path) -> None:
    with pytest.raises(RegisterError, match="another form"):
        fetch_reports(lambda address: b"<html>", tmp_path, pause=0)


def test_a_claim_can_be_held_against_what_states_reported(tmp_path: Path, write: Write) -> None:
    edition = opened(tmp_path, write(dump(EXPORT, IMPORT)))
    claim = transfer("UKR", "KAZ", "system:BTR-3", when="2010")
    context = CheckContext(Document("text", "a", "", "text/plain"), edition)
    (checked,), entries = check_claims([claim], context)
    assert {verdict.register for verdict in checked.verdicts} == {"unroca"}
    assert set(entries) == {entry.id for entry in edition.deals()}


@pytest.mark.shared
def test_the_whole_index_resolves(shared: Path, tmp_path: Path) -> None:
    edition = opened(tmp_path, shared / "data/unroca_index/years.json")
    assert edition.edition.set_aside == ()
    asked = (("HND", 1997), ("HND", 1998), ("GNB", 2000), ("SSD", 1999), ("UKR", 2010), ("UKR", 2023))
    assert [edition.reported(f"country:{code}", year) for code, year in asked] == [False, True, False, None, True, None]
