"""Puts tables side by side, and gives what is only a number here the name that the log has for it."""

from collections.abc import Mapping, Sequence

import ibis
import ibis.expr.types as ir

from stoa.insights.engine.metrics.expressions.acts import PAIR

Tables = Mapping[str, ir.Table]


def beside(left: ir.Table, right: ir.Table, on: Sequence[str]) -> ir.Table:
    """All rows of the left with the right's other columns, NULL where it has no such row."""
    new = [name for name in right.columns if name not in on]
    return left.left_join(right, list(on)).select(
        *[left[name] for name in left.columns], *[right[name] for name in new]
    )


def without_team(table: ir.Table, tables: Tables) -> ir.Table:
    """Rows about a course and a learner who is not of its team."""
    return table.anti_join(tables["state/team"], list(PAIR))


def people(tables: Tables) -> ir.Table:
    """Registrations without the team."""
    told = tables["tables/person_course"]
    return told.filter(told.roles.isnull())


def with_course(table: ir.Table, tables: Tables) -> ir.Table:
    """With `course_id`."""
    return beside(table, tables["state/courses"].select("course", "course_id"), ("course",))


def with_name(table: ir.Table, tables: Tables, name: str) -> ir.Table:
    """With the log's name of `object`, in a column of this name."""
    objects = tables["dictionaries/objects"]
    return beside(table, objects.select(object="id", **{name: "name"}), ("object",))


def blocks(tables: Tables) -> ir.Table:
    """What each course is made of, as its last description says; each block once."""
    told = tables["statements/blocks"]
    course = ibis.window(group_by="course")
    last = told.mutate(last_t=told.t.max().over(course))
    last = last.filter(last.t == last.last_t)
    last = last.mutate(last_seq=last.seq.max().over(course))
    last = last.filter(last.seq == last.last_seq)
    first = ibis.window(group_by=["course", "object"], order_by="position")
    ranked = last.mutate(place=ibis.row_number().over(first))
    told = ranked.filter(ranked.place == 0)
    return told.select("course", "object", "kind", "position", "chapter", "duration_ms", title=told.title.nullif(""))
