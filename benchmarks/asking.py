"""What talaan's own work costs beside a model's time: building the request, checking the answer, keeping it, making claims of it."""

import json
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from statistics import median
from time import process_time
from typing import Any

from material import ROOT
from measures import Measure, main, say

NAME = "a model's reader beside the model's time, a page"
AT_MOST = 5.0
PRESS_CLAIMS = 8
ROUNDS = 5
MOST_BYTES = 2000


def pages() -> list[tuple[str, str, str]]:
    """(language, a page of about 2 kB, its gold as a perfect model's answer): train passages joined within a language."""
    from talaan.evaluation.gold import load_passages
    from talaan.evaluation.matching import split_gold
    from talaan.evaluation.playback import claim_answer
    from talaan.extraction.sentences import sentences

    made: list[tuple[str, str, str]] = []
    texts: dict[str, list[str]] = {}
    claims: dict[str, list[Any]] = {}
    for passage in load_passages(ROOT / "corpus", split="train"):
        code = passage.language
        spans = sentences(passage.text, code)
        texts.setdefault(code, []).append(passage.text)
        claims.setdefault(code, []).extend(claim_answer(claim, passage, spans) for claim in split_gold(passage.claims))
        page = "\n\n".join(texts[code])
        if len(page.encode()) >= MOST_BYTES:
            made.append((code, page, json.dumps({"claims": claims[code]}, ensure_ascii=False)))
            texts[code], claims[code] = [], []
    return made


class Answering:
    """Stands where the server would: it answers at once."""

    def __init__(self, answers: dict[str, str]) -> None:
        self.answers, self.base = answers, "http://localhost/v1"

    def chat(self, body: Any, *, seconds: float | None = None) -> dict[str, Any]:
        """The answer about the text of a request."""
        message = {"role": "assistant", "content": self.answers[body["messages"][1]["content"]]}
        return {
            "model": "m",
            "choices": [{"message": message, "finish_reason": "stop"}],
            "usage": {"prompt_tokens": 1, "completion_tokens": 1},
        }


def spent(made: Sequence[tuple[str, str, str]]) -> tuple[float, float]:
    """Milliseconds of processor time a page: asking without the server, and making claims of the answers; the median of the rounds.

    The text's analysis, which leads need as well, is not counted.
    """
    from talaan.extraction.analysis import analyse
    from talaan.extraction.claims import make_claims
    from talaan.extraction.readers.llm.asking import Asker
    from talaan.extraction.readers.llm.settings import LlmSettings
    from talaan.extraction.readers.llm.wire import Wire
    from talaan.model.document import Document

    settings = LlmSettings(model="m", base_url="http://localhost/v1", concurrency=1)
    wire = Wire(settings)
    wire.chat = Answering({page: answer for _, page, answer in made}).chat  # type: ignore[method-assign]
    analyses = [(Document(page, "", "", "text/plain", language=code), analyse(page, code)) for code, page, _ in made]
    asking, claiming = [], []
    for _ in range(ROUNDS + 1):
        with tempfile.TemporaryDirectory(prefix="talaan-bench-") as place, Asker(settings, Path(place), wire=wire) as asker:
            begun = process_time()
            asked = [asker.ask(document) for document, _ in analyses]
            between = process_time()
            found = [
                len(make_claims(document, analysis, answer.answers.drafts[document.id], reader="llm", extractor="").claims)
                for (document, analysis), answer in zip(analyses, asked, strict=True)
            ]
            asking.append(1000 * (between - begun) / len(made))
            claiming.append(1000 * (process_time() - between) / len(made))
    say(f"asking: {len(made)} pages, {sum(found)} claims")
    return median(asking[1:]), median(claiming[1:])


def thinned(made: Sequence[tuple[str, str, str]]) -> list[tuple[str, str, str]]:
    """The pages with answers of at most eight claims, evenly taken: as many as a page of the press gives."""
    out = []
    for code, page, answer in made:
        claims = json.loads(answer)["claims"]
        kept = claims[:: -(-len(claims) // PRESS_CLAIMS)]
        out.append((code, page, json.dumps({"claims": kept}, ensure_ascii=False)))
    return out


def measure() -> Sequence[Measure]:
    """Milliseconds a page: with as many claims as the press has, which has the bound, and with those of the corpus."""
    made = pages()
    size = sum(len(page.encode()) for _, page, _ in made) / len(made)
    say(f"asking: pages of {size:,.0f} bytes in {len({code for code, _, _ in made})} languages")
    asking, claiming = spent(thinned(made))
    measures = [Measure(NAME, asking + claiming, "ms", AT_MOST, note=f"{asking:.1f} asking, {claiming:.1f} making claims")]
    asking, claiming = spent(made)
    dense = Measure(f"{NAME}, as dense as the corpus", asking + claiming, "ms", note=f"{asking:.1f} asking, {claiming:.1f} making claims")
    return [*measures, dense]


if __name__ == "__main__":
    sys.exit(main("What talaan's own work costs beside a model's time.", measure))
