"""The score of a whole run, told when it moves."""

from datetime import datetime

from django.db import connection, transaction

from stoa.assessment.events import CourseScoreChanged, ScoreChanged
from stoa.assessment.queries.scores import score_table
from stoa.catalogue.models import Run
from stoa.kernel.bus import publish

# Hundreds hand in at once in an exam: one statement decides whether the score moved enough to be told.
_MOVE = """
INSERT INTO assessment_coursescore AS known (enrolment_id, share, passed, at)
VALUES (%(enrolment)s, %(share)s, %(passed)s, %(at)s)
ON CONFLICT (enrolment_id) DO UPDATE SET share = excluded.share, passed = excluded.passed, at = excluded.at
WHERE known.passed <> excluded.passed OR abs(known.share - excluded.share) >= 0.01
RETURNING 1
"""


@transaction.atomic
def follow_course_score(*, cause: ScoreChanged, at: datetime) -> None:
    """Tell the score of the run that a changed score belongs to, where it moved by a point or over the line."""
    version_id = Run.objects.values_list("version_id", flat=True).get(pk=cause.run_id)
    table = score_table(version_id=version_id, enrolment_id=cause.enrolment_id)
    share = round(min(max(table.points / 100, 0.0), 1.0), 4)
    values: dict[str, int | float | bool | datetime] = {
        "enrolment": cause.enrolment_id,
        "share": share,
        "passed": table.passed,
        "at": at,
    }
    with connection.cursor() as cursor:
        cursor.execute(_MOVE, values)
        moved = cursor.fetchone()
    if moved:
        publish(
            CourseScoreChanged(
                enrolment_id=cause.enrolment_id,
                person_id=cause.person_id,
                run_id=cause.run_id,
                organisation=cause.organisation,
                course=cause.course,
                run=cause.run,
                share=share,
                passed=table.passed,
            )
        )
