"""Editions: stored once, named by rule, opened and asked."""

import json
import threading
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from registers.sipri_exports import DEALS, YEARS, deals_text, years_text
from talaan.model.errors import RegisterError, UsageError
from talaan.registers import add, editions, open_edition, storage
from talaan.registers.loaded import Loaded

Write = Callable[..., Path]
CSTO = ["ARM", "BLR", "KAZ", "KGZ", "RUS", "TJK", "UZB"]


def ids(home: Path) -> list[str]:
    return [edition.id for edition in editions(home)]


def folders(home: Path) -> list[str]:
    return sorted(path.name for path in (home / "registers" / "sipri").iterdir())


def test_an_unknown_register_lists_those_there_are(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="registers: sipri"):
        add(tmp_path, "siprii", [tmp_path / "x.csv"])
    with pytest.raises(UsageError, match="No file"):
        add(tmp_path, "sipri", [])


def test_the_id_is_the_newest_export_date(tmp_path: Path, write: Write) -> None:
    early = write(years_text(YEARS[:1], last="2002", generated="13 Apr 2024"), "early.csv")
    late = write(years_text(YEARS[1:], first="2003", generated="16 Apr 2024"), "late.csv")
    edition = add(tmp_path, "sipri", [late, early], edition="mine")
    assert (edition.id, edition.rows, edition.layout) == ("2024-04-16", 2, "per-year")
    assert [name for name, _ in edition.files] == ["late.csv", "early.csv"]


def test_without_a_date_the_id_is_the_one_given_else_the_hash(tmp_path: Path, write: Write) -> None:
    undated = "\n".join(deals_text().split("\n")[5:])
    path = write(undated)
    assert add(tmp_path / "one", "sipri", [path], edition="mine").id == "mine"
    edition = add(tmp_path / "two", "sipri", [path])
    assert edition.id == edition.files[0][1][:8]
    assert edition.released is None


@pytest.mark.parametrize("name", ["../out", "", ".hidden", "a b", "x" * 65])
def test_an_id_that_is_no_folder_name_is_refused(tmp_path: Path, write: Write, name: str) -> None:
    with pytest.raises(UsageError):
        add(tmp_path, "sipri", [write(deals_text())], edition=name)


def test_the_same_files_change_nothing(tmp_path: Path, write: Write) -> None:
    path = write(deals_text())
    first = add(tmp_path, "sipri", [path])
    stamps = {item: item.stat().st_mtime_ns for item in tmp_path.rglob("*")}
    assert add(tmp_path, "sipri", [path, path]) == first
    assert {item: item.stat().st_mtime_ns for item in tmp_path.rglob("*")} == stamps


def test_other_files_of_the_same_date_get_a_number(tmp_path: Path, write: Write) -> None:
    made = [add(tmp_path, "sipri", [write(deals_text(DEALS[:count]))]).id for count in (1, 2, 3)]
    assert made == ["2026-05-18", "2026-05-18-2", "2026-05-18-3"]
    assert ids(tmp_path) == ["2026-05-18-3", "2026-05-18-2", "2026-05-18", "excerpt-2026-05-18"]


