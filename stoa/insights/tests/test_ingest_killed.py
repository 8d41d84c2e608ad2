"""Killed at any moment and run again: the same warehouse, bit for bit."""

import hashlib
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from stoa.insights.engine.demo.making import make
from stoa.insights.engine.warehouse.warehouse import Warehouse

ROOT = Path(__file__).resolve().parents[3]
CODE = """
import sys
from pathlib import Path
from stoa.insights.engine.reading.ingest import ingest
from stoa.insights.engine.warehouse.warehouse import Warehouse

warehouse = Warehouse(Path(sys.argv[1]))
with warehouse.alone():
    print("begun", flush=True)
    ingest(warehouse, [Path(sys.argv[2])], now=4_000_000_000_000_000, size=400_000)
"""
PEOPLE = "id\tusername\tis_staff\tdate_joined\n" + "".join(f"{n}\tlearner{n}\t0\t2013-01-01\n" for n in range(900))


def silent(*_: object) -> None:
    """Nobody listens."""


@contextmanager
def ingesting(warehouse: Path, logs: Path) -> Iterator[subprocess.Popen[bytes]]:
    command = [sys.executable, "-W", "ignore", "-c", CODE, str(warehouse), str(logs)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, env={**os.environ, "PYTHONPATH": str(ROOT)}) as process:
        assert process.stdout
        process.stdout.readline()
        yield process


def bits(folder: Path) -> dict[str, str]:
    """The digest of the manifest and of every file that counts."""
    parts = Warehouse(folder).snapshot().manifest.parts.values()
    names = ["manifest.json", *(kept.path for files in parts for kept in files)]
    return {name: hashlib.sha256((folder / name).read_bytes()).hexdigest() for name in sorted(names)}


@pytest.fixture(scope="module")
def logs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("killed")
    make(folder, events=8_000, seed=3, tell=silent)
    (folder / "logs" / "auth_user.tsv").write_text(PEOPLE)
    return folder / "logs"


@pytest.mark.req("R085")
@pytest.mark.parametrize("seed", range(3))
def test_a_killed_ingest_ends_in_the_same_bits(logs: Path, tmp_path: Path, seed: int) -> None:
    whole, broken = tmp_path / "whole", tmp_path / "broken"
    chance = random.Random(seed)  # noqa: S311 -- chance for a test, not a secret
    with ingesting(whole, logs) as process:
        began = time.monotonic()
        assert process.wait() == 0
        took = time.monotonic() - began

    kills = 0
    for _ in range(4):
        with ingesting(broken, logs) as process:
            time.sleep(chance.uniform(0, took * 0.6))
            if process.poll() is None:
                process.send_signal(signal.SIGKILL)
                kills += 1
    with ingesting(broken, logs) as process:
        assert process.wait() == 0

    assert kills > 0
    assert len(bits(whole)) > 20
    assert bits(broken) == bits(whole)
