"""Learners who rest: what they had reserved goes to others, and their deadlines move by the days of the rest."""

from datetime import datetime, timedelta

from django.db import transaction

from stoa.courseware.models import Enrolment
from stoa.peer_review.actions.dating import extend
from stoa.peer_review.models import Assignment
from stoa.peer_review.queries.assignments import deadline_of


@transaction.atomic
def make_up_for_rest(*, enrolment_id: int, since: datetime, days: int, at: datetime) -> None:
    """Move each deadline that had not passed when the rest began by the days that it took."""
    enrolment = Enrolment.objects.get(pk=enrolment_id)
    for assignment in Assignment.objects.filter(run_id=enrolment.run_id).exclude(due_at=None).order_by("pk"):
        deadline = deadline_of(assignment, enrolment)
        if deadline.due is not None and deadline.on_time(since):
            due_at, why = deadline.due + timedelta(days=days), f"A rest of {days} days"
            extend(assignment=assignment, enrolment=enrolment, due_at=due_at, reason=why, by=None, at=at)