def test_new_reference_tables_make_the_same_files_worth_loading_again(
    tmp_path: Path, write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = write(deals_text())
    add(tmp_path, "sipri", [path])
    monkeypatch.setattr(storage, "reference_version", lambda: "other")
    assert add(tmp_path, "sipri", [path]).id == "2026-05-18-2"


def test_the_newest_edition_is_by_export_date_not_by_loading(tmp_path: Path, write: Write) -> None:
    add(tmp_path, "sipri", [write(deals_text())])
    add(tmp_path, "sipri", [write(deals_text(generated="13 Mar 2025"))])
    assert ids(tmp_path)[:2] == ["2026-05-18", "2025-03-13"]
    assert open_edition(tmp_path).edition.id == "2026-05-18"
    assert open_edition(tmp_path, edition="2025-03-13").edition.released == "2025-03-13"


def test_an_edition_is_listed_as_it_was_added(tmp_path: Path, write: Write) -> None:
    edition = add(tmp_path, "sipri", [write(deals_text((*DEALS, "broken,line")))])
    assert editions(tmp_path)[0] == edition
    assert edition.set_aside[0] == (11, "the file ends in this line: 2 of 16 fields")
    kept = (tmp_path / "registers/sipri/2026-05-18/set_aside.csv").read_text()
    assert '"broken,line"' in kept


def test_a_failure_while_storing_leaves_nothing(tmp_path: Path, write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device", "entries.parquet")

    monkeypatch.setattr(storage, "_write_aside", full)
    with pytest.raises(RegisterError, match="No space left on device"):
        add(tmp_path, "sipri", [write(deals_text())])
    assert folders(tmp_path) == []


def test_a_name_taken_meanwhile_is_stepped_over(tmp_path: Path, write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = storage._write_aside

    def race(path: Path, loaded: Loaded) -> None:
        whole(path, loaded)
        monkeypatch.setattr(storage, "_free_names", lambda folder, wanted: iter([wanted, wanted + "-2"]))
        (path.parent.parent / "2026-05-18").mkdir()
        (path.parent.parent / "2026-05-18" / "theirs").touch()

    monkeypatch.setattr(storage, "_write_aside", race)
    assert add(tmp_path, "sipri", [write(deals_text())]).id == "2026-05-18-2"


def test_leftovers_of_killed_runs_are_no_editions_and_go_after_an_hour(
    tmp_path: Path, write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    left = tmp_path / "registers" / "sipri" / ".unfinished-abc"
    left.mkdir(parents=True)
    add(tmp_path, "sipri", [write(deals_text())])
    assert left.exists()
    assert ids(tmp_path) == ["2026-05-18", "excerpt-2026-05-18"]
    monkeypatch.setattr(storage, "_STALE_SECONDS", -1)
    add(tmp_path, "sipri", [write(deals_text(DEALS[:1]))])
    assert not left.exists()


def test_an_edition_counts_the_lines_its_entries_come_from(tmp_path: Path, write: Write) -> None:
    edition = add(tmp_path, "sipri", [write(years_text())])
    assert (edition.rows, edition.lines) == (2, 3)
    facts = tmp_path / "registers/sipri/2026-05-18/edition.json"
    facts.write_text(json.dumps({key: value for key, value in json.loads(facts.read_text()).items() if key != "lines"}))
    assert editions(tmp_path)[0].lines is None


@pytest.mark.parametrize("damage", ["{", "{}", None])
def test_a_damaged_edition_is_named(tmp_path: Path, write: Write, damage: str | None) -> None:
    add(tmp_path, "sipri", [write(deals_text())])
    facts = tmp_path / "registers/sipri/2026-05-18/edition.json"
    facts.unlink() if damage is None else facts.write_text(damage)
    with pytest.raises(RegisterError, match="2026-05-18"):
        editions(tmp_path)


def test_damaged_tables_are_named(tmp_path: Path, write: Write) -> None:
    add(tmp_path, "sipri", [write(deals_text())])
    (tmp_path / "registers/sipri/2026-05-18/entries.parquet").write_bytes(b"PAR1")
    with pytest.raises(RegisterError, match="damaged"):
        open_edition(tmp_path)


def test_an_unknown_edition_lists_those_there_are(tmp_path: Path, write: Write) -> None:
    add(tmp_path, "sipri", [write(deals_text())])
    with pytest.raises(RegisterError, match="2026-05-18, excerpt-2026-05-18"):
        open_edition(tmp_path, edition="2031")
    with pytest.raises(RegisterError, match="register 'unroca'"):
        open_edition(tmp_path, "unroca")


def test_entries_come_back_with_types(tmp_path: Path, write: Write) -> None:
    add(tmp_path, "sipri", [write(deals_text())])
    entry, twin = open_edition(tmp_path).deals(suppliers=["country:CHL"])
    assert (entry.ordered, entry.ordered_uncertain, entry.number_ordered, entry.years) == (2001, True, 10, (2002, 2003))
    assert (entry.number_delivered, entry.number_delivered_uncertain, entry.tiv_delivered, entry.licensed) == (8, True, 4.0, None)
    assert replace(twin, id=entry.id) == entry
    (waiting,) = open_edition(tmp_path).deals(suppliers=["country:TUR"])
    assert (waiting.years, waiting.comment, waiting.tiv_delivered) == ((), None, 0.0)


def test_rows_are_found_by_parties_systems_and_classes(tmp_path: Path, write: Write) -> None:
    add(tmp_path, "sipri", [write(deals_text())])
    opened = open_edition(tmp_path)
    assert [entry.designation for entry in opened.among({"country:PER", "country:TUR"})] == ["Type-209"]
    assert opened.among(()) == []
    assert [entry.supplier for entry in opened.among(["country:PER", "country:CHL", "country:TUR"])] == ["country:CHL"] * 2 + [
        "country:TUR"
    ]
    assert len(opened.deals(categories=["armoured-vehicle"])) == 2
    assert opened.deals(categories=["aircraft"]) == []
    system = opened.deals(recipients=["country:PER"], categories=["tank"])[0].system
    assert len(opened.deals(systems=[system or ""])) == 2
    assert len(opened.deals()) == 4
    assert opened.deals(suppliers=[]) == []


def test_entries_by_id_keep_the_order_asked(tmp_path: Path, write: Write) -> None:
    add(tmp_path, "sipri", [write(deals_text())])
    opened = open_edition(tmp_path)
    wanted = [entry.id for entry in reversed(opened.deals())]
    assert list(opened.entries([*wanted, "sipri:none", wanted[0]])) == wanted
    assert opened.entries([]) == {}


def test_a_total_is_spread_over_its_years_and_says_so(tmp_path: Path, write: Write) -> None:
    add(tmp_path, "sipri", [write(deals_text(DEALS[:3]))])
    found = open_edition(tmp_path).deliveries()
    assert [(row.supplier, row.year, row.tiv, row.number, row.estimated) for row in found] == [
        (None, 1999, 0.15, 3.0, False),
        ("country:CHL", 2002, 2.0, 4.0, True),
        ("country:CHL", 2003, 2.0, 4.0, True),
    ]


def test_yearly_values_are_exact_where_the_register_has_them(tmp_path: Path, write: Write) -> None:
    add(tmp_path, "sipri", [write(years_text())])
    opened = open_edition(tmp_path)
    (deal,) = opened.entries(["sipri:77"]).values()
    assert (deal.years, deal.number_delivered, deal.tiv_delivered, deal.number_delivered_uncertain) == ((2002, 2003), 8, 4.0, True)
    assert (deal.number_ordered, deal.tiv_unit, deal.licensed, deal.comment) == (None, 0.5, False, None)
    assert [(row.year, row.tiv, row.number, row.estimated) for row in opened.deliveries(suppliers=["country:CHL"])] == [
        (2002, 2.5, 5.0, False),
        (2003, 1.5, 3.0, False),
    ]
    assert [row.entry for row in opened.deliveries(first=2003, last=2005, categories=["helicopter"])] == ["sipri:78"]


def test_an_open_edition_answers_several_threads(tmp_path: Path, write: Write) -> None:
    add(tmp_path, "sipri", [write(deals_text())])
    opened = open_edition(tmp_path)
    answers: list[int] = []
    threads = [threading.Thread(target=lambda: answers.extend(len(opened.deals()) for _ in range(10))) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert answers == [4] * 40


def test_with_nothing_loaded_the_excerpt_answers_and_says_what_it_covers(tmp_path: Path) -> None:
    opened = open_edition(tmp_path / "nowhere")
    assert (opened.edition.id, opened.edition.bundled, opened.edition.rows) == ("excerpt-2026-05-18", True, len(opened.deals()))
    assert len(opened.deals(recipients=["country:KAZ"])) == 93
    assert {entry.comment for entry in opened.deals()} == {None}
    bounds = opened.edition.coverage
    assert all(bounds.holds(entry.supplier, entry.recipient) for entry in opened.deals())
    assert not bounds.holds("country:RUS", "country:POL")
    (carrier,) = (entry for entry in opened.among(["country:UKR", "country:KAZ"]) if entry.system == "system:BTR-3")
    assert (carrier.ordered, carrier.number_delivered, carrier.recipient) == (2005, 2, "country:KAZ")


@pytest.fixture(scope="module")
def loaded_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("home")


@pytest.mark.shared
def test_the_full_register_is_read_whole(shared: Path, loaded_home: Path) -> None:
    edition = add(loaded_home, "sipri", [shared / "data/sipri_register/perdeal_1950-2025_exported_2026-05-18.csv.gz"])
    opened = open_edition(loaded_home, edition="2026-05-18")
    assert (edition.id, edition.rows, edition.set_aside, edition.coverage.last_year) == ("2026-05-18", 29916, (), 2025)
    assert edition.coverage.holds("country:POL", "country:PER")
    entries = opened.deals()
    assert len({entry.id for entry in entries}) == 29916
    assert round(sum(entry.tiv_delivered or 0 for entry in entries)) == 2133348
    assert round(sum(row.tiv or 0 for row in opened.deliveries())) == 2133348
    suppliers = {"RUS": 1280, "SUHH": 3375, "ISR": 834, "UKR": 428, "ZAF": 265}
    assert {code: len(opened.deals(suppliers=[f"country:{code}"])) for code in suppliers} == suppliers
    assert all(entry.category for entry in entries)


@pytest.mark.shared
def test_the_excerpt_is_what_the_full_register_says(shared: Path, loaded_home: Path) -> None:
    add(loaded_home, "sipri", [shared / "data/sipri_register/perdeal_1950-2025_exported_2026-05-18.csv.gz"])
    full = open_edition(loaded_home, edition="2026-05-18")
    kazakh = full.deals(recipients=["country:KAZ"])
    ukrainian = full.deals(suppliers=["country:UKR"], recipients=[f"country:{code}" for code in CSTO])
    expected = {entry.id: replace(entry, comment=None) for entry in (*kazakh, *ukrainian)}
    assert {entry.id: entry for entry in open_edition(loaded_home, edition="excerpt-2026-05-18").deals()} == expected


@pytest.mark.shared
def test_the_two_yearly_files_complete_each_other(shared: Path, tmp_path: Path) -> None:
    folder = shared / "data/sipri_register"
    names = ("peryear_1950-1989_exported_2024-04-16.csv.gz", "peryear_1990-2023_exported_2024-04-13.csv.gz")
    edition = add(tmp_path, "sipri", [folder / name for name in names])
    deliveries = open_edition(tmp_path).deliveries()
    assert (edition.id, len(deliveries), edition.set_aside) == ("2024-04-16", 59157, ())
    assert (edition.coverage.first_year, edition.coverage.last_year) == (1950, 2023)
    assert not any(row.estimated for row in deliveries)
