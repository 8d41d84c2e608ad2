"""What staff do: read, anchor, set a review aside."""

import secrets
from datetime import datetime

from django.db import transaction

from stoa.accounts.models import Person
from stoa.peer_review.actions.appealing import ReasonMissing, answer_by_staff
from stoa.peer_review.actions.deciding import anchor, finalise, keep_score
from stoa.peer_review.actions.marking import keep_marks
from stoa.peer_review.actions.moving import count, lock, recredit, tell, turn
from stoa.peer_review.models import Place, Review, Score, StaffRead, Submission
from stoa.peer_review.queries.published import content_of
from stoa.peer_review.queries.terms import standing_of
from stoa.peer_review.rules import rubrics
from stoa.peer_review.rules.rubrics import Marks
from stoa.peer_review.rules.states import WAITING, ReviewState, SubmissionState


class LevelsMissing(Exception):
    """Choose a level for each criterion."""


@transaction.atomic
def staff_read(*, submission: Submission, by: Person, marks: Marks, at: datetime, at_random: bool = False) -> Review:
    """Keep what staff say of a work. It settles whatever staff were asked; picked by chance, it only teaches.

    Raises LevelsMissing.
    """
    place = lock([submission.pk])[submission.pk]
    review = _staff_review(submission, place, by, marks, at)
    StaffRead.objects.filter(submission=submission, settled_at=None).update(settled_at=at, read_by=by)
    if review.points is not None:
        anchor(submission=submission, points=review.points, at_random=at_random, by_id=by.pk, at=at)
    if at_random:
        return review
    place.staff_read = True
    place.save(update_fields=["staff_read"])
    _settle(place, review, by, at)
    return review


@transaction.atomic
def void_review(*, review: Review, by: Person, why: str, at: datetime) -> None:
    """Set a review aside; only staff do, and say why. Its reviewer loses its credit.

    Raises ReasonMissing.
    """
    if not why.strip():
        raise ReasonMissing
    place = lock([review.submission_id])[review.submission_id]
    kept = Review.objects.select_for_update(of=("self",)).select_related("reviewer").get(pk=review.pk)
    if kept.state == Review.State.VOID:
        return
    turn(kept, place, ReviewState.VOID, at=at, why=why)
    tell(place, what="void", became="void", why=why, review=kept, by=by, at=at)
    if kept.role != Review.Role.STAFF:
        count(place, done=-1)
    standing = standing_of(kept.assignment)
    if kept.reviewer_id is not None:
        for number in Place.objects.of_author(kept.reviewer_id).filter(assignment=kept.assignment_id):
            recredit(number, standing)


def _staff_review(submission: Submission, place: Place, by: Person, marks: Marks, at: datetime) -> Review:
    criteria = content_of(submission.assignment.published).criteria
    said = rubrics.tidy(marks, criteria)
    if rubrics.not_chosen(criteria, said.levels):
        raise LevelsMissing
    review, _ = Review.objects.update_or_create(
        submission=submission,
        reviewer=by,
        defaults={
            "assignment_id": place.assignment_id,
            "role": Review.Role.STAFF,
            "version": submission.latest,
            "state": Review.State.ACCEPTED,
            "taken_at": at,
            "lease_until": at,
            "submitted_at": at,
            "points": rubrics.points(criteria, said.levels),
            "comment": said.overall,
        },
        create_defaults={
            "assignment_id": place.assignment_id,
            "role": Review.Role.STAFF,
            "token": secrets.token_urlsafe(24),
            "version": submission.latest,
            "state": Review.State.ACCEPTED,
            "taken_at": at,
            "lease_until": at,
            "submitted_at": at,
            "points": rubrics.points(criteria, said.levels),
            "comment": said.overall,
        },
    )
    review.marks.all().delete()
    keep_marks(review, criteria, said)
    tell(place, what="review", became=Review.State.ACCEPTED, why="staff", review=review, by=by, at=at)
    return review


def _settle(place: Place, review: Review, by: Person, at: datetime) -> None:
    """Staff's score is the work's score, though never less than a final one."""
    state = SubmissionState(place.state)
    if review.points is not None:
        facts = {
            "low": review.points,
            "high": review.points,
            "variance": None,
            "reviews": 1,
            "method": Score.Method.STAFF,
        }
        keep_score(place, points=review.points, facts=facts, at=at, why="read by an instructor")
    if state in {SubmissionState.APPEAL, SubmissionState.REVIEWING}:
        answer_by_staff(place, review, by=by, at=at)
    elif state in WAITING or state is SubmissionState.NO_HARM:
        finalise(place, at=at, why="read by an instructor")
