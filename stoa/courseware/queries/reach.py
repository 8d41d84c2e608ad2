"""How far learners of a run come."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import accumulate

from django.db import connection

from stoa.courseware.models import Bookmark, StepCompletion
from stoa.courseware.queries.desks import Desk

_FURTHEST = """
SELECT coalesce(furthest.position, -1), count(*)
FROM courseware_enrolment AS enrolment
LEFT JOIN courseware_withdrawal AS withdrawal ON withdrawal.enrolment_id = enrolment.id
LEFT JOIN LATERAL (
    SELECT max(step.position) AS position FROM courseware_publishedstep AS step
    WHERE step.version_id = %(version)s AND NOT step.hidden AND step.step_id IN (
        SELECT c.step_id FROM courseware_stepcompletion AS c WHERE c.enrolment_id = enrolment.id
        UNION ALL SELECT b.step_id FROM courseware_bookmark AS b WHERE b.enrolment_id = enrolment.id
    )
) AS furthest ON true
WHERE enrolment.run_id = %(run)s AND withdrawal.id IS NULL
GROUP BY 1
"""
_STEPS = """
SELECT step_id, title, position FROM courseware_publishedstep
WHERE version_id = %s AND NOT hidden ORDER BY position
"""


@dataclass(frozen=True, kw_only=True)
class StepReached:
    """A step, and how many learners came as far as this or further."""

    step_id: str
    title: str
    learners: int


@dataclass(frozen=True, kw_only=True)
class Reach:
    """How far the learners of a run come, and how many came in a week."""

    participants: int
    active: int
    """Learners who were here since the moment asked for."""
    steps: tuple[StepReached, ...]


def reach_of(desk: Desk, *, since: datetime) -> Reach:
    """How far the learners of a run come: two queries, and one for who was here since then."""
    with connection.cursor() as cursor:
        cursor.execute(_STEPS, [desk.version_id])
        steps = cursor.fetchall()
        cursor.execute(_FURTHEST, {"version": desk.version_id, "run": desk.run_id})
        furthest = dict(cursor.fetchall())
    return Reach(
        participants=sum(furthest.values()),
        active=_active(desk, since),
        steps=tuple(_reached(steps, furthest)),
    )


def _reached(steps: Sequence[tuple[str, str, int]], furthest: dict[int, int]) -> list[StepReached]:
    further = list(accumulate(furthest.get(position, 0) for _, _, position in reversed(steps)))
    return [
        StepReached(step_id=step_id, title=title, learners=count)
        for (step_id, title, _), count in zip(steps, reversed(further), strict=True)
    ]


def _active(desk: Desk, since: datetime) -> int:
    theirs = {"enrolment__run": desk.run_id, "enrolment__withdrawal": None, "at__gte": since}
    done = StepCompletion.objects.filter(**theirs).values_list("enrolment")
    opened = Bookmark.objects.filter(**theirs).values_list("enrolment")
    return done.union(opened).count()
