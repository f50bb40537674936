"""Reading back: equal objects, and searches that find what they should and no more."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings

from ledger.ledger_readings import RUN, claim, lead, mention, reading, stored_readings
from talaan.ledger import Ledger, open_ledger, read, write
from talaan.ledger.read import ClaimFilter
from talaan.model.claim import Quote, Speaker
from talaan.model.contract import Reading
from talaan.model.errors import LedgerError
from talaan.model.verdict import Verdict
from talaan.model.when import parse_date


@pytest.fixture(scope="module")
def shared_ledger(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ledger]:
    with open_ledger(tmp_path_factory.mktemp("round") / "ledger.sqlite") as opened:
        yield opened


counter = iter(range(10**9))


@settings(max_examples=60, deadline=None)
@given(stored_readings)
def test_what_is_saved_is_read_back_equal(shared_ledger: Ledger, made: Reading) -> None:
    write.save(shared_ledger, made, replace(RUN, time=str(number := next(counter)), program=f"talaan {number}"))
    for told in made.claims:
        assert read.claim(shared_ledger, told.id) == told
    assert [row.claim for row in read.claims(shared_ledger, ClaimFilter(document=made.document.id))] == list(made.claims)
    assert read.leads(shared_ledger, made.document.id) == list(made.leads)
    assert read.document(shared_ledger, made.document.id) == made.document


ARTICLE = "Kyiv and Pretoria"
OTHER = "Élysée"


@pytest.fixture
def filled(ledger: Ledger) -> Ledger:
    firm = mention("Ukrspetsexport", "organisation:ukrspetsexport", "UKR")
    absent = Verdict("sipri", "2026-05-18", "not_found_in_scope", "", "")
    first = (
        claim("delivery"),
        claim("firm", roles={"supplier": (firm,)}, speaker=None, verdicts=(absent,), gloss={}),
        claim(
            "rival", type="competition", roles={}, quote=Quote("Südafrika wird 100% zum Rivalen", 3, 9), verdicts=(), gloss={}, reader="llm"
        ),
    )
    write.save(ledger, reading(ARTICLE, *first, language="en", published=parse_date("2011-05")), RUN)
    member = claim(
        "member", type="membership", roles={"member": (mention("Russia", "country:RUS", "RUS"),)}, speaker=Speaker(None, "Иванов")
    )
    write.save(ledger, reading(OTHER, replace(member, gloss={}, verdicts=()), language="fr"), RUN)
    return ledger


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        (ClaimFilter(), ["delivery", "firm", "rival", "member"]),
        (ClaimFilter(types=("membership", "competition")), ["rival", "member"]),
        (ClaimFilter(actor="country:UKR"), ["delivery", "firm"]),
        (ClaimFilter(actor="KAZ"), ["delivery"]),
        (ClaimFilter(actor="organisation:ukrspetsexport"), ["firm"]),
        (ClaimFilter(system="S-300"), ["delivery"]),
        (ClaimFilter(system="system:S-300"), ["delivery"]),
        (ClaimFilter(system="S-30"), []),
        (ClaimFilter(speaker="example"), ["delivery", "rival"]),
        (ClaimFilter(speaker="ИВАН"), ["member"]),
        (ClaimFilter(language="fr"), ["member"]),
        (ClaimFilter(first=date(2011, 5, 31)), ["delivery", "firm", "rival"]),
        (ClaimFilter(first=date(2011, 6, 1)), []),
        (ClaimFilter(last=date(2011, 5, 1)), ["delivery", "firm", "rival"]),
        (ClaimFilter(last=date(2011, 4, 30)), []),
        (ClaimFilter(verdict="supported"), ["delivery"]),
        (ClaimFilter(verdict="not_found_in_scope"), ["firm"]),
        (ClaimFilter(reader="llm"), ["rival"]),
        (ClaimFilter(text="SUDAFRIKA"), ["rival"]),
        (ClaimFilter(text="100%"), ["rival"]),
        (ClaimFilter(text="0_"), []),
        (ClaimFilter(text="to kazakhstan"), ["delivery"]),
        (ClaimFilter(document=reading(OTHER).document.id), ["member"]),
        (ClaimFilter(types=("transfer",), actor="UKR", verdict="supported", language="en"), ["delivery"]),
        (ClaimFilter(limit=2), ["delivery", "firm"]),
        (ClaimFilter(text="'; DROP TABLE claims; --"), []),
    ],
)
def test_filters(filled: Ledger, filters: ClaimFilter, expected: list[str]) -> None:
    assert [row.claim.id for row in read.claims(filled, filters)] == expected


def test_a_row_tells_document_and_run(filled: Ledger) -> None:
    row = read.claims(filled, ClaimFilter(actor="RUS"))[0]
    assert (row.document.path, row.document.language, row.document.run, row.document.claims) == ("Élysée.txt", "fr", RUN, 1)
    assert (row.document.published, row.document.characters, row.judgement) == (None, 6, None)


def test_documents_are_listed_once_as_last_read(filled: Ledger) -> None:
    write.save(filled, reading(ARTICLE, leads=(lead("l"),), language="de"), replace(RUN, reader="builtin 4"))
    assert [(row.path, row.language, row.claims, row.leads) for row in read.documents(filled)] == [
        ("Élysée.txt", "fr", 1, 0),
        ("Kyiv and.txt", "de", 0, 1),
    ]


def test_more_documents_than_one_question_can_name(tmp_path: Path) -> None:
    with open_ledger(tmp_path / "ledger.sqlite") as ledger:
        for number in range(450):
            write.save(ledger, reading(f"{number}", claim(f"c{number}")), RUN)
        rows = read.claims(ledger)
    assert [row.claim.id for row in rows] == [f"c{number}" for number in range(450)]
    assert all(row.document.path == f"{row.claim.id[1:]}.txt" for row in rows)


def test_what_is_not_there_is_told(ledger: Ledger) -> None:
    with pytest.raises(LedgerError, match="no claim 'a'"):
        read.claim(ledger, "a")
    with pytest.raises(LedgerError, match="no document"):
        read.document(ledger, "sha256:0")
    assert read.leads(ledger, "sha256:0") == []
