"""The command line as people type it."""

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

from stoa.cli import main
from stoa.cli.registry import COMMANDS
from stoa.run import places
from stoa.run.failures import CannotStart
from stoa.run.tests.folders import data_folder


@pytest.fixture
def data() -> Iterator[Path]:
    with data_folder() as folder:
        yield folder


OURS = {"STOA_DATA", "STOA_SECRET_KEY", "DATABASE_URL"}


def stoa(*words: str | Path, **variables: str) -> subprocess.CompletedProcess[str]:
    bare = {name: value for name, value in os.environ.items() if name not in OURS} | variables
    command = [sys.executable, "-m", "stoa.cli", *map(str, words)]
    return subprocess.run(command, check=False, capture_output=True, text=True, env=bare)


def test_help_lists_the_commands_without_loading_django() -> None:
    asked = subprocess.run(
        [sys.executable, "-X", "importtime", "-m", "stoa.cli", "--help"], check=True, capture_output=True, text=True
    )

    assert "prepare  " in asked.stdout
    assert "django" not in asked.stderr
    assert "psycopg" not in asked.stderr


def test_help_for_a_command_touches_no_data(data: Path) -> None:
    asked = stoa("--data", data / "new", "prepare", "--help")

    assert asked.returncode == 0
    assert "Bring the database and the static files up to date" in asked.stdout
    assert not (data / "new").exists()


@pytest.mark.parametrize(
    "said", [("prepare", "--data", "{}"), ("prepare", "--bare", "--data={}"), ("--data", "{}", "prepare")]
)
def test_the_data_folder_is_named_before_the_command_or_behind_it(data: Path, said: tuple[str, ...]) -> None:
    (data / "file").write_text("")
    folder = data / "file" / "deeper"

    refused = stoa(*(word.format(folder) for word in said))

    assert refused.returncode == 3
    assert str(folder) in refused.stderr


def test_behind_two_dashes_nothing_is_an_option(data: Path) -> None:
    refused = stoa("import", "--", "--data", data)

    assert refused.returncode == 2
    assert "unexpected extra argument" in refused.stderr


@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_every_command_has_examples_and_says_its_exit_codes(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    for variable in OURS:
        # What help sets where it is missing is not to stay.
        monkeypatch.setenv(variable, os.environ.get(variable, "unused"))

    said = CliRunner().invoke(main.stoa, [name, "--help"], prog_name="stoa").output

    assert f"Usage: stoa {name} " in said
    assert re.search(rf"Example[\s\S]*stoa (--data \S+ )?{name}", said)
    assert "Exit code" in said or "Exits with" in said


def test_a_word_that_is_no_command_is_named() -> None:
    refused = stoa("inport")

    assert refused.returncode == 2
    assert "No such command 'inport'" in refused.stderr


def test_a_data_folder_that_is_a_file_is_refused(data: Path) -> None:
    (data / "file").write_text("")

    refused = stoa("--data", data / "file" / "deeper", "prepare")

    assert refused.returncode == 3
    assert "Stoa can't keep its data in" in refused.stderr


def test_what_the_machine_refuses_to_a_command_is_said_with_what_helps(data: Path) -> None:
    (data / "file").write_text("")

    refused = stoa("insights", "demo", data / "file" / "demo")

    assert refused.returncode == 1
    assert f"stoa: Not a directory: {data}/file/demo/logs. Choose another place, or " in refused.stderr
    assert "Traceback" not in refused.stderr


def test_a_full_disk_is_said_with_the_way_out(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(places, "ENOUGH", 1 << 60)

    with pytest.raises(CannotStart, match="Free some, or choose a folder on another disk with --data"):
        places.open_data(data)
