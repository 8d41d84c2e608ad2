"""network, area_network: where learners go after a course."""

import ibis
import ibis.expr.types as ir

from stoa.insights.engine.metrics.expressions.acts import how_many
from stoa.insights.engine.metrics.expressions.beside import Tables, people

#: A course without an area.
NO_AREA = ""
STEPS = {
    "learner": "INTEGER",
    "place": "INTEGER",
    "course_id": "VARCHAR",
    "area": "VARCHAR",
}


def steps(tables: Tables) -> ir.Table:
    """Each learner's participations in the order of their first acts, from 0; courses begun at once by their names."""
    told = people(tables)
    told = told.filter(told.viewed, told.first_event.notnull())
    order = ibis.window(group_by="learner", order_by=["first_event", "course_id"])
    return told.select(
        "learner",
        "course_id",
        place=ibis.row_number().over(order).cast("int32"),
        area=told.area.fill_null(NO_AREA),
    )


def network(tables: Tables) -> ir.Table:
    """One row a pair of courses that anyone took one after the other."""
    return _edges(tables["state/steps"], "course_id")


def area_network(tables: Tables) -> ir.Table:
    """One row a pair of areas, which may be the same one."""
    return _edges(tables["state/steps"], "area")


def _edges(steps: ir.Table, of: str) -> ir.Table:
    before = steps.select("learner", origin=steps[of], left=steps.place)
    after = steps.select("learner", target=steps[of], came=steps.place)
    pairs = before.inner_join(after, "learner")
    pairs = pairs.filter(pairs.came > pairs.left)
    return pairs.group_by(["origin", "target"]).agg(next=how_many(pairs.came == pairs.left + 1), later=pairs.count())
