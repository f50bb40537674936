"""The verdicts that the reference article must get, by its claims and the real register."""

import json
from pathlib import Path

import pytest

from checking.invented import claim, document
from talaan.checking.check import CheckContext, check_claims
from talaan.model.claim import Claim
from talaan.model.entry import Entry
from talaan.model.verdict import Verdict
from talaan.registers import OpenEdition, add, open_edition

ROLES = {"party1": "parties", "party2": "parties"}

pytestmark = pytest.mark.shared


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("home")


@pytest.fixture
def edition(shared: Path, home: Path) -> OpenEdition:
    add(home, "sipri", [shared / "data/sipri_register/perdeal_1950-2025_exported_2026-05-18.csv.gz"])
    return open_edition(home)


@pytest.fixture
def claims(shared: Path) -> list[Claim]:
    lines = (shared / "seed/claims.jsonl").read_text(encoding="utf-8").splitlines()
    return [_claim(json.loads(line)) for line in lines if line.strip()]


def _claim(gold: dict[str, object]) -> Claim:
    """A gold claim as a reader would have made it, by its best answers."""
    roles: dict[str, list[str]] = {}
    for role, answers in gold["roles"].items():  # type: ignore[attr-defined]
        best = answers[0].removeprefix("text:")
        roles.setdefault(ROLES.get(role, role), []).append(best.removeprefix("country:"))
    closed = {name: values[0] for name, values in gold["closed"].items()}  # type: ignore[attr-defined]
    modality = gold["modality"][0]  # type: ignore[index]
    return claim(str(gold["type"]), id=str(gold["claim_id"]), modality=modality, **roles, **closed)  # type: ignore[arg-type]


def _judged(claims: list[Claim], edition: OpenEdition, published: str | None) -> tuple[dict[str, tuple[Verdict, ...]], dict[str, Entry]]:
    judged, entries = check_claims(claims, CheckContext(document(published), edition))
    return {one.id: one.verdicts for one in judged}, entries


def _of(claims: list[Claim], kind: str, **refs: str) -> list[str]:
    """Ids of the claims of a type whose roles hold these references."""
    return [
        one.id
        for one in claims
        if one.type == kind and all(any(filler.ref == ref for filler in one.roles.get(role, ())) for role, ref in refs.items())
    ]


def test_deliveries(claims: list[Claim], edition: OpenEdition) -> None:
    for published in (None, "2011-05"):
        verdicts, entries = _judged(claims, edition, published)
        (air_defence,) = _of(claims, "transfer", goods="system:S-300")
        verdict = verdicts[air_defence][0]
        assert verdict.verdict == "not_found_in_scope"
        named = [(entries[key].supplier, entries[key].designation) for key in verdict.nearest]
        assert ("country:RUS", "S-300PS") in named
        assert ("country:RUS", "S-300P") in named
        (carriers,) = _of(claims, "transfer", goods="category:armoured-personnel-carrier")
        verdict = verdicts[carriers][0]
        assert verdict.verdict in ("supported", "partly_supported")
        (entry,) = (entries[key] for key in verdict.entries)
        assert (entry.designation, entry.number_ordered, entry.ordered) == ("BTR-3", 2, 2005)
        assert all(verdicts[one][0].verdict == "out_of_scope" for one in _of(claims, "service") + _of(claims, "capability"))


def test_rivals_to_come(claims: list[Claim], edition: OpenEdition) -> None:
    forecasts = [one for one in claims if one.type == "competition" and one.modality == "possible"]
    verdicts, entries = _judged(claims, edition, "2011-05")
    got = {one.roles["competitor"][0].ref: verdicts[one.id][0] for one in forecasts}
    words = {ref: verdict.verdict for ref, verdict in got.items()}
    assert words == {"country:RUS": "came_true", "country:ZAF": "came_true", "country:ISR": "partly_came_true"}
    licences = [(entries[key].designation, entries[key].ordered) for key in got["country:ZAF"].entries]
    assert sorted(licences) == [("Marauder", 2013), ("Marauder", 2018)]
    assert [entries[key].designation for key in got["country:ISR"].entries] == ["SandCat"]
    undated, _ = _judged(claims, edition, None)
    assert {undated[one.id][0].verdict for one in forecasts} == {"needs_human"}


def test_rivals_now(claims: list[Claim], edition: OpenEdition) -> None:
    verdicts, _ = _judged(claims, edition, "2011-05")
    for now in (one for one in claims if one.type == "competition" and one.modality == "asserted"):
        assert verdicts[now.id][0].verdict in ("supported", "partly_supported", "not_checkable")


def test_membership_by_the_reference_table(claims: list[Claim], edition: OpenEdition) -> None:
    for published in (None, "2011-05"):
        verdicts, _ = _judged(claims, edition, published)
        for one in _of(claims, "membership", organisation="organisation:CSTO"):
            table = verdicts[one][0]
            assert (table.register, table.verdict) == ("reference:memberships", "supported")


def test_the_bundled_excerpt_gives_the_same(claims: list[Claim], edition: OpenEdition, tmp_path: Path) -> None:
    bundled = open_edition(tmp_path)
    assert bundled.edition.bundled
    ids = [one.id for one in claims if one.type in ("transfer", "competition")]
    ours, theirs = (_judged(claims, one, "2011-05")[0] for one in (edition, bundled))
    assert [ours[one][0].verdict for one in ids] == [theirs[one][0].verdict for one in ids]
