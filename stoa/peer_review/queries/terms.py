"""How an assignment stands, in the words of the rules."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db import connection

from stoa.peer_review.models import Assignment, Place
from stoa.peer_review.queries.assignments import deadline_of
from stoa.peer_review.rules.allocation import Candidate, Credit, Reviewer, Role, Terms
from stoa.peer_review.rules.clock import Case
from stoa.peer_review.rules.feedback import is_steady
from stoa.peer_review.rules.promise import Promise
from stoa.peer_review.rules.scoring import values
from stoa.peer_review.rules.states import SubmissionState

ALONE_DAY = 3
"""Where hand-ins never end, work is alone if nobody else has handed in by this day of its ladder."""
_STANDING = """
SELECT (SELECT count(*) FROM (SELECT 1 FROM peer_review_place
                              WHERE assignment_id = %(assignment)s AND state <> 'withdrawn' LIMIT 13) AS few),
       coalesce((SELECT backlog FROM peer_review_pulse WHERE assignment_id = %(assignment)s), false)
"""
_READER = """
WITH seat AS (
    SELECT enrolment.id FROM courseware_enrolment AS enrolment
    JOIN peer_review_assignment AS assignment ON assignment.run_id = enrolment.run_id
    WHERE assignment.id = %(assignment)s AND enrolment.person_id = %(person)s
), own AS (
    SELECT submission.id FROM peer_review_submission AS submission JOIN seat ON seat.id = submission.enrolment_id
    WHERE submission.assignment_id = %(assignment)s
    UNION
    SELECT submission.id FROM seat JOIN peer_review_teammember AS member ON member.enrolment_id = seat.id
    JOIN peer_review_submission AS submission ON submission.team_id = member.team_id
), mine AS (
    SELECT place.submission_id, place.cluster, place.language
    FROM own JOIN peer_review_place AS place ON place.submission_id = own.id
)
SELECT ARRAY(SELECT submission_id FROM peer_review_review
             WHERE assignment_id = %(assignment)s AND reviewer_id = %(person)s AND state <> 'expired'),
       ARRAY(SELECT DISTINCT reviewer_id FROM peer_review_review
             WHERE submission_id IN (SELECT submission_id FROM mine) AND reviewer_id IS NOT NULL
               AND state IN ('submitted', 'accepted', 'downweighted', 'void')),
       ARRAY(SELECT CASE WHEN person_id = %(person)s THEN other_id ELSE person_id END FROM peer_review_conflict
             WHERE person_id = %(person)s OR other_id = %(person)s),
       ARRAY(SELECT cluster FROM mine WHERE cluster <> ''),
       ARRAY(SELECT language FROM mine WHERE language <> ''),
       (SELECT language FROM accounts_person WHERE id = %(person)s),
       (SELECT course.language FROM peer_review_assignment AS assignment
        JOIN catalogue_run AS run ON run.id = assignment.run_id
        JOIN catalogue_course AS course ON course.id = run.course_id WHERE assignment.id = %(assignment)s),
       (SELECT ARRAY[marking.bias, marking.bias_variance, marking.shape, marking.rate, marking.reviews]
        FROM peer_review_marking AS marking
        JOIN peer_review_assignment AS marked ON marked.id = marking.assignment_id
        JOIN catalogue_run AS run ON run.id = marked.run_id
        WHERE marking.person_id = %(person)s AND run.course_id = (
            SELECT own.course_id FROM catalogue_run AS own
            JOIN peer_review_assignment AS this ON this.run_id = own.id WHERE this.id = %(assignment)s)
        ORDER BY marking.at DESC LIMIT 1)
"""
_USUAL = values.Assumptions()


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
    terms = Terms(
        given=assignment.reviews_to_give,
        wanted=assignment.reviews_to_get,
        promise=Promise(days=assignment.promise_days),
        pool=pool,
        backlog=backlog,
    )
    return Standing(terms=terms, closes_at=deadline_of(assignment, None).closes)


def reader(assignment_id: int, person_id: int, role: Role) -> Reviewer:
    """A person as the rules of allocation see them."""
    with connection.cursor() as cursor:
        cursor.execute(_READER, {"assignment": assignment_id, "person": person_id})
        seen, read_by, apart, clusters, written, own_language, course_language, marking = cursor.fetchone()
    marks = _marks_like(marking)
    return Reviewer(
        person=person_id,
        role=role,
        seen=frozenset(seen),
        apart=frozenset(apart),
        read_by=frozenset(read_by),
        clusters=frozenset(clusters),
        languages=_languages([*written, own_language, course_language]),
        strong=is_steady(marks, usual_noise_sd=_USUAL.noise_sd),
        noise=marks.noise_variance + marks.bias_variance,
    )


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


def _marks_like(marking: list[float] | None) -> values.Reviewer:
    """How the person marked in the course so far, or as people usually do."""
    shape = _USUAL.noise_shape
    usual = [0.0, _USUAL.bias_sd**2, shape, shape * _USUAL.noise_sd**2, 0.0]
    bias, bias_variance, shape, rate, reviews = marking or usual
    return values.Reviewer(bias=bias, bias_variance=bias_variance, shape=shape, rate=rate, reviews=reviews)


def _languages(tags: Iterable[str | None]) -> frozenset[str]:
    return frozenset(tag.split("-")[0] for tag in tags if tag)
