"""Distinct things that a registration touched: problems tried, chapters opened, addresses acted from."""

import ibis
import ibis.expr.types as ir

from stoa.insights.engine.kinds import Kind
from stoa.insights.engine.metrics.expressions.acts import PAIR, how_many, opens_courseware
from stoa.insights.engine.metrics.states import TOUCHED


def tries(acts: ir.Table) -> ir.Table:
    """One row a course, learner and problem that the server checked."""
    checks = acts.filter(acts.kind == int(Kind.CHECK), acts.object >= 0)
    order = ibis.window(group_by=[*PAIR, "object"], order_by=["t", "seq"])
    told = checks.mutate(turn=ibis.row_number().over(order) + 1, right=(checks.flag == 1).ifelse(1, 0))
    return told.group_by([*PAIR, "object"]).agg(
        attempts=told.count(),
        correct=how_many(told.right == 1),
        first_correct=how_many((told.turn == 1) & (told.right == 1)),
        needed=(told.right == 1).ifelse(told.turn, None).min().fill_null(0),
    )


def objects(acts: ir.Table) -> ir.Table:
    """One row a course, learner and block or page that an act of courseware was about."""
    touched = acts.filter(opens_courseware(acts.kind), acts.object >= 0)
    return touched.group_by([*PAIR, "object"]).agg(
        n=touched.count(),
        last=touched.t.max(),
        **{name: how_many(touched.kind == int(kind)) for name, kind in TOUCHED.items()},
    )


def chapters(acts: ir.Table) -> ir.Table:
    """One row a course, learner and chapter that an act of courseware lay in."""
    opened = acts.filter(opens_courseware(acts.kind), acts.chapter >= 0)
    return opened.group_by([*PAIR, "chapter"]).agg(n=opened.count())


def ips(acts: ir.Table) -> ir.Table:
    """One row a course, learner and address."""
    known = acts.filter(acts.ip >= 0)
    return known.group_by([*PAIR, "ip"]).agg(n=known.count())
