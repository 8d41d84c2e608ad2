"""Writing a review: keeping it alive, saving it, handing it in, giving it back."""

from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from stoa.accounts.models import Person
from stoa.kernel.bus import publish
from stoa.peer_review.actions.deciding import count_review
from stoa.peer_review.actions.marking import keep_marks
from stoa.peer_review.actions.moving import (
    count,
    end_lease,
    end_surplus,
    lock,
    lock_with_own,
    recredit,
    tell,
    turn,
)
from stoa.peer_review.actions.pulling import reserved_by
from stoa.peer_review.actions.queueing import stand_still
from stoa.peer_review.events import ReviewGiven
from stoa.peer_review.models import Conflict, CriterionMark, Place, Review, StaffRead
from stoa.peer_review.queries.published import content_of
from stoa.peer_review.queries.terms import standing_of
from stoa.peer_review.rules import judging, rubrics
from stoa.peer_review.rules.allocation import heartbeat, surplus_leases
from stoa.peer_review.rules.judging import ReviewFault
from stoa.peer_review.rules.rubrics import Marks
from stoa.peer_review.rules.states import READABLE, ReviewState, SubmissionState

_CANNOT_OPEN = 3
"""So many readers who can't open it send a work back to its author."""
_WRITABLE = frozenset({Review.State.RESERVED, Review.State.EXPIRED, Review.State.RELEASED})
_TAKEN = frozenset({Review.State.SUBMITTED, Review.State.ACCEPTED, Review.State.DOWNWEIGHTED, Review.State.VOID})


class ReviewRefused(Exception):
    """Something is missing; the faults say what and where. What was typed is kept."""

    def __init__(self, faults: tuple[ReviewFault, ...]) -> None:
        super().__init__(faults)
        self.faults = faults


class ReviewOver(Exception):
    """This review was handed in or given back already, so it can't be changed."""


@dataclass(frozen=True, kw_only=True)
class Behaviour:
    """What the page saw while the review was written."""

    seconds: int = 0
    """How long the page was in front."""


@transaction.atomic
def keep_alive(*, review: Review, at: datetime) -> datetime:
    """Extend the lease of somebody who is still writing; says when it ends now."""
    place, review = _locked(review)
    longer = heartbeat(taken_at=review.taken_at, until=review.lease_until, now=at)
    if review.state == Review.State.RESERVED:
        review.lease_until = longer
        review.save(update_fields=["lease_until"])
    elif review.state == Review.State.EXPIRED and longer > at and _may_live_again(review, place):
        review.lease_until = longer
        review.save(update_fields=["lease_until"])
        turn(review, place, ReviewState.RESERVED, at=at, why="its reviewer came back")
        count(place, leased=1)
    return review.lease_until


@transaction.atomic
def save_review_draft(*, review: Review, marks: Marks, seconds: int = 0, at: datetime) -> datetime:
    """Keep what was typed; once this returns and its transaction commits, no crash loses it.

    Raises ReviewOver.
    """
    keep_alive(review=review, at=at)
    kept = Review.objects.select_for_update().get(pk=review.pk)
    if kept.state not in _WRITABLE:
        raise ReviewOver
    _write_draft(kept, marks, seconds, at)
    return at


def submit_review(*, review: Review, marks: Marks, behaviour: Behaviour | None = None, at: datetime) -> Review:
    """Take a review, however late it comes; the same review again is one review.

    Raises ReviewRefused (what was typed is kept as the draft), ReviewOver.
    """
    seconds = behaviour.seconds if behaviour else 0
    if Review.objects.filter(pk=review.pk, state__in=_TAKEN).exists():
        return Review.objects.get(pk=review.pk)
    # The same review may be taken this very moment, sent by a second click: then there is no draft left to keep.
    with suppress(ReviewOver):
        save_review_draft(review=review, marks=marks, seconds=seconds, at=at)
    return _submit(review, marks, at)


@transaction.atomic
def _submit(review: Review, marks: Marks, at: datetime) -> Review:
    person_id = review.reviewer_id
    places = lock_with_own(review.submission_id, person_id or 0, review.assignment_id)
    place = places[review.submission_id]
    kept = Review.objects.select_for_update(of=("self",)).select_related("reviewer").get(pk=review.pk)
    if kept.state in _TAKEN:
        return kept
    if kept.state not in _WRITABLE:
        raise ReviewOver
    _keep_marks(kept, marks, at)
    was_live = kept.state == Review.State.RESERVED
    turn(kept, place, ReviewState.SUBMITTED, at=at)
    turn(kept, place, ReviewState.ACCEPTED, at=at)
    standing = standing_of(kept.assignment)
    count(place, leased=-1 if was_live and kept.role != Review.Role.STAFF else 0, done=1)
    _measure_spread(place)
    for own in places.values():
        if person_id in own.authors:
            recredit(own, standing)
    end_surplus(place, wanted=standing.terms.wanted, at=at)
    publish(
        ReviewGiven(
            review_id=kept.pk,
            submission_id=place.pk,
            assignment_id=place.assignment_id,
            reviewer_id=person_id,
            at=at,
        )
    )
    count_review(place, standing, at=at)
    return kept


