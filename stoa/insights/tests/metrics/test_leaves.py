"""Leaves hold a part in its order, whatever of it is replaced, and no row twice."""

import tempfile
from collections.abc import Sequence
from pathlib import Path
from unittest.mock import patch

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
from hypothesis import example, given
from hypothesis import strategies as st

from stoa.insights.engine.metrics import leaves
from stoa.insights.engine.metrics.leaves import Remade, Shelf, places
from stoa.insights.engine.warehouse.warehouse import Warehouse

PART = "tables/person_course_day"
SHAPE = pa.schema([("course", pa.int32()), ("learner", pa.int32()), ("turn", pa.int32())])
Pair = tuple[int, int]
Change = tuple[bool, list[Pair], list[Pair]]


def pairs() -> st.SearchStrategy[list[Pair]]:
    """Registrations, each once and in order."""
    return st.sets(st.tuples(st.integers(0, 2), st.integers(0, 7))).map(sorted)


def changes() -> st.SearchStrategy[list[Change]]:
    """By courses or not, which registrations are touched, and which of those are there afterwards."""
    return st.lists(st.tuples(st.booleans(), pairs(), pairs()), min_size=1, max_size=4)


def rows(some: Sequence[Pair], turn: int) -> pa.Table:
    columns = [[course for course, _ in some], [learner for _, learner in some], [turn] * len(some)]
    return pa.table([pa.array(column, pa.int32()) for column in columns], schema=SHAPE)


def written(warehouse: Warehouse) -> list[tuple[int, int, int]]:
    """All rows of the part, file by file."""
    tables = [pq.read_table(path) for path in warehouse.snapshot().files(PART)]
    return [tuple(row.values()) for table in tables for row in table.to_pylist()]


@given(pairs(), changes())
@example([(0, 1), (0, 2), (0, 4), (1, 4)], [(True, [(0, 0), (1, 0)], [(0, 1), (0, 2), (0, 5), (0, 6), (1, 4)])])
def test_what_is_replaced_stands_in_order_and_once(first: list[Pair], then: list[Change]) -> None:
    with tempfile.TemporaryDirectory() as folder, patch.object(leaves, "VALUES", 6):
        warehouse = Warehouse(Path(folder))
        with warehouse.alone():
            with warehouse.writing() as change:
                Shelf(change, PART, warehouse.folder).put(rows(first, 0).to_reader())
            expected = dict.fromkeys(first, 0)
            for turn, (by_course, touched, there) in enumerate(then, start=1):
                courses = {course for course, _ in touched}
                new = [one for one in there if (one[0] in courses if by_course else one in touched)]
                some = places(np.array(sorted(courses), np.int64)) if by_course else _at(touched)
                if not len(some):
                    continue
                with warehouse.writing() as change:
                    made = Remade(touched=some, rows=rows(new, turn), by_course=by_course)
                    Shelf(change, PART, warehouse.folder).replace(made)
                gone = (one for one in [*expected] if (one[0] in courses if by_course else one in touched))
                for one in gone:
                    del expected[one]
                expected |= dict.fromkeys(new, turn)

                assert written(warehouse) == [(*one, expected[one]) for one in sorted(expected)]


def _at(some: Sequence[Pair]) -> leaves.Places:
    course, learner = np.array(some, np.int64).reshape(-1, 2).T
    return places(course, learner)
