"""What the team of a run sees: where learners stop, what they watch, how problems go, how long it takes."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from stoa.insights.queries.attrition import Split, attrition_grid, splits
from stoa.insights.queries.boards import Kpi
from stoa.insights.queries.cards import Card, card_alone
from stoa.insights.queries.drawn import Drawn
from stoa.insights.queries.endings import endings_grid
from stoa.insights.queries.exact import Fields, rows_of, whole_number
from stoa.insights.queries.grids import Grid, decimal_of
from stoa.insights.queries.numbers import count, parts, per_cent, whole_of
from stoa.insights.queries.pace import pace_grid, pace_says
from stoa.insights.queries.problems import answers_grid, problems_grid, reliability
from stoa.insights.queries.steps import steps_grid, steps_say
from stoa.insights.queries.team_charts import team_charts
from stoa.insights.rules.answers import CoursePage
from stoa.insights.rules.charts import heat
from stoa.insights.rules.charts.specification import Kind
from stoa.insights.rules.rates import Rate, Whole, rate_of


@dataclass(frozen=True, kw_only=True)
class Strip:
    """A MOOC video: how often each stretch of it was watched."""

    name: str
    title: str
    says: str
    drawing: SafeString


@dataclass(frozen=True, kw_only=True)
class TeamPage:
    """Everything that the page shows."""

    title: str
    kpis: tuple[Kpi, ...]
    steps_says: str
    steps: Grid
    attrition: Grid
    splits: tuple[Split, ...]
    endings: Grid
    pace: Grid
    pace_says: str
    videos: tuple[Strip, ...]
    problems: Grid
    reliability: str
    answers: Grid
    cards: Mapping[str, Card]
    """The figures that there is something to draw of, by name with `_` for `-`."""


def team_page(answer: CoursePage) -> TeamPage:
    """The page of one run."""
    charts = team_charts(answer)
    return TeamPage(
        title=answer.title,
        kpis=tuple(_kpis(answer, next(iter(rows_of(answer.tables.get("facts"))), {}))),
        steps_says=steps_say(answer),
        steps=steps_grid(answer),
        attrition=attrition_grid(answer),
        splits=splits(answer),
        endings=endings_grid(answer),
        pace=pace_grid(answer),
        pace_says=pace_says(answer),
        videos=tuple(_strips(charts.values())),
        problems=problems_grid(answer),
        reliability=reliability(answer),
        answers=answers_grid(answer),
        cards={name.replace("-", "_"): card_alone(one.chart, {}) for name, one in charts.items()},
    )


def _rate(rate: Rate | None) -> str:
    return f"{per_cent(rate)} · {parts(rate)}" if rate else ""


def _kpis(answer: CoursePage, facts: Fields) -> list[Kpi]:
    counts = answer.counts
    certified = rate_of(counts.certified, counts.participants, Whole.PARTICIPANTS)
    wanted = rate_of(counts.intenders_certified, counts.intenders, Whole.INTENDERS)
    of_hours = whole_of(whole_number(facts.get("hours_certified_n")), Whole.CERTIFIED)
    return [
        Kpi(name=_("Registered"), figure=count(counts.registered), of=_("in this run")),
        Kpi(
            name=_("Participants"),
            figure=count(counts.participants or 0),
            of=_rate(rate_of(counts.participants, counts.registered, Whole.REGISTERED)),
        ),
        Kpi(name=_("Earned the credential"), figure=count(counts.certified or 0), of=_rate(certified)),
        Kpi(name=_("Earned it, wanted it"), figure=count(counts.intenders_certified or 0), of=_rate(wanted)),
        Kpi(
            name=_("Measured hours"),
            figure=decimal_of(facts.get("hours_certified_median")),
            of=_("median of %(whole)s") % {"whole": of_hours},
        ),
    ]


def _strips(charts: Iterable[Drawn]) -> Iterable[Strip]:
    for one in charts:
        if one.chart.kind is Kind.HEAT:
            yield Strip(
                name=one.chart.name,
                title=one.chart.title,
                says=one.chart.caption,
                drawing=mark_safe(heat.cells(one.chart)),  # noqa: S308 -- escaped where it is drawn
            )
