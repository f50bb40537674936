"""How many arms articles talaan finds the leads of a second, on one core, beside spaCy's NER alone."""

import os
import sys
from collections.abc import Callable, Sequence
from importlib import import_module
from statistics import median
from time import process_time

from material import SPACY_MODEL, joined, peer_present, train_passages
from measures import PEER_ABSENT, Measure, main, say

ROUNDS = 3
ORDERS = 4
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


def rate(read: Callable[[Sequence[str]], int], texts: Sequence[str], what: str) -> float:
    """Documents a second of processor time, the median of the rounds after a first one that loads what is needed."""
    found = read(texts)
    size = sum(len(text.encode()) for text in texts) / len(texts)
    say(f"leads: {what}: {len(texts)} documents of {size:,.0f} bytes, {found} found")
    rates = []
    for _ in range(ROUNDS):
        begun = process_time()
        read(texts)
        rates.append(len(texts) / (process_time() - begun))
    say(f"leads: {what}: {median(rates):,.0f} documents a second")
    return median(rates)


def peer() -> Callable[[Sequence[str]], int]:
    """spaCy's small English pipeline with its named-entity recogniser alone, fed in batches, which is its quickest way."""
    spacy = import_module("spacy")
    pipeline = spacy.load(SPACY_MODEL, enable=["ner"])
    return lambda texts: sum(len(document.ents) for document in pipeline.pipe(texts))


def by_language(passages: dict[str, list[str]]) -> dict[str, list[str]]:
    """Documents of about 2 kB by language, each passage used once for each of several orders."""
    return {language: made for language, texts in passages.items() if (made := joined(texts, ORDERS))}


def measure() -> Sequence[Measure]:
    """Two measures: documents a second over all languages, and the English ones as a multiple of the peer."""
    documents = by_language(train_passages())
    everything = [text for texts in documents.values() for text in texts]
    all_rate = rate(find_all, everything, f"{len(documents)} languages")
    english = rate(find_all, documents["en"], "English")
    measures = [Measure("leads of arms articles (2 kB each), one core", all_rate, "documents/s", AT_LEAST, at_least=True)]
    name = "leads of English arms articles, times the peer's speed"
    if not peer_present():
        return [*measures, Measure(name, None, "×", TIMES_PEER, at_least=True, peer=PEER_ABSENT, note=PEER_ABSENT)]
    other = rate(peer(), documents["en"], "spaCy NER")
    beside = f"spaCy NER {other:,.0f} documents/s"
    note = f"{english:,.0f} documents/s"
    return [*measures, Measure(name, english / other, "×", TIMES_PEER, at_least=True, peer=beside, note=note)]


if __name__ == "__main__":
    sys.exit(main("Speed of finding leads in arms articles.", measure))
