"""How right verdicts are: judged claims and their gold in, a confusion table, blunders and a blind baseline out.

The gold (corpus/verdicts/) was decided by reading the register, claim by claim, by the rulings of docs/methods/checking.md.
"""

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from talaan.model.document import document_id
from talaan.model.errors import DataError
from talaan.model.verdict import Verdict
from talaan.model.vocabulary import vocabulary

NO_CLAIM = "no claim"
NO_VERDICT = "no verdict"
HINT = "see corpus/verdicts/README.md"


@dataclass(frozen=True, slots=True)
class Expected:
    """What one register should say: acceptable verdicts, the best first, plainly wrong ones, entries of which one must be named."""

    accept: tuple[str, ...]
    never: frozenset[str]
    entries: frozenset[str]
    why: str


@dataclass(frozen=True, slots=True)
class JudgedText:
    """A short text with one claim in the answer format and what each register should say to it."""

    id: str
    language: str
    text: str
    published: str | None
    claim: Mapping[str, Any]
    expected: Mapping[str, Expected]

    @property
    def answer_line(self) -> str:
        """The claim as a model's answer, as `--answers` reads it."""
        content = json.dumps({"claims": [self.claim]}, ensure_ascii=False)
        return json.dumps({"custom_id": f"{document_id(self.text)}#0", "content": content}, ensure_ascii=False)


@dataclass(frozen=True, slots=True)
class VerdictError:
    """A verdict that is not accepted, or that names none of the right entries."""

    id: str
    register: str
    type: str
    text: str
    expected: str
    given: str
    why: str
    reason: str


@dataclass(slots=True)
class VerdictScores:
    """Counts by row (`all`, `transfer`, `not transfer`, `type …`), the confusion (best expected, given), and every error."""

    rows: dict[str, Counter[str]] = field(default_factory=dict)
    confusion: dict[str, Counter[tuple[str, str]]] = field(default_factory=dict)
    errors: list[VerdictError] = field(default_factory=list)


def load_judged(place: Path) -> list[JudgedText]:
    """The verdict gold of a folder or file of JSON lines; DataError names file, line and fault."""
    files = sorted(place.glob("*.jsonl")) if place.is_dir() else [place]
    if not files or not all(path.is_file() for path in files):
        raise DataError("There is no verdict gold here", where=str(place), hint="give corpus/verdicts, or a file of its form")
    found = [judged for path in files for judged in _read(path)]
    repeated = [name for name, count in Counter(judged.id for judged in found).items() if count > 1]
    if repeated:
        raise DataError(f"These ids stand twice: {', '.join(repeated[:5])}", where=str(place), hint=HINT)
    return found


def _read(path: Path) -> Iterator[JudgedText]:
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        where = f"{path.name}:{number}"
        try:
            raw = json.loads(line)
            expected = {register: _expected(said) for register, said in raw["verdicts"].items()}
            judged = JudgedText(raw["id"], raw["language"], raw["text"], raw.get("published"), raw["claim"], expected)
            faults = list(_faults(judged))
        except (ValueError, KeyError, TypeError, AttributeError) as fault:
            raise DataError(f"The line cannot be read: {fault!r}", where=where, hint=HINT) from fault
        if faults:
            raise DataError("; ".join(faults), where=where, hint=HINT)
        yield judged


def _expected(raw: Mapping[str, Any]) -> Expected:
    return Expected(tuple(raw["accept"]), frozenset(raw.get("never", ())), frozenset(raw.get("entries", ())), raw["why"])


def _faults(judged: JudgedText) -> Iterator[str]:
    words = vocabulary()
    if judged.claim.get("type") not in words.types:
        yield f"there is no claim type {judged.claim.get('type')!r}"
    if judged.claim["quote"] not in judged.text:
        yield "the quote does not stand in the text"
    strings = [string for strings in judged.claim["roles"].values() for string in strings]
    yield from (f"{string!r} does not stand in the text" for string in strings if string not in judged.text)
    for register, expected in judged.expected.items():
        unknown = {*expected.accept, *expected.never} - set(words.verdicts)
        if unknown or not expected.accept or expected.never & set(expected.accept):
            yield f"{register}: accept {expected.accept}, never {sorted(expected.never)}"


def score_verdicts(judged: Iterable[tuple[JudgedText, Sequence[Verdict] | None]]) -> VerdictScores:
    """Scores of the verdicts each text's claim got; None where no claim came out of it."""
    scores = VerdictScores()
    for gold, verdicts in judged:
        given = {verdict.register: verdict for verdict in verdicts or ()}
        for register, expected in gold.expected.items():
            _judge(scores, gold, register, expected, given.get(register), read=verdicts is not None)
    return scores


def _judge(scores: VerdictScores, gold: JudgedText, register: str, expected: Expected, given: Verdict | None, *, read: bool) -> None:
    kind = gold.claim["type"]
    word = given.verdict if given else NO_VERDICT if read else NO_CLAIM
    names = {*given.entries, *given.nearest} if given else set()
    right = word in expected.accept
    named = not expected.entries or bool(expected.entries & names)
    for name in ("all", "transfer" if kind == "transfer" else "not transfer", f"type {kind}", f"register {register}"):
        row = scores.rows.setdefault(name, Counter())
        row.update(
            n=1,
            right=right,
            blunders=word in expected.never,
            with_entries=bool(expected.entries),
            named=named and bool(expected.entries),
            false_contradicted=word == "contradicted" and not right,
        )
        scores.confusion.setdefault(name, Counter())[expected.accept[0], word] += 1
    if not right or not named:
        reason = given.reason if given else ""
        wanted = " | ".join(expected.accept)
        scores.errors.append(VerdictError(gold.id, register, kind, gold.text, wanted, word, expected.why, reason))


def baseline(golds: Sequence[JudgedText]) -> dict[str, tuple[int, int]]:
    """(right, n) of a judge who never opens the register: each type and register gets the verdict accepted most often for it."""
    accepted: dict[tuple[str, str], Counter[str]] = {}
    for gold in golds:
        for register, expected in gold.expected.items():
            accepted.setdefault((gold.claim["type"], register), Counter()).update(expected.accept)
    out: dict[str, tuple[int, int]] = {}
    for gold in golds:
        kind = gold.claim["type"]
        for register, expected in gold.expected.items():
            best = min(accepted[kind, register].items(), key=lambda item: (-item[1], item[0]))[0]
            for name in ("all", "transfer" if kind == "transfer" else "not transfer", f"type {kind}", f"register {register}"):
                right, count = out.get(name, (0, 0))
                out[name] = (right + (best in expected.accept), count + 1)
    return out
