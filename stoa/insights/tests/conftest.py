from collections.abc import Callable
from pathlib import Path

import pytest
from django.db import transaction


@pytest.fixture
def log(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The data folder whose spool gets what the test does, as if each action were committed at once."""

    def commit(tell: Callable[[], object], using: str | None = None, *, robust: bool = False) -> None:
        del using, robust
        tell()

    monkeypatch.setenv("STOA_DATA", str(tmp_path))
    monkeypatch.setattr(transaction, "on_commit", commit)
    return tmp_path
