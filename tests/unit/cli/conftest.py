"""The command line called in this process, with a home of its own."""

from collections.abc import Callable
from pathlib import Path

import pytest

from talaan.cli.main import call

ROOT = Path(__file__).parent.parent.parent.parent
Called = tuple[int, str, str]
Talaan = Callable[..., Called]


@pytest.fixture(scope="session")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("home")


@pytest.fixture
def talaan(home: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Talaan:
    """(exit code, stdout, stderr) of a call in an empty folder."""
    monkeypatch.setenv("TALAAN_HOME", str(home))
    monkeypatch.delenv("TALAAN_LEDGER", raising=False)
    monkeypatch.chdir(tmp_path)

    def called(*arguments: object) -> Called:
        capsys.readouterr()
        code = call([str(argument) for argument in arguments])
        seen = capsys.readouterr()
        return code, seen.out, seen.err

    return called


@pytest.fixture
def article() -> Path:
    return ROOT / "docs/demo/article.tl.txt"


@pytest.fixture
def answers() -> Path:
    return ROOT / "docs/demo/answers.jsonl"
