"""What the team of a run sees: where learners stop, what they watch, how problems go, how long it takes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from stoa.insights.queries.boards import Kpi
from stoa.insights.queries.cards import Card, card_alone
from stoa.insights.queries.drawn import Drawn
from stoa.insights.queries.grids import Grid, decimal_of
from stoa.insights.queries.numbers import count, parts, per_cent, whole_of
from stoa.insights.queries.survey_words import choices_of
from stoa.insights.queries.team_charts import FEW, Fields, team_charts
from stoa.insights.rules.answers import Cell, CoursePage
from stoa.insights.rules.charts import colonnade, heat
from stoa.insights.rules.charts.specification import Kind
from stoa.insights.rules.pace import days_more
from stoa.insights.rules.rates import Rate, Whole, rate_of
from stoa.insights.rules.surveys import REASON, SATISFIED, Survey


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
    worst: str
    pillars: SafeString
    width: int
    steps: Grid
    attrition: Grid
    exits: Grid
    pace: Grid
    pace_says: str
    videos: tuple[Strip, ...]
    problems: Grid
    reliability: str
    answers: Grid
    charts: tuple[str, ...]
    """The names of the figures that there is something to draw of."""


def team_page(answer: CoursePage) -> TeamPage:
    """The page of one run."""
    rows = {
        name: [dict(zip(table.columns, row, strict=True)) for row in table.rows]
        for name, table in answer.tables.items()
    }
    facts = next(iter(rows.get("facts", [])), {})
    steps = rows.get("steps", [])
    charts = team_charts(answer)
    stopping = charts["steps"].chart if "steps" in charts else None
    return TeamPage(
        title=answer.title,
        kpis=tuple(_kpis(answer, facts)),
        steps_says=_("Of %(whole)s, who came to each step or one behind it") % {"whole": _participants(answer)},
        worst=stopping.caption if stopping and any("worst" in row.mark for row in stopping.rows) else "",
        pillars=mark_safe(colonnade.pillars(stopping)) if stopping else SafeString(""),  # noqa: S308 -- escaped where it is drawn
        width=colonnade.width(stopping) if stopping else 0,
        charts=tuple(charts),
        steps=_steps(steps, answer.counts.participants or 0),
        attrition=_attrition(rows.get("attrition", [])),
        exits=_exits(rows.get("exits", [])),
        pace=_pace(rows.get("pace", [])),
        pace_says=_pace_says(rows.get("pace", []), facts),
        videos=tuple(_strips(charts)),
        problems=_problems(rows.get("problems", [])),
        reliability=_reliability(rows.get("reliability", [])),
        answers=_answers(rows.get("answers", [])),
    )


def _whole(cell: Cell) -> int:
    return int(cell) if isinstance(cell, int | float) else 0


def _participants(answer: CoursePage) -> str:
    return whole_of(answer.counts.participants or 0, Whole.PARTICIPANTS)


def _rate(rate: Rate | None) -> str:
    return f"{per_cent(rate)} · {parts(rate)}" if rate else ""


def _kpis(answer: CoursePage, facts: Fields) -> list[Kpi]:
    counts = answer.counts
    certified = rate_of(counts.certified, counts.participants, Whole.PARTICIPANTS)
    wanted = rate_of(counts.intenders_certified, counts.intenders, Whole.INTENDERS)
    hours = facts.get("hours_certified_median")
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
            figure=decimal_of(hours),
            of=_("median of %(whole)s") % {"whole": whole_of(_whole(facts.get("hours_certified_n")), Whole.CERTIFIED)},
        ),
    ]


def _steps(steps: Sequence[Fields], participants: int) -> Grid:
    rows = tuple(
        (
            str(step["step"]),
            str(step["module"] or ""),
            count(_whole(step["reached"])),
            _rate(rate_of(min(_whole(step["reached"]), participants), participants, Whole.PARTICIPANTS)),
        )
        for step in steps
    )
    return Grid(heads=(_("Step"), _("Module"), _("Came to it"), _("Share")), rows=rows)


def _attrition(weeks: Sequence[Fields]) -> Grid:
    names = ("still_there", "wanted_the_credential", "wanted_something_else", "not_said")
    firsts = {name: _whole(weeks[0][name]) if weeks else 0 for name in names}
    rows = tuple(
        (count(_whole(week["week"])), *(_of(_whole(week[name]), firsts[name]) for name in names)) for week in weeks
    )
    heads = (
        _("Weeks after their first act"),
        _("Still there"),
        _("Wanted the credential"),
        _("Wanted something else"),
        _("Not said"),
    )
    return Grid(heads=heads, rows=rows)


def _of(part: int, whole: int) -> str:
    rate = rate_of(min(part, whole), whole, Whole.PARTICIPANTS)
    return (
        _("%(n)s (%(share)s of %(whole)s)") % {"n": count(part), "share": per_cent(rate), "whole": count(whole)}
        if rate
        else count(part)
    )


def _exits(exits: Sequence[Fields]) -> Grid:
    words = {"finished": _("finished"), "stopped": _("stopped"), "not said": _("Not said")}
    reasons, opinions = dict(choices_of(Survey.EXIT, REASON)), dict(choices_of(Survey.EXIT, SATISFIED))
    rows = tuple(
        (
            words.get(str(one["ended"]), str(one["ended"])),
            (words | reasons).get(str(one["reason"]), str(one["reason"])),
            (words | opinions).get(str(one["satisfied"]), str(one["satisfied"])),
            count(_whole(one["n"])),
        )
        for one in exits
    )
    return Grid(heads=(_("How it ended"), _("Reason"), _("Satisfied"), _("Participants")), rows=rows)


def _pace(weeks: Sequence[Fields]) -> Grid:
    rows = tuple(
        (
            count(_whole(week["week"])),
            count(_whole(week["n"])),
            decimal_of(week["median_hours"]),
            decimal_of(week["p80_hours"]),
        )
        for week in weeks
    )
    heads = (_("Week"), _("Learners active"), _("Median hours"), _("Four of five need at most"))
    return Grid(heads=heads, rows=rows)


def _pace_says(weeks: Sequence[Fields], facts: Fields) -> str:
    """Whether the hours that the course says are those that people need (R143)."""
    planned = facts.get("hours_a_week")
    most = max(
        (week for week in weeks if _whole(week["n"]) >= FEW),
        key=lambda week: float(week["p80_hours"] or 0),
        default=None,
    )
    if most is None or not isinstance(planned, int | float):
        return _("The course says no hours a week, or too few learners were there to tell.")
    said = {"planned": count(planned, 1), "week": count(_whole(most["week"])), "hours": decimal_of(most["p80_hours"])}
    if float(most["p80_hours"] or 0) > planned:
        words = _(
            "The course says %(planned)s hours a week; in week %(week)s one learner in five needs over %(hours)s."
        )
        return f"{words % said} {_redate(weeks, planned)}"
    words = _("The course says %(planned)s hours a week; four learners of five need at most %(hours)s in any week.")
    return words % said


def _redate(weeks: Sequence[Fields], planned: float) -> str:
    """Which weeks need more days so that the plan holds."""
    told = [(_whole(week["week"]), float(week["p80_hours"] or 0)) for week in weeks if _whole(week["n"]) >= FEW]
    more = days_more(told, planned=planned)
    each = [
        ngettext("week %(week)s gets %(n)s day more", "week %(week)s gets %(n)s days more", days)
        % {"week": count(week), "n": count(days)}
        for week, days in more
    ]
    total = sum(days for _week, days in more)
    longer = ngettext("%(n)s day", "%(n)s days", total) % {"n": count(total)}
    words = _("Say more hours, or re-date: %(weeks)s; what follows moves with it, and the run takes %(longer)s longer.")
    return words % {"weeks": ", ".join(each), "longer": longer}


def _strips(charts: Mapping[str, Drawn]) -> list[Strip]:
    return [
        Strip(
            name=name,
            title=one.chart.title,
            says=one.chart.caption,
            drawing=mark_safe(heat.cells(one.chart)),  # noqa: S308 -- as above
        )
        for name, one in charts.items()
        if one.chart.kind is Kind.HEAT
    ]


def _problems(problems: Sequence[Fields]) -> Grid:
    rows = tuple(
        (
            str(one["problem"]),
            count(_whole(one["learners"])),
            _of(_whole(one["right_at_first"]), _whole(one["learners"])),
            _of(_whole(one["right_at_last"]), _whole(one["learners"])),
            decimal_of(one["tries_to_right"]),
            decimal_of(one["discrimination"], 2),
        )
        for one in problems
    )
    heads = (
        _("Question"),
        _("Learners"),
        _("Right at first"),
        _("Right in the end"),
        _("Tries until right"),
        _("Tells apart"),
    )
    return Grid(heads=heads, rows=rows)


def _reliability(rows: Sequence[Fields]) -> str:
    alpha = rows[0]["alpha"] if rows else None
    if not isinstance(alpha, int | float):
        return ""
    said = {
        "alpha": count(alpha, 2),
        "problems": count(_whole(rows[0]["problems"])),
        "learners": count(_whole(rows[0]["learners"])),
    }
    words = _(
        "Cronbach's alpha is %(alpha)s, of %(problems)s problems and the %(learners)s learners who tried at least half "
        "of them: from 0.7 on they measure one thing together."
    )
    return words % said


def _answers(answers: Sequence[Fields]) -> Grid:
    right = {1: _("right"), 0: _("wrong")}
    rows = tuple(
        (
            str(one["question"] or one["problem"]),
            str(one["answer"]),
            right.get(_whole(one["correct"]), "") if one["correct"] is not None else "",
            count(_whole(one["first"])),
            count(_whole(one["last"])),
        )
        for one in answers
    )
    heads = (_("Question"), _("Answer"), _("Right or wrong"), _("First answer of"), _("Last answer of"))
    return Grid(heads=heads, rows=rows)


def cards_of(answer: CoursePage) -> dict[str, Card]:
    """The charts that the page draws, by name; what is drawn in words of the page has `_` for `-`."""
    charts = team_charts(answer)
    return {
        name.replace("-", "_"): card_alone(charts[name].chart, {}) for name in ("still-there", "pace") if name in charts
    }
