"""Make the weight tables of the leads: corpus passages (train and dev) and general news in, relevance.csv and types.csv out.

usage: train_relevance.py [CORPUS] [--news FILE.jsonl ...]

News are JSON lines with `language` and `text`; every sentence of theirs counts as holding no claim. The test part of the
corpus is never read. The news used are named in docs/quality.md; without them the tables come out a little different.
"""

import argparse
import csv
import json
from collections.abc import Iterator
from pathlib import Path

import numpy as np
from scipy.optimize import minimize
from sklearn.linear_model import LogisticRegression

from talaan.extraction.analysis import analyse
from talaan.extraction.features import NEVER_NEGATIVE, RELEVANCE, sentence_features, type_features
from talaan.extraction.gate import may_concern_arms
from talaan.extraction.language import language_codes

ROOT = Path(__file__).parent.parent
OUT = ROOT / "src/talaan/extraction"
PENALTY = 1.0
RECALL_POSSIBLE, RECALL_STRONG = 0.985, 0.76
NEWS_WEIGHT = 0.3


def passages(corpus: Path) -> Iterator[dict]:
    with (corpus / "split.csv").open(encoding="utf-8", newline="") as stream:
        test = {(row["language"], row["id"]) for row in csv.DictReader(stream) if row["split"] == "test"}
    for path in sorted(corpus.glob("*.jsonl")):
        for line in path.read_text(encoding="utf-8").splitlines():
            passage = json.loads(line)
            if (passage["language"], passage["id"]) not in test:
                yield passage


def samples(corpus: Path) -> Iterator[tuple[dict, dict, list[str]]]:
    """(relevance features, type features, types of the required claims whose trigger stands in it) of every sentence.

    Sentences with optional claims only are left out: whoever lists them is neither right nor wrong.
    """
    for passage in passages(corpus):
        analysis = analyse(passage["text"], passage["language"])
        for number, ((start, end), seen) in enumerate(zip(analysis.sentences, sentence_features(analysis), strict=True)):
            here = [claim for claim in passage["claims"] if start <= claim["trigger"]["start"] < end]
            required = [claim["type"] for claim in here if not claim["optional"]]
            if required or not here:
                yield seen, type_features(analysis, number, seen), required


def news_samples(files: list[Path]) -> Iterator[dict]:
    for path in files:
        for line in path.read_text(encoding="utf-8").splitlines():
            row = json.loads(line)
            if row["language"] in language_codes() and may_concern_arms(row["text"]):
                yield from sentence_features(analyse(row["text"], row["language"]))


def fit_relevance(rows: np.ndarray, labels: np.ndarray, weights: np.ndarray) -> tuple[np.ndarray, float]:
    """Logistic regression with weights of NEVER_NEGATIVE held at zero or above (L-BFGS-B, squared penalty)."""
    count = rows.shape[1]

    def loss(beta: np.ndarray) -> tuple[float, np.ndarray]:
        margins = rows @ beta[:count] + beta[count]
        probability = 1 / (1 + np.exp(-margins))
        value = -np.sum(weights * (labels * np.log(probability + 1e-12) + (1 - labels) * np.log(1 - probability + 1e-12)))
        value += PENALTY * np.sum(beta[:count] ** 2) / 2
        error = weights * (probability - labels)
        return value, np.append(rows.T @ error + PENALTY * beta[:count], error.sum())

    bounds = [(0, None) if name in NEVER_NEGATIVE else (None, None) for name in RELEVANCE] + [(None, None)]
    found = minimize(loss, np.zeros(count + 1), jac=True, method="L-BFGS-B", bounds=bounds)
    return found.x[:count], float(found.x[count])


def line_at(scores: np.ndarray, recall: float) -> float:
    """The score that this share of the positives reaches."""
    return float(np.quantile(scores, 1 - recall))


def write(name: str, header: tuple[str, ...], rows: list[tuple]) -> None:
    with (OUT / name).open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream, lineterminator="\n").writerows([header, *rows])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("corpus", nargs="?", type=Path, default=ROOT / "corpus")
    parser.add_argument("--news", nargs="*", type=Path, default=[])
    options = parser.parse_args()
    seen = list(samples(options.corpus))
    news = list(news_samples(options.news))
    rows = np.array([[row[name] for name in RELEVANCE] for row in [*(sample[0] for sample in seen), *news]])
    labels = np.array([float(bool(sample[2])) for sample in seen] + [0.0] * len(news))
    weights = np.array([1.0] * len(seen) + [NEWS_WEIGHT] * len(news))
    beta, constant = fit_relevance(rows, labels, weights)
    scores = 1 / (1 + np.exp(-(rows[: len(seen)] @ beta + constant)))
    positive = scores[labels[: len(seen)] == 1]
    lines = [("strong", line_at(positive, RECALL_STRONG)), ("possible", line_at(positive, RECALL_POSSIBLE))]
    table = [*zip(RELEVANCE, beta, strict=True), ("constant", constant), *lines]
    write("relevance.csv", ("feature", "weight"), [(name, f"{weight:.4f}") for name, weight in table])
    fit_types(seen)
    print(f"{len(seen)} sentences ({int(labels.sum())} with a claim), {len(news)} of general news")


def fit_types(seen: list[tuple[dict, dict, list[str]]]) -> None:
    """Multinomial logistic regression on the sentences that hold a claim, one sample for each of their types."""
    pairs = [(sample[1], kind) for sample in seen for kind in set(sample[2])]
    names = sorted(pairs[0][0])
    model = LogisticRegression(C=1.0, max_iter=2000, fit_intercept=False)
    model.fit([[row[name] for name in names] for row, _ in pairs], [kind for _, kind in pairs])
    rows = [
        (kind, name, f"{weight:.4f}")
        for kind, line in zip(model.classes_, model.coef_, strict=True)
        for name, weight in zip(names, line, strict=True)
    ]
    write("types.csv", ("type", "feature", "weight"), rows)


if __name__ == "__main__":
    main()
