"""Every command of Insights says what it does, by examples, and what its exit codes mean."""

import json
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from stoa.insights.commands.group import COMMANDS, insights
from stoa.insights.commands.places import warehouse_option
from stoa.insights.engine.reading.ingest import ingest
from stoa.insights.engine.warehouse.warehouse import LOCK, Warehouse

#: Their answer is a file, or they run until they are stopped.
NO_JSON = {"export", "draw", "serve", "answer", "follow", "work"}
NOW = 4_000_000_000_000_000
LINE = {
    "username": "ada",
    "event_type": "play_video",
    "event_source": "browser",
    "time": "2026-11-01T10:00:00+00:00",
    "event": "{}",
    "context": {"user_id": 7, "course_id": "course-v1:Uni+Bees+2026"},
}


def command(name: str) -> click.Command:
    """The command of this name."""
    found = insights.get_command(click.Context(insights), name)
    assert found
    return found


@pytest.fixture
def warehouse(tmp_path: Path) -> Path:
    """A warehouse with one event of Ada."""
    (tmp_path / "tracking.log").write_text(json.dumps(LINE) + "\n")
    house = Warehouse(tmp_path / "w")
    with house.alone():
        ingest(house, [tmp_path / "tracking.log"], now=NOW)
    return tmp_path / "w"


@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_the_help_has_examples_and_exit_codes(name: str) -> None:
    said = CliRunner().invoke(insights, [name, "--help"]).output

    assert f"stoa insights {name}" in said or name == "work"
    assert "Example" in said
    assert "Exit codes: 0 " in said


@pytest.mark.parametrize("name", sorted(set(COMMANDS) - NO_JSON))
def test_a_machine_can_read_what_a_command_says(name: str) -> None:
    assert "--json" in {word for option in command(name).params for word in option.opts}


def test_all_commands_mean_the_same_warehouse() -> None:
    options = [one for name in COMMANDS for one in command(name).params if "--warehouse" in one.opts]
    common = next(iter(click.command(warehouse_option(lambda: None)).params))

    assert len(options) == 7
    assert {one.to_info_dict()["default"] for one in options} == {common.to_info_dict()["default"]}
    assert {vars(one)["show_default"] for one in options} == {vars(common)["show_default"]}


def test_a_build_says_its_rows_as_json(warehouse: Path) -> None:
    said = CliRunner().invoke(insights, ["build", "--warehouse", str(warehouse), "--json"])

    assert said.exit_code == 0
    assert json.loads(said.stdout)["person_course"] == 1


def test_whoever_is_unknown_is_said_as_json_and_by_the_exit_code(warehouse: Path) -> None:
    said = CliRunner().invoke(insights, ["forget", "ada", "bo", "--warehouse", str(warehouse), "--json"])

    assert said.exit_code == 1
    assert json.loads(said.stdout) == {"forgotten": ["ada"], "unknown": ["bo"]}
    assert "nobody here is called bo" in said.stderr


@pytest.mark.parametrize(
    "words", [["release", "out"], ["export", "person_course"], ["serve"], ["report", "--json"], ["forget", "ada"]]
)
def test_an_empty_warehouse_is_said_to_be_one(words: list[str], tmp_path: Path) -> None:
    (tmp_path / LOCK).touch()

    said = CliRunner().invoke(insights, [*words, "--warehouse", str(tmp_path)])

    assert said.exit_code == 1
    assert said.stderr.strip()
    assert "Traceback" not in said.output


@pytest.mark.parametrize(
    "words", [["build"], ["release", "out"], ["export", "course"], ["serve"], ["report", "--json"], ["forget", "ada"]]
)
def test_a_folder_that_is_no_warehouse_is_refused_and_left_alone(words: list[str], tmp_path: Path) -> None:
    folder = tmp_path / "mistyped"

    said = CliRunner().invoke(insights, [*words, "--warehouse", str(folder)])

    assert said.exit_code == 1
    assert (
        f"There is no warehouse in {folder}. `stoa insights ingest --warehouse {folder} LOGS` makes one." in said.stderr
    )
    assert not folder.exists()
