"""How many documents without arms words the gate turns away a second, on one core."""

import sys
from collections.abc import Sequence
from statistics import median
from time import process_time

from material import filler
from measures import Measure, main, say

DOCUMENTS = 12_000
ROUNDS = 5
AT_LEAST = 20_000


def measure() -> Sequence[Measure]:
    """One measure: documents of 2 kB a second of processor time, the median of five rounds.

    ValueError where the gate lets a document through: then something else would be measured.
    """
    from talaan.extraction.gate import may_concern_arms

    documents = filler(DOCUMENTS)
    passed = [document for document in documents if may_concern_arms(document)]
    if passed:
        raise ValueError(f"{len(passed)} documents of the filler pass the gate, the first: {passed[0][:200]}")
    rates = []
    for number in range(ROUNDS):
        begun = process_time()
        for document in documents:
            may_concern_arms(document)
        rates.append(len(documents) / (process_time() - begun))
        say(f"gate: round {number + 1}, {rates[-1]:,.0f} documents a second")
    return [Measure("documents without arms words (2 kB each), one core", median(rates), "documents/s", AT_LEAST, at_least=True)]


if __name__ == "__main__":
    sys.exit(main("Speed of the gate on documents without arms words.", measure))
