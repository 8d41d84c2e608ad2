"""What the team of a course sees of it: where learners stop, what they watch, how problems go, how long it takes."""

# ruff: noqa: S608 -- queries are texts of this module; what comes from outside is bound or quoted

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Final

import duckdb

from stoa.insights.engine.asking.data import Data
from stoa.insights.engine.asking.overview import counts_of
from stoa.insights.engine.kinds import COURSEWARE
from stoa.insights.engine.warehouse.dictionaries import dictionary_sql
from stoa.insights.rules.answers import Cell, CoursePage, Table
from stoa.insights.rules.dimensions import Choice, Dimension

WEEK: Final = 7 * 86_400_000_000
MOST_ANSWERS: Final = 8
"""Of a part of a problem; all are in the table that `stoa insights export answer` writes."""
_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
Rows = Sequence[tuple[Cell, ...]]
_NO_TEAM: Final = "learner NOT IN (SELECT learner FROM people WHERE roles IS NOT NULL)"


def course(data: Data, course_id: str) -> CoursePage:
    """Everything of one run; tables without rows where nothing is known."""
    crowd = data.crowd
    places = crowd.where(Choice(keys={Dimension.COURSE: (course_id,)}))
    with duckdb.connect() as sql:
        number = views(sql, data, course_id)
        tables = {} if number is None else _tables(sql, data)
    return CoursePage(
        version=data.version,
        as_of=data.as_of,
        course=course_id,
        title=data.titles.get(course_id, course_id),
        counts=counts_of(crowd.counts(places)),
        tables=tables,
    )


def course_sql(data: Data, course_id: str, part: str) -> Table:
    """What makes one of the tables; nothing where there is no such table."""
    found = course(data, course_id).tables.get(part)
    if found is None:
        return Table(version=data.version, as_of=data.as_of, name=part, columns=())
    with duckdb.connect() as sql:
        views(sql, data, course_id)
        made = sql.execute("SELECT sql FROM duckdb_views() WHERE NOT internal ORDER BY view_oid").fetchall()
    # Asked in the warehouse's folder, the same answer comes.
    before = "\n".join(str(view) for (view,) in made).replace(f"'{data.snapshot.folder}/", "'")
    return replace(found, rows=(), sql=f"{before}\n{found.sql}")


def views(sql: duckdb.DuckDBPyConnection, data: Data, course_id: str) -> int | None:
    """Make the views of one course, and `clock`; its number, None where it is unknown."""
    snapshot = data.snapshot
    found = sql.execute(
        f"SELECT id FROM ({dictionary_sql(snapshot, 'dictionaries/courses')}) WHERE name = ?", [course_id]
    ).fetchall()
    if not found:
        return None
    number = int(found[0][0])
    for name, part, shape in _PARTS:
        files = snapshot.files(part)
        listed = ", ".join("'" + path.replace("'", "''") + "'" for path in files)
        source = f"SELECT * FROM read_parquet([{listed}]) WHERE course = {number}" if files else shape
        sql.execute(f'CREATE TEMP VIEW "{name}" AS {source}')
    moment = 0 if data.as_of is None else (data.as_of - _EPOCH) // timedelta(microseconds=1)
    sql.execute(f"CREATE TEMP VIEW clock AS SELECT {moment}::BIGINT AS now")
    objects = dictionary_sql(snapshot, "dictionaries/objects")
    sql.execute(f"CREATE TEMP VIEW objects AS {objects}")
    return number


