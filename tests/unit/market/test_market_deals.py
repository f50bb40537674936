"""Deals folded from rows, claims set beside them, candidates and news. Rows and claims are invented."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import date
from typing import cast

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from talaan.market.candidates import candidates
from talaan.market.deals import Question, deals
from talaan.market.folding import fold, windows_of
from talaan.market.news import news
from talaan.model.claim import Claim, Mention, Quote, Speaker
from talaan.model.deal import Deal, Said, candidates_json, deals_json, news_json
from talaan.model.difference import Difference
from talaan.model.entry import Coverage, Edition, Entry
from talaan.model.errors import UsageError
from talaan.model.quantity import Quantity
from talaan.model.verdict import Verdict
from talaan.model.when import When, parse_date

DAY = "2026-05-18"
EDITION = Edition("sipri", DAY, "T", "P", "per-deal", DAY, DAY, (), 0, (), (), Coverage(1950, 2025), "")
ROW = Entry(
    id="sipri:1", supplier="country:RUS", supplier_name="Russia", recipient="country:KAZ", recipient_name="Kazakhstan",
    designation="S-300PS", description="SAM system", category="air-defence-system", system="system:S-300", ordered=2013,
    ordered_uncertain=False, number_ordered=5, number_ordered_uncertain=False, number_delivered=5, number_delivered_uncertain=False,
    years=(2015,), status="New", comment=None, licensed=None, tiv_unit=1.0, tiv_ordered=5.0, tiv_delivered=5.0,
)  # fmt: skip
MISSILE = replace(ROW, id="sipri:2", designation="5V55U", category="surface-to-air-missile", number_ordered=200, number_delivered=200)
BMPT = replace(ROW, id="sipri:3", designation="BMPT Terminator", category="armoured-vehicle", system="system:BMPT Terminator", ordered=2010)
ATAKA = replace(
    BMPT, id="sipri:4", designation="9M120 Ataka", category="anti-tank-missile", system="system:Ataka", comment="For BMPT AFSV"
)  # fmt: skip


class FakeEdition:
    """An edition that is a list of rows."""

    def __init__(self, *rows: Entry, edition: Edition = EDITION) -> None:
        self.rows, self.edition = rows, edition

    def deals(
        self,
        *,
        suppliers: Collection[str] | None = None,
        recipients: Collection[str] | None = None,
        systems: Collection[str] | None = None,
        categories: Collection[str] | None = None,
    ) -> list[Entry]:
        sides = ((suppliers, "supplier"), (recipients, "recipient"), (systems, "system"), (categories, "category"))
        return [row for row in self.rows if all(given is None or getattr(row, name) in given for given, name in sides)]


def mention(name: str, ref: str) -> Mention:
    return Mention(name, 0, len(name), ref, name, ref.removeprefix("country:") if ref.startswith("country:") else None)


def said(claim_id: str, verdict: str, *entries: str, fields: dict[str, float | None] | None = None, **changes: object) -> Said:
    """A delivery of S-300 by Ukraine, said of 2011 unless changed."""
    given: dict[str, object] = {
        "id": claim_id, "type": "transfer", "values": {"stage": "delivered"}, "modality": "asserted", "negated": False, "optional": False,
        "reader": "llm", "quote": Quote("the quote", 0, 9), "speaker": Speaker(None, "Ann Example"), "extractor": "x", "confidence": 0.9,
        "roles": {
            "supplier": (mention("Ukraine", "country:UKR"),),
            "recipient": (mention("Kazakhstan", "country:KAZ"),),
            "goods": (mention("S-300", "system:S-300"),),
        },
        "verdicts": (Verdict("sipri", DAY, verdict, "because", "rule", entries, (), fields or {}),),
    }  # fmt: skip
    return Said(Claim(**(given | changes)), "sha256:1", "a.txt", None, parse_date("2011-05"))  # type: ignore[arg-type]


def listed(rows: Sequence[Entry], *claims: Said, question: Question | None = None) -> tuple[Deal, ...]:
    return deals(FakeEdition(*rows), claims, question or Question("KAZ")).deals


def test_missiles_of_one_family_and_parts_named_in_remarks_go_with_it() -> None:
    bmpt, s300 = fold([ROW, MISSILE, BMPT, ATAKA])
    assert (s300.goods, s300.number, s300.delivered, s300.parts) == ("S-300", 5, 5, ("sipri:2",))
    assert (bmpt.goods, bmpt.parts) == ("BMPT Terminator", ("sipri:4",))


def test_a_part_stays_alone_where_what_it_is_for_comes_from_somebody_else_or_another_time() -> None:
    assert len(fold([BMPT, replace(ATAKA, supplier="country:CHN", supplier_name="China")])) == 2
    assert len(fold([BMPT, replace(ATAKA, ordered=1999)])) == 2


def test_orders_far_apart_are_deals_of_their_own() -> None:
    found = fold([ROW, replace(ROW, id="sipri:9", ordered=1998, years=(2000,), number_ordered=None)])
    assert [(deal.window, deal.number) for deal in found] == [((1998, 1998), None), ((2013, 2013), 5)]


years_lists = st.lists(st.integers(1950, 2025), min_size=1, max_size=20)


@settings(max_examples=60, deadline=None)
@given(years_lists)
def test_windows_hold_every_year_once_and_stay_short(years: list[int]) -> None:
    found = windows_of(years)
    assert all(sum(first <= year <= last for first, last in found) == 1 for year in years)
    assert all(last - first <= 10 for first, last in found)


@settings(max_examples=40, deadline=None)
@given(st.permutations([ROW, MISSILE, BMPT, ATAKA, replace(ROW, id="sipri:9", ordered=1998)]))
def test_the_order_of_rows_changes_nothing(rows: list[Entry]) -> None:
    assert [(deal.goods, deal.window, set(deal.parts)) for deal in fold(rows)] == [
        ("BMPT Terminator", (2010, 2010), {"sipri:4"}),
        ("S-300", (1998, 1998), set()),
        ("S-300", (2013, 2013), {"sipri:2"}),
    ]


def test_a_claim_without_a_row_stands_beside_who_the_register_has() -> None:
    registered, claimed = listed([ROW], said("a", "not_found_in_scope"))
    assert (claimed.supplier, claimed.standing, claimed.window, claimed.elsewhere) == (
        "country:UKR",
        "claimed",
        None,
        ("Russia (2013)",),
    )
    assert (registered.supplier, registered.standing) == ("country:RUS", "registered")


def test_who_else_has_it_does_not_depend_on_the_question() -> None:
    (deal,) = listed([ROW], said("a", "not_found_in_scope"), question=Question("KAZ", "UKR", "S-300", (2010, 2012)))
    assert (deal.supplier, deal.elsewhere) == ("country:UKR", ("Russia (2013)",))


def test_a_row_of_another_supplier_behind_a_claim_is_told() -> None:
    (deal,) = listed([ROW], said("a", "register_uncertain", "sipri:1"))
    assert [(point.field, point.registered, point.claimed) for point in deal.differs] == [("supplier", "Russia", "Ukraine")]


def test_a_claim_on_a_row_says_what_agrees_and_what_differs() -> None:
    amount = Quantity(8, "item", False, "8", 0, 1)
    row = replace(ROW, supplier="country:UKR", supplier_name="Ukraine")
    (deal,) = listed([row], said("a", "partly_supported", "sipri:1", fields={"number": 0.3, "year": 1.0}, quantity=amount))
    assert deal.standing == "both"
    assert [(point.field, point.registered, point.claimed) for point in deal.differs] == [("number", "5 delivered of 5", "8")]
    assert [(point.field, point.registered, point.claimed) for point in deal.agreed] == [
        ("year", "ordered 2013 · delivered 2015", "by 2011")
    ]


def test_claims_that_differ_among_themselves_are_shown() -> None:
    one, two = (said(str(number), "not_found_in_scope", quantity=Quantity(number, "item", False, "", 0, 0)) for number in (4, 6))
    (deal,) = listed([], one, two)
    assert [(point.field, point.claimed, point.claim) for point in deal.differs] == [
        ("number delivered between claims", "4", "4"),
        ("number delivered between claims", "6", "6"),
    ]


def test_a_number_ordered_and_a_number_delivered_do_not_differ() -> None:
    one, two = (
        said(stage, "not_found_in_scope", values={"stage": stage}, quantity=Quantity(len(stage), "item", False, "", 0, 0))
        for stage in ("ordered", "delivered")
    )
    assert listed([], one, two)[0].differs == ()


def test_claims_that_state_no_year_share_a_line_whatever_their_date() -> None:
    late = replace(said("b", "not_found_in_scope"), published=parse_date("2024"))
    dated = said("c", "not_found_in_scope", when=parse_date("1998"))
    found = listed([], said("a", "not_found_in_scope"), late, dated)
    assert [(deal.window, [one.claim.id for one in deal.said]) for deal in found] == [((1998, 1998), ["c"]), (None, ["a", "b"])]


def test_a_denied_deal_that_is_listed_differs() -> None:
    row = replace(ROW, supplier="country:UKR", supplier_name="Ukraine")
    (deal,) = listed([row], said("a", "contradicted", "sipri:1", negated=True))
    assert [(point.field, point.registered, point.claimed) for point in deal.differs] == [("deal", "listed", "denied")]


@pytest.mark.parametrize(
    ("question", "goods"),
    [
        (Question("KAZ", period=(2012, 2014)), ["S-300"]),
        (Question(supplier="RUS"), ["BMPT Terminator", "S-300"]),
        (Question(system="S-300"), ["S-300", "S-300"]),
        (Question(supplier="Ukraine"), ["S-300"]),
        (Question("KAZ", "UKR", "BMPT Terminator"), []),
    ],
)
def test_the_question_filters_rows_and_claims(question: Question, goods: list[str]) -> None:
    assert [deal.goods for deal in listed([ROW, BMPT], said("a", "not_found_in_scope"), question=question)] == goods


def test_nothing_found_and_partial_coverage_are_told() -> None:
    partial = replace(EDITION, coverage=Coverage(1950, 2025, frozenset({"country:KAZ"}), statement="Kazakhstan only."))
    found = deals(FakeEdition(edition=partial), (), Question("POL"))
    assert found.deals == ()
    assert found.caveats[0] == "Neither the edition nor a saved claim has a deal to Poland."
    assert "Kazakhstan only." in found.caveats[1]
    with pytest.raises(UsageError, match="No market is named"):
        deals(FakeEdition(), (), Question())
    with pytest.raises(UsageError, match="Atlantis"):
        deals(FakeEdition(), (), Question("Atlantis"))


@pytest.mark.parametrize(
    ("claim", "mark"),
    [
        (said("a", "not_found_in_scope"), "new"),
        (said("a", "supported", "sipri:1", fields={"number": 1.0, "stage": 1.0}), "known"),
        (said("a", "partly_supported", "sipri:1", fields={"number": 0.3}), "changed number"),
        (said("a", "partly_supported", "sipri:1", fields={"number": 0.6}), "known"),
        (said("a", "partly_supported", "sipri:1", fields={"number": 0.6}, values={"stage": "ordered"}), "changed number"),
        (said("a", "supported", "sipri:1", fields={"stage": 0.5}), "new stage"),
        (said("a", "supported", "sipri:1", values={"stage": "cancelled"}), "new stage"),
    ],
)
def test_a_candidate_is_marked_by_its_verdict(claim: Said, mark: str) -> None:
    (row,) = candidates(EDITION, [claim]).candidates
    assert row.mark == mark
    assert bool(row.entries) is (mark != "new")


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"negated": True}, "denied"),
        ({"modality": "planned"}, "planned or possible only"),
        ({"values": {"stage": "offered"}}, "offered, negotiated or refused"),
        ({"roles": {"recipient": (mention("Kazakhstan", "country:KAZ"),)}}, "a party is not known"),
    ],
)
def test_what_is_no_candidate_is_counted_with_its_reason(changes: dict[str, object], reason: str) -> None:
    found = candidates(EDITION, [said("a", "not_found_in_scope", **changes)])  # type: ignore[arg-type]
    assert (found.candidates, found.left_out) == ((), ((reason, 1),))


def test_what_is_later_than_the_edition_is_a_new_candidate() -> None:
    late = said("a", "out_of_scope", when=parse_date("2026"))
    by_period = replace(late.claim, verdicts=(replace(late.claim.verdicts[0], rule="transfer.period"),))
    early = replace(by_period, when=parse_date("1940"))
    found = candidates(EDITION, [late, replace(late, claim=by_period), replace(late, claim=early)])
    assert ([row.mark for row in found.candidates], found.left_out) == (["new"], (("outside the register", 2),))


def test_a_candidate_has_the_years_of_its_stage_and_a_flag() -> None:
    when = When(date(2010, 1, 1), date(2011, 12, 31), "range")
    (row,) = candidates(EDITION, [said("a", "not_found_in_scope", when=when)], "KAZ").candidates
    assert (row.ordered, row.delivered, row.flag, row.number) == (None, (2010, 2011), True, None)
    assert candidates(EDITION, [said("a", "not_found_in_scope")], "POL").candidates == ()


def test_news_are_flipped_verdicts_and_new_deals_of_named_markets() -> None:
    elsewhere = replace(ROW, id="sipri:8", recipient="country:POL")
    change = Difference(replace(EDITION, id="2025-03-13"), EDITION, (ROW, elsewhere), (), (), 0, {})
    before = [said("a", "not_found_in_scope"), said("b", "supported")]
    after = [said("a", "supported", "sipri:1"), said("b", "supported")]
    found = news(change, before, after)
    assert [(flip.said.claim.id, flip.old.verdict, flip.new.verdict) for flip in found.flips] == [("a", "not_found_in_scope", "supported")]
    assert (found.added, found.markets, found.checked) == ((ROW,), ("country:KAZ",), 2)


def test_the_json_names_register_and_edition() -> None:
    claims = [said("a", "not_found_in_scope")]
    change = Difference(replace(EDITION, id="2025-03-13"), EDITION, (ROW,), (), (), 0, {})
    told = deals_json(deals(FakeEdition(ROW), claims, Question("KAZ")))
    for value in (told, candidates_json(candidates(EDITION, claims)), news_json(news(change, claims, claims))):
        assert value["register"] == "sipri"
        assert DAY in (value.get("edition"), value.get("new"))
    rows = cast("list[dict[str, object]]", told["rows"])
    assert [row["standing"] for row in rows] == ["registered", "claimed"]
