"""Two readers side by side: claims that agree, that differ in something, that stand alone."""

from dataclasses import replace

from talaan.extraction.agreement import mark_agreement
from talaan.extraction.analysis import analyse
from talaan.extraction.claims import make_claims
from talaan.model.claim import Claim, Draft, ReaderName, review_order
from talaan.model.document import Document

TEXT = "Ukraine has delivered 88 BTR-4 to Iraq. Poland repaired T-72 tanks for Slovakia in 2013. Kazakhstan bought two radars from Spain."
FIRST, SECOND, THIRD = (f"{words.strip('.')}." for words in TEXT.split(". "))


def stated(kind: str, quote: str, roles: dict[str, tuple[str, ...]], **values: str) -> Draft:
    return Draft(kind, quote, roles, values, "asserted", False, None, False)


TRANSFER = stated("transfer", FIRST, {"supplier": ("Ukraine",), "recipient": ("Iraq",), "goods": ("BTR-4",)}, stage="delivered")
SERVICE = stated("service", SECOND, {"provider": ("Poland",), "client": ("Slovakia",), "goods": ("T-72",)}, service="repair")


def read(reader: ReaderName, *drafts: Draft) -> list[Claim]:
    document = Document(TEXT, "a.txt", "", "text/plain", language="en")
    return list(make_claims(document, analyse(TEXT, "en"), drafts, reader=reader, extractor="").claims)


def status(one: Draft, other: Draft) -> tuple[str, tuple[str, ...]]:
    marked = mark_agreement([*read("builtin", one), *read("llm", other)])
    found = {(claim.agreement.status, claim.agreement.differs_in) for claim in marked if claim.agreement}
    assert len(found) == 1
    return found.pop()


def test_the_same_statement_agrees_and_names_its_partner() -> None:
    marked = mark_agreement([*read("builtin", TRANSFER), *read("llm", replace(TRANSFER, quote="Ukraine has delivered 88 BTR-4"))])
    assert [claim.agreement.status for claim in marked if claim.agreement] == ["agree", "agree"]
    assert [claim.agreement.other for claim in marked if claim.agreement] == [marked[1].id, marked[0].id]


def test_what_differs_is_named() -> None:
    roles = dict(TRANSFER.roles)
    assert status(TRANSFER, replace(TRANSFER, roles={**roles, "supplier": ("Poland",)})) == ("differs", ("supplier",))
    assert status(TRANSFER, replace(TRANSFER, roles={**roles, "goods": ("radars",)})) == ("differs", ("goods",))
    assert status(TRANSFER, replace(TRANSFER, values={"stage": "ordered"})) == ("differs", ("stage",))
    assert status(TRANSFER, replace(TRANSFER, modality="denied")) == ("differs", ("modality",))
    assert status(TRANSFER, replace(TRANSFER, negated=True)) == ("differs", ("negated",))
    del roles["recipient"]
    assert status(TRANSFER, replace(TRANSFER, roles=roles)) == ("differs", ("recipient",))
    swapped = {"supplier": ("Iraq",), "recipient": ("Ukraine",), "goods": ("BTR-4",)}
    assert status(TRANSFER, replace(TRANSFER, roles=swapped)) == ("differs", ("supplier", "recipient"))


def test_a_detail_that_one_reader_leaves_out_is_no_difference() -> None:
    assert status(TRANSFER, replace(TRANSFER, roles={**TRANSFER.roles, "quantity": ("88",)}, values={})) == ("agree", ())


def test_other_statements_stand_alone() -> None:
    assert status(TRANSFER, SERVICE) == ("alone", ())
    other = replace(TRANSFER, quote=THIRD, roles={"supplier": ("Spain",), "recipient": ("Kazakhstan",), "goods": ("radars",)})
    assert status(TRANSFER, other) == ("alone", ())


def test_each_claim_has_one_partner_the_most_alike() -> None:
    worse = replace(TRANSFER, roles={**TRANSFER.roles, "recipient": ("Slovakia",)})
    marked = mark_agreement([*read("builtin", TRANSFER), *read("llm", worse, TRANSFER)])
    assert sorted(claim.agreement.status for claim in marked if claim.agreement) == ["agree", "agree", "alone"]


def test_differences_come_first_to_whoever_reviews() -> None:
    other = replace(SERVICE, values={"service": "overhaul"})
    marked = mark_agreement([*read("builtin", TRANSFER, SERVICE), *read("llm", TRANSFER, other)])
    assert [claim.type for claim in review_order(marked)] == ["service", "service", "transfer", "transfer"]
