"""Commands that start the database themselves."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from stoa.run.tests.folders import data_folder
from tests.starting.sites import bare_environment


@pytest.fixture
def data() -> Iterator[Path]:
    with data_folder() as folder:
        yield folder


def stoa(*words: str | Path, **variables: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "stoa.cli", *map(str, words)]
    return subprocess.run(command, check=False, capture_output=True, text=True, env=bare_environment() | variables)


def test_a_command_starts_the_database_migrates_it_and_stops_it(data: Path) -> None:
    done = stoa("--data", data, "prepare", "--bare")

    assert (done.returncode, done.stderr) == (0, "")
    assert not (data / "postgres" / "postmaster.pid").exists()


@pytest.mark.parametrize(("https", "words"), [("1", ""), ("", "security.W")])
def test_a_site_behind_https_passes_the_checks_of_deployment(data: Path, https: str, words: str) -> None:
    checked = stoa("--data", data, "check-deploy", STOA_HTTPS=https, STOA_HOSTS="learn.example.org")

    assert checked.returncode == (0 if https else 1)
    assert words in checked.stderr
    assert bool(checked.stderr) == (not https)


def test_commands_of_a_group_run_inside_the_site_too(data: Path) -> None:
    told = [stoa("--data", data, "mail", *words) for words in (["hold", "restored a backup"], ["status", "--json"])]

    assert [one.returncode for one in told] == [0, 0]
    assert told[1].stdout == '{"mails": {}, "held": true}\n'
    assert not (data / "postgres" / "postmaster.pid").exists()
