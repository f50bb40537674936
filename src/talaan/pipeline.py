"""The main job in order: documents in, readings (leads, claims, rows, verdicts) out; each step calls one room."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from talaan import __version__
from talaan.answering import LeftOut, Say, answered, answered_sources, asker_for, keep_trace
from talaan.documents import Source
from talaan.extraction.analysis import Analysis, analyse
from talaan.extraction.claims import make_claims
from talaan.extraction.detection import detect_language
from talaan.extraction.gate import may_concern_arms, passes
from talaan.extraction.language import language_codes
from talaan.extraction.leads import find_leads, link_claims, sentence_mentions
from talaan.extraction.readers.builtin.reader import builtin_drafts, builtin_version
from talaan.extraction.readers.llm.answers import Answers, read_answers
from talaan.model.claim import Claim, Lead
from talaan.model.contract import Reading, reading_json
from talaan.model.document import Document
from talaan.model.entry import Edition, Entry
from talaan.model.errors import AnswerError, DocumentError, TalaanError, UsageError
from talaan.model.figure import Figure
from talaan.options import Options

if TYPE_CHECKING:
    from talaan.extraction.readers.llm.settings import LlmSettings
    from talaan.extraction.readers.llm.trace import Trace
    from talaan.ledger import Ledger
    from talaan.ledger.write import Forgotten
    from talaan.registers import OpenEdition

BESIDE_REGISTERS = ("unroca", "dsca")
ANSWER_HINT = 'each line is an answer of the batch form: {"custom_id": …, "response": …}'


def read_all(
    found: Iterable[Source], options: Options, ledger: str | None = None, *, say: Say | None = None
) -> Iterator[Reading | TalaanError]:
    """Every document's reading in the order given, or the fault that kept it from being read; kept in the ledger where one is named.

    `say` hears what asking a model has cost. ModelError where none can be asked.
    """
    with asker_for(options) as asker:
        for loaded in answered(found, options, asker, say):
            if isinstance(loaded.document, DocumentError):
                yield loaded.document
                continue
            try:
                reading = read(loaded.document, loaded.options)
                if ledger is not None:
                    keep(reading, loaded.options, ledger)
                    reading = with_others(reading, ledger)
            except DocumentError as fault:
                yield fault
                continue
            if asker is not None:
                keep_trace(asker, loaded, reading)
            yield reading


def read(document: Document, options: Options) -> Reading:
    """One document with its leads and claims, and, unless `verify` is off, the register's rows and verdicts."""
    reading = extract(document, options)
    return check(reading, options) if options.verify else reading


def extract(document: Document, options: Options) -> Reading:
    """Leads and claims of one document; needs no register and no ledger."""
    gate = options.gate and options.reader == "builtin"
    many = options.many and options.gate and (options.reader == "builtin" or options.llm is not None)
    if many and not may_concern_arms(document.text):
        return Reading(document, (), (), {}, ("No word for arms stands in this text: no leads.",))
    analysis, notes = look(document, gate=gate)
    if analysis is None:
        return Reading(document, (), (), {}, tuple(notes))
    document = replace(document, language=analysis.code)
    claims, dropped = claims_of(document, analysis, options)
    leads, claims = link_claims(find_leads(document, analysis), claims)
    return Reading(document, tuple(leads), tuple(claims), {}, tuple(notes), tuple(dropped))


def look(document: Document, *, gate: bool) -> tuple[Analysis | None, list[str]]:
    """The analysed text, or None with the reason: too few arms words, or a language without data."""
    code = detect_language(document.text)
    if code is None:
        return None, [f"The language is not among those talaan knows ({', '.join(language_codes())}): no leads."]
    if gate and not passes(document.text, code):
        return None, ["Arms are named fewer than three times in this text: no leads."]
    return analyse(document.text, code), []


def claims_of(document: Document, analysis: Analysis, options: Options) -> tuple[list[Claim], list[str]]:
    """The claims of the chosen readers, and what was dropped on the way with its reason."""
    claims: list[Claim] = []
    dropped: list[str] = []
    if options.reader in ("builtin", "both"):
        extractor = f"builtin {__version__} {analysis.code} {builtin_version(analysis.code)}"
        made = make_claims(document, analysis, builtin_drafts(analysis), reader="builtin", extractor=extractor)
        claims += made.claims
        dropped += made.dropped
    if options.reader in ("llm", "both"):
        answers = options.answers
        extractor = llm_extractor(analysis.code, options, answers.models.get(document.id))
        made = make_claims(document, analysis, answers.drafts.get(document.id, []), reader="llm", extractor=extractor)
        claims += made.claims
        faults = answers.faults.get(document.id, [])
        dropped += [*faults, *made.dropped]
        if document.id not in answers.drafts and not faults:
            dropped.append("The answers hold none for this document")
    if options.reader == "both":
        from talaan.extraction.agreement import mark_agreement

        claims = mark_agreement(claims)
    return claims, dropped


