"""Runs of a course beside one another: the same week since each run's start."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import get_language_bidi
from django.utils.translation import gettext as _

from stoa.insights.queries.drawn import Drawn
from stoa.insights.queries.exact import Fields, exact_chart, in_week, rows_of, whole_number
from stoa.insights.queries.numbers import count, per_cent, whole_name, whole_of
from stoa.insights.rules.answers import Table
from stoa.insights.rules.charts.specification import Kind, Method, Row
from stoa.insights.rules.rates import Whole, rate_of

MOST_RUNS = 4
"""So many lines can be told apart."""


@dataclass(frozen=True, kw_only=True)
class Cohort:
    """A run at the end of the week in question."""

    run: str
    here: bool
    participants: str
    active: str
    still_there: str
    certified: str
    hours: str


@dataclass(frozen=True, kw_only=True)
class Cohorts:
    """The runs side by side, and how many were active in each week."""

    week: int
    rows: tuple[Cohort, ...]
    drawn: Drawn


def cohorts_of(table: Table, keys: Mapping[str, str], *, here: str) -> Cohorts | None:
    """The run `here` (a code of `keys`) beside the others; None where it has no week that is over, or is alone."""
    weeks: dict[str, list[Fields]] = {}
    for row in rows_of(table):
        weeks.setdefault(str(row["course_id"]), []).append(row)
    own = weeks.get(keys[here])
    codes = [code for code, key in keys.items() if key in weeks]
    if not own or len(codes) < 2:  # noqa: PLR2004 -- one is beside nobody
        return None
    order = [here, *(code for code in codes if code != here)]
    week = _busy(own)
    rows = tuple(
        _cohort(code, weeks[keys[code]][week - 1], here=code == here)
        for code in order
        if len(weeks[keys[code]]) >= week
    )
    return Cohorts(week=week, rows=rows, drawn=_drawn(table, {code: weeks[keys[code]] for code in order[:MOST_RUNS]}))


def _cohort(code: str, row: Fields, *, here: bool) -> Cohort:
    participants = whole_number(row["participants"])
    hours = float(row["hours"] or 0)
    return Cohort(
        run=code,
        here=here,
        participants=count(participants),
        active=_share(row["active"], participants),
        still_there=_share(row["still"], participants),
        certified=_share(row["certified"], participants),
        hours=_("%(all)s, %(each)s each") % {"all": count(hours, 0), "each": count(hours / participants, 1)}
        if participants
        else count(hours, 0),
    )


def _share(part: object, whole: int) -> str:
    number = int(part) if isinstance(part, int) else 0
    rate = rate_of(min(number, whole), whole, Whole.PARTICIPANTS)
    return f"{count(number)} ({per_cent(rate)})" if rate else count(number)


def _drawn(table: Table, runs: Mapping[str, Sequence[Fields]]) -> Drawn:
    longest = _busy(max(runs.values(), key=_busy))
    rows = [
        Row(
            key=f"{code}-{week['week']}",
            label=in_week(week["week"]),
            value=whole_number(week["active"]),
            of=whole_number(week["participants"]) or None,
            series=_("Run %(run)s") % {"run": _apart(code)},
        )
        for code, weeks in runs.items()
        for week in weeks[:longest]
    ]
    code, weeks = next(iter(runs.items()))
    last = weeks[_busy(weeks) - 1]
    said = {
        "run": _apart(code),
        "week": count(_busy(weeks)),
        "active": count(whole_number(last["active"])),
        "whole": whole_of(whole_number(last["participants"]), Whole.PARTICIPANTS),
    }
    chart = exact_chart(
        table,
        "cohorts",
        kind=Kind.LINES,
        title=_("Beside other runs, week by week"),
        caption=_("In week %(week)s of run %(run)s %(active)s were active, of %(whole)s.") % said,
        rows=rows,
        n=whole_number(last["participants"]),
        method=Method(
            definition=_(
                "Learners with an act in each week since the run's start, of those who took part up to then. A run "
                "without a day of its start begins with its first act; a week counts once it is over."
            ),
            unit=_("learners"),
            denominator=whole_name(Whole.PARTICIPANTS),
            source=_("the event log"),
        ),
    )
    return Drawn(chart=chart, columns=table.columns, rows=table.rows, sql=table.sql)


def _busy(weeks: Sequence[Fields]) -> int:
    """Up to which week anybody was there."""
    return max((whole_number(week["week"]) for week in weeks if whole_number(week["active"])), default=1)


def _apart(code: str) -> str:
    """A code that keeps its own direction among words that run from right to left."""
    return f"\N{FIRST STRONG ISOLATE}{code}\N{POP DIRECTIONAL ISOLATE}" if get_language_bidi() else code
