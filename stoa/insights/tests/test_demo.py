"""The invented logs: the same each time, of the wished size, and as their truth says."""

import csv
import hashlib
import io
import json
from collections import Counter
from pathlib import Path

import pytest
import zstandard
from click.testing import CliRunner

from stoa.insights.commands.demonstrating import demo
from stoa.insights.engine.demo.making import Truth, make


def made(folder: Path, *, events: int = 30_000, seed: int = 1) -> Truth:
    return make(folder, events=events, seed=seed, tell=lambda _: None)


def lines(folder: Path) -> list[str]:
    found: list[str] = []
    for path in sorted(folder.glob("logs/*.zst")):
        with path.open("rb") as file, zstandard.ZstdDecompressor().stream_reader(file) as stream:
            found += stream.read().decode().splitlines()
    return found


def digest(folder: Path) -> str:
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return hashlib.sha256(b"".join(path.read_bytes() for path in files)).hexdigest()


def test_one_seed_makes_one_world_and_another_seed_another(tmp_path: Path) -> None:
    for name, seed in (("one", 1), ("again", 1), ("other", 2)):
        made(tmp_path / name, seed=seed)

    assert digest(tmp_path / "one") == digest(tmp_path / "again") != digest(tmp_path / "other")


@pytest.mark.parametrize(("events", "within"), [(5_000, 0.3), (60_000, 0.1), (300_000, 0.05)])
def test_about_as_many_events_are_made_as_were_asked_for(tmp_path: Path, events: int, within: float) -> None:
    truth = made(tmp_path, events=events)

    assert truth.totals["events"] == pytest.approx(events, rel=within)


def test_the_truth_counts_what_the_lines_say(tmp_path: Path) -> None:
    truth = made(tmp_path)

    good, broken = [], 0
    for line in lines(tmp_path):
        try:
            good.append(json.loads(line))
        except ValueError:
            broken += 1
    kinds = Counter(event["event_type"] for event in {json.dumps(event): event for event in good}.values())
    assert broken == truth.totals["broken"]
    assert len(good) == truth.totals["events"] + truth.totals["twice"]
    assert kinds["edx.course.enrollment.activated"] == truth.totals["registered"]
    assert kinds["edx.certificate.created"] == truth.totals["certified"]


def test_each_registration_has_its_row_and_rows_add_up(tmp_path: Path) -> None:
    truth = made(tmp_path)

    rows = list(csv.DictReader(io.StringIO((tmp_path / "truth.csv").read_text())))
    assert len({(row["course_id"], row["username"]) for row in rows}) == len(rows) == truth.totals["registered"]
    assert sum(int(row["viewed"]) for row in rows) == truth.totals["participants"]
    assert sum(int(row["explored"]) for row in rows) == truth.totals["explored"]
    assert all(int(row["nevents"]) > 0 for row in rows if row["viewed"] == "1")


def test_the_command_says_what_it_made_and_where(tmp_path: Path) -> None:
    said = CliRunner().invoke(demo, [str(tmp_path / "d"), "--events", "5000", "--json"])

    assert said.exit_code == 0
    assert json.loads(said.stdout)["totals"] == json.loads((tmp_path / "d" / "truth.json").read_text())["totals"]
