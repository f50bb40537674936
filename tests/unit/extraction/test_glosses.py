"""Every claim there can be reads as a whole sentence in both languages."""

import re
import tomllib
from collections.abc import Iterator
from importlib.resources import files

import pytest

from talaan.extraction.glossing import LANGUAGES, MAIN_VALUE, gloss
from talaan.model.claim import Claim, Mention, Quote, Speaker
from talaan.model.quantity import Quantity
from talaan.model.vocabulary import Value, vocabulary

KINDS = vocabulary().types
WORDS = {"goods": "system:S-300", "organisation": "organisation:CSTO", "parties": "country:UKR"}
BROKEN = re.compile(r"[{}\[\]\0]|\s\s|\s[,.:]|\bNone\b|^[a-z]")


def claim(kind: str, values: dict[str, Value | None], modality: str, *, negated: bool = False, core_only: bool = False) -> Claim:
    roles = {}
    for role in KINDS[kind].core if core_only else KINDS[kind].roles:
        ref = WORDS.get(role, "country:KAZ")
        several = 2 if role in KINDS[kind].several else 1
        roles[role] = tuple(Mention(f"{role}{number}", 0, 1, ref, f"{role.title()}{number}") for number in range(several))
    speaker = None if core_only else Speaker("person:ana-cruz", "Ana Cruz")
    quantity = None if core_only else Quantity(88, "item", False, "88", 0, 2)
    return Claim("x", kind, values, modality, negated, False, "person", roles, Quote("q", 0, 1), speaker, "hand", 1.0, quantity=quantity)


def every_claim() -> Iterator[Claim]:
    for kind, row in KINDS.items():
        main = MAIN_VALUE.get(kind, "")
        for value in (*row.values.get(main, ()), None):
            for modality in vocabulary().modalities:
                for negated in (False, True):
                    for core_only in (False, True):
                        first: dict[str, Value | None] = {name: None if core_only else listed[0] for name, listed in row.values.items()}
                        if kind == "allegation":
                            first["offence"] = "corruption"
                        yield claim(kind, first | ({main: value} if main else {}), modality, negated=negated, core_only=core_only)


@pytest.mark.parametrize("code", LANGUAGES)
def test_every_type_value_modality_and_polarity_reads_whole(code: str) -> None:
    unknown = tomllib.loads(files("talaan.extraction").joinpath(f"glosses/{code}.toml").read_text(encoding="utf-8"))["unknown"]
    for one in every_claim():
        sentence = gloss(one)[code]
        assert not BROKEN.search(sentence), sentence
        assert sentence.endswith("."), sentence
        assert unknown not in sentence, sentence
        for role in KINDS[one.type].core:
            assert all(str(filler.name) in sentence for filler in one.roles[role]), (role, sentence)


def test_both_languages_have_entries_for_the_same_values() -> None:
    tables = [tomllib.loads(files("talaan.extraction").joinpath(f"glosses/{code}.toml").read_text(encoding="utf-8")) for code in LANGUAGES]
    first, second = (
        {name: sorted(table) for name, table in loaded.items() if isinstance(table, dict) and name != "persons"} for loaded in tables
    )
    assert first == second
    for kind, main in MAIN_VALUE.items():
        assert {str(value) for value in KINDS[kind].values[main]} <= set(first[kind]), kind


@pytest.mark.parametrize("code", LANGUAGES)
def test_polarity_modality_and_outcome_can_be_told_apart(code: str) -> None:
    for kind in KINDS:
        values: dict[str, Value | None] = {"offence": "corruption"} if kind == "allegation" else {}
        told = {
            gloss(claim(kind, values, word, negated=no))[code]
            for word in vocabulary().modalities
            if word != "denied"
            for no in (False, True)
        }
        assert len(told) == 8, told
    outcomes = KINDS["allegation"].values["adjudication"]
    told = {gloss(claim("allegation", {"offence": "fraud", "adjudication": outcome}, "asserted"))[code] for outcome in outcomes}
    assert len(told) == len(outcomes)


def test_known_sentences() -> None:
    lacks = gloss(claim("capability", {"ability": "repair", "has": False}, "asserted", core_only=True))
    assert lacks == {"en": "Holder0 cannot repair Goods0.", "fil": "Walang kakayahan ang Holder0 na magkumpuni ng Goods0."}
    delivered = gloss(claim("transfer", {"stage": "delivered"}, "asserted", core_only=True))
    assert delivered == {"en": "Supplier0 delivered Goods0 to Recipient0.", "fil": "Naghatid ang Supplier0 ng Goods0 sa Recipient0."}
    refused = gloss(claim("transfer", {"stage": "ordered"}, "planned", negated=True, core_only=True))
    assert refused["en"] == "Recipient0 will not order Goods0 from Supplier0."