_PARTS: Final = (
    ("people", "tables/person_course", "SELECT NULL::INTEGER AS course, NULL::INTEGER AS learner WHERE false"),
    (
        "acts",
        "silver",
        (
            "SELECT 0 AS course, 0 AS learner, 0 AS object, 0 AS kind, 0 AS a, 0 AS b, 0 AS flag, 0::BIGINT AS t, "
            "0::BIGINT AS seq WHERE false"
        ),
    ),
    (
        "told",
        "statements/blocks",
        (
            "SELECT 0 AS course, 0 AS object, '' AS kind, 0 AS position, '' AS title, 0::DOUBLE AS minutes, "
            "0 AS chapter, 0 AS duration_ms, 0::BIGINT AS t, 0::BIGINT AS seq WHERE false"
        ),
    ),
    ("days", "state/days", "SELECT 0 AS course, 0 AS learner, 0 AS day, 0::BIGINT AS sum_dt_30 WHERE false"),
    ("course", "tables/course", "SELECT 0 AS course WHERE false"),
    (
        "videos",
        "tables/video",
        "SELECT 0 AS course, 0 AS object, 0::BIGINT AS viewers, 0::BIGINT AS plays, 0::BIGINT AS seeks WHERE false",
    ),
    (
        "segments",
        "tables/video_segment",
        "SELECT 0 AS course, 0 AS object, 0::BIGINT AS segment, 0::BIGINT AS views WHERE false",
    ),
    (
        "problems",
        "tables/problem",
        (
            "SELECT 0 AS course, 0 AS object, 0::BIGINT AS learners, 0::BIGINT AS first_correct, 0::BIGINT AS solved, "
            "0::BIGINT AS attempts, 0::DOUBLE AS attempts_to_correct, 0::DOUBLE AS discrimination WHERE false"
        ),
    ),
    (
        "reliability",
        "tables/reliability",
        "SELECT 0 AS course, 0::BIGINT AS problems, 0::BIGINT AS learners, NULL::DOUBLE AS alpha WHERE false",
    ),
    (
        "answers",
        "tables/answer",
        (
            "SELECT 0 AS course, 0 AS object, '' AS part, '' AS question, '' AS answer, 0 AS correct, "
            "0::BIGINT AS first, 0::BIGINT AS last, 0::BIGINT AS times WHERE false"
        ),
    ),
)
_BLOCKS: Final = "(SELECT * FROM told WHERE (t, seq) = (SELECT (t, seq) FROM told ORDER BY t DESC, seq DESC LIMIT 1))"


_OPENING: Final = ", ".join(str(int(kind)) for kind in sorted(COURSEWARE))


def _tables(sql: duckdb.DuckDBPyConnection, data: Data) -> Mapping[str, Table]:
    return {name: _table(sql, data, name, query) for name, query in _QUERIES.items()}


def _table(sql: duckdb.DuckDBPyConnection, data: Data, name: str, query: str) -> Table:
    answer = sql.execute(query)
    columns = tuple(str(column[0]) for column in answer.description or ())
    return Table(
        version=data.version, as_of=data.as_of, name=name, columns=columns, rows=tuple(answer.fetchall()), sql=query
    )


