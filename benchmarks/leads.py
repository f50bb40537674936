"""How many arms articles talaan finds the leads of a second, on one core, beside spaCy's NER alone."""

import os
import sys
from collections.abc import Callable, Mapping, Sequence
from importlib import import_module
from statistics import median
from time import process_time

from material import SPACY_MODEL, joined, peer_present, train_passages
from measures import PEER_ABSENT, Measure, main, say

Reader = Callable[[Sequence[str]], int]
ROUNDS = 5
ORDERS = 4
BATCH = 16
AT_LEAST = 200
TIMES_PEER = 5
for threads in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "BLIS_NUM_THREADS"):
    os.environ.setdefault(threads, "1")


def find_all(texts: Sequence[str]) -> int:
    """The number of leads in all texts: gate, language, names, sentences and grades, as `talaan check` finds them; no claims, no rows."""
    from talaan.extraction.leads import find_leads
    from talaan.model.document import Document
    from talaan.pipeline import look

    found = 0
    for text in texts:
        document = Document(text, "", "", "text/plain")
        analysis, _ = look(document, gate=True)
        found += len(find_leads(document, analysis)) if analysis is not None else 0
    return found


def rates(readers: Mapping[str, Reader], texts: Sequence[str], what: str) -> dict[str, float]:
    """Documents a second of processor time of each reader, the median of the rounds; they take turns, so that noise hits all alike.

    A first round, which loads what is needed, is not counted.
    """
    size = sum(len(text.encode()) for text in texts) / len(texts)
    for name, read in readers.items():
        say(f"leads: {what}: {len(texts)} documents of {size:,.0f} bytes, {name} finds {read(texts)}")
    found: dict[str, list[float]] = {name: [] for name in readers}
    for _ in range(ROUNDS):
        for name, read in readers.items():
            begun = process_time()
            read(texts)
            found[name].append(len(texts) / (process_time() - begun))
    medians = {name: median(rounds) for name, rounds in found.items()}
    for name, rate in medians.items():
        say(f"leads: {what}: {name} {rate:,.0f} documents a second")
    return medians


def peer() -> Reader:
    """spaCy's small English pipeline with its named-entity recogniser alone, fed in the batches that it was quickest with."""
    spacy = import_module("spacy")
    pipeline = spacy.load(SPACY_MODEL, enable=["ner"])
    return lambda texts: sum(len(document.ents) for document in pipeline.pipe(texts, batch_size=BATCH))


def by_language(passages: dict[str, list[str]]) -> dict[str, list[str]]:
    """Documents of about 2 kB by language, each passage used once for each of several orders."""
    return {language: made for language, texts in passages.items() if (made := joined(texts, ORDERS))}


def measure() -> Sequence[Measure]:
    """Two measures: documents a second over all languages, and the English ones as a multiple of the peer."""
    documents = by_language(train_passages())
    everything = [text for texts in documents.values() for text in texts]
    rate = rates({"talaan": find_all}, everything, f"{len(documents)} languages")["talaan"]
    measures = [Measure("leads of arms articles (2 kB each), one core", rate, "documents/s", AT_LEAST, at_least=True)]
    name = "leads of English arms articles, times the peer's speed"
    if not peer_present():
        return [*measures, Measure(name, None, "×", TIMES_PEER, at_least=True, peer=PEER_ABSENT, note=PEER_ABSENT)]
    both = rates({"talaan": find_all, "spaCy NER": peer()}, documents["en"], "English")
    ours, other = both.values()
    beside, note = f"spaCy NER {other:,.0f} documents/s", f"{ours:,.0f} documents/s"
    return [*measures, Measure(name, ours / other, "×", TIMES_PEER, at_least=True, peer=beside, note=note)]


if __name__ == "__main__":
    sys.exit(main("Speed of finding leads in arms articles.", measure))
