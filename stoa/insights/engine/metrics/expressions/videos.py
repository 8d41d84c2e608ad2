"""video, video_segment: how MOOC videos were watched, from play, pause, jump and end."""

import ibis
import ibis.expr.types as ir

from stoa.insights.engine.kinds import Kind
from stoa.insights.engine.metrics.expressions.acts import PAIR, how_many, is_one
from stoa.insights.engine.metrics.expressions.beside import (
    Tables,
    beside,
    blocks,
    with_course,
    with_name,
    without_team,
)
from stoa.insights.engine.metrics.expressions.course import quotient

SEGMENT_MS = 5_000
#: A stretch longer than this is a forgotten window, not somebody watching; no MOOC video is longer than a day.
LONGEST_MS = 4 * 3_600_000
DAY_MS = 24 * 3_600_000
HOUR_MS = 3_600_000
VIDEO = ("course", "object")
WATCHED = {
    "course": "INTEGER",
    "object": "INTEGER",
    "learner": "INTEGER",
    "first": "INTEGER",
    "last": "INTEGER",
    "ms": "BIGINT",
    "island": "INTEGER",
}
_FALSE = ibis.literal(value=False)


def watched(tables: Tables) -> ir.Table:
    """One row a stretch that was watched: its first and last segment, its length, the learner's island it lies in.

    A stretch begins with play, or where a jump landed, and ends with pause, jump or end. The player tells a play
    right after a jump with the place where the jump began. An island is what overlapping stretches cover together.
    """
    silver = tables["silver"]
    kinds = (Kind.PLAY, Kind.PAUSE, Kind.SEEK, Kind.STOP)
    acts = silver.filter(silver.course >= 0, silver.learner >= 0, silver.object >= 0, is_one(silver.kind, kinds))
    acts = without_team(acts, tables)
    order = ibis.window(group_by=[*PAIR, "object"], order_by=["t", "seq"])
    acts = acts.select(*PAIR, "object", "kind", "a", "b", "t", "seq")
    told = acts.mutate(
        before=acts.kind.lag().over(order),
        landed=acts.b.lag().over(order),
        then=acts.kind.lead().over(order),
        stop=acts.a.lead().over(order),
    )
    after_jump = ((told.before == int(Kind.SEEK)) & (told.landed >= 0)).fill_null(_FALSE)
    start = ibis.cases(
        (told.kind == int(Kind.SEEK), told.b),
        ((told.kind == int(Kind.PLAY)) & after_jump, told.landed),
        else_=told.a,
    )
    told = told.mutate(start=start)
    told = told.filter(
        is_one(told.kind, (Kind.PLAY, Kind.SEEK)),
        is_one(told.then, (Kind.PAUSE, Kind.SEEK, Kind.STOP)),
        told.start >= 0,
        told.stop > told.start,
        told.stop - told.start <= LONGEST_MS,
        told.stop <= DAY_MS,
    )
    return _islands(
        told.select(
            *VIDEO,
            "learner",
            first=(told.start // SEGMENT_MS).cast("int32"),
            last=((told.stop - 1) // SEGMENT_MS).cast("int32"),
            ms=told.stop - told.start,
        )
    )


def _islands(stretches: ir.Table) -> ir.Table:
    who = [*PAIR, "object"]
    order = ibis.window(group_by=who, order_by=["first", "last", "ms"])
    so_far = ibis.cumulative_window(group_by=who, order_by=["first", "last", "ms"])
    told = stretches.mutate(reach=stretches["last"].max().over(so_far))
    told = told.mutate(new=(told["first"] > told.reach.lag().over(order)).fill_null(_FALSE).ifelse(1, 0))
    return told.mutate(island=told.new.sum().over(so_far)).drop("reach", "new")


def video_segment(tables: Tables) -> ir.Table:
    """One row a video that anyone watched and stretch of five seconds."""
    seen = tables["state/watched"]
    islands = seen.group_by([*VIDEO, "learner", "island"]).agg(first=seen["first"].min(), last=seen["last"].max())
    one, none = ibis.literal(1, "int64"), ibis.literal(0, "int64")
    changes = ibis.union(
        seen.select(*VIDEO, segment=seen["first"], views=one, viewers=none),
        seen.select(*VIDEO, segment=(seen["last"] + 1).cast("int32"), views=-one, viewers=none),
        islands.select(*VIDEO, segment=islands["first"], views=none, viewers=one),
        islands.select(*VIDEO, segment=(islands["last"] + 1).cast("int32"), views=none, viewers=-one),
    )
    changes = changes.group_by([*VIDEO, "segment"]).agg(views=changes.views.sum(), viewers=changes.viewers.sum())
    whole = beside(_grid(tables), changes, (*VIDEO, "segment"))
    order = ibis.cumulative_window(group_by=list(VIDEO), order_by="segment")
    whole = whole.mutate(
        views=whole.views.fill_null(0).sum().over(order), viewers=whole.viewers.fill_null(0).sum().over(order)
    )
    return with_name(with_course(whole.mutate(replays=whole.views - whole.viewers), tables), tables, "video")


def _grid(tables: Tables) -> ir.Table:
    """Every segment of every watched video, up to its end, or the last one that anyone watched."""
    seen = tables["state/watched"]
    ends = seen.group_by(list(VIDEO)).agg(reached=seen["last"].max() + 1)
    ends = beside(ends, blocks(tables).select(*VIDEO, "duration_ms"), VIDEO)
    ends = ends.select(*VIDEO, segments=ibis.greatest(ends.reached, _segments(ends.duration_ms)).cast("int32"))
    rows = ends.select(*VIDEO, segment=ibis.range(0, ends.segments).unnest())
    return rows.mutate(segment=rows.segment.cast("int32"))


def _segments(duration_ms: ir.IntegerColumn) -> ir.IntegerColumn:
    """So many segments has a video of this length; 0 where it is unknown."""
    length = ibis.least(duration_ms.fill_null(0), DAY_MS)
    return (length + SEGMENT_MS - 1) // SEGMENT_MS


def video(tables: Tables) -> ir.Table:
    """One row a course and video."""
    acts, seen, parts = tables["state/objects"], tables["state/watched"], tables["tables/video_segment"]
    acts = without_team(acts, tables)
    told = acts.group_by(list(VIDEO)).agg(
        viewers=how_many(acts.plays > 0),
        **{name: acts[name].sum() for name in ("plays", "pauses", "seeks", "failures")},
    )
    told = told.filter(told.plays + told.pauses + told.seeks + told.failures > 0)
    watchers = seen.group_by(list(VIDEO)).agg(watchers=seen.learner.nunique(), ms=seen.ms.sum())
    reached = parts.group_by(list(VIDEO)).agg(reached=parts.count(), segments_watched=parts.viewers.sum())
    about = blocks(tables).select(*VIDEO, "title", "duration_ms")
    for other in (watchers, reached, about):
        told = beside(told, other, VIDEO)
    told = told.mutate(
        segments=ibis.coalesce(told.reached, _segments(told.duration_ms).nullif(0)),
        **{name: told[name].fill_null(0) for name in ("watchers", "segments_watched", "ms")},
    )
    told = told.mutate(
        watched_of_video=quotient(told.segments_watched, told.watchers * told.segments),
        hours_watched=told.ms.cast("float64") / float(HOUR_MS),
    )
    return with_name(with_course(told, tables), tables, "video")
