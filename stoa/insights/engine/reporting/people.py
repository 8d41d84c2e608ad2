"""The registrations that a report is about, opened to be asked in SQL."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

import duckdb
import numpy as np
from numpy.typing import NDArray

from stoa.insights.engine.warehouse.dictionaries import dictionary_sql
from stoa.insights.engine.warehouse.warehouse import Snapshot

PERSON_COURSE, COURSE, SILVER = "tables/person_course", "tables/course", "silver"
SURVEYS = "statements/surveys"
DAY = 86_400_000_000
_MICRO = timedelta(microseconds=1)
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)

_PEOPLE = """
CREATE TABLE people AS SELECT
    course_id, coalesce(area, '') AS area, username, coalesce(start_time, first_event) AS came, first_event, last_event,
    coalesce(viewed, false) AS viewed, coalesce(explored, false) AS explored, coalesce(certified, false) AS certified,
    coalesce(verified, false) AS verified, coalesce(nevents, 0) AS nevents, coalesce(sum_dt_30, 0) AS spent,
    cert_time, intent, country, gender, education_group, age, age_band, teacher, teaches_area, exit_reason,
    coalesce(completed, false) AS completed, satisfied
FROM registrations
WHERE coalesce(roles, '') = '' AND coalesce(registered, true) AND coalesce(course_id = $course, true)
    AND coalesce(coalesce(start_time, first_event) >= $first, true)
    AND coalesce(coalesce(start_time, first_event) < $end, true)
"""
_COURSES = """
CREATE TABLE courses AS SELECT
    people.course_id, any_value(people.area) AS area, coalesce(any_value(title), people.course_id) AS title,
    coalesce(any_value(previous_run), '') AS previous_run, coalesce(any_value(known.start), min(came), 0) AS start,
    count(*) FILTER (viewed) AS participants
FROM people LEFT JOIN known USING (course_id) GROUP BY people.course_id ORDER BY people.course_id
"""
_KNOWN = """
CREATE TABLE known AS SELECT course_id, title, previous_run, start, "end" FROM described
"""
_UNKNOWN = """
CREATE TABLE known (course_id VARCHAR, title VARCHAR, previous_run VARCHAR, start BIGINT, "end" BIGINT)
"""
#: Whom the log tells to have been asked a survey, by the names that registrations go by.
_ASKED = """
CREATE TABLE asked AS SELECT DISTINCT c.name AS course_id, l.name AS username, s.survey
FROM surveys s JOIN ({courses}) c ON c.id = s.course JOIN ({learners}) l ON l.id = s.learner
WHERE s.question = 'asked' AND s.answer = 'yes'
"""
_NOBODY_ASKED = "CREATE TABLE asked (course_id VARCHAR, username VARCHAR, survey VARCHAR)"


class NothingToReport(Exception):
    """There is no registration that a report could be about."""


@dataclass(frozen=True, kw_only=True)
class Period:
    """From the one day to the other, both included (UTC)."""

    first: date
    last: date

    @property
    def microseconds(self) -> tuple[int, int]:
        """When it begins, and when it has ended."""
        return micros(self.first), micros(self.last + timedelta(days=1))


def micros(day: date) -> int:
    """The beginning of a day, as the warehouse counts time."""
    return (datetime(day.year, day.month, day.day, tzinfo=UTC) - _EPOCH) // _MICRO


def day_of(moment: int) -> date:
    """The day (UTC) of a moment of the warehouse."""
    return (_EPOCH + moment * _MICRO).date()


class People:
    """Registrations without the team: tables `people` (one row each), `courses`, `known` and `asked`."""

    def __init__(self, snapshot: Snapshot, *, period: Period | None = None, course: str | None = None) -> None:
        """Raise NothingToReport where there are none."""
        files = snapshot.files(PERSON_COURSE)
        if not files:
            raise NothingToReport("This warehouse has no registrations: run `stoa insights build` first.")
        self._snapshot, self._course = snapshot, course
        self._db = duckdb.connect()
        self._db.execute("SET TimeZone = 'UTC'")
        self._db.read_parquet(files).create_view("registrations")
        first, end = period.microseconds if period else (None, None)
        self._db.execute(_PEOPLE, {"course": course, "first": first, "end": end})
        if not self.count("SELECT count(*) FROM people"):
            raise NothingToReport("No registration lies in this period, or there is no such course.")
        self._describe(snapshot.files(COURSE))
        self._db.execute(_COURSES)
        self._ask(snapshot)
        self.period = period or self._extent()
        self._all = period is None

    def _describe(self, files: Sequence[str]) -> None:
        if files:
            self._db.read_parquet(list(files)).create_view("described")
        self._db.execute(_KNOWN if files else _UNKNOWN)

    def _ask(self, snapshot: Snapshot) -> None:
        files = snapshot.files(SURVEYS)
        if not files:
            self._db.execute(_NOBODY_ASKED)
            return
        self._db.read_parquet(files).create_view("surveys")
        names = {name: dictionary_sql(snapshot, f"dictionaries/{name}") for name in ("courses", "learners")}
        self._db.execute(_ASKED.format(**names))

    def _extent(self) -> Period:
        first = self.count("SELECT min(came) FROM people")
        last = self.count("SELECT max(greatest(came, coalesce(last_event, came))) FROM people")
        return Period(first=day_of(first), last=day_of(last))

    @property
    def version(self) -> int:
        """The version of the warehouse."""
        return self._snapshot.version

    @property
    def today(self) -> int:
        """When the day of the log's last event began, in microseconds since 1970; 0 where there is no log."""
        last = int(self._snapshot.manifest.facts.get("last_t", 0))
        return last // DAY * DAY

    def run(self, sql: str) -> None:
        """Make a table to ask."""
        self._db.execute(sql)

    def count(self, sql: str) -> int:
        """One whole number; nought where there is none."""
        found = self._db.execute(sql).fetchall()
        return int(found[0][0] or 0) if found else 0

    def groups(self, sql: str) -> list[tuple[str, tuple[int, ...]]]:
        """Rows of a name and whole numbers."""
        return [(str(name), tuple(int(one or 0) for one in rest)) for name, *rest in self._db.execute(sql).fetchall()]

    def counts(self, sql: str) -> dict[str, int]:
        """Rows of a name and a whole number."""
        return {name: rest[0] for name, rest in self.groups(sql)}

    def words(self, sql: str) -> list[tuple[str, ...]]:
        """Rows of words."""
        return [tuple(str(one) for one in row) for row in self._db.execute(sql).fetchall()]

    def numbers(self, sql: str) -> NDArray[np.float64]:
        """A column of numbers."""
        columns = self._db.execute(sql).fetchnumpy()
        return np.ma.getdata(next(iter(columns.values()))).astype(np.float64)

    def events(self) -> int:
        """Events of the period: all that were read, or the acts of the registrations where no log was."""
        files = self._snapshot.files(SILVER)
        if not files or self._course:
            return self.count("SELECT sum(nevents) FROM people")
        if self._all:
            return self._snapshot.manifest.rows(SILVER)
        first, end = self.period.microseconds
        asked = "SELECT count(*) FROM read_parquet($files) WHERE t >= $first AND t < $end"
        found = self._db.execute(asked, {"files": files, "first": first, "end": end}).fetchall()
        return int(found[0][0])

    def finished(self) -> bool:
        """Whether the course has ended by the last event that the warehouse knows; True where no end is told."""
        end = self._db.execute('SELECT "end" FROM known WHERE course_id = ?', [self._course]).fetchall()
        if not end or end[0][0] is None:
            return True
        return self.count("SELECT max(last_event) FROM registrations") >= int(end[0][0])
