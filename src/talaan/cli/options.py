"""Options that several commands share."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from talaan.extraction.readers.llm.settings import LlmSettings

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
ModelOption = Annotated[
    str | None, typer.Option("--model", help="Name of the model (without it: the only one the server has).", show_default=False)
]
BaseUrlOption = Annotated[
    str | None,
    typer.Option(
        "--base-url", help="Address of the model's server, as http://localhost:11434/v1; any with OpenAI's chat form.", show_default=False
    ),
]
KeyOption = Annotated[
    str | None,
    typer.Option("--api-key-env", help="Name of the environment variable that holds the server's key.", show_default=False),
]
LlmConfigOption = Annotated[
    Path | None,
    typer.Option(
        "--llm-config",
        envvar="TALAAN_LLM_CONFIG",
        help="TOML file that says how a model is asked (without it: llm.toml in the home folder, if there is one).",
        show_default=False,
    ),
]


def model_settings(
    home: Path | None, file: Path | None, *, model: str | None, base_url: str | None, api_key_env: str | None
) -> "LlmSettings":
    """How a model is asked: the file's settings, with the options in front of them."""
    from talaan.extraction.readers.llm.settings import llm_settings

    kept = home_folder(home) / "llm.toml"
    if file is None and kept.is_file():
        file = kept
    return llm_settings(file, model=model, base_url=base_url, api_key_env=api_key_env)


def home_folder(home: Path | None) -> Path:
    """The folder given, or the user's data folder."""
    if home is not None:
        return home
    from platformdirs import user_data_path

    return user_data_path("talaan", appauthor=False)


def ledger_place(home: Path | None, ledger: str | None) -> str:
    """The ledger given, or `ledger.sqlite` in the home folder."""
    return ledger or str(home_folder(home) / "ledger.sqlite")
