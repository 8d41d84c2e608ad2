"""States of registrations, from acts with gaps."""

import ibis.expr.types as ir

from stoa.insights.engine.kinds import FORUM, VIDEO, Kind
from stoa.insights.engine.metrics.expressions.acts import PAIR, how_many, is_one, opens_courseware, sum_where
from stoa.insights.engine.metrics.states import CLASSES, COUNTED, GAP_5, GAP_30


def pairs(gapped: ir.Table) -> ir.Table:
    """One row a course and learner: counts and time."""
    short, within = gapped.gap <= GAP_5, gapped.gap <= GAP_30
    ms = gapped.gap // 1000
    return gapped.group_by(list(PAIR)).agg(
        nevents=gapped.count(),
        ncourseware=how_many(opens_courseware(gapped.kind)),
        nvideo=how_many(is_one(gapped.kind, VIDEO)),
        nforum_events=how_many(is_one(gapped.kind, FORUM)),
        **{name: how_many(is_one(gapped.kind, kinds)) for name, kinds in COUNTED.items()},
        first_event=gapped.t.min(),
        first_seq=sum_where(gapped.seq, gapped.gap.isnull()),
        last_event=gapped.t.max(),
        last_seq=sum_where(gapped.seq, gapped.last),
        last_class=sum_where(gapped.klass, gapped.last),
        nsessions=how_many(gapped.gap > GAP_30) + 1,
        sum_dt_5=sum_where(gapped.gap, short),
        sum_dt_30=sum_where(gapped.gap, within),
        n_dt=how_many(short),
        sum_ms=sum_where(ms, short),
        sum_squared_ms=sum_where(ms * ms, short),
        longest_dt=short.fill_null(False).ifelse(gapped.gap, 0).max(),
        **{
            f"time_{name}_{limit}": sum_where(gapped.gap, (gapped.before == number) & (gapped.gap <= most))
            for name, number in CLASSES.items()
            for limit, most in ((5, GAP_5), (30, GAP_30))
        },
    )


def days(gapped: ir.Table) -> ir.Table:
    """One row a course, learner and day."""
    return gapped.group_by([*PAIR, "day"]).agg(
        nevents=gapped.count(),
        nvideo=how_many(is_one(gapped.kind, VIDEO)),
        nplay_video=how_many(gapped.kind == int(Kind.PLAY)),
        nproblem_check=how_many(gapped.kind == int(Kind.CHECK)),
        nforum_events=how_many(is_one(gapped.kind, FORUM)),
        sum_dt_5=sum_where(gapped.gap, gapped.gap <= GAP_5),
        sum_dt_30=sum_where(gapped.gap, gapped.gap <= GAP_30),
    )
