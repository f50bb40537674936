"""US offers and orders against notifications to Congress; all invented."""

from checking.invented import FakeEdition, document, money, row, transfer
from talaan.checking.check import CheckContext, check
from talaan.model.claim import Claim
from talaan.model.entry import Coverage
from talaan.model.verdict import Verdict

TANK = "category:tank"


def notices(*told: tuple[str, str | None, int | None]) -> FakeEdition:
    """Notices to Peru: goods, their class, year."""
    rows = [row("USA", "PER", name, kind, None, number=None) for name, kind, _ in told]
    edition = FakeEdition(*rows, coverage=Coverage(2008, 2025, suppliers=frozenset({"country:USA"})), register="dsca")
    edition.told = {one.id: {"year": year, "quantity": 16, "number": "10-11"} for one, (_, _, year) in zip(rows, told, strict=True)}
    return edition


def judge(one: Claim, edition: FakeEdition) -> Verdict | None:
    """The verdict of the notifications, None where they are silent."""
    return next((v for v in check(one, CheckContext(document(), FakeEdition(), beside=(edition,))) if v.register == "dsca"), None)


def test_an_offer_is_supported_and_an_order_only_in_part() -> None:
    edition = notices(("M1A1", "tank", 2010))
    offer = judge(transfer("USA", "PER", TANK, "offered", when="2010"), edition)
    assert offer and (offer.verdict, offer.rule) == ("supported", "transfer.dsca-notified") and "10-11, 2010" in offer.reason
    order = judge(transfer("USA", "PER", TANK, "ordered", when="2013"), edition)
    assert order and order.verdict == "partly_supported" and "no order" in order.reason
    late = judge(transfer("USA", "PER", TANK, "offered", when="2015"), edition)
    assert late and late.verdict == "out_of_scope"


def test_a_larger_number_than_notified_is_off() -> None:
    edition = notices(("M1A1", "tank", 2010))
    for number, verdict in ((12, "supported"), (16, "supported"), (30, "partly_supported")):
        found = judge(transfer("USA", "PER", TANK, "offered", when="2010", number=number), edition)
        assert found and found.verdict == verdict


def test_silent_on_others_and_on_deliveries() -> None:
    edition = notices(("M1A1", "tank", 2010))
    assert judge(transfer("CHL", "PER", TANK, "offered", when="2010"), edition) is None
    assert judge(transfer("USA", "PER", TANK, "delivered", when="2010"), edition) is None
    assert judge(transfer("USA", "PER", TANK, "ordered", when="2010", modality="planned"), edition) is None


def test_goods_that_the_edition_lacks_leave_it_open() -> None:
    found = judge(transfer("USA", "PER", TANK, "offered", when="2010"), notices(("(goods not stated)", None, 2010)))
    assert found and found.verdict == "register_uncertain"


def test_silence_tells_only_of_large_offers_in_years_covered() -> None:
    def verdict(stage: str, when: str, amount: float) -> str:
        found = judge(transfer("USA", "PER", TANK, stage, when=when, value=money(amount)), notices(("F-16", "combat-aircraft", 2010)))
        return found.verdict if found else ""

    assert verdict("offered", "2012", 5e8) == "not_found_in_scope"
    assert verdict("offered", "2012", 5e6) == "out_of_scope"
    assert verdict("ordered", "2012", 5e8) == "out_of_scope"
    assert verdict("offered", "1999", 5e8) == "out_of_scope"


def test_a_denied_offer() -> None:
    edition = notices(("M1A1", "tank", 2010))
    found = judge(transfer("USA", "PER", TANK, "offered", when="2010", negated=True), edition)
    assert found and found.verdict == "contradicted"
    open_time = judge(transfer("USA", "PER", TANK, "offered", negated=True), edition)
    assert open_time and open_time.verdict == "not_checkable"
