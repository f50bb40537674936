"""Which versions made a reading: options in, the run that the ledger names and the version that bulk parts carry out."""

import hashlib
from datetime import UTC, datetime
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable

from talaan import __version__
from talaan.ledger.runs import Run
from talaan.options import Options

HASH_LETTERS = 12


def run_of(options: Options, edition: str | None) -> Run:
    """The run that makes readings against this edition (None: against no register), at this moment."""
    from talaan.extraction.readers.llm.instructions import all_instructions_version

    asks_model = options.reader != "builtin"
    return Run(
        program=f"talaan {__version__}",
        reader=options.reader,
        language_data=data_version("talaan.extraction", "languages"),
        reference_data=data_version("talaan.reference", "data"),
        time=datetime.now(UTC).isoformat(timespec="seconds"),
        instructions=all_instructions_version() if asks_model else None,
        answers=_answers_version(options) if asks_model else None,
        edition=edition,
    )


def bulk_version(options: Options, edition: str | None) -> str:
    """One hash of everything that decides what a document's line holds; `edition` is the one really used."""
    parts = (
        __version__,
        data_version("talaan.extraction", "languages"),
        data_version("talaan.reference", "data"),
        options.reader,
        _answers_version(options),
        _asking_version(options),
        edition,
        options.verify,
        options.gate,
        options.with_text,
    )
    return hashlib.sha256(repr(parts).encode()).hexdigest()[:HASH_LETTERS]


def _asking_version(options: Options) -> str | None:
    """What decides a model's answers over the wire but the text; None where no model is asked."""
    if options.llm is None:
        return None
    from talaan.extraction.readers.llm.instructions import all_instructions_version
    from talaan.extraction.readers.llm.requests import request_parameters

    return f"{all_instructions_version()} {options.llm.examples} {options.llm.context_length} {request_parameters(options.llm)}"


def _answers_version(options: Options) -> str:
    return hashlib.sha256(repr(sorted(options.answers.drafts.items())).encode()).hexdigest()[:HASH_LETTERS]


@cache
def data_version(package: str, folder: str) -> str:
    """The first letters of a SHA-256 over all files of a data folder."""
    digest = hashlib.sha256()
    for place in _walk(files(package).joinpath(folder)):
        digest.update(place.name.encode() + b"\0" + place.read_bytes())
    return digest.hexdigest()[:HASH_LETTERS]


def _walk(place: Traversable) -> list[Traversable]:
    inside = sorted(place.iterdir(), key=lambda entry: entry.name)
    return [file for entry in inside for file in (_walk(entry) if entry.is_dir() else [entry]) if "__pycache__" not in str(file)]
