"""item_response: one row a course and problem, from first answers."""

from collections.abc import Iterator
from typing import Final

import duckdb
import numpy as np

from stoa.insights.engine.metrics.computed.item_response import Fit, fit
from stoa.insights.engine.metrics.computed.rows import Row

#: More answers of a course than these are too many at once: then every second learner counts, every third and so on.
MOST_ANSWERS: Final = 10_000_000
#: Figures of an estimate that settled within 0.0001.
_PLACES: Final = 3
_COURSES = """
    SELECT course, course_id FROM "state/courses" WHERE course IN (SELECT DISTINCT course FROM "state/tries")
    ORDER BY course
"""
_FIRST_ANSWERS = """
    SELECT learner, object, first_correct FROM "state/tries" ANTI JOIN "state/team" USING (course, learner)
    WHERE course = ? ORDER BY learner, object
"""


def item_response(sql: duckdb.DuckDBPyConnection) -> Iterator[Row]:
    """All of it, course by course."""
    for course, course_id in sql.execute(_COURSES).fetchall():
        found = sql.execute(_FIRST_ANSWERS, [course]).fetchnumpy()
        learner, problem, right = (np.ma.getdata(found[name]) for name in ("learner", "object", "first_correct"))
        if not len(learner):
            continue
        problems, column = np.unique(problem, return_inverse=True)
        learners, row = np.unique(learner, return_inverse=True)
        every = -(-len(learners) * len(problems) // MOST_ANSWERS)
        here = row % every == 0
        size = (len(learners) + every - 1) // every, len(problems)
        tried, got = np.zeros(size, bool), np.zeros(size, bool)
        tried[row[here] // every, column[here]] = True
        got[row[here] // every, column[here]] = right[here] == 1
        told = fit(got, tried)
        answers = np.bincount(column, minlength=len(problems))
        for place, number in enumerate(problems.tolist()):
            yield {
                "course": course,
                "object": number,
                "course_id": course_id,
                "learners": int(answers[place]),
                **_figures(told, place),
            }


def _figures(told: Fit, place: int) -> Row:
    slope, location = float(told.slope[place]), float(told.location[place])
    return {
        "slope": None if np.isnan(slope) else round(slope, _PLACES),
        "location": None if np.isnan(location) else round(location, _PLACES),
        "converged": told.converged and not np.isnan(slope),
        "rounds": told.rounds,
    }