@transaction.atomic
def decline(*, review: Review, reason: Review.Reason, note: str = "", at: datetime) -> None:
    """Give the work back with a reason; declining twice is declining once.

    Raises ReviewOver.
    """
    place, kept = _locked(review)
    if kept.state == Review.State.DECLINED:
        return
    if kept.state in _TAKEN:
        raise ReviewOver
    kept.reason, kept.note = reason, note[:500]
    kept.save(update_fields=["reason", "note"])
    end_lease(kept, place, ReviewState.DECLINED, at=at, why=str(reason.label))
    if reason is Review.Reason.CONFLICT and kept.reviewer_id is not None:
        _keep_apart(kept.reviewer_id, place.authors, at)
    elif reason is Review.Reason.UNREADABLE:
        _nobody_can_open(place, at)
    elif reason in {Review.Reason.COPIED, Review.Reason.OFFENSIVE}:
        _report(place, reason, at)


def _locked(review: Review) -> tuple[Place, Review]:
    place = lock([review.submission_id])[review.submission_id]
    return place, Review.objects.select_for_update(of=("self",)).select_related("reviewer").get(pk=review.pk)


def _may_live_again(review: Review, place: Place) -> bool:
    """A lease lives again unless that would be one too many, or its reviewer reads something else by now."""
    if SubmissionState(place.state) not in READABLE or review.reviewer is None:
        return False
    if reserved_by(review.assignment, review.reviewer):
        return False
    wanted = review.assignment.reviews_to_get
    return surplus_leases(leased=place.leased + 1, done=place.done, target=wanted) == 0


def _write_draft(review: Review, marks: Marks, seconds: int, at: datetime) -> None:
    review.draft = {
        "levels": dict(marks.levels),
        "comments": dict(marks.comments),
        "overall": marks.overall,
    }
    review.draft_saved_at = at
    review.seconds = max(review.seconds, min(seconds, 24 * 3600))
    review.save(update_fields=["draft", "draft_saved_at", "seconds"])


def _keep_marks(review: Review, marks: Marks, at: datetime) -> None:
    """Write down what the review says, if nothing is missing."""
    criteria = content_of(review.assignment.published).criteria
    said = rubrics.tidy(marks, criteria)
    if found := judging.faults(said, criteria, before=_said_before(review)):
        raise ReviewRefused(tuple(found))
    keep_marks(review, criteria, said)
    review.points = rubrics.points(criteria, said.levels)
    review.comment = said.overall
    review.submitted_at = at
    review.save(update_fields=["points", "comment", "submitted_at"])


def _said_before(review: Review) -> frozenset[str]:
    """The comments of the reviewer's other reviews in the assignment."""
    others = CriterionMark.objects.filter(review__reviewer=review.reviewer_id, review__assignment=review.assignment_id)
    if review.reviewer_id is None:
        return frozenset()
    return frozenset(judging.tidied(comment) for comment in others.values_list("comment", flat=True) if comment)


def _measure_spread(place: Place) -> None:
    """How far the marks lie apart."""
    points = [
        value
        for value in Review.objects.filter(submission_id=place.pk, state="accepted").values_list("points", flat=True)
        if value is not None
    ]
    place.spread = max(points) - min(points) if points else 0.0
    place.save(update_fields=["spread"])


def _keep_apart(person_id: int, authors: list[int], at: datetime) -> None:
    for other in Person.objects.filter(pk__in=authors).exclude(pk=person_id):
        Conflict.objects.get_or_create(
            person_id=person_id, other=other, defaults={"why": "declared when reviewing", "at": at}
        )


def _nobody_can_open(place: Place, at: datetime) -> None:
    """The third reader who can't open the files sends the work to a new look; the clock stands still once."""
    cannot = Review.objects.filter(submission_id=place.pk, reason=Review.Reason.UNREADABLE).count()
    if cannot >= _CANNOT_OPEN and SubmissionState(place.state) in READABLE - {SubmissionState.NO_HARM}:
        stand_still(submission_id=place.pk, state=SubmissionState.SCREEN, why="three readers could not open it", at=at)


def _report(place: Place, reason: Review.Reason, at: datetime) -> None:
    asked = StaffRead.Reason.COPY if reason is Review.Reason.COPIED else StaffRead.Reason.REPORT
    tell(place, what="report", became=reason.value, at=at)
    StaffRead.objects.get_or_create(
        submission_id=place.pk,
        reason=asked,
        settled_at=None,
        defaults={"assignment_id": place.assignment_id, "due_at": place.submission.promised_at, "since": at},
    )
