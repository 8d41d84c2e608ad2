"""What a page asks the engine."""

from dataclasses import dataclass, field
from enum import StrEnum

from stoa.insights.rules.answers import (
    Alerts,
    Answer,
    CoursePage,
    Definition,
    Headline,
    Measured,
    Overview,
    System,
    Table,
    Trend,
)
from stoa.insights.rules.dimensions import Choice, Dimension, View


class Asked(StrEnum):
    """The kinds of questions; each has one kind of answer."""

    OVERVIEW = "overview"
    HEADLINE = "headline"
    TREND = "trend"
    MEASURE = "measure"
    COURSE = "course"
    TABLE = "table"
    DEFINITION = "definition"
    ALERTS = "alerts"
    SYSTEM = "system"

    @property
    def answer(self) -> type[Answer]:
        """The type of the answer."""
        return _ANSWERS[self]


_ANSWERS: dict[Asked, type[Answer]] = {
    Asked.OVERVIEW: Overview,
    Asked.HEADLINE: Headline,
    Asked.TREND: Trend,
    Asked.MEASURE: Measured,
    Asked.COURSE: CoursePage,
    Asked.TABLE: Table,
    Asked.DEFINITION: Definition,
    Asked.ALERTS: Alerts,
    Asked.SYSTEM: System,
}


@dataclass(frozen=True, kw_only=True)
class Question:
    """One question. `own` are the courses whose team asks (View.TEAM): it sees those and no others, None is all.

    `name` is the table, metric or course that is asked for.
    """

    asked: Asked
    name: str = ""
    dimension: Dimension | None = None
    choice: Choice = field(default_factory=Choice)
    view: View = View.PUBLIC
    own: tuple[str, ...] | None = None
    form: str = ""  # of a table: rows, or the bytes of a file: parquet
