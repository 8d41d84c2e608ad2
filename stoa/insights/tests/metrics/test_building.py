"""Building tables, and taking them along."""

import csv
import json
from pathlib import Path

import duckdb
import pytest
from click.testing import CliRunner

from stoa.insights.commands.group import insights
from stoa.insights.engine.kinds import Kind
from stoa.insights.engine.metrics.build import build
from stoa.insights.engine.metrics.registry.metric import INTERNAL
from stoa.insights.engine.metrics.registry.tables import TABLES
from stoa.insights.tests.metrics.warehouses import DAY, HOUR, MINUTE, T0, Event, Value, World, a_warehouse, rows_of

KINDS = (Kind.PAGE, Kind.PLAY, Kind.PAUSE, Kind.CHECK, Kind.THREAD)


def ada_and_bo() -> World:
    """Ada acts once a minute and is certified; Bo only enrolled."""
    world = World(learners=["ada", "bo"])
    world.events = [
        Event(t=T0 + n * MINUTE, kind=kind, chapter=0 if kind == Kind.PAGE else -1) for n, kind in enumerate(KINDS)
    ]
    world.enrol(0)
    world.enrol(1)
    world.certify(0, t=T0 + HOUR)
    return world


@pytest.mark.req("R007")
def test_a_trace_with_known_gaps_gives_its_minutes(tmp_path: Path) -> None:
    warehouse = a_warehouse(tmp_path, ada_and_bo())

    build(warehouse)

    ada, bo = rows_of(warehouse, "tables/person_course")
    assert (ada["nevents"], ada["sum_dt_5"], ada["sum_dt_30"], ada["avg_dt"]) == (5, 4 * MINUTE, 4 * MINUTE, 60.0)
    assert (bo["nevents"], bo["sum_dt_5"], bo["status"], ada["status"]) == (0, 0, "registered", "certified")


@pytest.mark.req("R013")
def test_every_rate_has_its_counts_beside_it(tmp_path: Path) -> None:
    warehouse = a_warehouse(tmp_path, ada_and_bo())

    build(warehouse)

    (course,) = rows_of(warehouse, "tables/course")
    assert (course["registered"], course["participants"], course["certified"]) == (2, 1, 1)
    assert (course["certified_of_registered"], course["certified_of_participants"]) == (0.5, 1.0)
    assert course["certified_of_verified"] is None


def test_the_command_builds_and_exports(tmp_path: Path) -> None:
    a_warehouse(tmp_path / "w", ada_and_bo())
    out = tmp_path / "people.csv"

    built = CliRunner().invoke(insights, ["build", "--warehouse", str(tmp_path / "w")])
    told = CliRunner().invoke(insights, ["export", "person_course", "--warehouse", str(tmp_path / "w"), "-o", str(out)])

    assert (built.exit_code, told.exit_code) == (0, 0), built.output + told.output
    with out.open() as file:
        rows = list(csv.DictReader(file))
    assert [(row["username"], row["nevents"], row["ndays_act"]) for row in rows] == [
        ("ada", "5", "1"),
        ("bo", "0", "0"),
    ]
    assert "learner" not in rows[0]


def test_a_table_can_be_had_of_one_course_as_json(tmp_path: Path) -> None:
    world = ada_and_bo()
    world.courses.append("course-v1:Org+B+1")
    world.enrol(1, course=1)
    build(a_warehouse(tmp_path / "w", world))
    out = tmp_path / "people.json"

    words = ["--warehouse", str(tmp_path / "w"), "--course", "course-v1:Org+B+1", "-o", str(out)]
    told = CliRunner().invoke(insights, ["export", "person_course", *words])

    assert told.exit_code == 0, told.output
    assert [row["username"] for row in json.loads(out.read_text())] == ["bo"]


def test_a_table_that_is_not_there_is_named(built_once: Path) -> None:
    told = CliRunner().invoke(insights, ["export", "nothing", "--warehouse", str(built_once)])

    assert told.exit_code == 1
    assert "There is no table nothing" in told.output


@pytest.mark.parametrize("table", TABLES)
@pytest.mark.parametrize("form", ["csv", "parquet", "json"])
def test_every_table_is_exported_in_every_format(table: str, form: str, built_once: Path, tmp_path: Path) -> None:
    out = tmp_path / f"out.{form}"

    words = ["--warehouse", str(built_once), "--format", form, "-o", str(out)]
    told = CliRunner().invoke(insights, ["export", table, *words])

    assert told.exit_code == 0, told.output
    with duckdb.connect() as sql:
        found = sql.sql(f"FROM '{out}'").columns
    assert found == [metric.name for metric in TABLES[table] if metric.name not in INTERNAL]


def test_a_table_of_no_course_is_not_narrowed_to_one(built_once: Path) -> None:
    told = CliRunner().invoke(insights, ["export", "area", "--warehouse", str(built_once), "--course", "x"])

    assert told.exit_code == 1
    assert "about no single course" in told.output


@pytest.fixture(scope="module")
def built_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A warehouse every table of which has a row."""
    world = ada_and_bo()
    world.courses.append("course-v1:Org+A+2")
    world.objects = ["one"]
    for course in range(2):
        world.enrol(1, course)
        for turn, kind in enumerate((Kind.PLAY, Kind.PAUSE, Kind.CHECK)):
            t = T0 + course * HOUR + turn * MINUTE
            world.events.append(Event(course=course, learner=1, t=t, kind=kind, object=0, a=9_000 * turn))
    world.events.append(Event(course=0, learner=1, t=T0 + 8 * DAY, kind=Kind.PAGE))
    said: dict[str, Value] = {
        "course": 0,
        "learner": 1,
        "object": 0,
        "part": "_2_1",
        "answer": "wax",
        "choice": "wax",
        "correct": 1,
    }
    world.statements["statements/answers"] = [{**said, "t": T0, "seq": 0}]
    folder = tmp_path_factory.mktemp("built")
    build(a_warehouse(folder, world))
    return folder
