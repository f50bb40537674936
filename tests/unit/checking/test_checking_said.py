"""Claims against the claims of other documents in a ledger; documents and deals are invented."""

from dataclasses import replace
from pathlib import Path

import pytest

from checking.invented import claim, document, transfer
from talaan.checking.said import Statement, said_elsewhere, same_statement
from talaan.ledger import Ledger, open_ledger
from talaan.ledger.runs import Run
from talaan.ledger.write import save
from talaan.model.claim import Claim, Speaker
from talaan.model.contract import Reading
from talaan.model.document import Document
from talaan.model.when import parse_date
from talaan.reference.tables import tables

TANK, VEHICLE, CARRIER = "category:tank", "category:armoured-vehicle", "category:armoured-personnel-carrier"
RUN = Run("talaan test", "llm", "a", "b", "2026-01-01")


def same(one: Claim, other: Claim, first: str | None = "2010", second: str | None = "2010") -> bool:
    dated = (Statement(said, parse_date(day) if day else None) for said, day in ((one, first), (other, second)))
    return same_statement(*dated, tables())


def test_parties_goods_and_years_make_one_thing() -> None:
    one = transfer("CHL", "PER", TANK)
    assert same(one, transfer("CHL", "PER", TANK, "ordered"))
    assert same(one, transfer("CHL", "PER", VEHICLE)) and same(transfer("CHL", "PER", VEHICLE), one)
    assert not same(one, transfer("CHL", "PER", CARRIER))
    assert not same(one, transfer("PER", "CHL", TANK)) and not same(one, transfer("CHL", "BOL", TANK))
    assert not same(one, transfer("CHL", "PER", TANK, when="1985")) and same(one, transfer("CHL", "PER", TANK, when="2012"))
    assert not same(one, transfer("CHL", "PER", TANK, modality="planned"))


def test_families_are_told_apart_and_former_states_are_not() -> None:
    assert not same(transfer("RUS", "KAZ", "system:S-300"), transfer("RUS", "KAZ", "system:S-400"))
    assert same(transfer("RUS", "KAZ", "system:S-300"), transfer("SUHH", "KAZ", "category:air-defence-system"), None, None)


def test_a_party_nobody_can_place_is_the_same_as_none() -> None:
    assert not same(transfer("CHL", "PER", TANK), transfer("the dealer", "PER", TANK))


def test_offences_must_be_the_same() -> None:
    one = claim("allegation", accused="CHL", offence="corruption", adjudication="alleged")
    assert same(one, replace(one, values={"offence": "corruption", "adjudication": "denied"}))
    assert not same(one, replace(one, values={"offence": "fraud", "adjudication": "alleged"}))


@pytest.fixture
def ledger(tmp_path: Path) -> Ledger:
    return open_ledger(tmp_path / "ledger.sqlite")


def put(ledger: Ledger, text: str, one: Claim, published: str) -> Document:
    held = Document(text, f"{text}.txt", "", "text/plain", language="en", published=parse_date(published))
    save(ledger, Reading(held, (), (replace(one, id=f"claim-{text}"),), {}), RUN)
    return held


def test_who_else_said_so_and_who_denied_it(ledger: Ledger) -> None:
    minister = Speaker(None, "A Minister")
    put(ledger, "first", replace(transfer("CHL", "PER", TANK), speaker=minister), "2010-05")
    put(ledger, "second", transfer("CHL", "PER", TANK, negated=True), "2011")
    put(ledger, "third", transfer("CHL", "BOL", TANK), "2011")
    mine = put(ledger, "mine", transfer("CHL", "PER", TANK), "2011")
    (found,) = said_elsewhere([transfer("CHL", "PER", TANK)], mine, ledger)
    assert [(said.claim, said.agrees, said.speaker, said.date) for said in found.said_elsewhere] == [
        ("claim-first", True, "A Minister", "2010-05"),
        ("claim-second", False, None, "2011"),
    ]


def test_refused_stands_against_delivered(ledger: Ledger) -> None:
    put(ledger, "first", transfer("CHL", "PER", TANK, "refused"), "2010")
    (found,) = said_elsewhere([transfer("CHL", "PER", TANK)], document("2010"), ledger)
    assert [said.agrees for said in found.said_elsewhere] == [False]


def test_types_without_such_roles_have_nothing_beside_them(ledger: Ledger) -> None:
    one = claim("position", holder="CHL", on="PER", stance="supports")
    put(ledger, "first", one, "2010")
    assert said_elsewhere([one], document("2010"), ledger)[0].said_elsewhere == ()