_QUERIES: Final = {
    # How many participants were still there so many weeks after they began, by what they came for.
    "attrition": f"""
        WITH stays AS (
            SELECT coalesce(intent, 'not said') AS intent, (last_event - first_event) // {WEEK} AS weeks
            FROM people WHERE viewed AND roles IS NULL AND first_event IS NOT NULL
        )
        SELECT week, count(*) AS still_there, count(*) FILTER (intent = 'certificate') AS wanted_the_credential,
            count(*) FILTER (intent NOT IN ('certificate', 'not said')) AS wanted_something_else,
            count(*) FILTER (intent = 'not said') AS not_said
        FROM stays, unnest(range(0, least(weeks, 25)::BIGINT + 1)) AS w(week) GROUP BY week ORDER BY week
    """,
    # Who was gone so many weeks after they began, by what they came for and by why they stopped. Whoever has what they
    # wanted has not gone: the credential, or they say that they are done or satisfied.
    "splits": f"""
        WITH stays AS (
            SELECT coalesce(intent, '') AS intent, coalesce(exit_reason, '') AS exit_reason, first_event,
                last_event - first_event AS stayed, coalesce(certified, false) OR coalesce(exit_reason = 'done', false)
                    OR coalesce(satisfied = 'yes', false) AS content
            FROM people WHERE viewed AND roles IS NULL AND first_event IS NOT NULL
        ),
        parts AS (
            SELECT 'all' AS split, '' AS answer, first_event, stayed, content FROM stays
            UNION ALL SELECT 'intent', intent, first_event, stayed, content FROM stays
            UNION ALL SELECT 'exit_reason', exit_reason, first_event, stayed, content FROM stays
        )
        SELECT split, answer, week, count(*) AS participants, count(*) FILTER (stayed >= week * {WEEK}) AS still,
            count(*) FILTER (stayed < week * {WEEK} AND content) AS content,
            count(*) FILTER (stayed < week * {WEEK} AND NOT content) AS gone, count(*) FILTER (content) AS contented
        FROM parts, unnest([0, 1, 2, 4, 8]) AS w(week), clock WHERE clock.now - first_event >= week * {WEEK}
        GROUP BY ALL ORDER BY split, answer, week
    """,
    # Why people stopped, and how satisfied they were.
    "exits": """
        SELECT coalesce(exit_reason, 'not said') AS reason, coalesce(satisfied, 'not said') AS satisfied,
            CASE WHEN certified THEN 'finished' ELSE 'stopped' END AS ended, count(*) AS n
        FROM people WHERE viewed AND roles IS NULL GROUP BY ALL ORDER BY n DESC, reason, satisfied, ended
    """,
    # Who came to each step or one behind it, in the order of reading.
    "steps": f"""
        WITH steps AS (
            SELECT object, position, title, minutes, chapter FROM {_BLOCKS} WHERE kind = (
                SELECT CASE WHEN bool_or(b.kind = 'vertical') THEN 'vertical' ELSE 'sequential' END
                FROM acts JOIN {_BLOCKS} b USING (object)
            )
        ),
        came AS (
            SELECT learner, max(position) AS place FROM acts JOIN steps USING (object)
            WHERE learner >= 0 AND acts.kind IN ({_OPENING}) AND {_NO_TEAM}
            GROUP BY learner
        )
        SELECT coalesce(nullif(s.title, ''), o.name) AS step, s.position, c.title AS module, s.minutes,
            (SELECT count(*) FROM came WHERE place >= s.position) AS reached
        FROM steps s JOIN objects o ON o.id = s.object LEFT JOIN {_BLOCKS} c ON c.object = s.chapter
        ORDER BY s.position
    """,
    # Hours a week of those who were there in that week, beside what the course says.
    "pace": f"""
        WITH begun AS (SELECT learner, first_event // {WEEK // 7} AS day0 FROM people WHERE viewed AND roles IS NULL),
        weeks AS (
            SELECT (day - day0) // 7 AS week, learner, sum(sum_dt_30) / 3.6e9 AS hours
            FROM days JOIN begun USING (learner) GROUP BY ALL
        )
        SELECT week + 1 AS week, count(*) AS n, median(hours) AS median_hours, quantile_cont(hours, 0.8) AS p80_hours
        FROM weeks WHERE week BETWEEN 0 AND 25 GROUP BY week ORDER BY week
    """,
    "videos": f"""
        SELECT object, coalesce(nullif(b.title, ''), o.name) AS video, b.position, b.duration_ms / 1000 AS seconds,
            viewers, plays, seeks
        FROM videos JOIN objects o ON o.id = object LEFT JOIN {_BLOCKS} b USING (object)
        WHERE plays + seeks > 0 ORDER BY b.position NULLS LAST, video
    """,
    # For each video and stretch of five seconds up to the last that anybody watched, how often it was watched.
    "heat": "SELECT object, segment, views FROM segments ORDER BY object, segment",
    # How first answers went, how many tries it took, and whether who knows more gets it right.
    "problems": f"""
        SELECT coalesce(nullif(b.title, ''), o.name) AS problem, b.position, learners, first_correct AS right_at_first,
            solved AS right_at_last, attempts, attempts_to_correct AS tries_to_right, discrimination
        FROM problems JOIN objects o ON o.id = object LEFT JOIN {_BLOCKS} b USING (object)
        ORDER BY b.position NULLS LAST, problem
    """,
    "facts": "SELECT * FROM course",
    # Whether the problems together measure one thing.
    "reliability": "SELECT problems, learners, alpha FROM reliability",
    # What was answered most, part by part.
    "answers": f"""
        SELECT coalesce(nullif(b.title, ''), o.name) AS problem, b.position, part, question, answer, correct,
            first, last, times
        FROM answers JOIN objects o ON o.id = object LEFT JOIN {_BLOCKS} b USING (object)
        QUALIFY row_number() OVER (PARTITION BY object, part ORDER BY times DESC, answer) <= {MOST_ANSWERS}
        ORDER BY b.position NULLS LAST, problem, part, times DESC, answer
    """,
}
