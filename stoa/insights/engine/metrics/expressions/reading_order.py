"""step: who came to each part of a course, and where people stopped."""

import ibis
import ibis.expr.types as ir

from stoa.insights.engine.metrics.expressions.acts import PAIR, how_many
from stoa.insights.engine.metrics.expressions.beside import (
    Tables,
    beside,
    blocks,
    people,
    with_course,
    with_name,
    without_team,
)
from stoa.insights.engine.metrics.expressions.course import gone_for_good, quotient
from stoa.insights.engine.metrics.states import DAY

STEP = ("course", "object")
_PLACE = ("course", "kind", "position")
#: Who acted within this time before the day of the log's last event has not stopped yet.
A_WEEK = 7 * DAY


def step(tables: Tables, *, as_of: ir.IntegerScalar) -> ir.Table:
    """One row a course and block or page that anyone came to, or that the course's description names."""
    touched, told = without_team(tables["state/objects"], tables), people(tables)
    reached = touched.group_by(list(STEP)).agg(reached=touched.count())
    stopped = _stopped(touched, told, as_of)
    about = blocks(tables)
    row = ibis.union(about.select(*STEP), reached.select(*STEP), distinct=True)
    everybody = told.group_by("course").agg(participants=how_many(told.viewed))
    so_far = _came_so_far(touched, about)
    for other, on in ((reached, STEP), (stopped, STEP), (about, STEP), (so_far, _PLACE), (everybody, ("course",))):
        row = beside(row, other, on)
    row = row.mutate(**{name: row[name].fill_null(0) for name in ("participants", "reached", "stopped")})
    row = row.mutate(
        reached_of_participants=quotient(row.reached, row.participants),
        came_so_far_of_participants=quotient(row.came_so_far, row.participants),
        stopped_of_reached=quotient(row.stopped, row.reached),
    )
    objects = tables["dictionaries/objects"]
    row = beside(row.rename(chapter_object="chapter"), objects.select(chapter_object="id", chapter="name"),
                 ("chapter_object",))  # fmt: skip
    return with_name(with_course(row, tables), tables, "step")


def _came_so_far(touched: ir.Table, about: ir.Table) -> ir.Table:
    """For how many a place or one of its kind behind it was the furthest that they came to."""
    there = touched.select(*PAIR, "object").inner_join(about.select(*STEP, "kind", "position"), list(STEP))
    furthest = there.group_by([*PAIR, "kind"]).agg(position=there.position.max())
    ends = furthest.group_by(list(_PLACE)).agg(came=furthest.count())
    places = beside(about.select(*_PLACE).distinct(), ends, _PLACE)
    behind = ibis.cumulative_window(group_by=["course", "kind"], order_by=ibis.desc("position"))
    return places.select(*_PLACE, came_so_far=places.came.fill_null(0).sum().over(behind))


def _stopped(touched: ir.Table, people: ir.Table, as_of: ir.IntegerScalar) -> ir.Table:
    """On which step the last act of those lay who are gone for good; of two at once the one that was named later."""
    gone = people.filter(gone_for_good(people), as_of // DAY * DAY - people.last_event >= A_WEEK)
    theirs = touched.semi_join(gone, list(PAIR))
    last = theirs.group_by(list(PAIR)).agg(last=theirs["last"].max())
    there = theirs.inner_join(last, [*PAIR, "last"])
    places = there.group_by(list(PAIR)).agg(object=there.object.max())
    return places.group_by(list(STEP)).agg(stopped=places.count())
