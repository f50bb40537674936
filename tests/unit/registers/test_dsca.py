"""US notifications: offers only, texts believed only where they are the notification's own; all invented but the shared ones."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from talaan.registers import OpenEdition, add, open_edition
from talaan.registers.dsca.notices import number_of

Write = Callable[..., Path]
NOTICE = {
    "cn_number": "25-11",
    "country": "Philippines",
    "country_iso2": "PH",
    "date": "2025-04-01",
    "pdf_url": "https://example.org/25-11.PDF",
    "title": "Press Release - Philippines 25-11 CN.PDF",
}
SIGNAL = {
    "iso": "PH",
    "source": "dsca",
    "signal_date": "2025-04-01",
    "title": "F-16 Aircraft",
    "value_usd": 5580000000.0,
    "description": "WASHINGTON, April 1, 2025 - A possible sale of F-16 Aircraft.",
    "quantity": 16,
    "raw_score": None,
    "cn_number": "25-11",
    "pdf_url": "https://example.org/25-11.PDF",
    "page_url": "https://example.org/page",
}


def opened(home: Path, *paths: Path) -> OpenEdition:
    add(home, "dsca", paths)
    return open_edition(home, "dsca")


def signals(*records: object) -> str:
    return json.dumps({"generated_at": "2026-03-27", "signals": list(records)})


def test_a_notification_is_an_offer_and_nothing_more(tmp_path: Path, write: Write) -> None:
    edition = opened(tmp_path, write(json.dumps([NOTICE])))
    (entry,) = edition.deals()
    assert (entry.id, entry.supplier, entry.recipient, entry.status) == ("dsca:25-11", "country:USA", "country:PHL", "notified")
    assert (entry.ordered, entry.number_ordered, entry.number_delivered, entry.years, entry.tiv_delivered) == (None, None, None, (), None)
    assert "neither an order nor a delivery" in (entry.comment or "")
    details = edition.details([entry.id])[entry.id]
    assert (details["stage"], details["year"], details["value_usd"]) == ("offered", 2025, None)
    assert (details["uploaded"], details["released"]) == ("2025-04-01", None), "the day of an upload is no day of a notification"
    assert edition.edition.coverage.holds("country:USA", "country:PHL")
    assert not edition.edition.coverage.holds("country:RUS", "country:PHL")
    assert edition.deliveries() == []


def test_list_and_texts_of_one_document_make_one_entry(tmp_path: Path, write: Write) -> None:
    edition = opened(tmp_path, write(json.dumps([NOTICE]), "a.json"), write(signals(SIGNAL), "b.json"))
    (entry,) = edition.deals()
    assert (entry.designation, entry.system, entry.category) == ("F-16 Aircraft", "system:F-16", "combat-aircraft")
    details = edition.details([entry.id])[entry.id]
    assert (details["quantity"], details["value_usd"]) == (16, 5.58e9)


def test_a_text_that_stands_at_several_documents_is_read_for_none(tmp_path: Path, write: Write) -> None:
    other = SIGNAL | {"cn_number": "13-47", "pdf_url": "https://example.org/13-47.PDF"}
    edition = opened(tmp_path, write(signals(SIGNAL, other)))
    assert {entry.designation for entry in edition.deals()} == {"(goods not stated)"}
    assert [row["value_usd"] for row in edition.details(["dsca:25-11", "dsca:13-47"]).values()] == [None, None]
    assert edition.edition.set_aside == ((0, "1 texts stand at several documents at once and are read for none of them"),)


def test_a_text_of_another_year_is_not_the_notifications_own(tmp_path: Path, write: Write) -> None:
    (entry,) = opened(tmp_path, write(signals(SIGNAL | {"cn_number": "13-47"}))).deals()
    assert (entry.id, entry.system) == ("dsca:13-47", None)


def test_a_page_without_a_document_is_its_own_and_dates_itself(tmp_path: Path, write: Write) -> None:
    page = {key: value for key, value in SIGNAL.items() if key != "pdf_url"} | {"cn_number": None, "signal_date": "2026-03-10"}
    edition = opened(tmp_path, write(signals(page)))
    (entry,) = edition.deals()
    details = edition.details([entry.id])[entry.id]
    assert (entry.system, details["year"], details["released"], details["uploaded"]) == ("system:F-16", 2026, "2026-03-10", None)


@pytest.mark.parametrize(
    ("record", "number"),
    [
        ({"cn_number": "08-26"}, ("08-26", "2008")),
        ({"cn_number": None, "title": "Press Release - Ghana 09-47_0 CN.PDF"}, ("09-47", "2009")),
        ({"cn_number": "see title", "title": "no number"}, ("", "")),
    ],
)
def test_the_year_is_that_of_the_number(record: dict[str, object], number: tuple[str, str]) -> None:
    assert number_of(record) == number


def test_one_number_of_two_documents_is_counted(tmp_path: Path, write: Write) -> None:
    edition = opened(tmp_path, write(json.dumps([NOTICE, NOTICE | {"pdf_url": "https://example.org/again.PDF"}])))
    assert [entry.id for entry in edition.deals()] == ["dsca:25-11", "dsca:25-11-2"]


def test_customers_nobody_knows_and_records_without_one_are_told(tmp_path: Path, write: Write) -> None:
    records = [
        NOTICE,
        NOTICE | {"country": "Atlantis", "pdf_url": "x"},
        {"cn_number": "25-12"},
        NOTICE | {"country": "Nspa", "pdf_url": "y"},
    ]
    edition = add(tmp_path, "dsca", [write("[" + ",\n".join(map(json.dumps, records)) + "]")])
    assert edition.rows == 3
    assert edition.set_aside == ((3, "no country"), (0, "parties without a reference (their rows are kept): Atlantis"))


@pytest.mark.shared
def test_the_collected_notices_are_read_whole(shared: Path, tmp_path: Path) -> None:
    folder = shared / "data/us_dsca"
    edition = opened(tmp_path, folder / "dsca_notifications.json.gz")
    assert (edition.edition.rows, edition.edition.set_aside) == (1098, ())
    both = opened(tmp_path / "both", folder / "dsca_notifications.json.gz", folder / "dsca_signals.json.gz")
    assert (both.edition.rows, both.edition.coverage.first_year) == (1103, 2004)
    belgium = both.details(["dsca:13-47"])["dsca:13-47"]
    assert (belgium["year"], belgium["value_usd"]) == (2013, None), "a text of 2025 was filed at this notice of 2013"
