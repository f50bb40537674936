"""Documents with a model's answers: sources in, each document with the options that carry its answers out, in the order given."""

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from talaan.documents import Source
from talaan.extraction.detection import detect_language
from talaan.extraction.gate import may_concern_arms
from talaan.model.contract import Reading
from talaan.model.document import Document
from talaan.model.errors import DocumentError, UsageError
from talaan.options import Options

if TYPE_CHECKING:
    from talaan.extraction.readers.llm.asking import Asked, Asker, Pending

Say = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Loaded:
    """A document with the options to read it by, or the fault that kept it from being loaded.

    `asked` are the model's answers over the wire; None where no model is asked, or not about this document.
    """

    source: Source
    document: Document | DocumentError
    options: Options
    asked: "Asked | None" = None

    @property
    def complete(self) -> bool:
        """Whether everything that was to be asked was answered."""
        return self.asked is None or self.asked.complete


@dataclass(slots=True)
class LeftOut:
    """How many documents of a bulk run were not, or not wholly, answered, and why the first was not."""

    documents: int = 0
    why: str = ""


@contextmanager
def asker_for(options: Options) -> Iterator["Asker | None"]:
    """Whoever asks the model that the options name; None where they name none."""
    if options.llm is None:
        yield None
        return
    from talaan.extraction.readers.llm.asking import Asker

    with Asker(options.llm, options.home) as asker:
        yield asker


def answered(found: Iterable[Source], options: Options, asker: "Asker | None", say: Say | None = None) -> Iterator[Loaded]:
    """Every document in the order given, several under way at once where a model is asked.

    Raises ModelError where the model cannot be asked at all; `say` hears what was spent after every document.
    """
    if asker is None:
        yield from (_loaded(source, options) for source in found)
        return
    waiting: deque[tuple[Loaded, Pending | None]] = deque()
    done = 0
    for source in _then_none(found):
        if source is not None:
            waiting.append(_begun(_loaded(source, options), asker))
        while waiting and (source is None or len(waiting) > asker.ahead):
            yield _finished(*waiting.popleft(), asker)
            done += 1
            if say is not None:
                say(f"{done} documents, {asker.spending.told()}")


def answered_sources(found: Iterable[Source], options: Options, asker: "Asker", left_out: LeftOut, say: Say) -> Iterator[Source]:
    """The sources whose documents have their answers among the kept ones; the others are counted, so that a later run takes them up."""
    for loaded in answered(found, options, asker, say):
        if loaded.complete:
            yield loaded.source
            continue
        left_out.documents += 1
        if not left_out.why and loaded.asked is not None:
            left_out.why = "; ".join(
                text for texts in loaded.asked.answers.faults.values() for text in texts if text.startswith("not asked")
            )


def keep_trace(asker: "Asker", loaded: Loaded, reading: Reading) -> None:
    """Keep beside a document's answers what was made of them, so that `talaan llm show` finds a claim again."""
    if asker.cache is None or loaded.asked is None or not loaded.asked.rows:
        return
    claims = [claim.id for claim in reading.claims if claim.reader == "llm"]
    trace = {"path": reading.document.path, "language": reading.document.language, "parts": list(loaded.asked.keys)}
    asker.cache.put_reading(reading.document.id, {**trace, "claims": claims, "dropped": list(reading.dropped)})


def worth_asking(document: Document, options: Options) -> bool:
    """Whether a model is asked: not about languages without data, nor, among many documents, about texts without a word for arms."""
    if options.many and options.gate and not may_concern_arms(document.text):
        return False
    return detect_language(document.text) is not None


def _loaded(source: Source, options: Options) -> Loaded:
    try:
        return Loaded(source, source.load(), options)
    except DocumentError as fault:
        return Loaded(source, fault, options)


def _begun(loaded: Loaded, asker: "Asker") -> "tuple[Loaded, Pending | None]":
    document = loaded.document
    if isinstance(document, DocumentError) or not worth_asking(document, loaded.options):
        return loaded, None
    try:
        return loaded, asker.begin(replace(document, language=detect_language(document.text)))
    except UsageError as fault:
        raise UsageError(fault.what, where=document.path, hint=fault.hint) from fault


def _finished(loaded: Loaded, pending: "Pending | None", asker: "Asker") -> Loaded:
    if pending is None:
        return loaded
    asked = asker.finish(pending)
    return replace(loaded, asked=asked, options=replace(loaded.options.with_answers(asked.answers), llm=asker.settings))


def _then_none(found: Iterable[Source]) -> Iterator[Source | None]:
    yield from found
    yield None
