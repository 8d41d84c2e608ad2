"""Tables are compared with what all events make, and made anew where they differ."""

import os
import random
import signal
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path
from unittest.mock import patch

import pyarrow.compute as pc
import pyarrow.parquet as pq
import pytest
from click.testing import CliRunner

from stoa.insights.commands.group import insights
from stoa.insights.engine.following.checking import DailyCheck
from stoa.insights.engine.metrics import onward, resting
from stoa.insights.engine.metrics.build import advance, catch_up, catch_up_one, is_behind
from stoa.insights.engine.metrics.checking import differences
from stoa.insights.engine.metrics.making import TABLE_MAKINGS, Scope
from stoa.insights.engine.metrics.workplace import workplace
from stoa.insights.engine.warehouse.warehouse import Warehouse
from stoa.insights.tests.metrics.test_onward import LEARNERS, Batch, begun, take
from stoa.insights.tests.metrics.warehouses import DAY, HOUR, T0, Event, rows_of

DAY_S = 86_400
ROOT = Path(__file__).resolve().parents[4]
CODE = """
import sys
from pathlib import Path
from stoa.insights.engine.metrics.build import advance, catch_up
from stoa.insights.engine.metrics.workplace import workplace
from stoa.insights.engine.warehouse.warehouse import Warehouse

warehouse = Warehouse(Path(sys.argv[1]))
with warehouse.alone():
    print("begun", flush=True)
    advance(warehouse)
    catch_up(warehouse)
"""


def everybody(t: int, course: int = 0) -> Batch:
    """Each learner acts once."""
    batch = Batch(events=[Event(course=course, learner=n, t=t) for n in range(LEARNERS)])
    for learner in range(3):
        batch.said.append(("enrolments", t, {"course": course, "learner": learner, "active": True, "mode": "honor"}))
    return batch


def advanced(folder: Path) -> Warehouse:
    """A warehouse whose tables were brought up to two batches."""
    warehouse = begun(folder)
    for number in range(2):
        take(warehouse, everybody(T0 + number * HOUR))
        with warehouse.alone():
            advance(warehouse)
            catch_up(warehouse)
    return warehouse


def falsify(warehouse: Warehouse) -> None:
    """Let one number of person_course be wrong."""
    path = Path(warehouse.snapshot().files("tables/person_course")[0])
    table = pq.read_table(path)
    wrong = pc.add(table["nevents"], 1)
    pq.write_table(table.set_column(table.column_names.index("nevents"), "nevents", wrong), path)


def test_tables_as_they_should_be_differ_in_nothing(tmp_path: Path) -> None:
    assert differences(advanced(tmp_path).snapshot()) == {}


def test_a_wrong_number_is_found_by_the_command(tmp_path: Path) -> None:
    warehouse = advanced(tmp_path)
    falsify(warehouse)

    told = CliRunner().invoke(insights, ["build", "--check", "--warehouse", str(tmp_path)])

    assert told.exit_code == 3
    assert f"tables/person_course differs in {2 * LEARNERS} rows" in told.output


def test_once_a_day_wrong_tables_are_found_and_made_anew(tmp_path: Path) -> None:
    warehouse = advanced(tmp_path)
    check = DailyCheck(warehouse)
    with warehouse.alone():
        assert not check.step(at=1_000_000)
        assert not check.runs
        falsify(warehouse)
        check.step(at=1_000_000 + DAY_S + 1)
        assert check.runs
        repaired = False
        while check.runs:
            repaired = check.step(at=1_000_000 + DAY_S + 2)
            time.sleep(0.1)

    assert repaired
    assert differences(warehouse.snapshot()) == {}


def test_a_table_that_waits_for_a_rest_is_made_in_it(tmp_path: Path) -> None:
    patient = [*TABLE_MAKINGS]
    whole = [replace(TABLE_MAKINGS[0], scope=Scope.WHOLE), *TABLE_MAKINGS[1:]]
    for number, makings in enumerate((patient, whole)):
        with patch.object(onward, "TABLE_MAKINGS", makings), patch.object(resting, "TABLE_MAKINGS", makings):
            warehouse = advanced(tmp_path / str(number))
            take(warehouse, everybody(T0 + 9 * DAY, course=1))
            with warehouse.alone():
                advance(warehouse)
                before = rows_of(warehouse, "tables/course")
                assert is_behind(warehouse.snapshot().manifest)
                catch_up(warehouse)

            assert before != rows_of(warehouse, "tables/course")
            assert differences(warehouse.snapshot()) == {}


@pytest.mark.req("R085")
def test_tables_that_wait_are_made_one_by_one_with_events_in_between(tmp_path: Path) -> None:
    warehouse = advanced(tmp_path)
    with workplace() as place:
        for number in range(2):
            take(warehouse, everybody(T0 + (9 + number) * DAY, course=number))
            with warehouse.alone():
                advance(warehouse, at=place)
                assert catch_up_one(warehouse, at=place)
        with warehouse.alone():
            while catch_up_one(warehouse, at=place):
                pass

    assert not is_behind(warehouse.snapshot().manifest)
    assert differences(warehouse.snapshot()) == {}


def test_who_forgets_somebody_has_all_tables_made_anew(tmp_path: Path) -> None:
    warehouse = advanced(tmp_path)
    with warehouse.alone(), warehouse.writing() as change:
        change.say("built_seq", -1)
    assert is_behind(warehouse.snapshot().manifest)


@pytest.mark.req("R085")
def test_a_killed_advance_leaves_the_old_tables_and_the_next_one_makes_the_new(tmp_path: Path) -> None:
    warehouse = advanced(tmp_path / "w")
    take(warehouse, everybody(T0 + 9 * DAY, course=1))
    old = warehouse.snapshot()
    command = [sys.executable, "-W", "ignore", "-c", CODE, str(warehouse.folder)]
    chance = random.Random(1)  # noqa: S311 -- chance for a test, not a secret
    for _ in range(3):
        with subprocess.Popen(command, stdout=subprocess.PIPE, env={**os.environ, "PYTHONPATH": str(ROOT)}) as running:
            assert running.stdout
            running.stdout.readline()
            time.sleep(chance.uniform(0, 1.0))
            running.send_signal(signal.SIGKILL)
        now = warehouse.snapshot()
        assert now == old or is_behind(now.manifest) or differences(now) == {}
    with warehouse.alone():
        advance(warehouse)
        catch_up(warehouse)

    assert differences(warehouse.snapshot()) == {}
