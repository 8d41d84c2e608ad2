"""typical: median and quartiles over courses of what the table course says of each."""

from collections.abc import Iterator
from typing import Final

import duckdb
import numpy as np

from stoa.insights.engine.metrics.computed.rows import Row
from stoa.insights.engine.metrics.registry.course import COURSE
from stoa.insights.engine.metrics.registry.metric import INTERNAL, columns

#: A share of fewer than so many people says little of a course; the others are of all its registrants or participants.
LEAST: Final = {"certified_of_intenders": ("intenders", 20)}
#: Columns that are numbers and no measure of a course.
_NO_MEASURES: Final = INTERNAL | {"start", "end"}
_NUMBERS: Final = frozenset({"BIGINT", "INTEGER", "DOUBLE"})


def typical(sql: duckdb.DuckDBPyConnection) -> Iterator[Row]:
    """One row a column."""
    kinds = columns(COURSE)
    rows = sql.execute('SELECT * FROM "tables/course" WHERE registered > 0 ORDER BY course').fetchall()
    for name, kind in kinds.items():
        if kind not in _NUMBERS or name in _NO_MEASURES:
            continue
        of, least = LEAST.get(name, ("registered", 1))
        place, beside = list(kinds).index(name), list(kinds).index(of)
        known = [float(row[place]) for row in rows if row[place] is not None and row[beside] >= least]
        q1, median, q3 = np.quantile(known, (0.25, 0.5, 0.75)).tolist() if known else (None, None, None)
        yield {"metric": name, "courses": len(known), "q1": q1, "median": median, "q3": q3}
