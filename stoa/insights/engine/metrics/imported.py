"""Registrations that came as finished rows: from JSON into the columns of person_course."""

import json

from stoa.insights.engine.metrics.duck import Duck
from stoa.insights.engine.metrics.engines import Bench
from stoa.insights.engine.schema import PERSON_COURSE, Columns

PART = "statements/imported"
IMPORTED: Columns = {"course": "INTEGER", "learner": "INTEGER", **PERSON_COURSE}
_QUERY = """
    SELECT course, learner, unnest(from_json("row", SHAPE)) FROM "statements/imported"
    QUALIFY row_number() OVER (PARTITION BY course, learner ORDER BY t DESC, seq DESC) = 1
"""


def unpack(bench: Bench, duck: Duck) -> None:
    """Make state/imported: of rows about one registration the last one counts. The parts have their names."""
    shape = json.dumps(dict(PERSON_COURSE))
    path = bench.change.new_file("state/imported")
    query = _QUERY.replace("SHAPE", f"'{shape}'")
    rows = duck.write_sql(query, path, columns=IMPORTED, order=("course", "learner"))
    bench.change.drop("state/imported")
    bench.change.add("state/imported", path, rows=rows)
