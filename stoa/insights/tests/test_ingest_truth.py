"""Logs whose truth is known come in as they are, and the table of registrations says what it says."""

import csv
from pathlib import Path
from types import SimpleNamespace

import duckdb
import pytest

from stoa.insights.engine.demo.making import Truth, make
from stoa.insights.engine.metrics.build import build
from stoa.insights.engine.reading.ingest import ingest
from stoa.insights.engine.reading.summary import Summary
from stoa.insights.engine.warehouse.warehouse import Snapshot, Warehouse

LATE = 4_000_000_000_000_000


def silent(*_: object) -> None:
    """Nobody listens."""


def taken_in(folder: Path, *paths: Path) -> Summary:
    warehouse = Warehouse(folder)
    with warehouse.alone():
        return ingest(warehouse, paths, now=LATE)


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> SimpleNamespace:
    folder = tmp_path_factory.mktemp("world")
    truth = make(folder, events=30_000, seed=7, tell=silent)
    return SimpleNamespace(folder=folder, truth=truth, summary=taken_in(folder / "w", folder / "logs"))


def test_every_line_is_an_event_a_duplicate_or_in_quarantine(world: SimpleNamespace) -> None:
    truth: Truth = world.truth
    summary: Summary = world.summary

    assert summary.events == truth.totals["events"]
    assert summary.duplicates == truth.totals["twice"]
    assert summary.quarantined.total() == truth.totals["broken"]
    assert summary.lines == summary.events + summary.duplicates + summary.quarantined.total()


def test_the_same_logs_again_change_nothing(world: SimpleNamespace) -> None:
    before = Warehouse(world.folder / "w").snapshot().manifest

    again = taken_in(world.folder / "w", world.folder / "logs")

    assert again.events == 0
    assert Warehouse(world.folder / "w").snapshot().manifest == before


@pytest.mark.parametrize(
    ("part", "condition", "total"),
    [
        ("enrolments", "active", "registered"),
        ("certificates", "status = 'downloadable'", "certified"),
        ("enrolments", "mode = 'verified'", "verified"),
        ("surveys", "answer = 'certificate'", "intenders"),
    ],
)
def test_what_is_said_of_learners_is_kept(world: SimpleNamespace, part: str, condition: str, total: str) -> None:
    snapshot: Snapshot = Warehouse(world.folder / "w").snapshot()

    query = f"SELECT count(*) FROM read_parquet($files) WHERE {condition}"  # noqa: S608 -- conditions of this file
    with duckdb.connect() as sql:
        found = sql.execute(query, {"files": snapshot.files(f"statements/{part}")}).fetchall()

    assert found == [(world.truth.totals[total],)]


def test_each_row_of_person_course_says_what_the_truth_says(world: SimpleNamespace) -> None:
    warehouse = Warehouse(world.folder / "w")
    with warehouse.alone():
        build(warehouse)
    with (world.folder / "truth.csv").open() as file:
        truth = {(row["course_id"], row["username"]): _meant(row) for row in csv.DictReader(file)}

    with duckdb.connect() as sql:
        table = sql.sql("SELECT * FROM read_parquet($files)", params={"files": _files(warehouse)})
        rows = [dict(zip(table.columns, row, strict=True)) for row in table.fetchall()]
    found = {(row["course_id"], row["username"]): {name: row[name] for name in SAME} for row in rows}

    assert found == truth
    assert len({row["exit_reason"] for row in found.values()}) > 3
    assert {row["satisfied"] for row in found.values()} == {None, "yes", "no"}


SAME = ("viewed", "certified", "verified", "intent", "exit_reason", "satisfied", "nplay_video", "nproblem_check")


def _files(warehouse: Warehouse) -> list[str]:
    return warehouse.snapshot().files("tables/person_course")


def _meant(row: dict[str, str]) -> dict[str, object]:
    flags = {name: row[name] == "1" for name in ("viewed", "certified", "verified")}
    words = {name: row[name] or None for name in ("intent", "exit_reason", "satisfied")}
    return {**flags, **words, **{name: int(row[name]) for name in ("nplay_video", "nproblem_check")}}
