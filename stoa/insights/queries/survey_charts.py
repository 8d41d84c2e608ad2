"""What the learners of a run answered, as charts for its team."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.db.models import Max
from django.utils.translation import gettext as _

from stoa.catalogue.models import Run
from stoa.insights.models import Answer as Given
from stoa.insights.models import Asking
from stoa.insights.queries.drawn import Drawn
from stoa.insights.queries.exact import exact_chart
from stoa.insights.queries.numbers import whole_name
from stoa.insights.rules.answers import Answer
from stoa.insights.rules.charts.specification import Kind, Method, Row
from stoa.insights.rules.rates import Whole
from stoa.insights.rules.surveys import INTENT, REASON, SATISFIED

_COLUMNS: Final = ("key", "answer", "n", "of")
_LOGGED: Final = {
    INTENT: "SELECT intent AS answer, count(intent) AS n",
    REASON: "SELECT exit_reason AS answer, count(exit_reason) AS n",
    SATISFIED: "SELECT coalesce(certified, false) OR coalesce(completed, false) AS finished, "
    "count(*) FILTER (satisfied = 'yes') AS n, count(satisfied) AS of",
}


@dataclass(frozen=True, kw_only=True)
class SurveyBar:
    """A group of learners: `n` of the `of` who answered."""

    key: str
    label: str
    n: int
    of: int


def survey_drawn(
    name: str, question: str, *, title: str, says: str, bars: Iterable[SurveyBar], run: Run, key: str, version: int
) -> Drawn:
    """The answers to one question of the run that the log calls `key`."""
    rows = [Row(key=bar.key, label=bar.label, value=bar.n, of=bar.of) for bar in bars]
    chart = exact_chart(
        Answer(version=version, as_of=_last(run)),
        name,
        kind=Kind.BARS,
        title=title,
        caption=says,
        rows=rows,
        n=sum(row.of or 0 for row in rows) if question == SATISFIED else rows[0].of if rows else None,
        method=Method(
            definition=_(
                "Learners by their last answer on a page or by mail, without the team; shares are of those who "
                "answered. Who was not asked is not among them."
            ),
            unit=_("learners"),
            denominator=whole_name(Whole.SAID),
            source=_("the answers on this site; what the log tells of them lies behind the question"),
        ),
        per_cent=True,
        whole=Whole.SAID,
    )
    rows_told = tuple((row.key, row.label, row.value, row.of) for row in rows)
    return Drawn(chart=chart, columns=_COLUMNS, rows=rows_told, sql=_sql(question, key))


def _last(run: Run) -> datetime | None:
    """When anybody was asked or answered last."""
    asked = Asking.objects.filter(enrolment__run=run).aggregate(last=Max("at"))["last"]
    given = Given.objects.filter(enrolment__run=run).aggregate(last=Max("at"))["last"]
    return max((at for at in (asked, given) if at), default=None)


def _sql(question: str, key: str) -> str:
    """The same as the log tells it, asked in the folder of the warehouse."""
    run = key.replace("'", "''")
    return (
        f"{_LOGGED[question]}\nFROM 'tables/person_course/*.parquet'\n"
        f"WHERE course_id = '{run}' AND roles IS NULL\nGROUP BY 1 ORDER BY 1;\n"
    )
