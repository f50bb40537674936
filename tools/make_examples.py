"""Choose the worked passages of the model's instructions: the corpus' train part in, readers/llm/examples/<language>.jsonl out.

For each language four train passages are taken that together show the most claim types, first those that add the most, the
shorter one of equals; their gold is written as a perfect answer. any.jsonl holds the best passage of each language of MIXED, for
documents in a language without passages of its own; it also fills up where a language has fewer than four short ones.
"""

import json
import sys
from collections.abc import Sequence
from pathlib import Path

from talaan.evaluation.gold import Passage, load_passages
from talaan.evaluation.matching import split_gold
from talaan.evaluation.playback import claim_answer
from talaan.extraction.language import language_codes
from talaan.extraction.sentences import sentences

ROOT = Path(__file__).parent.parent
OUT = ROOT / "src/talaan/extraction/readers/llm/examples"
MIXED = ("en", "tl", "ru", "es")
LONGEST, MOST_CLAIMS, PASSAGES = 700, 7, 4
LONGEST_TOGETHER = 16_000


def chosen(passages: Sequence[Passage], number: int) -> list[Passage]:
    """Up to `number` passages that together show the most claim types."""
    taken: list[Passage] = []
    shown: set[str] = set()
    while len(taken) < number:
        left = [passage for passage in passages if passage not in taken]
        if not left:
            break
        best = max(left, key=lambda passage: (len(_types(passage) - shown), -len(passage.text), passage.id))
        taken.append(best)
        shown |= _types(best)
    return taken


def _types(passage: Passage) -> set[str]:
    return {claim.type for claim in passage.claims}


def line_of(passage: Passage) -> str:
    """The passage and its gold as a JSON line."""
    spans = sentences(passage.text, passage.language)
    answer = {"claims": [claim_answer(claim, passage, spans) for claim in split_gold(passage.claims)]}
    return json.dumps({"id": passage.id, "language": passage.language, "text": passage.text, "answer": answer}, ensure_ascii=False)


def fitting(lines: Sequence[str]) -> list[str]:
    """The lines, from the first on, that stay together below the limit."""
    kept: list[str] = []
    for line in lines:
        if sum(map(len, kept)) + len(line) <= LONGEST_TOGETHER:
            kept.append(line)
    return kept[:PASSAGES]


def examples(corpus: Path) -> dict[str, list[str]]:
    """The lines of each file by its name."""
    train = [
        passage
        for passage in load_passages(corpus, "train")
        if len(passage.text) <= LONGEST and 0 < len(split_gold(passage.claims)) <= MOST_CLAIMS
    ]
    of = {code: [passage for passage in train if passage.language == code] for code in language_codes()}
    mixed = [line_of(chosen(of[code], 1)[0]) for code in MIXED]
    files = {"any": mixed}
    for code, passages in of.items():
        if passages:
            own = [line_of(passage) for passage in chosen(passages, PASSAGES)]
            files[code] = fitting([*own, *(line for line in mixed if line not in own)])
    return files


def main() -> None:
    corpus = Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "corpus"
    OUT.mkdir(exist_ok=True)
    for name, lines in examples(corpus).items():
        (OUT / f"{name}.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
