"""A long queue for bench.pulls: an assignment with so much open work, filled by one statement for each table."""

from datetime import UTC, datetime, timedelta

from django.db import connection

import bench.inside  # noqa: F401 -- before the rooms, which need Django set up
from stoa.peer_review.models import Assignment
from stoa.peer_review.tests.makers import a_run_of

NOW = datetime(2026, 3, 20, 12, tzinfo=UTC)
PEOPLE = """
INSERT INTO accounts_person (password, is_superuser, email, display_name, language, time_zone, low_data, theme,
    is_active, is_staff, joined_at, reads, reads_some)
SELECT '', false, 'p' || n || '@example.org', 'P ' || n, '', 'UTC', false, '', true, false, %(now)s, '{}', '{}'
FROM generate_series(1, %(count)s) AS n
"""
ENROLMENTS = "INSERT INTO courseware_enrolment (person_id, run_id, at) SELECT id, %(run)s, %(now)s FROM accounts_person"
WORKS = """
INSERT INTO peer_review_submission (assignment_id, enrolment_id, token, round, state, on_time, submitted_at, t0,
    promised_at, latest, language, screen, cluster, verdict)
SELECT %(assignment)s, id, 't' || id, 1, 'open', true, %(now)s - random() * interval '6 days',
    %(now)s - random() * interval '6 days', %(now)s + interval '7 days', 1, '', 'clear', '', ''
FROM courseware_enrolment WHERE run_id = %(run)s ORDER BY id LIMIT %(count)s
"""
PLACES = """
INSERT INTO peer_review_place (submission_id, assignment_id, authors, state, readable, since, on_time, credit, done,
    leased, language, cluster, has_strong, near_line, spread, climbed, paused_before, staff_read)
SELECT submission.id, submission.assignment_id, ARRAY[enrolment.person_id], 'open', true, submission.t0,
    random() < .97, (random() * 2)::int, (random() * 2)::int, 0, '', '', false, false, 0, 0, false, false
FROM peer_review_submission AS submission JOIN courseware_enrolment AS enrolment ON enrolment.id = enrolment_id
"""


def fill(count: int) -> Assignment:
    """An assignment with so much open work, of all ages and counts."""
    run = a_run_of()
    assignment = Assignment.objects.get(run=run)
    Assignment.objects.filter(pk=assignment.pk).update(due_at=NOW - timedelta(days=1))
    values: dict[str, int | datetime] = {"now": NOW, "run": run.pk, "assignment": assignment.pk, "count": count}
    with connection.cursor() as cursor:
        for statement in (PEOPLE, ENROLMENTS, WORKS, PLACES):
            cursor.execute(statement, values)
        cursor.execute("ANALYZE")
    return Assignment.objects.select_related("run__course", "published").get(pk=assignment.pk)


def wrong_places() -> int:
    """Places that count more or fewer live leases than there are."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM peer_review_place AS place WHERE leased <> (SELECT count(*) FROM peer_review_review"
            " AS review WHERE review.submission_id = place.submission_id AND review.state = 'reserved')"
        )
        return int(cursor.fetchone()[0])