def llm_extractor(code: str, options: Options, model: str | None) -> str:
    """Who read: program, instructions and, where it is known, the model.

    >>> llm_extractor("en", Options(home=Path()), "qwen3:8b").split()[::3]
    ['llm', 'qwen3:8b']
    """
    from talaan.extraction.readers.llm.instructions import instructions_version

    told = instructions_version(code, options.llm.examples) if options.llm else instructions_version(code)
    name = model or (options.llm.model if options.llm else None)
    return f"llm {__version__} {told}" + (f" {name}" if name else "")


def keep(reading: Reading, options: Options, ledger: str) -> None:
    """Save a reading in the ledger; the same bytes read by the same versions change nothing."""
    from talaan.ledger import open_ledger
    from talaan.ledger.write import save
    from talaan.versions import run_of

    with open_ledger(ledger) as opened:
        save(opened, reading, run_of(options, _edition_id(options)))


def with_others(reading: Reading, ledger: str) -> Reading:
    """The reading with what other documents in the ledger say of the same things."""
    from talaan.checking.said import said_elsewhere
    from talaan.ledger import open_ledger

    with open_ledger(ledger) as opened:
        return replace(reading, claims=tuple(said_elsewhere(reading.claims, reading.document, opened)))


def forget_document(ledger: "Ledger", document: str, home: Path) -> "Forgotten":
    """What was removed of a document and all that came from it, a model's answers about it included."""
    from talaan.extraction.readers.llm.cache import AnswerCache
    from talaan.ledger.write import forget

    gone = forget(ledger, document)
    AnswerCache(home).forget(gone.document)
    return gone


def read_in_bulk(found: Iterable[Source], options: Options, folder: Path, *, jobs: int, say: Say) -> int:
    """Read many documents into a folder of Parquet parts; the exit code: 1 where some could not be read, or not be asked about.

    Where a model is asked, documents without answers (the budget is spent, the server failed) are left out, and a later run
    takes them up.
    """
    from talaan.bulk.pool import run
    from talaan.versions import bulk_version

    failed, left_out, spent = 0, LeftOut(), ""
    options = replace(options, many=True)
    with asker_for(options) as asker:
        if asker is not None:
            options = replace(options, llm=asker.settings)
            found = answered_sources(found, options, asker, left_out, say)
        version = bulk_version(options, _edition_id(options))
        for progress in run(found, partial(bulk_line, options=options), folder, jobs=jobs, version=version):
            spent = f", {asker.spending.told()}" if asker is not None else ""
            say(f"{progress.documents} documents ({progress.kept} from an earlier run, {progress.failed} could not be read){spent}")
            failed = progress.failed
        if left_out.documents:
            done = f"{asker.answered} answers are kept{spent}" if asker is not None else ""
            say(f"{left_out.documents} documents were left out: {left_out.why} · {done}")
    return int(failed > 0 or left_out.documents > 0)


def bulk_line(source: Source, options: Options) -> str:
    """One document's reading as a JSON line of the contract; a model's answers are those that were kept."""
    document = source.load()
    if options.llm is not None:
        from talaan.extraction.readers.llm.asking import kept_answers
        from talaan.extraction.readers.llm.cache import AnswerCache

        options = options.with_answers(kept_answers(document, options.llm, AnswerCache(options.home)))
    return json.dumps(reading_json(read(document, options), with_text=options.with_text), ensure_ascii=False)


def used_editions(options: Options) -> list[Edition]:
    """The editions that readings are held against, the main register's first; none where nothing is verified."""
    if not options.verify:
        return []
    return [view.edition for view in (edition_named(options.home, options.edition), *beside_editions(options.home))]


def _edition_id(options: Options) -> str | None:
    """The edition's id, and those of the registers beside it with their names; None where nothing is verified."""
    used = used_editions(options)
    return " ".join([used[0].id, *(f"{edition.register}:{edition.id}" for edition in used[1:])]) if used else None


def beside_editions(home: Path) -> "list[OpenEdition]":
    """The newest edition of each register that speaks beside the main one, as far as any is loaded; nothing else is opened."""
    from talaan.registers import open_edition

    return [open_edition(home, name) for name in BESIDE_REGISTERS if any((home / "registers" / name).glob("*/edition.json"))]


