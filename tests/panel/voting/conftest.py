"""Fixtures of the ballots."""

from pathlib import Path

import pytest

from sauga.kernel.sealed import ballots


@pytest.fixture
def own_folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """The machine's halves of keys lie apart: a sweep in one worker leaves those of another."""
    monkeypatch.setattr(ballots, "folder", lambda: tmp_path / "ballots")
