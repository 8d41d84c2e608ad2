"""A run, and what those who give it see of it."""

from collections.abc import Mapping
from dataclasses import dataclass

from stoa.catalogue.models import Run
from stoa.catalogue.queries import Reader
from stoa.insights.queries import figures
from stoa.insights.queries.cohorts import Cohorts, cohorts_of
from stoa.insights.queries.drawn import Drawn
from stoa.insights.queries.looking import key_of, taught_run, within
from stoa.insights.queries.survey_charts import survey_drawn
from stoa.insights.queries.survey_tables import SurveyTables, survey_tables
from stoa.insights.queries.team_charts import team_charts
from stoa.insights.rules.answers import CoursePage


@dataclass(frozen=True, kw_only=True)
class TeamOf:
    """A run that somebody gives."""

    taught: Run
    title: str
    run: str
    key: str
    """The run as the event log names it."""
    runs: Mapping[str, str]
    """All runs of the course: code → key, the latest first."""
    url: str
    """Where the run's pages begin."""

    @property
    def home(self) -> str:
        """The team's page."""
        return f"{self.url}insights/"

    def answer(self) -> CoursePage:
        """What the engine says of it. Raises FiguresUnavailable."""
        return figures.course(self.key)

    def sql_of(self, part: str) -> str:
        """What makes one of its tables. Raises FiguresUnavailable."""
        return figures.course_sql(self.key, part).sql

    def cohorts(self) -> Cohorts | None:
        """It beside the other runs, where there are any. Raises FiguresUnavailable."""
        if len(self.runs) < 2:  # noqa: PLR2004 -- one is beside nobody
            return None
        return cohorts_of(figures.cohorts(tuple(self.runs.values())), self.runs, here=self.run)

    def surveys(self) -> SurveyTables:
        """What its learners answered."""
        return survey_tables(self.taught)

    def charts(self) -> dict[str, Drawn]:
        """Every chart of its page by name. Raises FiguresUnavailable."""
        answer, beside = self.answer(), self.cohorts()
        more = {"cohorts": beside.drawn} if beside else {}
        return team_charts(answer) | more | self.survey_charts(self.surveys(), version=answer.version)

    def survey_charts(self, surveys: SurveyTables, *, version: int) -> dict[str, Drawn]:
        """The questions that anybody answered, by name, beside data of this version."""
        return {
            one.name: survey_drawn(
                one.name,
                one.question,
                title=one.title,
                says=one.says,
                bars=one.bars,
                run=self.taught,
                key=self.key,
                version=version,
            )
            for one in surveys.tables
            if one.bars
        }


def team_of(reader: Reader, *, course: str, run: str) -> TeamOf:
    """The run, for those who give its course. Raises Http404 for everybody else."""
    found = taught_run(reader, course=course, run=run)
    return TeamOf(
        taught=found,
        title=found.course.title,
        run=found.code,
        key=key_of(found),
        runs=within(reader, course).keys,
        url=f"/courses/{course}/runs/{run}/",
    )
