"""Choose the worked passages of the model's instructions: the corpus' train part in, readers/llm/examples.jsonl out.

For each language of LANGUAGES the train passage with the most different claim types is taken, the shorter one of equals,
and written with its gold as a perfect answer.
"""

import json
import sys
from pathlib import Path

from talaan.evaluation.gold import Passage, load_passages
from talaan.evaluation.matching import split_gold
from talaan.evaluation.playback import claim_answer
from talaan.extraction.sentences import sentences

ROOT = Path(__file__).parent.parent
OUT = ROOT / "src/talaan/extraction/readers/llm/examples.jsonl"
LANGUAGES = ("en", "tl", "ru", "es")
LONGEST, MOST_CLAIMS = 700, 7


def worth(passage: Passage) -> tuple[int, int, str]:
    return (len({claim.type for claim in passage.claims}), -len(passage.text), passage.id)


def main() -> None:
    corpus = Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "corpus"
    train = [
        passage
        for passage in load_passages(corpus, "train")
        if len(passage.text) <= LONGEST and len(split_gold(passage.claims)) <= MOST_CLAIMS
    ]
    lines = []
    for code in LANGUAGES:
        passage = max((passage for passage in train if passage.language == code), key=worth)
        spans = sentences(passage.text, code)
        answer = {"claims": [claim_answer(claim, passage, spans) for claim in split_gold(passage.claims)]}
        lines.append(json.dumps({"id": passage.id, "language": code, "text": passage.text, "answer": answer}, ensure_ascii=False))
    OUT.write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
