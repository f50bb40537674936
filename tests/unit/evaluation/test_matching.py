"""Predictions held against gold claims."""

from dataclasses import replace

import pytest

from talaan.evaluation.gold import Filler, GoldClaim, GoldMention, Passage
from talaan.evaluation.matching import match
from talaan.model.claim import Claim, Mention, Quote

TEXT = "Serbia sold parts for the F-35 to Chile."


def mention(words: str, ref: str, **more: str) -> Mention:
    at = TEXT.index(words)
    return Mention(words, at, at + len(words), ref, **more)


def filler(words: str, ref: str) -> tuple[Filler, ...]:
    at = TEXT.index(words)
    return (Filler((GoldMention(words, at, at + len(words)),), ref),)


GOLD = GoldClaim(
    type="transfer",
    trigger=GoldMention("sold", 7, 11),
    roles={
        "supplier": filler("Serbia", "country:SRB"),
        "recipient": filler("Chile", "country:CHL"),
        "goods": filler("parts for the F-35", "system:F-35"),
    },
    values={"stage": "delivered"},
    modality="asserted",
    negated=False,
    speaker=(),
    optional=False,
)
CLAIM = Claim(
    id="c",
    type="transfer",
    quote=Quote(TEXT, 0, len(TEXT)),
    roles={
        "supplier": (mention("Serbia", "country:SRB", country="SRB"),),
        "recipient": (mention("Chile", "country:CHL", country="CHL"),),
        "goods": (mention("F-35", "system:F-35"),),
    },
    values={"stage": "delivered"},
    modality="asserted",
    negated=False,
    optional=False,
    reader="llm",
    speaker=None,
    extractor="x",
    confidence=1.0,
)


def wrong(claim: Claim, gold: GoldClaim = GOLD) -> tuple[str, ...]:
    pairs, void = match([claim], [gold], Passage("p", "en", "", TEXT, (gold,), "train"))
    assert not void
    return pairs[0].comparison.wrong


def with_goods(ref: str, words: str) -> Claim:
    return replace(CLAIM, roles={**CLAIM.roles, "goods": (mention(words, ref),)})


def test_a_right_claim_has_no_fault_and_a_swap_has_two() -> None:
    assert wrong(CLAIM) == ()
    roles = {**CLAIM.roles, "supplier": CLAIM.roles["recipient"], "recipient": CLAIM.roles["supplier"]}
    pairs, _ = match([replace(CLAIM, roles=roles)], [GOLD], Passage("p", "en", "", TEXT, (GOLD,), "train"))
    assert pairs == []


@pytest.mark.parametrize(
    ("ref", "words", "faults"),
    [
        ("category:spare-parts", "parts for the F-35", ()),
        ("category:spare-parts", "Chile", ("goods",)),
        ("category:ammunition", "parts for the F-35", ("goods",)),
        ("system:F-16", "F-35", ("goods",)),
    ],
)
def test_parts_of_a_system_are_parts_or_the_system_where_the_same_words_name_both(ref: str, words: str, faults: tuple[str, ...]) -> None:
    assert wrong(with_goods(ref, words)) == faults
    parts = replace(GOLD, roles={**GOLD.roles, "goods": filler("parts for the F-35", "category:spare-parts")})
    assert wrong(with_goods("system:F-35", "F-35"), parts) == ()
