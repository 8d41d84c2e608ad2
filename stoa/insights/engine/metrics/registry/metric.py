"""A metric: a column with its definition, unit, denominator and source."""

from dataclasses import dataclass

from stoa.insights.engine.schema import Columns

EVENTS, STATEMENTS, PROFILES, SURVEYS, FORUM, STRUCTURE = (
    "the event log",
    "enrolments, credentials and scores",
    "profiles",
    "surveys",
    "the event log and the forum's own tables",
    "the course's description",
)


@dataclass(frozen=True, kw_only=True)
class Metric:
    """A column of a table. `kind` is its type in Parquet; `of` names the denominator, where it is a share."""

    name: str
    kind: str
    definition: str
    unit: str = ""
    of: str = ""
    source: str = EVENTS


def count(name: str, definition: str, *, unit: str = "registrations", source: str = EVENTS) -> Metric:
    """A whole number."""
    return Metric(name=name, kind="BIGINT", definition=definition, unit=unit, source=source)


def share(name: str, definition: str, *, of: str, source: str = EVENTS) -> Metric:
    """A quotient of two counts of the same row, 0 to 1."""
    return Metric(name=name, kind="DOUBLE", definition=definition, unit="share, 0 to 1", of=of, source=source)


def amount(name: str, definition: str, *, unit: str, source: str = EVENTS) -> Metric:
    """A measured number."""
    return Metric(name=name, kind="DOUBLE", definition=definition, unit=unit, source=source)


def word(name: str, definition: str, *, source: str = STATEMENTS) -> Metric:
    """A text."""
    return Metric(name=name, kind="VARCHAR", definition=definition, source=source)


def yes(name: str, definition: str, *, source: str = EVENTS) -> Metric:
    """Whether something holds."""
    return Metric(name=name, kind="BOOLEAN", definition=definition, unit="yes or no", source=source)


def moment(name: str, definition: str, *, source: str = EVENTS) -> Metric:
    """A point in time."""
    return Metric(name=name, kind="BIGINT", definition=definition, unit="microseconds since 1970 in UTC", source=source)


def number(name: str, definition: str, *, kind: str = "INTEGER", unit: str = "", source: str = STRUCTURE) -> Metric:
    """A number that is no count of people."""
    return Metric(name=name, kind=kind, definition=definition, unit=unit, source=source)


#: The numbers of the warehouse's own dictionaries: for joins, never shown.
COURSE = number("course", "The course's number in this warehouse.", source="the warehouse")
LEARNER = number("learner", "The learner's number in this warehouse.", source="the warehouse")
OBJECT = number("object", "The object's number in this warehouse.", source="the warehouse")
COURSE_ID = word("course_id", "The course run, as the log names it.", source=EVENTS)
#: Columns that say nothing outside of the warehouse, so that no export has them.
INTERNAL = frozenset(metric.name for metric in (COURSE, LEARNER, OBJECT))


def columns(metrics: tuple[Metric, ...]) -> Columns:
    """The columns that these are."""
    return {metric.name: metric.kind for metric in metrics}
