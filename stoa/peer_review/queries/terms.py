"""How an assignment stands, in the words of the rules."""

from dataclasses import dataclass
from datetime import datetime

from django.db import connection

from stoa.peer_review.models import Assignment, Place
from stoa.peer_review.queries.assignments import deadline_of
from stoa.peer_review.rules.allocation import Candidate, Credit, Terms
from stoa.peer_review.rules.clock import Case
from stoa.peer_review.rules.promise import Promise
from stoa.peer_review.rules.states import SubmissionState

ALONE_DAY = 3
"""Where hand-ins never end, work is alone if nobody else has handed in by this day of its ladder."""
_STANDING = """
SELECT (SELECT count(*) FROM (SELECT 1 FROM peer_review_place
                              WHERE assignment_id = %(assignment)s AND state <> 'withdrawn' LIMIT 13) AS few),
       coalesce((SELECT backlog FROM peer_review_pulse WHERE assignment_id = %(assignment)s), false)
"""


@dataclass(frozen=True, kw_only=True)
class Standing:
    """An assignment's terms, and when its hand-ins are over."""

    terms: Terms
    closes_at: datetime | None

    def alone(self, since: datetime, at: datetime) -> bool:
        """Whether there is no peer and none will come."""
        return self.terms.pool <= 1 and self.over(since, at)

    def over(self, since: datetime, at: datetime) -> bool:
        """Whether no further work is to be waited for."""
        return at >= (self.closes_at or self.terms.promise.at(since, ALONE_DAY))


def standing_of(assignment: Assignment) -> Standing:
    """How the assignment stands now."""
    with connection.cursor() as cursor:
        cursor.execute(_STANDING, {"assignment": assignment.pk})
        pool, backlog = cursor.fetchone()
    return standing_with(assignment, pool=pool, backlog=backlog)


def standing_with(assignment: Assignment, *, pool: int, backlog: bool) -> Standing:
    """How the assignment stands, where both are known already."""
    terms = Terms(
        given=assignment.reviews_to_give,
        wanted=assignment.reviews_to_get,
        promise=Promise(days=assignment.promise_days),
        pool=pool,
        backlog=backlog,
    )
    return Standing(terms=terms, closes_at=deadline_of(assignment, None).closes)


def case_of(place: Place, standing: Standing, at: datetime) -> Case:
    """A place as the clock sees it."""
    return Case(
        state=SubmissionState(place.state),
        since=place.since,
        done=place.done,
        climbed=place.climbed,
        half_width=place.half_width,
        spread=place.spread,
        staff_read=place.staff_read,
        alone=standing.alone(place.since, at),
    )


def candidate_of(place: Place) -> Candidate:
    """A place as the rules of allocation see it."""
    return Candidate(
        submission=place.pk,
        authors=frozenset(place.authors),
        since=place.since,
        credit=Credit(place.credit),
        on_time=place.on_time,
        done=place.done,
        leased=place.leased,
        language=place.language,
        cluster=place.cluster,
        has_strong=place.has_strong,
        variance=place.variance,
        half_width=place.half_width,
        near_line=place.near_line,
    )
