"""The corpus in the repository: it loads, its split is pinned, and its references are well formed and spelled as in the tables."""

import csv
import hashlib
import math
import re
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

import pytest

from talaan.evaluation.gold import SPLITS, Filler, Passage, load_passages, passage_faults, well_formed
from talaan.evaluation.wording import letters
from talaan.reference.tables import tables

CORPUS = Path(__file__).parents[3] / "corpus"
SPLIT_SHA256 = "363a9928666cdea14ed2eb5748171b37a083a5fc098d240e9ed9ca58a6b77956"
PASSAGES, LANGUAGES = 1092, 27
SECOND_WAVE = {"w1": 169, "w2": 141, "w3": 141, "w4": 166, "w5": 151, "w6": 151}  # the first number of each series
SLUG = re.compile(r"[A-Za-z0-9]+(-[A-Za-z0-9]+)*")


@lru_cache(maxsize=1)
def passages() -> tuple[Passage, ...]:
    return tuple(load_passages(CORPUS))


def named() -> Iterator[tuple[Passage, str, Filler]]:
    """Every filler with a reference, with its role (`speaker` for those)."""
    for passage in passages():
        for claim in passage.claims:
            for role, fillers in [*claim.roles.items(), ("speaker", claim.speaker)]:
                yield from ((passage, role, filler) for filler in fillers if filler.ref is not None)


def split_rows() -> list[dict[str, str]]:
    with (CORPUS / "split.csv").open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def test_all_passages_load_and_have_no_fault() -> None:
    assert len(passages()) == PASSAGES
    assert len({passage.language for passage in passages()}) == LANGUAGES
    assert not [fault for passage in passages() for fault in passage_faults(passage)]


def test_each_file_holds_its_language_and_each_id_once() -> None:
    keys = [(passage.language, passage.id) for passage in passages()]
    assert len(set(keys)) == len(keys)
    for path in CORPUS.glob("*.jsonl"):
        assert {passage.language for passage in load_passages(path)} == {path.stem}


def test_split_is_pinned_to_ids_and_texts() -> None:
    assert hashlib.sha256((CORPUS / "split.csv").read_bytes()).hexdigest() == SPLIT_SHA256
    expected = {(row["language"], row["id"]): (row["split"], row["sha256"]) for row in split_rows()}
    found = {(passage.language, passage.id): (passage.split, hashlib.sha256(passage.text.encode()).hexdigest()) for passage in passages()}
    assert found == expected


def test_split_follows_its_rule_in_every_language() -> None:
    waves: dict[str, tuple[list[str], list[str]]] = {}
    split = {(row["language"], row["id"]): row["split"] for row in split_rows()}
    for language, name in split:
        series, _, number = name.partition("-")
        waves.setdefault(language, ([], []))[int(number) >= SECOND_WAVE.get(series, 1000)].append(name)
    for language, (first, second) in waves.items():
        for names in (first, second):
            names.sort(key=lambda name: hashlib.sha256(name.encode()).hexdigest())
        test, dev = math.ceil(len(first) * 36 / 100), math.ceil(len(first) * 14 / 100)
        more = max(0, math.ceil((len(first) + len(second)) / 3) - test)
        rule = ["test"] * test + ["dev"] * dev + ["train"] * (len(first) - test - dev) + ["test"] * more + ["train"] * (len(second) - more)
        assert [split[language, name] for name in [*first, *second]] == rule, language


def test_parts_are_disjoint_and_at_least_a_third_is_test() -> None:
    parts = {part: {(passage.language, passage.id) for passage in load_passages(CORPUS, part)} for part in SPLITS}  # type: ignore[arg-type]
    assert sum(len(part) for part in parts.values()) == len(set.union(*parts.values())) == PASSAGES
    for language in {language for language, _ in parts["test"]}:
        share = [sum(key[0] == language for key in part) for part in parts.values()]
        assert 3 * sum(key[0] == language for key in parts["test"]) >= sum(share)


def test_references_are_well_formed_and_countries_and_classes_are_in_the_tables() -> None:
    wrong = [(passage.language, passage.id, filler.ref) for passage, _, filler in named() if not well_formed(filler.ref or "")]
    slugs = [filler.ref for _, _, filler in named() if str(filler.ref).startswith(("organisation:", "group:", "person:"))]
    assert not wrong
    assert not sorted({str(ref) for ref in slugs if not SLUG.fullmatch(str(ref).partition(":")[2])})


def test_a_new_country_or_class_is_noticed() -> None:
    assert not well_formed("country:ZZZ")
    assert not well_formed("category:death-ray")
    assert not well_formed("text:someone")


@pytest.mark.parametrize(
    ("role", "kinds"),
    [
        ("goods", {"system", "category"}),
        ("person", {"person"}),
        ("market", {"country"}),
        ("recipient", {"country", "organisation", "group", "person"}),
    ],
)
def test_references_fit_their_roles(role: str, kinds: set[str]) -> None:
    found = {str(filler.ref).partition(":")[0] for _, own, filler in named() if own == role}
    assert found and found <= kinds


def test_most_parties_and_goods_carry_a_reference() -> None:
    for role in ("supplier", "recipient", "goods"):
        fillers = [filler for passage in passages() for claim in passage.claims for filler in claim.roles.get(role, ())]
        assert sum(filler.ref is not None for filler in fillers) / len(fillers) >= 0.85, role


def test_groups_are_in_the_table() -> None:
    known = {group.ref for group in tables().groups.values()}
    assert {filler.ref for _, _, filler in named() if str(filler.ref).startswith("group:")} <= known


def test_new_systems_are_not_table_rows_in_another_spelling() -> None:
    rows = {system.ref: {letters(name) for name in (system.designation, *system.variants)} for system in tables().systems.values()}
    clashes = _clashes({str(filler.ref) for _, _, filler in named() if str(filler.ref).startswith("system:")}, rows)
    assert not clashes


def test_new_organisations_are_not_table_rows_in_another_spelling() -> None:
    rows = {org.ref: {letters(name) for name in (org.slug, org.name, *org.aliases)} for org in tables().organisations.values()}
    assert not _clashes({str(filler.ref) for _, _, filler in named() if str(filler.ref).startswith("organisation:")}, rows)


def _clashes(refs: set[str], rows: dict[str, set[str]]) -> list[tuple[str, str]]:
    """References without a row of their own whose letters are those of a name of some row."""
    new = {ref: letters(ref.partition(":")[2]) for ref in refs if ref not in rows}
    return sorted((ref, row) for ref, own in new.items() for row, names in rows.items() if own in names)
