"""Small tables that all others need: what courses are, who is of their team, where addresses lie."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import UTC, datetime

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from stoa.insights.engine.metrics.engines import ARROW, Bench
from stoa.insights.engine.metrics.states import COUNTRIES, COURSE_FACTS, TEAM
from stoa.insights.engine.schema import Columns

#: The country of each address, None where it is not known.
Country = Callable[[Sequence[str]], Sequence[str | None]]
Value = str | int | float | None
Row = Mapping[str, Value]

#: Roles of those who make and try a course.
TEAM_ROLES = (
    *("staff", "instructor", "limited_staff", "beta", "beta_testers", "org_staff", "org_instructor"),
    *("course_creator_group", "admin", "superuser", "support", "data_researcher"),
)
#: The parts that are named below.
NAMED = (
    *("silver", "dictionaries/courses", "dictionaries/ips", "statements/courses", "statements/blocks"),
    *("statements/roles", "state/chapters"),
)
_FACTS = """
    SELECT course, field, value FROM "statements/courses"
    QUALIFY row_number() OVER (PARTITION BY course, field ORDER BY t DESC, seq DESC) = 1
"""
_RELEASED = """
    SELECT course, count(DISTINCT object)::INTEGER FROM "statements/blocks"
    JOIN (SELECT course, max(t) AS t FROM "statements/blocks" GROUP BY course) USING (course, t)
    WHERE kind = 'chapter' AND coalesce(released <= ?, true) GROUP BY course
"""
_SEEN = """SELECT course, count(DISTINCT chapter)::INTEGER FROM "state/chapters" GROUP BY course"""
_TEAM = """
    WITH latest AS (
        SELECT * FROM "statements/roles"
        QUALIFY row_number() OVER (PARTITION BY course, learner, role ORDER BY t DESC, seq DESC) = 1
    )
    SELECT c.id, r.learner, string_agg(DISTINCT r.role, ',' ORDER BY r.role)
    FROM latest r JOIN "dictionaries/courses" c ON r.course = c.id OR r.course < 0
    WHERE r.active AND r.learner >= 0 AND list_contains(?, r.role) GROUP BY 1, 2 ORDER BY 1, 2
"""


def prepare(bench: Bench, sql: duckdb.DuckDBPyConnection, country: Country) -> None:
    """Make the small tables. The parts have their names."""
    keep(bench, "state/courses", COURSE_FACTS, list(course_facts(sql, as_of(sql))))
    keep(bench, "state/team", TEAM, list(team(sql)))
    keep(bench, "state/countries", COUNTRIES, list(countries(sql, country, first=0)))


def countries(sql: duckdb.DuckDBPyConnection, country: Country, *, first: int) -> Iterator[Row]:
    """Where each address lies, from the address with this number on."""
    ips = sql.execute('SELECT id, name FROM "dictionaries/ips" WHERE id >= ? ORDER BY id', [first]).fetchall()
    for (number, _), code in zip(ips, country([name for _, name in ips]), strict=True):
        yield {"ip": number, "country": code}


def as_of(sql: duckdb.DuckDBPyConnection) -> int:
    """The time of the last event, 0 where there is none."""
    (row,) = sql.execute("SELECT coalesce(max(t), 0) FROM silver").fetchall()
    return int(row[0])


def course_facts(sql: duckdb.DuckDBPyConnection, until: int) -> Iterator[Row]:
    """What is known of each course at a time."""
    said: dict[int, dict[str, str]] = {}
    for course, field, value in sql.execute(_FACTS).fetchall():
        said.setdefault(course, {})[field] = value
    released = dict(sql.execute(_RELEASED, [until]).fetchall())
    seen = dict(sql.execute(_SEEN).fetchall())
    for course, name in sql.execute('SELECT id, name FROM "dictionaries/courses" ORDER BY id').fetchall():
        org, number, run = parts_of(name)
        facts = said.get(course, {})
        yield {
            "course": course,
            "course_id": name,
            "org": facts.get("org", org),
            "number": facts.get("number", number),
            "run": facts.get("run", run),
            **{field: facts.get(field) for field in ("org_name", "title", "area", "language", "previous_run")},
            "start": moment(facts.get("start")),
            "end": moment(facts.get("end")),
            "weeks": whole(facts.get("weeks")),
            "hours_a_week": decimal(facts.get("hours_a_week")),
            "pass_mark": decimal(facts.get("pass_mark")),
            "chapters_released": released.get(course, seen.get(course, 0)),
        }


def team(sql: duckdb.DuckDBPyConnection) -> Iterator[Row]:
    """Who belongs to the team of which course; a role in no course counts in all."""
    for course, learner, roles in sql.execute(_TEAM, [list(TEAM_ROLES)]).fetchall():
        yield {"course": course, "learner": learner, "roles": roles}


def parts_of(course_id: str) -> tuple[str | None, str | None, str | None]:
    """Organisation, number and run, as the course's id says: course-v1:ORG+NUMBER+RUN or ORG/NUMBER/RUN.

    The run of a custom course, ccx-v1:ORG+NUMBER+RUN+ccx@1, is RUN+ccx@1.
    """
    sign = "+" if "+" in course_id else "/"
    parts = course_id.removeprefix("course-v1:").removeprefix("ccx-v1:").split(sign, 2)
    if len(parts) != len(("org", "number", "run")):
        return None, None, None
    return parts[0], parts[1], parts[2]


def moment(value: str | None) -> int | None:
    """Microseconds since 1970, from themselves or a date in ISO's shape; one without a zone is UTC's."""
    if not value:
        return None
    if value.lstrip("-").isdigit():
        return int(value)
    try:
        told = datetime.fromisoformat(value)
    except ValueError:
        return None
    told = told if told.tzinfo else told.replace(tzinfo=UTC)
    # Whole seconds and microseconds apart: a float would lose the last digits.
    return int(told.replace(microsecond=0).timestamp()) * 1_000_000 + told.microsecond


def decimal(value: str | None) -> float | None:
    """A number, None where it is none."""
    try:
        return None if value is None else float(value)
    except ValueError:
        return None


def whole(value: str | None) -> int | None:
    """A whole number, None where it is none."""
    told = decimal(value)
    return None if told is None else int(told)


def keep(bench: Bench, part: str, columns: Columns, rows: Sequence[Row]) -> None:
    """Let these rows be a small part from now on."""
    schema = pa.schema([(name, ARROW[kind]) for name, kind in columns.items()])
    path = bench.change.new_file(part)
    pq.write_table(pa.Table.from_pylist([dict(row) for row in rows], schema=schema), path, compression="zstd")
    bench.change.drop(part)
    bench.change.add(part, path, rows=len(rows))
