"""Rulings on services, abilities, projects, dependence, opinions, memberships and restrictions (3, 7 to 10, 12). Cases are invented."""

from dataclasses import replace

import pytest

from checking.invented import FakeEdition, claim, document, judge, row, transfer
from talaan.checking.check import CheckContext, check, check_claims
from talaan.checking.rules import RULES
from talaan.model.claim import Claim
from talaan.model.errors import UsageError
from talaan.model.verdict import Verdict
from talaan.model.vocabulary import vocabulary
from talaan.reference.tables import Membership, Restriction, tables

TANK = "category:tank"
ALLIANCE = "organisation:NATO"


def test_every_type_has_rules_and_an_unknown_one_is_refused() -> None:
    assert set(RULES) == set(vocabulary().types)
    with pytest.raises(UsageError, match="no rules"):
        judge(replace(transfer("CHL", "PER", TANK), type="prophecy"))


def test_ruling_3_a_service_is_out_of_scope_and_related_rows_are_shown() -> None:
    engine = row("CHL", "PER", "Diesel", "engine", 2009, comment="For tanks")
    verdict = judge(claim("service", provider="CHL", client="PER", goods=TANK, service="overhaul"), engine)
    assert (verdict.verdict, verdict.nearest) == ("out_of_scope", (engine.id,))
    assert "overhaul" in verdict.reason


@pytest.mark.parametrize("kind", ["position", "allegation", "competitiveness", "cooperation", "organisation_relation"])
def test_ruling_7_opinions_are_not_checkable(kind: str) -> None:
    assert judge(claim(kind)).verdict == "not_checkable"


def test_ruling_8_offices_are_out_of_scope() -> None:
    assert judge(claim("office", person="person:x", post="minister")).verdict == "out_of_scope"


def test_ruling_9_makes_is_supported_by_exports_of_new_ones() -> None:
    makes = claim("capability", holder="CHL", goods=TANK, ability="produce", has=True)
    new, old = row("CHL", "PER", "X", "tank", 2009), row("CHL", "PER", "X", "tank", 2009, status="Second hand")
    assert judge(makes, new).verdict == "supported"
    assert judge(makes, old).verdict == "out_of_scope"
    repairs = claim("capability", holder="CHL", goods=TANK, ability="overhaul", has=False)
    assert judge(repairs, new).verdict == "out_of_scope"
    plant = replace(makes, roles={**makes.roles, "holder": (replace(makes.roles["holder"][0], ref="organisation:famae"),)})
    assert judge(plant, new).verdict == "out_of_scope", "a named plant can be neither confirmed nor refuted"


def test_ruling_9_only_one_falls_with_a_counter_example_and_is_never_proven() -> None:
    only = claim("capability", holder="CHL", goods="system:S-300", ability="produce", has=True, exclusive=True)
    own = row("CHL", "PER", "S-300", "air-defence-system", 2009, system="system:S-300")
    assert judge(only, own).verdict == "out_of_scope"
    other = row("BRA", "ARG", "S-300", "air-defence-system", 2009, system="system:S-300")
    verdict = judge(only, own, other)
    assert (verdict.verdict, verdict.entries) == ("contradicted", (other.id,))


def test_ruling_10_joint_projects() -> None:
    project = claim("joint_project", parties=["CHL", "PER"], goods="category:armoured-vehicle")
    licensed = row("PER", "CHL", "X", "armoured-vehicle", 2009, comment="Produced under licence in Chile")
    assert judge(project, licensed).verdict == "supported"
    assert judge(project, row("CHL", "PER", "X", "armoured-vehicle", 2009)).verdict == "out_of_scope"
    to_come = replace(project, modality="possible")
    assert judge(to_come, licensed, published="2005").verdict == "came_true"
    assert judge(to_come, licensed, published="2015").verdict == "out_of_scope"


def test_ruling_12_dependence_by_shares_of_supply() -> None:
    depends = claim("dependency", dependent="PER", provider="CHL")
    rows = [row("CHL", "PER", "X", "tank", 2009, tiv_delivered=90.0), row("BRA", "PER", "Y", "tank", 2009)]
    verdict = judge(depends, *rows, published="2012")
    assert (verdict.verdict, "90%" in verdict.reason) == ("supported", True)
    assert judge(depends, replace(rows[0], tiv_delivered=3.0), rows[1], published="2012").verdict == "partly_supported"
    service = claim("capability", holder="CHL", goods=TANK, ability="overhaul", has=True)
    assert judge(depends, *rows, published="2012", others=(service,)).verdict == "out_of_scope", "the document speaks of overhaul"
    need = replace(depends, roles={**depends.roles, "need": claim("dependency", need="to keep them running").roles["need"]})
    assert judge(need, *rows, published="2012").verdict == "out_of_scope"


