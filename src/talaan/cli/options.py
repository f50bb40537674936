"""Options that several commands share."""

from pathlib import Path
from typing import Annotated

import typer

HomeOption = Annotated[
    Path | None,
    typer.Option(
        "--home",
        envvar="TALAAN_HOME",
        help="Folder with the ledger and the register editions (default: your data folder).",
        show_default=False,
    ),
]
LedgerOption = Annotated[
    str | None,
    typer.Option("--ledger", envvar="TALAAN_LEDGER", help="Another ledger: a file, or a database URL.", show_default=False),
]
JsonOption = Annotated[bool, typer.Option("--json", help="Print JSON in the output contract's form.")]
EditionOption = Annotated[
    str | None, typer.Option("--edition", help="Use this edition instead of the newest one loaded.", show_default=False)
]
OutputOption = Annotated[
    Path | None, typer.Option("-o", "--output", help="Write to this file; its suffix decides the form.", show_default=False)
]


def home_folder(home: Path | None) -> Path:
    """The folder given, or the user's data folder."""
    if home is not None:
        return home
    from platformdirs import user_data_path

    return user_data_path("talaan", appauthor=False)


def ledger_place(home: Path | None, ledger: str | None) -> str:
    """The ledger given, or `ledger.sqlite` in the home folder."""
    return ledger or str(home_folder(home) / "ledger.sqlite")
