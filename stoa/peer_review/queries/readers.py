"""Who asks for work to read, and how the assignment stands: part of a pull's one question."""

from collections.abc import Sequence
from typing import Final, NamedTuple

from django.db import connection

from stoa.peer_review.models import Assignment
from stoa.peer_review.rules.allocation import Reviewer, Role
from stoa.peer_review.rules.allocation.eligibility import SMALL_POOL
from stoa.peer_review.rules.feedback import is_steady
from stoa.peer_review.rules.scoring import values

READER: Final = f"""
seat AS (
    SELECT id FROM courseware_enrolment WHERE run_id = %(run)s AND person_id = %(person)s
), own AS (
    SELECT submission.id FROM peer_review_submission AS submission JOIN seat ON seat.id = submission.enrolment_id
    WHERE submission.assignment_id = %(assignment)s
    UNION
    SELECT submission.id FROM seat JOIN peer_review_teammember AS member ON member.enrolment_id = seat.id
    JOIN peer_review_submission AS submission ON submission.team_id = member.team_id
), mine AS (
    SELECT place.submission_id, place.cluster, place.language
    FROM own JOIN peer_review_place AS place ON place.submission_id = own.id
), given AS (
    SELECT id, submission_id, state, role FROM peer_review_review
    WHERE assignment_id = %(assignment)s AND reviewer_id = %(person)s AND state <> 'expired'
), known AS MATERIALIZED (
    SELECT (SELECT id FROM given WHERE state = 'reserved' AND role <> 'staff') AS held,
    ARRAY(SELECT submission_id FROM given) AS seen,
    ARRAY(SELECT DISTINCT reviewer_id FROM peer_review_review
          WHERE submission_id IN (SELECT submission_id FROM mine) AND reviewer_id IS NOT NULL
            AND state IN ('submitted', 'accepted', 'downweighted', 'void')) AS read_by,
    ARRAY(SELECT CASE WHEN person_id = %(person)s THEN other_id ELSE person_id END FROM peer_review_conflict
          WHERE person_id = %(person)s OR other_id = %(person)s) AS apart,
    ARRAY(SELECT cluster FROM mine)::text[] AS clusters, ARRAY(SELECT language FROM mine)::text[] AS written,
    course.id AS course_id, split_part(course.language, '-', 1) AS taught,
    split_part(person.language, '-', 1) AS spoken, person.reads::text[], person.reads_some::text[] AS second,
    (SELECT count(*)::int FROM (SELECT FROM peer_review_place
                           WHERE assignment_id = %(assignment)s AND state <> 'withdrawn' LIMIT {SMALL_POOL + 1}) AS few)
        AS pool,
    coalesce((SELECT backlog FROM peer_review_pulse WHERE assignment_id = %(assignment)s), false) AS backlog
    FROM catalogue_run AS run JOIN catalogue_course AS course ON course.id = run.course_id
    JOIN accounts_person AS person ON person.id = %(person)s WHERE run.id = %(run)s
), reader AS MATERIALIZED (
    SELECT known.*, array_remove(written || reads || taught || spoken, '') AS languages,
        apart || %(person)s::bigint || CASE WHEN pool >= {SMALL_POOL} THEN read_by ELSE '{{}}' END AS forbidden,
        (SELECT ARRAY[marking.bias, marking.bias_variance, marking.shape, marking.rate, marking.reviews]
         FROM peer_review_marking AS marking
         JOIN peer_review_assignment AS marked ON marked.id = marking.assignment_id
         JOIN catalogue_run AS run ON run.id = marked.run_id
         WHERE marking.person_id = %(person)s AND run.course_id = known.course_id
         ORDER BY marking.at DESC LIMIT 1) AS marking
    FROM known
)
"""  # noqa: S608 -- put together from constants of this file only
_ALONE: Final = f"WITH {READER} SELECT seen, read_by, apart, clusters, languages, second, marking FROM reader"  # noqa: S608 -- as above
_USUAL = values.Assumptions()


class Known(NamedTuple):
    """What the database knows of a reader."""

    seen: Sequence[int]
    read_by: Sequence[int]
    apart: Sequence[int]
    clusters: Sequence[str]
    languages: Sequence[str]
    second: Sequence[str]
    marking: Sequence[float] | None


def reader(assignment: Assignment, person_id: int, role: Role) -> Reviewer:
    """A person as the rules of allocation see them, where nothing else is asked."""
    with connection.cursor() as cursor:
        cursor.execute(_ALONE, {"assignment": assignment.pk, "run": assignment.run_id, "person": person_id})
        known = Known(*cursor.fetchone())
    return reviewer(person_id, role, known)


def reviewer(person_id: int, role: Role, known: Known) -> Reviewer:
    """A person as the rules of allocation see them."""
    marks = _marks_like(known.marking)
    return Reviewer(
        person=person_id,
        role=role,
        seen=frozenset(known.seen),
        apart=frozenset(known.apart),
        read_by=frozenset(known.read_by),
        clusters=frozenset(known.clusters),
        languages=frozenset(known.languages),
        second_languages=frozenset(known.second),
        strong=is_steady(marks, usual_noise_sd=_USUAL.noise_sd),
        noise=marks.noise_variance + marks.bias_variance,
    )


def _marks_like(marking: Sequence[float] | None) -> values.Reviewer:
    """How the person marked in the course so far, or as people usually do."""
    shape = _USUAL.noise_shape
    usual = [0.0, _USUAL.bias_sd**2, shape, shape * _USUAL.noise_sd**2, 0.0]
    bias, bias_variance, shape, rate, reviews = marking or usual
    return values.Reviewer(bias=bias, bias_variance=bias_variance, shape=shape, rate=rate, reviews=reviews)