LIST = [
    Membership("NATO", "CHL", "full", "2004-03-29", "2015-06-01", "a page", "2020"),
    Membership("NATO", "PER", "observer", "2010", "", "unsourced", ""),
    Membership("NATO", "BOL", "full", "1990", "1999-12", "a page", "2021"),
    Membership("NATO", "BOL", "left", "2000", "", "a page", "2021"),
    Membership("NATO", "BRA", "leading", "1990", "", "a page", "2021"),
]
MEASURES = [
    Restriction("country:BRA", "country:PER", "embargo", "", "2001", "2008", "Act 7", "a page", "2022"),
    Restriction("country:CHL", "country:PER", "sanction", "", "2001", "", "Act 8", "a page", "2021"),
]


def by_table(one: Claim, published: str | None = None) -> Verdict:
    known = replace(tables(), memberships=LIST, restrictions=MEASURES)
    first, register = check(one, CheckContext(document(published), FakeEdition(), tables=known))
    assert register.verdict == "out_of_scope"
    return first


def member(code: str, **more: object) -> Claim:
    return claim("membership", member=code, organisation=ALLIANCE, **more)  # type: ignore[arg-type]


def test_ruling_8_membership_by_the_dated_table() -> None:
    verdict = by_table(member("CHL"), "2010")
    assert (verdict.verdict, verdict.register, verdict.edition) == ("supported", "reference:memberships", "2020")
    assert by_table(member("BRA", standing="leading")).verdict == "supported"
    assert by_table(member("CHL", standing="leading"), "2010").verdict == "partly_supported"
    assert by_table(member("CHL"), "2019").verdict == "contradicted"
    assert by_table(member("CHL", standing="left"), "2019").verdict == "supported"
    assert by_table(member("PER"), "2019").verdict == "partly_supported"
    assert "names no source" in by_table(member("PER"), "2019").reason
    assert by_table(member("BOL"), "2019").verdict == "contradicted", "whoever left is no member"
    assert by_table(member("ARG"), "2019").verdict == "not_found_in_scope"


def test_membership_denied_and_to_come() -> None:
    assert by_table(member("CHL", negated=True), "2010").verdict == "contradicted"
    assert by_table(member("ARG", negated=True), "2010").verdict == "supported"
    assert by_table(member("CHL", modality="possible"), "2001").verdict == "came_true"
    assert by_table(member("PER", modality="planned"), "2001").verdict == "partly_came_true"
    assert by_table(member("ARG", modality="planned"), "2001").verdict == "did_not_come_true"
    assert by_table(member("ARG", modality="planned"), "2020").verdict == "not_checkable"
    assert by_table(member("ARG", modality="planned")).verdict == "needs_human"


def test_a_person_or_an_unlisted_body_gets_the_registers_verdict_only() -> None:
    party = claim("membership", member="person:x", organisation="organisation:party-of-regions")
    assert [one.verdict for one in check(party, CheckContext(document(), FakeEdition()))] == ["out_of_scope"]


def ban(imposer: str = "BRA", **more: object) -> Claim:
    return claim("restriction", imposer=imposer, target="PER", **({"kind": "embargo", "event": "imposed"} | more))  # type: ignore[arg-type]


def test_ruling_8_restrictions_by_imposer_target_and_years() -> None:
    verdict = by_table(ban(), "2005")
    assert (verdict.verdict, verdict.register, verdict.edition) == ("supported", "reference:restrictions", "2022")
    assert "Act 7" in verdict.reason
    assert by_table(ban(), "2015").verdict == "not_found_in_scope"
    assert by_table(ban(event="lifted"), "2009").verdict == "supported"
    assert by_table(ban(event="lifted"), "2015").verdict == "partly_supported"
    assert by_table(ban("CHL"), "2005").verdict == "not_checkable", "trade in general confirms no arms ban"
    assert by_table(ban("CHL", kind="sanction"), "2005").verdict == "supported"
    assert by_table(ban("ARG"), "2005").verdict == "not_found_in_scope"


def test_ruling_8_proposals_and_denials_are_not_confirmed_by_silence() -> None:
    assert by_table(ban("ARG", event="proposed"), "2005").verdict == "not_checkable"
    assert by_table(ban("ARG", negated=True), "2005").verdict == "not_checkable"
    assert by_table(ban(negated=True), "2005").verdict == "contradicted"
    assert by_table(ban(modality="possible"), "1999").verdict == "came_true"


def test_check_claims_hands_over_every_entry_named() -> None:
    own, other = row("CHL", "PER", "X", "tank", 2009), row("BRA", "PER", "Y", "tank", 2009)
    claims, entries = check_claims([transfer("CHL", "PER", TANK)], CheckContext(document(), FakeEdition(own, other)))
    (verdict,) = claims[0].verdicts
    assert verdict.entries == (own.id,)
    assert verdict.nearest == (other.id,)
    assert set(entries) == {own.id, other.id}
