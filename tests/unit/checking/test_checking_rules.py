"""Every rule that can give a verdict stands in the methods' page under the name that verdicts bear."""

import re
from pathlib import Path

import pytest

from talaan.checking.beside import BESIDE_RULES
from talaan.checking.rules import RULES, TABLE_RULES

PAGE = (Path(__file__).parent.parent.parent.parent / "docs/methods/checking.md").read_text(encoding="utf-8")
NAMED = frozenset(re.findall(r"`([^`\s]+)`", PAGE))
TABLES = (RULES, TABLE_RULES, *BESIDE_RULES.values())
EVERY = sorted({f"{kind}.{rule.id}" for table in TABLES for kind, rules in table.items() for rule in rules})


@pytest.mark.parametrize("name", EVERY)
def test_each_rule_has_its_place_in_the_page(name: str) -> None:
    assert name in NAMED or f"….{name.partition('.')[2]}" in NAMED


def test_the_page_names_no_rule_that_is_gone() -> None:
    kinds = {name.partition(".")[0] for name in EVERY}
    ids = {name.partition(".")[2] for name in EVERY}
    told = {name for name in NAMED if name.partition(".")[0] in {*kinds, "…"} and re.fullmatch(r"[a-z_…]+\.[a-z-]+", name)}
    assert {name.partition(".")[2] for name in told if not name.endswith((".py", ".csv"))} <= ids


def test_rule_ids_are_unique_within_a_type() -> None:
    for table in TABLES:
        for rules in table.values():
            ids = [rule.id for rule in rules]
            assert len(ids) == len(set(ids))
