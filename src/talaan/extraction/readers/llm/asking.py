"""Asking a model about documents over the wire: documents in, answer lines out, each in the form of the batch files.

A part is asked about once; the answer is kept. An answer that cannot be used is asked for again, with what is wrong with it, at
most twice; a part whose answer is cut off, or that is too long for the server's context, is cut in two. The form of the answer
is asked for as strictly as the server can: a JSON Schema, else any JSON object, else nothing.
"""

import json
import threading
from collections.abc import Iterable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Any

from talaan.extraction.readers.llm.answers import Answers, read_answers
from talaan.extraction.readers.llm.attempts import Answered, Row, answer_row, joined, judged, model_name, repaired, used_tokens
from talaan.extraction.readers.llm.cache import AnswerCache, answer_key
from talaan.extraction.readers.llm.endpoint import key_of
from talaan.extraction.readers.llm.instructions import instructions, instructions_version
from talaan.extraction.readers.llm.requests import (
    Part,
    document_parts,
    estimated_tokens,
    halves,
    instruction_tokens,
    request_body,
    response_format,
)
from talaan.extraction.readers.llm.settings import LlmSettings
from talaan.extraction.readers.llm.spending import BudgetError, Spending
from talaan.extraction.readers.llm.wire import RefusedError, Wire
from talaan.model.document import Document
from talaan.model.errors import ModelError, UsageError

REPAIRS, MOST_CUTS = 2, 4
MODES = ("schema", "object", "plain")
EXPECTED_ANSWER = 300


@dataclass(frozen=True, slots=True)
class Pending:
    """A document whose parts are being asked about."""

    document: Document
    parts: tuple[tuple[str, Future[Row]], ...]


@dataclass(frozen=True, slots=True)
class Asked:
    """A document's answers; `complete` where every part was answered; `keys` name the records of its parts."""

    answers: Answers
    complete: bool
    rows: tuple[Row, ...] = ()
    keys: tuple[str, ...] = ()


