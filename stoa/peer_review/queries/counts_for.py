"""What the score of an assignment counts for in its course."""

from django.utils.formats import number_format
from django.utils.translation import gettext as _

from stoa.assessment.queries import score_table
from stoa.courseware.models import Enrolment
from stoa.peer_review.models import Assignment


def counts_for(assignment: Assignment, enrolment: Enrolment) -> str:
    """The part of the course's score, with its points so far: 25 % of the course: 20.5 of 25 points so far."""
    part = assignment.published.score_part
    table = score_table(version_id=assignment.published.version_id, enrolment_id=enrolment.pk)
    row = next((row for row in table.rows if row.name == part), None)
    if row is None or row.points is None:
        return ""
    said = _("%(part)s, %(weight)s %% of the course: %(points)s of %(weight)s points so far.")
    return said % {"part": row.name, "weight": _figure(row.weight), "points": _figure(row.points)}


def _figure(value: float) -> str:
    """One decimal where it needs one."""
    return number_format(round(value, 1), 0 if value == round(value) else 1)
