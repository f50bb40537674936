"""Agreement of two coders."""

from dataclasses import replace

import pytest

from talaan.evaluation.agreement import NONE, agreement, cohen_kappa, krippendorff_alpha
from talaan.evaluation.gold import Filler, GoldClaim, GoldMention, Passage
from talaan.model.errors import UsageError

TEXT = "Peru bought tanks. Chile denied it."


def claim(kind: str, trigger: str, **roles: str) -> GoldClaim:
    at = TEXT.index(trigger)
    filled = {role: (Filler((GoldMention("x", 0, 1),), ref),) for role, ref in roles.items()}
    return GoldClaim(kind, GoldMention(trigger, at, at + len(trigger)), filled, {}, "asserted", False, (), False)


def passage(*claims: GoldClaim) -> Passage:
    return Passage("p", "en", "", TEXT, claims, "train")


def test_claims_are_aligned_by_their_trigger_and_what_one_has_alone_stands_against_none() -> None:
    one = passage(claim("transfer", "bought", supplier="country:USA"), claim("allegation", "denied"))
    two = passage(claim("transfer", "bought tanks", supplier="country:USA", recipient="country:PER"))
    agreed = agreement([one], [two])
    assert sorted(agreed.types) == [("allegation", NONE), ("transfer", "transfer")]
    assert agreed.fields["role supplier"] == [("country:USA", "country:USA")]
    assert agreed.fields["role recipient"] == [(NONE, "country:PER")]
    assert "role goods" not in agreed.fields


def test_of_two_claims_on_one_trigger_those_of_one_type_belong_together() -> None:
    both = passage(claim("transfer", "bought"), claim("position", "bought"))
    agreed = agreement([both], [passage(*reversed(both.claims))])
    assert sorted(agreed.types) == [("position", "position"), ("transfer", "transfer")]
    assert cohen_kappa(agreed.types) == 1


def test_coders_of_other_passages_or_other_texts_are_refused() -> None:
    with pytest.raises(UsageError, match="share no passage"):
        agreement([passage()], [replace(passage(), id="q")])
    with pytest.raises(UsageError, match="text of passage p differs"):
        agreement([passage()], [replace(passage(), text="Other.")])


def test_nothing_that_can_disagree_has_no_alpha() -> None:
    assert krippendorff_alpha([("a", "a"), ("a", "a")]) is None
    assert krippendorff_alpha([("a", "b"), ("b", "a")]) == pytest.approx(-0.5)
