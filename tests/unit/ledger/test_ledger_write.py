"""Saving, saving again, forgetting."""

import random
import sqlite3
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import text

from ledger.ledger_readings import RUN, claim, lead, mention, reading
from talaan.ledger import Ledger, open_ledger, read, write
from talaan.ledger.tables import metadata
from talaan.model.claim import Quote, Speaker
from talaan.model.errors import LedgerError, UsageError
from talaan.model.quantity import Money, Quantity
from talaan.model.verdict import Verdict
from talaan.model.when import parse_date

TABLES = [name for name in metadata.tables if not name.startswith("latest_")]


def counts(ledger: Ledger) -> dict[str, int]:
    with ledger.reading() as connection:
        return {name: connection.execute(text(f"SELECT count(*) FROM {name}")).scalar_one() for name in TABLES}


def test_every_part_of_a_reading_gets_its_rows(ledger: Ledger) -> None:
    saved = write.save(ledger, reading("one", claim("a"), claim("b"), leads=(lead("l"),)), RUN)
    assert (saved.new, saved.claims, saved.leads) == (True, 2, 1)
    assert saved.document.startswith("sha256:")
    expected = {"runs": 1, "texts": 1, "documents": 1, "claims": 2, "roles": 6, "quotes": 2, "verdicts": 2, "leads": 1, "reviews": 0}
    assert counts(ledger) == expected


def test_the_same_bytes_and_versions_change_nothing(ledger: Ledger) -> None:
    write.save(ledger, reading("one", claim("a")), RUN)
    before = counts(ledger)
    again = write.save(ledger, reading("one", claim("other")), replace(RUN, time="2027-01-01"))
    assert not again.new
    assert counts(ledger) == before


@pytest.mark.parametrize("part", ["program", "reader", "language_data", "reference_data", "instructions", "answers", "edition"])
def test_any_other_version_is_a_new_reading_and_the_latest_is_seen(ledger: Ledger, part: str) -> None:
    write.save(ledger, reading("one", claim("a"), leads=(lead("l"),)), RUN)
    assert write.save(ledger, reading("one", claim("b")), replace(RUN, **{part: "other"})).new
    assert [row.claim.id for row in read.claims(ledger)] == ["b"]
    assert read.leads(ledger, reading("one").document.id) == []
    assert counts(ledger)["claims"] == 2
    assert counts(ledger)["texts"] == 1
    with pytest.raises(LedgerError):
        read.claim(ledger, "a")


def test_another_date_or_other_bytes_of_the_same_text_are_read_anew(ledger: Ledger) -> None:
    write.save(ledger, reading("one"), RUN)
    assert write.save(ledger, reading("one", published=parse_date("2011-05")), RUN).new
    assert write.save(ledger, reading("one", raw_hash="other"), RUN).new
    assert not write.save(ledger, reading("one", published=parse_date("2011-05")), RUN).new


def test_one_run_of_many_documents_is_one_row(ledger: Ledger) -> None:
    for name in ("one", "two", "three"):
        write.save(ledger, reading(name), RUN)
    write.save(ledger, reading("four"), replace(RUN, time="2027-01-01"))
    assert counts(ledger)["runs"] == 2


def test_half_a_character_is_refused_whole(ledger: Ledger) -> None:
    with pytest.raises(LedgerError, match="half a character"):
        write.save(ledger, reading("one \ud800", claim("a")), RUN)
    assert counts(ledger)["runs"] == 0


def test_the_latest_review_counts(ledger: Ledger) -> None:
    document = write.save(ledger, reading("one", claim("a"), claim("b")), RUN).document
    for judgement in ("wrong", "right"):
        write.save_review(ledger, write.Review(document, "a", "Ann", judgement, "2026-01-01"))
    assert [(row.claim.id, row.judgement) for row in read.claims(ledger)] == [("a", "right"), ("b", None)]
    assert counts(ledger)["reviews"] == 2
    with pytest.raises(LedgerError, match="no claim 'z'"):
        write.save_review(ledger, write.Review(document, "z", "Ann", "right", "2026-01-01"))


