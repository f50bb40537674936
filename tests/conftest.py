"""Fixtures that every test may use."""

import os
from pathlib import Path

import pytest
from hypothesis import settings

# In CI the same examples run every time, so that a change is judged by itself; elsewhere new ones are looked for.
settings.register_profile("ci", derandomize=True)
if os.environ.get("CI"):
    settings.load_profile("ci")

ROOT = Path(__file__).parent.parent


@pytest.fixture
def shared() -> Path:
    """The folder with real registers and the reference article; skips where it is absent."""
    place = Path(os.environ.get("TALAAN_SHARED", ROOT.parent / "shared"))
    if not (place / "data").is_dir():
        pytest.skip("needs the shared folder with real registers (set TALAAN_SHARED), which is not part of the project")
    return place
