"""How things went, month by month."""

from collections.abc import Callable
from dataclasses import dataclass, fields

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from stoa.insights.queries.boards import Kpi
from stoa.insights.queries.counted import counted, up_to
from stoa.insights.queries.drawn import Drawn
from stoa.insights.queries.numbers import count, hidden, whole_name
from stoa.insights.rules.answers import Headline, Month, Trend
from stoa.insights.rules.charts import lines
from stoa.insights.rules.charts.specification import Chart, Kind, Method, Row, Words
from stoa.insights.rules.rates import Whole


@dataclass(frozen=True, kw_only=True)
class Series:
    """One line: its drawing, its sentence, its table."""

    name: str
    title: str
    caption: str
    drawing: SafeString
    rows: tuple[tuple[str, str, str], ...]


def counters_of(head: Headline) -> list[Kpi]:
    """The five counters of the whole site, each with what it counts."""
    return [
        Kpi(name=_("Courses"), figure=count(head.courses), of=_("course runs with registrations")),
        Kpi(name=_("Credentials"), figure=count(head.certificates), of=_("earned and not revoked")),
        Kpi(name=_("Participants"), figure=count(head.participants), of=_("opened a page of the course")),
        Kpi(name=_("Hours"), figure=count(round(head.hours)), of=_("between acts under 30 minutes apart")),
        Kpi(name=_("Events"), figure=count(head.events), of=_("in the log, each once"), counts="events"),
    ]


def series_of(trend: Trend) -> list[Series]:
    """Participants, countries, goals and topics by month (R009)."""
    least = hidden()
    return [_series(way, trend, least) for way in _ways()]


@dataclass(frozen=True, kw_only=True)
class _Way:
    """What is counted in a month, and up to it."""

    name: str
    title: str
    definition: str
    now: Callable[[Month], int | None]
    so_far: Callable[[Month], int | None]


def _ways() -> list[_Way]:
    return [
        _Way(
            name="participants",
            definition=_("Registrations whose first act in the course lies in the month."),
            title=_("Participants"),
            now=lambda one: one.participants,
            so_far=lambda one: one.participants_so_far,
        ),
        _Way(
            name="countries",
            definition=_("Different known countries of those whose first act in a course lies in the month."),
            title=_("Countries"),
            now=lambda one: one.countries,
            so_far=lambda one: one.countries_so_far,
        ),
        _Way(
            name="goals",
            title=_("Goals"),
            definition=_("Different answers to what they came for, of those whose first act lies in the month."),
            now=lambda one: one.goals,
            so_far=lambda one: one.goals_so_far,
        ),
        _Way(
            name="topics",
            title=_("Topics"),
            definition=_("Different subjects of the courses of those whose first act lies in the month."),
            now=lambda one: one.topics,
            so_far=lambda one: one.topics_so_far,
        ),
    ]


def trend_charts(trend: Trend) -> dict[str, Drawn]:
    """Each of the four as a figure of its own."""
    columns = tuple(one.name for one in fields(Month))
    rows = tuple(tuple(getattr(one, name) for name in columns) for one in trend.months)
    return {
        way.name: Drawn(chart=_chart(way, trend), columns=columns, rows=rows, sql=trend.sql)
        for way in _ways()
        if trend.months
    }


def _series(way: _Way, trend: Trend, least: str) -> Series:
    rows = tuple((one.month, _number(way.now(one), least), _number(way.so_far(one), least)) for one in trend.months)
    chart = _chart(way, trend)
    return Series(
        name=way.name,
        title=way.title,
        caption=chart.caption,
        drawing=mark_safe(lines.picture(chart)),  # noqa: S308 -- escaped where it is drawn
        rows=rows,
    )


def _number(value: int | None, least: str) -> str:
    return least if value is None else count(value)


def _caption(way: _Way, trend: Trend) -> str:
    if not trend.months:
        return _("Nothing is counted yet.")
    last, least = trend.months[-1], hidden()
    said = {"month": last.month, "now": _number(way.now(last), least), "sum": _number(way.so_far(last), least)}
    return _("%(month)s: %(now)s; in all so far %(sum)s.") % said


def _chart(way: _Way, trend: Trend) -> Chart:
    chart = Chart(
        kind=Kind.LINES,
        name=way.name,
        title=way.title,
        caption=_caption(way, trend),
        denominator=Whole.PARTICIPANTS,
        n=trend.months[-1].participants_so_far if trend.months else None,
        rows=tuple(Row(key=one.month, label=one.month, value=way.now(one)) for one in trend.months),
        method=Method(
            definition=way.definition,
            unit=way.title,
            denominator=whole_name(Whole.PARTICIPANTS),
            source=_("the event log and the course's own description"),
        ),
        words=Words(
            hidden=hidden(),
            note=_("By month of the first act in a course, UTC"),
            foot=_("Counted up to %(date)s (UTC), data version %(version)s, Stoa %(code)s.") % up_to(trend),
        ),
    )
    return counted(chart, trend)
