"""One registry defines every column of every table that is built."""

from pathlib import Path

import duckdb
import pytest

from stoa.insights.engine.metrics.build import build
from stoa.insights.engine.metrics.expressions import course, person_course
from stoa.insights.engine.metrics.registry.metric import columns
from stoa.insights.engine.metrics.registry.tables import TABLES
from stoa.insights.tests.metrics.test_building import ada_and_bo
from stoa.insights.tests.metrics.warehouses import a_warehouse


def test_every_column_of_every_table_is_defined_and_none_else(tmp_path: Path) -> None:
    warehouse = a_warehouse(tmp_path, ada_and_bo())
    build(warehouse)
    snapshot = warehouse.snapshot()
    made = [part for part in snapshot.manifest.parts if part.startswith("tables/")]

    found = {
        part.removeprefix("tables/"): dict(
            duckdb.execute(
                "SELECT column_name, column_type FROM (DESCRIBE FROM read_parquet($files))",
                {"files": snapshot.files(part)},
            ).fetchall()
        )
        for part in made
    }

    assert found == {name: columns(metrics) for name, metrics in TABLES.items()}


def test_columns_that_are_made_by_name_are_those_of_the_registry() -> None:
    assert columns(TABLES["course"]) == course.COURSE
    assert columns(TABLES["person_course"]) == person_course.FILE


@pytest.mark.parametrize("table", TABLES)
def test_every_metric_says_what_it_is_in_what_unit_of_whom_and_from_where(table: str) -> None:
    metrics = TABLES[table]
    names = [metric.name for metric in metrics]

    assert len(set(names)) == len(names)
    for metric in metrics:
        assert metric.definition.endswith("."), metric.name
        assert metric.source, metric.name
        if metric.kind in {"BIGINT", "DOUBLE", "DATE"} and metric.name != "user_id":
            assert metric.unit, metric.name


@pytest.mark.req("R013")
@pytest.mark.parametrize("table", TABLES)
def test_every_share_names_a_denominator_that_stands_beside_it(table: str) -> None:
    metrics = TABLES[table]
    names = {metric.name for metric in metrics}

    for metric in metrics:
        assert bool(metric.of) == metric.unit.startswith("share"), metric.name
        assert set(metric.of.split(" x ")) <= names | {""}, metric.name
