"""person_course_day, course_day, day: what happened on each day (UTC)."""

import ibis
import ibis.expr.types as ir

from stoa.insights.engine.metrics.expressions.acts import PAIR, day_of
from stoa.insights.engine.metrics.expressions.beside import Tables, beside, people, with_course, without_team

_SO_FAR = {"registered_so_far": "registered", "certified_so_far": "certified"}


def person_course_day(tables: Tables) -> ir.Table:
    """One row a registration and day with an act."""
    told = beside(with_course(_days(tables), tables), people(tables).select(*PAIR, "username"), PAIR)
    return told.mutate(day=_date(told.day))


def course_day(tables: Tables) -> ir.Table:
    """One row a course and day on which anything happened."""
    days, told = _days(tables), people(tables)
    active = days.group_by(["course", "day"]).agg(active=days.count(), nevents=days.nevents.sum())
    joined = active
    for name, t in (("registered", told.start_time), ("certified", told.certified.ifelse(told.cert_time, None))):
        dated = told.mutate(day=day_of(t)).filter(t.notnull())
        joined = _both(joined, dated.group_by(["course", "day"]).agg(**{name: dated.count()}), ("course", "day"))
    joined = _noughts(joined, ("course", "day"))
    order = ibis.cumulative_window(group_by="course", order_by="day")
    joined = joined.mutate(**{name: joined[of].sum().over(order) for name, of in _SO_FAR.items()})
    return with_course(joined, tables).mutate(day=_date(joined.day))


def day(tables: Tables) -> ir.Table:
    """One row a day: all courses together, each learner once."""
    days, told = _days(tables), people(tables)
    courses = tables["tables/course_day"]
    whole = courses.group_by("day").agg(
        **{name: courses[name].sum() for name in ("nevents", "registered", "certified")}
    )
    active = days.group_by("day").agg(active=days.learner.nunique())
    whole = beside(whole, active.mutate(day=_date(active.day)), ("day",))
    first = told.group_by("learner").agg(t=told.start_time.min())
    first = first.filter(first.t.notnull()).mutate(day=_date(day_of(first.t)))
    whole = _noughts(beside(whole, first.group_by("day").agg(new_people=first.count()), ("day",)), ("day",))
    order = ibis.cumulative_window(order_by="day")
    so_far = {**_SO_FAR, "people_so_far": "new_people"}
    return whole.mutate(**{name: whole[of].sum().over(order) for name, of in so_far.items()})


def _days(tables: Tables) -> ir.Table:
    return without_team(tables["state/days"], tables)


def _date(number: ir.IntegerColumn) -> ir.DateColumn:
    return (number.cast("int64") * 86_400).as_timestamp("s").date()


def _both(left: ir.Table, right: ir.Table, on: tuple[str, ...]) -> ir.Table:
    """All rows of either."""
    keys = ibis.union(left.select(*on), right.select(*on), distinct=True)
    return beside(beside(keys, left, on), right, on)


def _noughts(table: ir.Table, keys: tuple[str, ...]) -> ir.Table:
    return table.mutate(**{name: table[name].fill_null(0) for name in table.columns if name not in keys})
