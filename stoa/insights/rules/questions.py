"""What a page asks the engine."""

from dataclasses import dataclass, field
from enum import StrEnum

from stoa.insights.rules.answers import (
    Answer,
    Cell,
    CoursePage,
    Definitions,
    Harvested,
    Headline,
    Media,
    Overview,
    System,
    Table,
    Trend,
)
from stoa.insights.rules.dimensions import Choice, View


class Asked(StrEnum):
    """The kinds of questions; each has one kind of answer."""

    OVERVIEW = "overview"
    HEADLINE = "headline"
    TREND = "trend"
    COURSE = "course"
    TABLE = "table"
    DEFINITIONS = "definitions"
    HARVESTED = "harvested"
    COHORTS = "cohorts"
    PARQUET = "parquet"
    COURSE_SQL = "course_sql"
    MEDIA = "media"
    SYSTEM = "system"

    @property
    def answer(self) -> type[Answer]:
        """The type of the answer."""
        return _ANSWERS[self]


_ANSWERS: dict[Asked, type[Answer]] = {
    Asked.OVERVIEW: Overview,
    Asked.HEADLINE: Headline,
    Asked.TREND: Trend,
    Asked.COURSE: CoursePage,
    Asked.TABLE: Table,
    Asked.DEFINITIONS: Definitions,
    Asked.HARVESTED: Harvested,
    Asked.COHORTS: Table,
    Asked.PARQUET: Table,
    Asked.COURSE_SQL: Table,
    Asked.MEDIA: Media,
    Asked.SYSTEM: System,
}


@dataclass(frozen=True, kw_only=True)
class Question:
    """One question. `own` are the courses whose team asks (View.TEAM): it sees those and no others, None is all.

    `name` is the table or course that is asked for.
    """

    asked: Asked
    name: str = ""
    choice: Choice = field(default_factory=Choice)
    view: View = View.PUBLIC
    own: tuple[str, ...] | None = None
    columns: tuple[str, ...] = ()  # of rows that are wanted as the bytes of a Parquet file
    rows: tuple[tuple[Cell, ...], ...] = ()
    part: str = ""  # of a course page: the one table that is asked for
    form: str = ""  # of a table: rows, or the bytes of a file: parquet