@pytest.mark.parametrize("name", ["path", "id", "short", "bare"])
def test_a_document_is_forgotten_by_path_id_or_beginning(ledger: Ledger, name: str) -> None:
    kept = write.save(ledger, reading("kept", claim("k")), RUN).document
    key = write.save(ledger, reading("gone", claim("a"), leads=(lead("l"),)), RUN).document
    write.save(ledger, reading("gone", claim("b"), path="other.txt"), replace(RUN, reader="llm"))
    write.save_review(ledger, write.Review(key, "a", "Ann", "right", "2026-01-01"))
    asked = {"path": "gone.txt", "id": key, "short": key[:20], "bare": key.removeprefix("sha256:")[:12]}
    forgotten = write.forget(ledger, asked[name])
    assert forgotten == write.Forgotten(key, ("gone.txt", "other.txt"), 2, 2, 1, bytes_gone=True)
    assert [row.id for row in read.documents(ledger)] == [kept]
    left = counts(ledger)
    assert (left["texts"], left["documents"], left["claims"], left["quotes"], left["leads"], left["reviews"]) == (1, 1, 1, 1, 0, 0)


def test_what_fits_none_or_several_is_not_forgotten(ledger: Ledger) -> None:
    write.save(ledger, reading("first version", path="a.txt"), RUN)
    write.save(ledger, reading("second version", path="a.txt"), RUN)
    for asked, says in (("a.txt", "2 documents fit"), ("sha256:", "2 documents fit"), ("b.txt", "No document fits"), ("%", "No document")):
        with pytest.raises(LedgerError, match=says):
            write.forget(ledger, asked)
    with pytest.raises(UsageError):
        write.forget(ledger, " ")
    assert counts(ledger)["documents"] == 2


def test_forgotten_bytes_are_in_no_file(tmp_path: Path) -> None:
    place, secret = tmp_path / "ledger.sqlite", "Geheimnis"
    names = {"quote": Quote(secret, 0, 9, secret, secret), "also": (Quote(secret, 1, 2),), "gloss": {"en": secret}}
    found = {"quantity": Quantity(1, secret, False, secret, 0, 1), "value": Money(1.0, None, secret, 0, 1)}
    judged = (Verdict("sipri", "x", "supported", secret, secret, (secret,), (secret,), {secret: 1.0}, (secret,)),)
    for size in (1, 40):
        with open_ledger(place) as ledger:
            for number in range(size):
                write.save(ledger, reading(f"kept {number} " * 300, claim(f"k{number}")), RUN)
            told = [
                claim(
                    f"{secret} {number}",
                    **names,
                    **found,
                    roles={"goods": (mention(secret),)},
                    speaker=Speaker(None, secret),
                    verdicts=judged,
                )
                for number in range(60)
            ]
            private = reading(f"{secret} " * 2000, *told, leads=(lead(secret),) * 20, path=f"{secret}.txt", title=secret, url=secret)
            key = write.save(ledger, private, RUN).document
            for number in range(size):
                write.save(ledger, reading(f"later {size} {number} " * 300, claim(f"l{number}")), RUN)
            write.save_review(ledger, write.Review(key, f"{secret} 1", secret, "right", "2026-01-01", secret))
            assert secret.encode() in b"".join(path.read_bytes() for path in tmp_path.iterdir())
            assert write.forget(ledger, key).bytes_gone
            assert secret.encode() not in b"".join(path.read_bytes() for path in tmp_path.iterdir())
        assert secret.encode() not in b"".join(path.read_bytes() for path in tmp_path.iterdir())


def test_bytes_that_another_reader_still_holds_are_told(tmp_path: Path) -> None:
    place = tmp_path / "ledger.sqlite"
    with open_ledger(place, wait=0.1) as ledger:
        write.save(ledger, reading("gone"), RUN)
        other = sqlite3.connect(place, isolation_level=None)
        other.execute("BEGIN")
        other.execute("SELECT count(*) FROM documents").fetchone()
        assert not write.forget(ledger, "gone.txt").bytes_gone
        assert read.documents(ledger) == []
        other.close()


def test_copies_that_the_database_made_while_sorting_go_too(tmp_path: Path) -> None:
    """Rows inserted in no order are moved between pages; the places they stood at before must not keep them."""
    chance = random.Random(3)
    places = [f"{'Geheim' if number % 3 == 0 else 'open'}-{number}-{'x' * chance.randrange(300)}" for number in range(240)]
    chance.shuffle(places)
    with open_ledger(tmp_path / "ledger.sqlite") as ledger:
        for path in places:
            write.save(ledger, reading(f"text of {path[-1]}{places.index(path)}", path=path), RUN)
        for path in places:
            if path.startswith("Geheim"):
                write.forget(ledger, path)
    assert b"Geheim" not in b"".join(path.read_bytes() for path in tmp_path.iterdir())
