"""Runs of a course beside one another: the same week since each run's start."""

# ruff: noqa: S608 -- a query of this module; what comes from outside is bound

from collections.abc import Sequence
from typing import Final

import duckdb

from stoa.insights.engine.asking.data import COURSE, DAYS, PERSON_COURSE, Data
from stoa.insights.rules.answers import Table

DAY: Final = 86_400_000_000
WEEK: Final = 7 * DAY
MOST_WEEKS: Final = 26
COLUMNS: Final = ("course_id", "week", "participants", "active", "still_there", "certified", "hours")
#: A run begins on its day, or with its first act. Only weeks count that are over.
QUERY: Final = f"""
WITH people AS (
    SELECT course, course_id, learner, first_event, last_event, CASE WHEN certified THEN cert_time END AS earned
    FROM read_parquet($people)
    WHERE list_contains($runs, course_id) AND viewed AND roles IS NULL AND first_event IS NOT NULL
),
runs AS (
    SELECT course, any_value(people.course_id) AS course_id,
        coalesce(any_value(c."start"), min(first_event)) // {DAY} * {DAY} AS began
    FROM people LEFT JOIN read_parquet($courses) c USING (course) GROUP BY course
),
weeks AS (
    SELECT course, course_id, week, began + week * {WEEK} AS t0, began + (week + 1) * {WEEK} AS t1
    FROM runs, unnest(range(0, {MOST_WEEKS})) AS w(week) WHERE began + (week + 1) * {WEEK} <= $until
),
spent AS (
    SELECT course, learner, day * {DAY} AS moment, sum_dt_30 / 3.6e9 AS hours, nevents
    FROM read_parquet($days) SEMI JOIN people USING (course, learner)
),
came AS (
    SELECT course, week, count(*) FILTER (first_event < t1) AS participants,
        count(*) FILTER (first_event < t1 AND last_event >= t0) AS still_there,
        count(*) FILTER (earned < t1) AS certified
    FROM weeks JOIN people USING (course) GROUP BY course, week
),
did AS (
    SELECT course, week, count(DISTINCT learner) FILTER (moment >= t0 AND nevents > 0) AS active,
        sum(hours) FILTER (moment < t1) AS hours
    FROM weeks JOIN spent USING (course) WHERE moment < t1 GROUP BY course, week
)
SELECT course_id, (week + 1)::INTEGER AS week, participants, coalesce(active, 0) AS active, still_there, certified,
    round(coalesce(did.hours, 0), 2)::DOUBLE AS hours
FROM weeks JOIN came USING (course, week) LEFT JOIN did USING (course, week) ORDER BY course_id, week
"""


def cohorts(data: Data, course_ids: Sequence[str]) -> Table:
    """Participants up to the end of each week, active in it, still there in it or later, credentials, hours so far."""
    return Table(
        version=data.version,
        as_of=data.as_of,
        name="cohorts",
        columns=COLUMNS,
        rows=_rows(data, course_ids),
        sql=_told(data, course_ids),
    )


def _told(data: Data, course_ids: Sequence[str]) -> str:
    """The question as it can be asked in the warehouse's folder."""
    parts = {"people": PERSON_COURSE, "courses": COURSE, "days": DAYS}
    told = {name: [kept.path for kept in data.snapshot.manifest.files(part)] for name, part in parts.items()}
    said = QUERY.strip().replace("$until", str(data.crowd.until))
    for name, texts in {**told, "runs": list(course_ids)}.items():
        said = said.replace(f"${name}", "[" + ", ".join("'" + text.replace("'", "''") + "'" for text in texts) + "]")
    return said + "\n"


def _rows(data: Data, course_ids: Sequence[str]) -> tuple[tuple[str | int | float, ...], ...]:
    parts = {"people": PERSON_COURSE, "courses": COURSE, "days": DAYS}
    told = {name: data.snapshot.files(part) for name, part in parts.items()}
    if not all(told.values()):
        return ()
    with duckdb.connect() as sql:
        found = sql.execute(QUERY, {**told, "runs": list(course_ids), "until": data.crowd.until}).fetchall()
    return tuple(found)
