"""Into the queue, out of it, and standing still in it."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db import transaction

from stoa.accounts.models import Person
from stoa.coursedoc.model.assignments import ReviewFlow
from stoa.peer_review.actions.moving import become, end_lease, live_leases, lock, look_again, recredit, tell
from stoa.peer_review.models import Assignment, Place, StaffRead, Submission
from stoa.peer_review.queries.terms import standing_of
from stoa.peer_review.rules.allocation import Credit
from stoa.peer_review.rules.promise import Promise, clock_start, resumed
from stoa.peer_review.rules.states import ReviewState, SubmissionState

LONGEST_PAUSE = timedelta(days=7)
"""No check by staff stops a clock for longer."""
_FEW = 8
"""Below so many authors, each newcomer changes how many reviews can be asked for."""


@transaction.atomic
def enter_queue(*, submission: Submission, at: datetime) -> Place:
    """Let peers read the work from now on, or from the opening of reviews; entering twice changes nothing."""
    assignment = submission.assignment
    standing = standing_of(assignment)
    promise = standing.terms.promise
    place, new = Place.objects.get_or_create(
        submission=submission,
        defaults={
            "assignment": assignment,
            "authors": authors_of(submission),
            "state": Submission.State.SUBMITTED,
            "since": submission.t0,
            "on_time": submission.on_time,
            "language": submission.language.split("-")[0],
            "cluster": submission.cluster,
        },
    )
    if new:
        become(place, SubmissionState.OPEN, at=at)
        look_again(place, promise)
        _recount(assignment, place)
        if ReviewFlow.PEER not in assignment.flow:
            become(place, SubmissionState.STAFF, at=at, why="the course team reads all work of this assignment")
            ask_staff(place, StaffRead.Reason.UNREAD, promise=promise, at=at)
    return place


@transaction.atomic
def leave_queue(*, submission_id: int, at: datetime) -> None:
    """Release the work's readers: its author took it back. What they hand in still counts for them."""
    assignment = Assignment.objects.filter(places=submission_id).first()
    if assignment is None:
        return
    places = lock({submission_id, *_all_of_a_small_class(assignment)})
    place = places[submission_id]
    for review in live_leases(place):
        end_lease(review, place, ReviewState.RELEASED, at=at, why="the author took the work back")
    become(place, SubmissionState.WITHDRAWN, at=at, why="the author took the work back")
    _settle_staff_reads(place, at)
    standing = standing_of(assignment)
    for one in places.values():
        recredit(one, standing)


@transaction.atomic
def take_new_version(*, submission: Submission, at: datetime) -> None:
    """A new version: no clock restarts; who reads the old one goes on with it, unless nothing was written yet."""
    place = lock([submission.pk]).get(submission.pk)
    if place is None:
        return
    untouched = live_leases(place).filter(draft_saved_at=None)
    untouched.update(version=submission.latest)
    place.language, place.cluster = submission.language.split("-")[0], submission.cluster
    place.save(update_fields=["language", "cluster"])
    if place.state == Submission.State.SCREEN:
        resume(submission_id=submission.pk, at=at)


@transaction.atomic
def stand_still(
    *, submission_id: int, state: SubmissionState, why: str, at: datetime, by: Person | None = None
) -> None:
    """Stop the clock: staff check where the work comes from, or its files can't be opened."""
    place = lock([submission_id])[submission_id]
    if place.state == state:
        return
    become(place, state, at=at, why=why, by=by)
    if state is SubmissionState.INTEGRITY_HOLD or not place.paused_before:
        place.paused_at = at
        place.look_at = at + LONGEST_PAUSE
        place.paused_before = place.paused_before or state is SubmissionState.SCREEN
        place.save(update_fields=["paused_at", "look_at", "paused_before"])


@transaction.atomic
def resume(*, submission_id: int, at: datetime, by: Person | None = None) -> None:
    """Let the clock run on; the time that it stood still is not counted."""
    place = lock([submission_id])[submission_id]
    if place.state not in {Submission.State.INTEGRITY_HOLD, Submission.State.SCREEN}:
        return
    if place.paused_at is not None:
        place.since = resumed(since=place.since, paused_at=place.paused_at, now=at, longest=LONGEST_PAUSE)
        place.paused_at = None
        place.save(update_fields=["paused_at", "since"])
    promise = Promise(days=place.assignment.promise_days)
    Submission.objects.filter(pk=place.pk).update(promised_at=promise.due(place.since))
    was_read = place.done > 0 and place.state == Submission.State.INTEGRITY_HOLD
    if place.final_at is not None:
        become(place, SubmissionState.FINAL, at=at, by=by)
        return
    become(place, SubmissionState.PROVISIONAL if was_read else SubmissionState.OPEN, at=at, by=by)
    look_again(place, promise)


@transaction.atomic
def move_reviews(*, assignment: Assignment, at: datetime) -> None:
    """Follow an opening of reviews that was moved: clocks of work without a review start anew, never earlier."""
    promise = Promise(days=assignment.promise_days)
    waiting = Place.objects.filter(assignment=assignment, done=0, climbed=0, readable=True)
    for place in lock(waiting.values_list("pk", flat=True)).values():
        start = clock_start(submitted_at=place.submission.submitted_at, reviews_open_at=assignment.reviews_open_at)
        if start != place.since and not place.paused_before:
            tell(place, what="clock", was=place.since.isoformat()[:19], became=start.isoformat()[:19], at=at)
            place.since = start
            look_again(place, promise)
            Submission.objects.filter(pk=place.pk).update(t0=start, promised_at=promise.due(start))


def authors_of(submission: Submission) -> list[int]:
    """The people whose work it is."""
    if submission.team is not None:
        members = submission.team.members.order_by("enrolment__person_id")
        return list(members.values_list("enrolment__person_id", flat=True))
    return [submission.enrolment.person_id] if submission.enrolment else []


def ask_staff(
    place: Place, reason: StaffRead.Reason, *, promise: Promise, at: datetime, since: datetime | None = None
) -> None:
    """Put the work into the staff's queue; for the same reason only once. Due a promise after `since`, or its clock."""
    StaffRead.objects.get_or_create(
        submission_id=place.pk,
        reason=reason,
        settled_at=None,
        defaults={
            "assignment_id": place.assignment_id,
            "contributor": place.credit == Credit.FULL,
            "on_time": place.on_time,
            "due_at": promise.due(since or place.since),
            "since": at,
        },
    )


def no_longer_for_staff(place: Place, reasons: Sequence[StaffRead.Reason], *, at: datetime) -> None:
    """Take the work out of the staff's queue: a peer was faster."""
    StaffRead.objects.filter(submission_id=place.pk, reason__in=reasons, settled_at=None).update(settled_at=at)


def _settle_staff_reads(place: Place, at: datetime) -> None:
    no_longer_for_staff(place, list(StaffRead.Reason), at=at)


def _recount(assignment: Assignment, newcomer: Place) -> None:
    """Credit of the newcomer; in a small class everyone's, because more can be asked of all."""
    standing = standing_of(assignment)
    for place in lock({newcomer.pk, *_all_of_a_small_class(assignment)}).values():
        recredit(place, standing)


def _all_of_a_small_class(assignment: Assignment) -> list[int]:
    """Where each author more or less changes how many reviews can be asked for: every place, else none."""
    few = list(Place.objects.filter(assignment=assignment).values_list("pk", flat=True)[: _FEW + 1])
    return few if len(few) <= _FEW else []
