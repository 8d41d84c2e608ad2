"""When somebody erases their account: reviews stay without a name, work that nobody is left behind leaves the queue."""

from datetime import datetime

from django.db import transaction

from stoa.peer_review.actions.moving import end_lease, lock
from stoa.peer_review.actions.queueing import leave_queue
from stoa.peer_review.models import FreshReading, Place, Review, Waiver
from stoa.peer_review.rules.states import WAITING, ReviewState, SubmissionState


@transaction.atomic
def forget_reviewer(*, person_id: int, at: datetime) -> None:
    """End the person's leases; what they handed in stays, and their name goes with the account."""
    for review in Review.objects.filter(reviewer_id=person_id, state=Review.State.RESERVED).order_by("submission_id"):
        place = lock([review.submission_id])[review.submission_id]
        end_lease(review, place, ReviewState.RELEASED, at=at, why="its reviewer left")
    Review.objects.filter(reviewer_id=person_id).update(draft={}, note="")
    FreshReading.objects.filter(reader_id=person_id, state=FreshReading.State.RESERVED).delete()
    Waiver.objects.filter(person_id=person_id).delete()


@transaction.atomic
def forget_author(*, person_id: int, at: datetime) -> None:
    """Take the person's name off their work; work that is nobody's any more and has no score waits no longer."""
    for number in Place.objects.of_author(person_id).order_by("pk").values_list("pk", flat=True):
        place = lock([number])[number]
        place.authors = [author for author in place.authors if author != person_id]
        place.save(update_fields=["authors"])
        if not place.authors and SubmissionState(place.state) in WAITING:
            leave_queue(submission_id=number, at=at)


@transaction.atomic
def pause_reviewer(*, person_id: int, run_id: int, at: datetime) -> None:
    """Give back what somebody who leaves a run, or rests, had reserved there, so that others read it."""
    looks = FreshReading.objects.filter(reader_id=person_id, appeal__submission__assignment__run_id=run_id)
    looks.filter(state=FreshReading.State.RESERVED).update(state=FreshReading.State.EXPIRED)
    mine = Review.objects.filter(reviewer_id=person_id, assignment__run_id=run_id, state=Review.State.RESERVED)
    for review in mine.exclude(role=Review.Role.STAFF).order_by("submission_id"):
        place = lock([review.submission_id])[review.submission_id]
        kept = Review.objects.select_for_update(of=("self",)).get(pk=review.pk)
        if kept.state == Review.State.RESERVED:
            end_lease(kept, place, ReviewState.EXPIRED, at=at, why="its reviewer left the run or rests")
