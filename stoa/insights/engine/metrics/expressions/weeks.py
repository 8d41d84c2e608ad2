"""attrition, pace: a course week by week."""

import ibis
import ibis.expr.types as ir

from stoa.insights.engine.metrics.expressions.acts import PAIR
from stoa.insights.engine.metrics.expressions.beside import Tables, beside, people, with_course, without_team
from stoa.insights.engine.metrics.expressions.course import HOUR, gone_for_good, quotient
from stoa.insights.engine.metrics.expressions.quantiles import quantiles
from stoa.insights.engine.metrics.states import DAY

WEEK = 7 * DAY
#: So many weeks are told of where so many have passed, even if everyone left before.
TOLD = 8
ALL, UNKNOWN = "", "unknown"
_GROUP = ("course", "split", "answer")
_COUNTS = ("eligible", "eligible_content", "still", "still_content")


def another_day(tables: Tables, before: ir.IntegerScalar, as_of: ir.IntegerScalar) -> ir.Table:
    """All courses where the log has come to another day, none else."""
    courses = tables["state/courses"]
    return courses.filter(as_of // DAY > before // DAY).select("course")


def attrition(tables: Tables, *, as_of: ir.IntegerScalar) -> ir.Table:
    """One row a course, group of participants and week since their first act."""
    stays = _stays(people(tables), as_of)
    nought, one = ibis.literal(0, "int64"), ibis.literal(1, "int64")
    content = stays.content.ifelse(1, 0).cast("int64")
    could = {"eligible": one, "eligible_content": content, "still": nought, "still_content": nought}
    did = {"eligible": nought, "eligible_content": nought, "still": one, "still_content": content}
    ends = ibis.union(stays.select(*_GROUP, week=stays.could, **could), stays.select(*_GROUP, week=stays.stayed, **did))
    ends = ends.group_by([*_GROUP, "week"]).agg(**{name: ends[name].sum() for name in _COUNTS})
    row = beside(_grid(stays), ends, (*_GROUP, "week"))
    # A stay of five weeks counts in weeks 0 to 5: what ends in this week or later.
    later = ibis.cumulative_window(group_by=list(_GROUP), order_by=ibis.desc("week"))
    row = row.mutate(**{name: row[name].fill_null(0).sum().over(later) for name in _COUNTS})
    row = row.mutate(participants=row.eligible, fulfilled=row.eligible_content)
    row = row.mutate(content=row.fulfilled - row.still_content)
    row = row.mutate(gone=row.participants - row.still - row.content)
    return with_course(row.mutate(gone_of_participants=quotient(row.gone, row.participants)), tables)


def _stays(people: ir.Table, as_of: ir.IntegerScalar) -> ir.Table:
    """Each participant three times, once a split: weeks that they stayed, weeks that they could have by now."""
    told = people.filter(people.viewed, people.first_event.notnull(), people.last_event >= people.first_event)
    known = told.last_event.max().over(ibis.window(group_by="course"))
    until = ibis.greatest(known, as_of // DAY * DAY)
    told = told.mutate(
        stayed=((told.last_event - told.first_event) // WEEK).cast("int32"),
        could=((until - told.first_event) // WEEK).cast("int32"),
        content=~gone_for_good(told),
    )
    course = ibis.window(group_by="course")
    # Later weeks, after everyone had left, tell nothing new.
    longest = ibis.least(ibis.greatest(told.stayed.max().over(course), TOLD), told.could.max().over(course))
    told = told.mutate(longest=longest.cast("int32"))
    told = told.mutate(could=ibis.least(told.could, told.longest))
    splits = (
        ("all", ibis.literal(ALL)),
        ("intent", told.intent.fill_null(UNKNOWN)),
        ("exit_reason", told.exit_reason.fill_null(UNKNOWN)),
    )
    columns = ("stayed", "could", "content", "longest")
    return ibis.union(
        *(told.select("course", *columns, split=ibis.literal(split), answer=answer) for split, answer in splits)
    )


def _grid(stays: ir.Table) -> ir.Table:
    groups = stays.group_by(list(_GROUP)).agg(longest=stays.longest.max())
    rows = groups.select(*_GROUP, week=ibis.range(0, groups.longest + 1).unnest())
    return rows.mutate(week=rows.week.cast("int32"))


def pace(tables: Tables) -> ir.Table:
    """One row a course and week: the hours of those who were there."""
    days, told = without_team(tables["state/days"], tables), people(tables)
    begun = told.select(*PAIR, "first_event")
    days = beside(days.select(*PAIR, "day", "sum_dt_30"), begun, PAIR)
    days = beside(days, tables["state/courses"].select("course", "start", "hours_a_week"), ("course",))
    first = (ibis.coalesce(days.start, days.first_event) // DAY).cast("int32")
    days = days.mutate(week=((days.day - first) // 7 + 1).cast("int32"))
    # Before a run starts its weeks have no number.
    days = days.filter(days.day >= first, days.sum_dt_30 > 0)
    weeks = days.group_by([*PAIR, "week"]).agg(
        spent=days.sum_dt_30.sum().cast("int64"), hours_planned=days.hours_a_week.max()
    )
    asked = {"hours_median": (1, 2), "hours_p80": (4, 5)}
    found = quantiles(weeks, ("course", "week"), "spent", asked=asked, unit=HOUR)
    planned = weeks.group_by(["course", "week"]).agg(hours_planned=weeks.hours_planned.max())
    return with_course(beside(found, planned, ("course", "week")).rename(learners="n"), tables)
