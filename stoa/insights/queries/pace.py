"""Hours a week of a run's learners, beside what the course says (R143)."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from stoa.insights.queries.drawn import Drawn
from stoa.insights.queries.exact import FEW, Fields, drawn_of, in_week, number, rows_of, whole_number
from stoa.insights.queries.grids import Grid, decimal_of
from stoa.insights.queries.numbers import count
from stoa.insights.rules.answers import Cell, CoursePage
from stoa.insights.rules.charts.specification import Kind, Row
from stoa.insights.rules.pace import days_more


def pace_grid(answer: CoursePage) -> Grid:
    """Week by week."""
    rows = tuple(
        (
            count(whole_number(week["week"])),
            count(whole_number(week["learners"])),
            decimal_of(week["hours_median"]),
            decimal_of(week["hours_p80"]),
            decimal_of(week["hours_planned"]),
        )
        for week in _weeks(answer)
    )
    heads = (_("Week"), _("Learners active"), _("Median hours"), _("Four of five need at most"), _("The plan"))
    return Grid(heads=heads, rows=rows)


def pace_says(answer: CoursePage) -> str:
    """Whether the hours that the course says are those that people need."""
    weeks = [week for week in _weeks(answer) if whole_number(week["learners"]) >= FEW]
    planned = max((number(week["hours_planned"]) for week in weeks), default=0.0)
    most = max(weeks, key=lambda week: number(week["hours_p80"]), default=None)
    if most is None or not planned:
        return _("The course says no hours a week, or too few learners were there to tell.")
    said = {
        "planned": count(planned, 1),
        "week": count(whole_number(most["week"])),
        "hours": decimal_of(most["hours_p80"]),
    }
    if number(most["hours_p80"]) > planned:
        words = _(
            "The course says %(planned)s hours a week; in week %(week)s one learner in five needs over %(hours)s."
        )
        return f"{words % said} {_redate(weeks, planned)}"
    words = _("The course says %(planned)s hours a week; four learners of five need at most %(hours)s in any week.")
    return words % said


def _redate(weeks: list[Fields], planned: float) -> str:
    """Which weeks need more days so that the plan holds."""
    told = [(whole_number(week["week"]), number(week["hours_p80"])) for week in weeks]
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


def pace_drawn(answer: CoursePage) -> Drawn:
    """Lines of the median, of what is enough for four of five, and of the plan."""
    weeks = _weeks(answer)
    series: list[tuple[str, list[Cell]]] = [
        (_("Median hours"), [week["hours_median"] for week in weeks]),
        (_("Four of five need at most"), [week["hours_p80"] for week in weeks]),
        (_("The plan"), [week["hours_planned"] for week in weeks]),
    ]
    rows = [
        Row(
            key=f"{place}-{week['week']}",
            label=in_week(week["week"]),
            value=round(number(hours), 3) if hours is not None else None,
            series=words,
        )
        for place, (words, cells) in enumerate(series)
        if any(cell is not None for cell in cells)
        for week, hours in zip(weeks, cells, strict=True)
    ]
    most = max(weeks, key=lambda week: number(week["hours_p80"]), default=None)
    caption = _("Nothing is counted yet.")
    if most:
        said = {"week": count(whole_number(most["week"])), "hours": count(number(most["hours_p80"]), 1)}
        caption = _("Week %(week)s takes the most: four learners of five need up to %(hours)s hours.") % said
    return drawn_of(
        answer,
        "pace",
        part="pace",
        kind=Kind.LINES,
        title=_("Hours a week, beside the plan"),
        caption=caption,
        rows=rows,
        definition=_(
            "Hours between acts at most 30 minutes apart, of learners with any in the week. Weeks count from the run's "
            "start, or from a learner's first act where the run has none."
        ),
        unit=_("hours"),
    )


def _weeks(answer: CoursePage) -> list[Fields]:
    return rows_of(answer.tables.get("pace"))
