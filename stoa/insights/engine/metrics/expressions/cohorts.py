"""course_week: how a run stood at the end of each week since its start, so that runs can be put side by side."""

import ibis
import ibis.expr.types as ir

from stoa.insights.engine.metrics.expressions.acts import PAIR
from stoa.insights.engine.metrics.expressions.beside import Tables, beside, people, with_course
from stoa.insights.engine.metrics.expressions.course import HOUR
from stoa.insights.engine.metrics.states import DAY

#: So many weeks are told of where so many are over, even if nobody acted any more.
TOLD = 26
_WEEK, _KEY = 7 * DAY, ("course", "week")
_COUNTS = ("came", "left", "certified", "spent", "active")


def course_week(tables: Tables, *, as_of: ir.IntegerScalar) -> ir.Table:
    """One row a course and week since its start that is over."""
    there = _participants(tables)
    begun = there.group_by("course").agg(began=there.began.min())
    days = tables["state/days"].inner_join(there.select(*PAIR, "began"), list(PAIR))
    days = days.select("course", "learner", "nevents", "sum_dt_30", since=(days.day - days.began).cast("int32"))
    row = beside(_grid(begun, days, as_of), _moved(there, days), _KEY)
    row = row.mutate(**{name: row[name].fill_null(0) for name in _COUNTS})
    so_far = ibis.cumulative_window(group_by="course", order_by="week")
    row = row.mutate(
        participants=row.came.sum().over(so_far),
        certified=row.certified.sum().over(so_far),
        hours=row.spent.sum().over(so_far).cast("float64") / HOUR,
        left=row.left.sum().over(so_far),
    )
    row = row.mutate(still=row.participants - row.left, week=(row.week + 1).cast("int32"))
    return with_course(row, tables)


def _participants(tables: Tables) -> ir.Table:
    """Each with the day on which the run began: its start, else its first act."""
    told = people(tables)
    told = told.filter(told.viewed, told.first_event.notnull()).select(
        *PAIR, "first_event", "last_event", "certified", "cert_time"
    )
    told = beside(told, tables["state/courses"].select("course", "start"), ("course",))
    first = told.first_event.min().over(ibis.window(group_by="course"))
    return told.mutate(began=(ibis.coalesce(told.start, first) // DAY).cast("int32"))


def _grid(begun: ir.Table, days: ir.Table, as_of: ir.IntegerScalar) -> ir.Table:
    last = days.group_by("course").agg(last=days.since.max())
    told = beside(begun, last, ("course",))
    over = (as_of // DAY).cast("int32") - told.began
    over = (over >= 0).ifelse(over // 7, 0)
    acted = (told["last"].fill_null(0) >= 0).ifelse(told["last"].fill_null(0) // 7 + 1, 0)
    told = told.mutate(weeks=ibis.least(over, ibis.greatest(acted, TOLD)).cast("int64"))
    rows = told.select("course", week=ibis.range(0, told.weeks).unnest())
    return rows.mutate(week=rows.week.cast("int32"))


def _moved(there: ir.Table, days: ir.Table) -> ir.Table:
    """What changed in each week; what was before the start counts in the first."""
    nought, one = ibis.literal(0, "int64"), ibis.literal(1, "int64")
    none = dict.fromkeys(_COUNTS, nought)
    start = there.began.cast("int64") * DAY
    left = (there.last_event >= start).ifelse((there.last_event - start) // _WEEK + 1, 0)
    earned = there.filter(there.certified, there.cert_time.notnull())
    parts = [
        there.select("course", week=_from(there.first_event, there), **{**none, "came": one}),
        there.select("course", week=left.cast("int32"), **{**none, "left": one}),
        earned.select("course", week=_from(earned.cert_time, earned), **{**none, "certified": one}),
        days.select("course", week=_weeks(days.since), **{**none, "spent": days.sum_dt_30.cast("int64")}),
    ]
    acted = days.filter(days.since >= 0, days.nevents > 0)
    acted = acted.select(*PAIR, week=_weeks(acted.since)).distinct()
    parts.append(acted.select("course", "week", **{**none, "active": one}))
    told = ibis.union(*(part.select(*_KEY, *_COUNTS) for part in parts))
    return told.group_by(list(_KEY)).agg(**{name: told[name].sum().cast("int64") for name in _COUNTS})


def _from(t: ir.IntegerColumn, there: ir.Table) -> ir.IntegerColumn:
    """The week of a moment, from 0."""
    since = t - there.began.cast("int64") * DAY
    return (since >= 0).ifelse(since // _WEEK, 0).cast("int32")


def _weeks(days: ir.IntegerColumn) -> ir.IntegerColumn:
    return (days >= 0).ifelse(days // 7, 0).cast("int32")
