"""How things went, month by month."""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from stoa.insights.queries.boards import Kpi
from stoa.insights.queries.numbers import count, hidden
from stoa.insights.rules.answers import Headline, Month, Trend
from stoa.insights.rules.charts import lines
from stoa.insights.rules.charts.specification import Chart, Kind, Method, Row, Words


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
        Kpi(name=_("Events"), figure=count(head.events), of=_("in the log, each once")),
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
    now: Callable[[Month], int | None]
    so_far: Callable[[Month], int | None]


def _ways() -> list[_Way]:
    return [
        _Way(
            name="participants",
            title=_("Participants"),
            now=lambda one: one.participants,
            so_far=lambda one: one.participants_so_far,
        ),
        _Way(
            name="countries",
            title=_("Countries"),
            now=lambda one: one.countries,
            so_far=lambda one: one.countries_so_far,
        ),
        _Way(name="goals", title=_("Goals"), now=lambda one: one.goals, so_far=lambda one: one.goals_so_far),
        _Way(name="topics", title=_("Topics"), now=lambda one: one.topics, so_far=lambda one: one.topics_so_far),
    ]


def _series(way: _Way, trend: Trend, least: str) -> Series:
    rows = tuple((one.month, _number(way.now(one), least), _number(way.so_far(one), least)) for one in trend.months)
    drawn = tuple(Row(key=one.month, label=one.month, value=way.now(one)) for one in trend.months)
    last = rows[-1] if rows else ("", "", "")
    caption = _("%(month)s: %(now)s; in all so far %(sum)s.") % {"month": last[0], "now": last[1], "sum": last[2]}
    return Series(
        name=way.name,
        title=way.title,
        caption=caption if rows else _("Nothing is counted yet."),
        drawing=mark_safe(lines.picture(_chart(way, drawn))),  # noqa: S308 -- escaped where it is drawn
        rows=rows,
    )


def _number(value: int | None, least: str) -> str:
    return least if value is None else count(value)


def _chart(way: _Way, rows: tuple[Row, ...]) -> Chart:
    return Chart(
        kind=Kind.LINES,
        name=way.name,
        title=way.title,
        caption="",
        denominator="participants",
        n=None,
        rows=rows,
        method=Method(definition="", unit="", denominator="", source=""),
        words=Words(hidden=""),
    )