class Asker:
    """Asks one server; used as a context. `home` None: nothing is kept, and nothing kept is used."""

    def __init__(self, settings: LlmSettings, home: Path | None, *, wire: Wire | None = None) -> None:
        key_of(settings.api_key_env)
        self.stop = wire.stop if wire else threading.Event()
        self.wire = wire or Wire(settings, stop=self.stop)
        self.settings = settings if settings.model else replace(settings, model=only_model(self.wire))
        self.cache = AnswerCache(home) if home is not None else None
        self.spending = Spending(self.settings)
        self.modes = MODES if settings.schema_mode == "auto" else (settings.schema_mode,)
        self.answered = 0
        self._mode = 0
        self._ended: ModelError | None = None
        self._under_way: dict[str, Future[Row]] = {}
        self._pool = ThreadPoolExecutor(settings.concurrency, thread_name_prefix="ask")

    @property
    def mode(self) -> str:
        """How the answer's form is asked for at present."""
        return self.modes[self._mode]

    @property
    def ahead(self) -> int:
        """How many documents are worth having under way at once."""
        return 2 * self.settings.concurrency

    def __enter__(self) -> "Asker":
        return self

    def __exit__(self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None) -> None:
        if kind is not None:
            self.stop.set()
        self._pool.shutdown(wait=True, cancel_futures=True)
        self.wire.close()

    def begin(self, document: Document) -> Pending:
        """The document with its parts under way; UsageError where the server's context is too short for them."""
        found = []
        for part in document_parts(document, self.settings):
            body = request_body(part, self.settings)
            key = answer_key(body, self.settings.schema_mode)
            future = self._under_way.get(key)
            if future is None:
                future = self._under_way[key] = self._pool.submit(self._row, part, body, key)
            found.append((key, future))
        return Pending(document, tuple(found))

    def finish(self, pending: Pending) -> Asked:
        """The answers of a document, once they are there; what could not be asked is told in their faults.

        ModelError where nothing was answered yet and nothing will be: the server is not there, or refuses everybody.
        """
        rows, faults = [], []
        for number, (key, future) in enumerate(pending.parts):
            try:
                rows.append({**future.result(), "custom_id": f"{pending.document.id}#{number}"})
                self.answered += 1
            except ModelError as fault:
                if fault.lasting and not self.answered and not isinstance(fault, BudgetError):
                    raise
                faults.append(f"not asked: {fault}")
            finally:
                self._under_way.pop(key, None)
        answers = read_answers(json.dumps(row, ensure_ascii=False) for row in rows)
        for text in dict.fromkeys(faults):
            answers.fault(pending.document.id, text)
        return Asked(answers, not faults, tuple(rows), tuple(key for key, _ in pending.parts))

    def ask(self, document: Document) -> Asked:
        """The answers about one document."""
        return self.finish(self.begin(document))

    def _row(self, part: Part, body: Row, key: str) -> Row:
        """The answer line for a part, from an earlier run or from the server; it is kept before it is handed over."""
        record = self.cache.get(part.document, key) if self.cache else None
        if record is not None and isinstance(record.get("answer"), dict):
            self.spending.kept()
            return dict(record["answer"])
        if self._ended is not None:
            raise self._ended
        try:
            answered = self._part(part, body)
        except ModelError as fault:
            if fault.lasting or isinstance(fault, BudgetError):
                self._ended = fault
            raise
        row = answer_row(part.custom_id, answered, self.settings.model)
        if self.cache is not None:
            version = instructions_version(part.language, self.settings.examples)
            self.cache.put_instructions(version, instructions(part.language, self.settings.examples))
            self.cache.put(part.document, key, self._record(part, body, version, answered, row))
        return row

    def _record(self, part: Part, body: Row, version: str, answered: Answered, row: Row) -> Row:
        """What is kept of an answer: everything that was sent but the key, and everything that came back."""
        sent = {name: value for name, value in body.items() if name not in ("messages", "response_format")}
        return {
            "asked": datetime.now(UTC).isoformat(timespec="seconds"),
            "server": self.wire.base,
            "schema_mode": self.mode,
            "instructions": version,
            "language": part.language,
            "sent": sent,
            "part": {"number": part.number, "start": part.start, "end": part.end, "text": part.text},
            "attempts": answered.attempts,
            "answer": row,
        }

    def _part(self, part: Part, body: Row | None = None, cuts: int = 0) -> Answered:
        """The best answer about a part in at most three attempts, or those of its halves put together."""
        body = body or request_body(part, self.settings)
        best: Answered | None = None
        best_worth, attempts, tokens = (-1, 0), [], [0, 0]
        for attempt in range(REPAIRS + 1):
            try:
                completion, used = self._completion(part, body)
            except _TooLongError as fault:
                return self._cut(part, cuts) or self._raised(fault.refused)
            tokens = [tokens[0] + used[0], tokens[1] + used[1]]
            content, whole, worth, faults = judged(completion)
            attempts.append({"content": content, "whole": whole, "faults": faults})
            if worth > best_worth:
                best_worth, best = worth, Answered(content, whole, model_name(completion), 0, 0)
            if not whole and attempt == 0:
                cut = self._cut(part, cuts)
                if cut is not None:
                    return replace(
                        cut, attempts=[*attempts, *cut.attempts], tokens_in=cut.tokens_in + tokens[0], tokens_out=cut.tokens_out + tokens[1]
                    )
            if not faults or not whole:
                break
            body = repaired(body, content, faults)
        if best is None:
            raise AssertionError("there is always a first attempt")
        return replace(best, attempts=attempts, tokens_in=tokens[0], tokens_out=tokens[1])

    def _cut(self, part: Part, cuts: int) -> Answered | None:
        """The answers of a part's halves as one; None where it is short, or was cut often enough."""
        pieces = halves(part) if cuts < MOST_CUTS else None
        return joined([self._part(piece, cuts=cuts + 1) for piece in pieces]) if pieces else None

    def _raised(self, fault: ModelError) -> Answered:
        raise fault

    def _completion(self, part: Part, body: Row) -> tuple[Row, tuple[int, int]]:
        """(the server's answer, tokens in and out), in the strictest form that the server takes."""
        first: RefusedError | None = None
        for place in range(self._mode, len(self.modes)):
            asked = {name: value for name, value in body.items() if name != "response_format"}
            form = response_format(self.modes[place])
            try:
                answer = self._counted(part, {**asked, "response_format": form} if form else asked)
            except RefusedError as fault:
                if _too_long(fault.told):
                    raise _TooLongError(fault) from None
                first = first or fault
                continue
            self._mode = max(self._mode, place)
            return answer
        raise first or AssertionError("there is always a form left")

    def _counted(self, part: Part, body: Row) -> tuple[Row, tuple[int, int]]:
        """One request, counted against the budget before and after."""
        said = sum(estimated_tokens(str(message["content"])) for message in body["messages"][1:])
        told = instruction_tokens(part.language, self.settings.examples)
        expected = told + said, estimated_tokens(part.text) // 2 + EXPECTED_ANSWER
        self.spending.begin(*expected)
        used: tuple[int, int] | None = None
        try:
            completion = self.wire.chat(body, seconds=self.spending.seconds_left())
            used = used_tokens(completion, expected)
        except RefusedError:
            raise
        except ModelError:
            self.spending.refuse_late()
            raise
        finally:
            self.spending.end(expected, used)
        return completion, used


class _TooLongError(Exception):
    """The request is longer than the server's context."""

    def __init__(self, refused: RefusedError) -> None:
        super().__init__()
        self.refused = refused


def kept_answers(document: Document, settings: LlmSettings, cache: AnswerCache) -> Answers:
    """A document's answers from earlier runs only; a part that has none is told."""
    rows: list[str] = []
    for part in document_parts(document, settings):
        record = cache.get(part.document, answer_key(request_body(part, settings), settings.schema_mode))
        if record is not None:
            rows.append(json.dumps({**record["answer"], "custom_id": part.custom_id}, ensure_ascii=False))
    return read_answers(rows)


def only_model(wire: Wire) -> str:
    """The name of the only model a server has; UsageError lists them where there are several."""
    names = model_names(wire.look("/models"))
    if len(names) == 1:
        return names[0]
    hint = "it has " + ", ".join(names[:10]) if names else "it does not say which it has"
    raise UsageError("No model is named", where=wire.base, hint=f"give --model; {hint}")


def model_names(listed: Any) -> list[str]:
    """The names in a list of models as servers give it, without control signs."""
    rows: Iterable[Any] = listed.get("data") or [] if isinstance(listed, dict) else []
    names = [str(row.get("id", "")) for row in rows if isinstance(row, dict)] if isinstance(rows, list) else []
    return ["".join(sign for sign in name if sign.isprintable())[:200] for name in names if name]


def _too_long(told: str) -> bool:
    told = told.lower()
    return "context" in told and any(word in told for word in ("length", "size", "window", "exceed", "long", "token"))
