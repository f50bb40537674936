"""`talaan evaluate`: leads and claims measured on annotated passages."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from talaan.cli.options import EditionOption, HomeOption, home_folder
from talaan.model.errors import DataError, UsageError

if TYPE_CHECKING:
    from talaan.evaluation.gold import Passage, Split


def evaluate(
    gold: Annotated[Path, typer.Argument(help="A folder of annotated passages (.jsonl), or one such file.")] = Path("corpus"),
    split: Annotated[
        Literal["train", "dev", "test", "all"], typer.Option("--split", help="Which part of the corpus: train, dev, test or all.")
    ] = "dev",
    what: Annotated[
        Literal["leads", "claims", "playback"],
        typer.Option("--what", help="What is measured: leads, claims, or playback (the gold as a perfect model's answers)."),
    ] = "leads",
    verdicts: Annotated[bool, typer.Option("--verdicts", help="Measure verdicts instead, on the verdict gold in corpus/verdicts.")] = False,
    edition: EditionOption = None,
    home: HomeOption = None,
    reader: Annotated[
        Literal["builtin", "llm", "both"], typer.Option("--reader", help="Whose claims: builtin, llm, or both side by side.")
    ] = "builtin",
    answers: Annotated[Path | None, typer.Option("--answers", help="A model's answers (.jsonl).", show_default=False)] = None,
    language: Annotated[str | None, typer.Option("--language", help="Only this language, as tl.", show_default=False)] = None,
    errors: Annotated[bool, typer.Option("--errors", help="List each miss and false find with its text.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Measure leads, claims or verdicts on annotated texts; tables carry their n and the corpus' hash."""
    if verdicts:
        print(_verdicts(gold, language, home_folder(home), edition, errors=errors, as_json=as_json))
        return
    from talaan.evaluation.report import claims_report, leads_report, readers_report
    from talaan.extraction.readers.llm.answers import Answers
    from talaan.measure import compare_readers, measure_claims, measure_leads, playback
    from talaan.pipeline import answers_file

    passages = [passage for passage in _passages(gold, split) if language in (None, passage.language)]
    if not passages:
        raise UsageError("No passage to measure on", where=str(gold), hint="see --split (a file of your own: --split all) and --language")
    if what == "claims" and reader != "builtin" and answers is None:
        raise UsageError("A model's claims need its answers", hint="give --answers FILE.jsonl")
    if what == "leads":
        print(leads_report(measure_leads(passages), passages, split, errors=errors, as_json=as_json))
        return
    if reader == "both" and answers is not None:
        print(readers_report(compare_readers(passages, answers_file(answers)), passages, split, as_json=as_json))
        return
    given = playback(passages) if what == "playback" else answers_file(answers) if answers else Answers()
    scores = measure_claims(passages, "llm" if what == "playback" or answers else reader, given)
    print(claims_report(scores, passages, split, errors=errors, as_json=as_json))


def agree(
    first: Annotated[Path, typer.Argument(metavar="A", help="Annotated passages of one coder (.jsonl, or a folder of them).")],
    second: Annotated[Path, typer.Argument(metavar="B", help="The same passages by another coder.")],
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Compare two coders: Cohen's κ on claim types, Krippendorff's α for each role and value."""
    from talaan.evaluation.agreement import agreement
    from talaan.evaluation.report import agreement_report

    print(agreement_report(agreement(_passages(first, "all"), _passages(second, "all")), as_json=as_json))


def _verdicts(gold: Path, language: str | None, home: Path, edition: str | None, *, errors: bool, as_json: bool) -> str:
    """The verdicts on the verdict gold of a corpus folder, a folder of verdict gold, or one file of it."""
    from talaan.evaluation.report import verdicts_report
    from talaan.evaluation.verdicts import load_judged
    from talaan.measure import measure_verdicts
    from talaan.pipeline import edition_named

    place = gold / "verdicts" if (gold / "verdicts").is_dir() else gold
    golds = [judged for judged in load_judged(place) if language in (None, judged.language)]
    if not golds:
        raise UsageError("No verdict to measure on", where=str(place), hint="see --language")
    used = edition_named(home, edition).edition.id
    return verdicts_report(measure_verdicts(golds, home, used), golds, used, errors=errors, as_json=as_json)


def _passages(gold: Path, split: "Split") -> "list[Passage]":
    """The passages; DataError where a file is no text or cannot be read."""
    from talaan.evaluation.gold import load_passages

    try:
        return load_passages(gold, split)
    except UnicodeDecodeError as fault:
        raise DataError("The passages are not UTF-8 text", where=str(gold), hint="give .jsonl files in UTF-8") from fault
    except OSError as fault:
        raise DataError(f"The passages cannot be read ({fault.strerror})", where=str(gold), hint="check the name and rights") from fault
