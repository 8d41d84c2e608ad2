"""problem, reliability, answer: how answers to problems went."""

import ibis
import ibis.expr.types as ir

from stoa.insights.engine.metrics.expressions.acts import PAIR, how_many
from stoa.insights.engine.metrics.expressions.beside import (
    Tables,
    beside,
    blocks,
    with_course,
    with_name,
    without_team,
)
from stoa.insights.engine.metrics.expressions.course import quotient
from stoa.insights.engine.metrics.expressions.quantiles import quantiles

PROBLEM = ("course", "object")
_COUNTS = ("learners", "attempts", "correct", "first_correct", "solved", "shown")


def problem(tables: Tables) -> ir.Table:
    """One row a course and problem that anyone answered, or was shown the answer of."""
    tries, shown = without_team(tables["state/tries"], tables), _shown(tables)
    told = tries.group_by(list(PROBLEM)).agg(
        learners=tries.count(),
        attempts=tries.attempts.sum(),
        correct=tries.correct.sum(),
        first_correct=tries.first_correct.cast("int64").sum(),
        solved=how_many(tries.correct > 0),
    )
    row = ibis.union(told.select(*PROBLEM), shown.select(*PROBLEM), distinct=True)
    needed = quantiles(tries.filter(tries.needed > 0), PROBLEM, "needed", asked={"median": (1, 2)}, unit=1)
    for other in (
        told,
        shown,
        needed.select(*PROBLEM, attempts_to_correct=needed["median"]),
        _discrimination(tries),
        blocks(tables).select(*PROBLEM, "title"),
    ):
        row = beside(row, other, PROBLEM)
    row = row.mutate(**{name: row[name].fill_null(0) for name in _COUNTS})
    row = row.mutate(
        p=quotient(row.first_correct, row.learners),
        solved_of_learners=quotient(row.solved, row.learners),
        correct_of_attempts=quotient(row.correct, row.attempts),
    )
    return with_name(with_course(row, tables), tables, "problem")


def _shown(tables: Tables) -> ir.Table:
    acts = without_team(tables["state/objects"], tables)
    shown = acts.filter(acts.shown > 0)
    return shown.group_by(list(PROBLEM)).agg(shown=shown.count())


def _discrimination(tries: ir.Table) -> ir.Table:
    """Pearson's correlation from sums of whole numbers, so that every engine gets the same bits."""
    first = tries.first_correct.cast("int64")
    all_of_it = first.sum().over(ibis.window(group_by=list(PAIR)))
    told = tries.select(*PROBLEM, x=first, y=all_of_it - first)
    sums = told.group_by(list(PROBLEM)).agg(
        n=told.count(),
        sx=told.x.sum().cast("int64"),
        sy=told.y.sum().cast("int64"),
        sxy=(told.x * told.y).sum().cast("int64"),
        syy=(told.y * told.y).sum().cast("int64"),
    )
    spread_x = (sums.n * sums.sx - sums.sx * sums.sx).cast("float64")
    spread_y = (sums.n * sums.syy - sums.sy * sums.sy).cast("float64")
    together = (sums.n * sums.sxy - sums.sx * sums.sy).cast("float64")
    return sums.select(*PROBLEM, discrimination=together / (spread_x * spread_y).sqrt().nullif(0.0))


def reliability(tables: Tables) -> ir.Table:
    """One row a course with problems: Cronbach's alpha, from sums of whole numbers.

    Variances stand above and below in it, so that what they would all be divided by falls away.
    """
    tries = without_team(tables["state/tries"], tables)
    sizes = tries.group_by("course").agg(problems=tries.object.nunique())
    scores = tries.group_by(list(PAIR)).agg(tried=tries.count(), score=tries.first_correct.cast("int64").sum())
    scores = beside(scores, sizes, ("course",))
    scores = scores.filter(scores.tried * 2 >= scores.problems)
    totals = scores.group_by("course").agg(
        learners=scores.count(),
        s=scores.score.sum().cast("int64"),
        ss=(scores.score * scores.score).sum().cast("int64"),
    )
    theirs = tries.semi_join(scores, list(PAIR))
    items = theirs.group_by(list(PROBLEM)).agg(right=theirs.first_correct.cast("int64").sum().cast("int64"))
    items = items.group_by("course").agg(
        r=items.right.sum().cast("int64"), rr=(items.right * items.right).sum().cast("int64")
    )
    row = beside(beside(sizes, totals, ("course",)), items, ("course",))
    row = row.mutate(learners=row.learners.fill_null(0))
    inside = (row.learners * row.r - row.rr).cast("float64")
    whole = (row.learners * row.ss - row.s * row.s).cast("float64").nullif(0.0)
    size = row.problems.cast("float64")
    return with_course(row.mutate(alpha=size / (size - 1.0).nullif(0.0) * (1.0 - inside / whole)), tables)


def answer(tables: Tables) -> ir.Table:
    """One row a course, problem, part of it and answer."""
    given = without_team(tables["statements/answers"], tables)
    who = [*PAIR, "object", "part"]
    first = ibis.window(group_by=who, order_by=["t", "seq"])
    last = ibis.window(group_by=who, order_by=[ibis.desc("t"), ibis.desc("seq")])
    told = given.mutate(turn=ibis.row_number().over(first), back=ibis.row_number().over(last))
    row = told.group_by([*PROBLEM, "part", "variant", "answer", "correct"]).agg(
        question=told.question.max(),
        choice=told.choice.max(),
        first=how_many(told.turn == 0),
        last=how_many(told.back == 0),
        times=told.count(),
    )
    return with_name(with_course(row, tables), tables, "problem")
