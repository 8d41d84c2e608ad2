"""The command that plays large courses."""

import json
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from click.testing import CliRunner

from stoa.peer_review.commands.simulating import simulate

FIGURES = {
    *("unreviewed_on_time", "staff_share", "first_review_days_p50", "first_review_days_p99", "final_days_max"),
    *("contributors_below_k", "gini_received", "overdue", "no_harm"),
}


def run(*words: str) -> str:
    result = CliRunner().invoke(simulate, ["peer-review", "--processes", "1", *words])
    assert result.exit_code == 0, result.output
    return result.stdout


@pytest.mark.req("R112")
def test_it_tells_figures_of_each_rule() -> None:
    told = json.loads(run("--learners", "60", "--dropout", "0.9", "--seeds", "3", "--json"))

    assert list(told["rules"]) == ["random", "fewest first", "oldest first", "ours"]
    assert all(set(figures) >= FIGURES for figures in told["rules"].values())
    assert told["rules"]["ours"]["unreviewed_on_time"] == 0
    assert told["rules"]["random"]["unreviewed_on_time"] > 0


def test_it_draws_and_writes_a_table(tmp_path: Path) -> None:
    picture = tmp_path / "waits.svg"

    told = run("--learners", "10", "--seeds", "2", "--plot", str(picture))

    assert [line.split()[:2] for line in told.splitlines() if line.startswith("90%")] == [
        ["90%", "random"],
        ["90%", "fewest"],
        ["90%", "oldest"],
        ["90%", "ours"],
    ]
    bars = ET.parse(picture).getroot()  # noqa: S314 -- our own picture
    assert len(bars.findall("{http://www.w3.org/2000/svg}rect")) == 1 + 2 * 12


def test_processes_share_the_work_and_change_no_figure() -> None:
    words = ("--learners", "300", "--dropout", "0.5", "--seeds", "6", "--rule", "ours", "--json")
    alone = run(*words)

    shared = CliRunner().invoke(simulate, ["peer-review", "--processes", "2", *words]).stdout

    assert json.loads(shared) == json.loads(alone)
