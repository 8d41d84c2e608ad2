"""What the team of a course sees of it: where learners stop, what they watch, how problems go, how long it takes."""

# ruff: noqa: S608 -- queries are texts of this module; what comes from outside is bound or quoted

from collections.abc import Mapping
from dataclasses import asdict, replace
from typing import Final

import duckdb

from stoa.insights.engine.asking.data import Data
from stoa.insights.engine.asking.views import made, views
from stoa.insights.rules.answers import Counts, CoursePage, Table

MOST_ANSWERS: Final = 8
"""Of a part of a problem; all are in the table that `stoa insights export answer` writes."""
MOST_WEEKS: Final = 26
"""Of a table by weeks; all are in the tables that `stoa insights export` writes."""


def course(data: Data, course_id: str) -> CoursePage:
    """Everything of one run; tables without rows where nothing is known."""
    with duckdb.connect() as sql:
        tables = _tables(sql, data) if views(sql, data, course_id, _PARTS) else {}
    return CoursePage(
        version=data.version,
        as_of=data.as_of,
        course=course_id,
        title=data.titles.get(course_id, course_id),
        counts=_counts(tables.get("facts")),
        tables=tables,
    )


def course_sql(data: Data, course_id: str, part: str) -> Table:
    """What makes one of the tables; nothing where there is no such table."""
    query = _QUERIES.get(part, "")
    found = Table(version=data.version, as_of=data.as_of, name=part, columns=())
    with duckdb.connect() as sql:
        if not query or not views(sql, data, course_id, _PARTS):
            return found
        # Asked in the warehouse's folder, the same answer comes.
        return replace(found, sql=f"{made(sql, data)}\n{query}")


def _counts(facts: Table | None) -> Counts:
    """How many came how far, as the course's own row says."""
    told = dict(zip(facts.columns, facts.rows[0], strict=True)) if facts and facts.rows else {}
    known = {name: told.get(name) for name in asdict(Counts())}
    return Counts(**{name: number for name, number in known.items() if isinstance(number, int)})


_PARTS: Final = {
    name: f"tables/{name}"
    for name in (
        *("person_course", "course", "step", "attrition", "pace", "video", "video_segment", "problem"),
        *("reliability", "answer"),
    )
}


def _tables(sql: duckdb.DuckDBPyConnection, data: Data) -> Mapping[str, Table]:
    return {name: _table(sql, data, name, query) for name, query in _QUERIES.items()}


def _table(sql: duckdb.DuckDBPyConnection, data: Data, name: str, query: str) -> Table:
    answer = sql.execute(query)
    columns = tuple(str(column[0]) for column in answer.description or ())
    return Table(
        version=data.version, as_of=data.as_of, name=name, columns=columns, rows=tuple(answer.fetchall()), sql=query
    )


#: Each reads what `build` made: docs/insights-tables.md says what every column is.
_QUERIES: Final = {
    "attrition": f"""
        SELECT split, answer, week, participants, still, content, gone, fulfilled FROM attrition
        WHERE week < {MOST_WEEKS} ORDER BY split, answer, week
    """,
    # Why people stopped, and how satisfied they were.
    "exits": """
        SELECT coalesce(exit_reason, 'not said') AS reason, coalesce(satisfied, 'not said') AS satisfied,
            CASE WHEN certified THEN 'finished' ELSE 'stopped' END AS ended, count(*) AS n
        FROM person_course WHERE viewed AND roles IS NULL
        GROUP BY ALL ORDER BY n DESC, reason, satisfied, ended
    """,
    # The pages of a course: its verticals, or where the log names none of them its sequentials.
    "steps": """
        SELECT coalesce(s.title, s.step) AS step, s.position, coalesce(m.title, s.chapter) AS module,
            s.participants, s.came_so_far, s.reached, s.stopped
        FROM step s LEFT JOIN step m ON m.step = s.chapter
        WHERE s.position IS NOT NULL AND s.kind = (
            SELECT CASE WHEN bool_or(kind = 'vertical' AND reached > 0) THEN 'vertical' ELSE 'sequential' END FROM step
        )
        ORDER BY s.position
    """,
    "pace": f"""
        SELECT week, learners, hours_median, hours_p80, hours_planned FROM pace ORDER BY week LIMIT {MOST_WEEKS}
    """,
    "videos": """
        SELECT v.object, coalesce(v.title, v.video) AS video, m.title AS module, s.position, v.viewers, v.plays, v.seeks
        FROM video v LEFT JOIN step s USING (object) LEFT JOIN step m ON m.step = s.chapter
        WHERE v.plays + v.seeks > 0 ORDER BY s.position NULLS LAST, video
    """,
    # For each video and stretch of five seconds up to the last that anybody watched, how often it was watched.
    "heat": "SELECT object, segment, views FROM video_segment ORDER BY object, segment",
    # How first answers went, how many tries it took, and whether who knows more gets it right.
    "problems": """
        SELECT coalesce(p.title, p.problem) AS problem, m.title AS module, s.position, p.learners, p.first_correct,
            p.solved, p.attempts, p.attempts_to_correct, p.discrimination
        FROM problem p LEFT JOIN step s USING (object) LEFT JOIN step m ON m.step = s.chapter
        ORDER BY s.position NULLS LAST, problem
    """,
    "facts": "SELECT * FROM course",
    # Whether the problems together measure one thing.
    "reliability": "SELECT problems, learners, alpha FROM reliability",
    # What was answered most, part by part.
    "answers": f"""
        SELECT coalesce(s.title, a.problem) AS problem, m.title AS module, s.position, a.part, a.question, a.answer,
            a.correct, a.first, a.last, a.times
        FROM answer a LEFT JOIN step s USING (object) LEFT JOIN step m ON m.step = s.chapter
        QUALIFY row_number() OVER (PARTITION BY a.object, a.part ORDER BY times DESC, answer) <= {MOST_ANSWERS}
        ORDER BY s.position NULLS LAST, problem, part, times DESC, answer
    """,
}
