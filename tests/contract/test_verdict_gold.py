"""The verdict gold in the repository, held against the full register: the bounds that the project set itself."""

from collections import Counter
from pathlib import Path

import pytest

from talaan.evaluation.verdicts import baseline, load_judged
from talaan.measure import measure_verdicts
from talaan.registers import add

GOLD = Path(__file__).parents[2] / "corpus" / "verdicts"
FEWEST, FEWEST_TRANSFERS, FEWEST_OF_A_TYPE = 320, 150, 12


def test_the_gold_is_large_and_mixed_enough() -> None:
    golds = load_judged(GOLD)
    types = Counter(gold.claim["type"] for gold in golds)
    assert len(golds) >= FEWEST
    assert len(types) == 14 and min(types.values()) >= FEWEST_OF_A_TYPE
    best = [gold.expected["sipri"].accept[0] for gold in golds if gold.claim["type"] == "transfer"]
    assert len(best) >= FEWEST_TRANSFERS
    assert 3 * sum(word != "supported" for word in best) >= len(best)


@pytest.mark.shared
def test_verdicts_are_right_often_enough_and_never_wrongly_contradicted(shared: Path, tmp_path: Path) -> None:
    edition = add(tmp_path, "sipri", [shared / "data/sipri_register/perdeal_1950-2025_exported_2026-05-18.csv.gz"])
    golds = load_judged(GOLD)
    scores = measure_verdicts(golds, tmp_path, edition.id)
    everything, transfers = scores.rows["all"], scores.rows["transfer"]
    right, count = baseline(golds)["transfer"]
    assert everything["false_contradicted"] == 0
    assert everything["right"] / everything["n"] >= 0.92
    assert transfers["right"] / transfers["n"] >= max(0.90, right / count + 0.15)