def edition_named(home: Path, edition: str | None) -> "OpenEdition":
    """The edition of that id, the newest one for None; UsageError lists those there are."""
    from talaan.registers import editions, open_edition

    if edition is not None:
        known = [row.id for row in editions(home)]
        if edition not in known:
            raise UsageError(f"There is no edition {edition!r}", hint=f"editions: {', '.join(known)}; talaan register add loads another")
    return open_edition(home, edition=edition)


def answers_file(path: Path) -> Answers:
    """A model's answers from a file; AnswerError where it cannot be read or holds no answer at all."""
    try:
        with path.open(encoding="utf-8", errors="replace") as lines:
            answers = read_answers(lines)
    except OSError as fault:
        raise AnswerError(f"The answers cannot be read ({fault.strerror})", where=str(path), hint="check the name") from fault
    if not answers.drafts:
        faults = [text for texts in answers.faults.values() for text in texts]
        raise AnswerError("No answer can be used: " + ("; ".join(faults[:3]) or "the file is empty"), where=str(path), hint=ANSWER_HINT)
    return answers


def export_requests(documents: Iterable[Document], settings: "LlmSettings") -> list[str]:
    """The request lines for documents, in order."""
    from talaan.extraction.readers.llm.requests import requests

    return [line for document in documents for line in requests(document, settings)]


def asked_lines(found: Iterable[Source], options: Options, *, say: Say) -> tuple[list[str], list[str]]:
    """(the answer lines about documents, what could not be read or asked), in order; ModelError where nothing can be asked."""
    lines: list[str] = []
    faults: list[str] = []
    with asker_for(options) as asker:
        for loaded in answered(found, options, asker, say):
            if isinstance(loaded.document, DocumentError):
                faults.append(str(loaded.document))
            elif loaded.asked is None:
                faults.append(f"{loaded.document.path} · the language is not among those talaan knows")
            else:
                lines += [json.dumps(row, ensure_ascii=False) for row in loaded.asked.rows]
                faults += [f"{loaded.document.path} · {text}" for text in loaded.asked.answers.faults.get(loaded.document.id, ())]
    return lines, faults


def trace_of(claim: str, home: Path, ledger: str) -> "Trace":
    """How a model's claim came to be; the ledger, where it has the claim, says of which document it is."""
    from talaan.extraction.readers.llm.cache import AnswerCache
    from talaan.extraction.readers.llm.trace import claim_trace

    return claim_trace(AnswerCache(home), claim, _document_in_ledger(claim, ledger))


def _document_in_ledger(claim: str, ledger: str) -> str | None:
    """The document of a claim in the ledger; None where there is no ledger, or it has no such claim."""
    from talaan.ledger import open_ledger
    from talaan.ledger.read import document_of_claim

    if "://" not in ledger and not Path(ledger).is_file():
        return None
    with open_ledger(ledger) as opened:
        return document_of_claim(opened, claim)


def check(reading: Reading, options: Options) -> Reading:
    """The reading with register rows beside its leads and a verdict for each claim."""
    from talaan.checking.check import CheckContext, check_claims
    from talaan.checking.edition import indexed
    from talaan.checking.rows import RowContext, rows_for

    edition = edition_named(options.home, options.edition)
    analysis = analyse(reading.document.text, reading.document.language) if reading.leads and reading.document.language else None
    entries: dict[str, Entry] = {}
    leads: list[Lead] = list(reading.leads)
    if analysis is not None:
        spans = [(span, tuple(sentence_mentions(analysis, number))) for number, span in enumerate(analysis.sentences)]
        leads, entries = rows_for(leads, RowContext(tuple(spans), reading.document.published), edition)
    beside = [indexed(view) for view in beside_editions(options.home)] if reading.claims else []
    claims, found = check_claims(reading.claims, CheckContext(reading.document, indexed(edition), beside=beside))
    return replace(reading, leads=tuple(leads), claims=tuple(claims), entries={**entries, **found})


def gap_figure(home: Path, supplier: str, recipient: str, *, year: int | None, both: bool, edition: str | None) -> Figure:
    """What exporter, importer and SIPRI have of the deliveries between two states; UsageError where a name is no state."""
    from talaan.market.gaps import gaps
    from talaan.market.places import place

    reports = next((view for view in beside_editions(home) if view.edition.register == "unroca"), None)
    return gaps(place(supplier), place(recipient), reports=reports, register=edition_named(home, edition), year=year, both=both)


def window(period: str) -> tuple[int, int]:
    """First and last year of a period such as 2020:2024; UsageError where it is none."""
    first, _, last = period.partition(":")
    if not (first.isdigit() and (last or first).isdigit()) or int(last or first) < int(first):
        raise UsageError(f"{period!r} is no period", hint="write it as 2020:2024")
    return int(first), int(last or first)
