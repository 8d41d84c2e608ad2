"""The steps that all of a submission's life is made of. Whoever takes one has locked its place."""

from collections.abc import Collection
from datetime import datetime

from django.db.models import QuerySet

from stoa.accounts.models import Person
from stoa.coursedoc.model.assignments import ReviewFlow
from stoa.peer_review.models import Place, Review, StaffRead, Submission, Transition, Waiver
from stoa.peer_review.queries.terms import Standing
from stoa.peer_review.rules.allocation import credit_for, surplus_leases
from stoa.peer_review.rules.clock import next_rung_at
from stoa.peer_review.rules.promise import Promise
from stoa.peer_review.rules.states import (
    COUNTING,
    READABLE,
    ReviewState,
    SubmissionState,
    moved,
    review_moved,
)

_ENDS = frozenset({SubmissionState.FINAL, SubmissionState.NO_HARM})


def lock(submissions: Collection[int]) -> dict[int, Place]:
    """The places, locked in one order everywhere, so that two steps never wait for each other."""
    rows = Place.objects.select_for_update(of=("self",)).select_related("assignment")
    rows = rows.filter(pk__in=submissions).order_by("pk")
    return {place.pk: place for place in rows}


def lock_with_own(submission_id: int, person_id: int, assignment_id: int) -> dict[int, Place]:
    """A submission's place and those of the reviewer's own work, which gains credit."""
    own = Place.objects.of_author(person_id).filter(assignment_id=assignment_id).values_list("pk", flat=True)
    return lock({submission_id, *own})


def tell(
    place: Place,
    *,
    what: str,
    became: str,
    was: str = "",
    why: str = "",
    review: Review | None = None,
    by: Person | None = None,
    at: datetime,
) -> None:
    """Write down that something happened."""
    Transition.objects.create(
        submission_id=place.pk, what=what, was=was, became=became, why=why[:500], review=review, by=by, at=at
    )


def become(place: Place, state: SubmissionState, *, at: datetime, why: str = "", by: Person | None = None) -> bool:
    """Bring a submission into a state; False where it is in it already.

    Raises StateRefused.
    """
    was = SubmissionState(place.state)
    if was is state:
        return False
    place.state = Submission.State(moved(was, state))
    place.readable = state in READABLE and ReviewFlow.PEER in place.assignment.flow
    if state in _ENDS:
        place.final_at = place.final_at or at
    place.save(update_fields=["state", "readable", "final_at"])
    Submission.objects.filter(pk=place.pk).update(state=place.state)
    tell(place, what="state", was=was, became=state, why=why, by=by, at=at)
    return True


def turn(review: Review, place: Place, state: ReviewState, *, at: datetime, why: str = "") -> None:
    """Bring a review into a state.

    Raises StateRefused.
    """
    was = ReviewState(review.state)
    review.state = Review.State(review_moved(was, state))
    review.save(update_fields=["state"])
    tell(place, what="review", was=was, became=state, why=why, review=review, by=review.reviewer, at=at)


def count(place: Place, *, leased: int = 0, done: int = 0) -> None:
    """Change how many leases live and how many reviews count."""
    place.leased += leased
    place.done += done
    place.save(update_fields=["leased", "done"])


def end_lease(review: Review, place: Place, state: ReviewState, *, at: datetime, why: str = "") -> None:
    """End a lease, if it lives."""
    live = review.state == Review.State.RESERVED
    turn(review, place, state, at=at, why=why)
    if live and review.role != Review.Role.STAFF:
        count(place, leased=-1)


def end_surplus(place: Place, *, wanted: int, at: datetime) -> None:
    """End the youngest leases that are no longer needed; what their holders hand in is taken all the same."""
    too_many = surplus_leases(leased=place.leased, done=place.done, target=wanted)
    if too_many:
        for review in live_leases(place).order_by("-taken_at", "-reviewer_id")[:too_many]:
            end_lease(review, place, ReviewState.EXPIRED, at=at, why="enough others are reading it")


def live_leases(place: Place) -> QuerySet[Review]:
    """Peers' reviews of a submission that are being written."""
    reserved = Review.objects.filter(submission_id=place.pk, state=Review.State.RESERVED)
    return reserved.exclude(role=Review.Role.STAFF).select_related("reviewer")


def given_by(person_ids: Collection[int], assignment_id: int) -> dict[int, int]:
    """Reviews that people gave in an assignment, with those that they could not give."""
    given = dict.fromkeys(person_ids, 0)
    counted = Review.objects.filter(
        assignment_id=assignment_id,
        reviewer__in=person_ids,
        credited=True,
        state__in=[state.value for state in COUNTING],
        role=Review.Role.PEER,
    )
    for reviewer_id in counted.values_list("reviewer_id", flat=True):
        if reviewer_id is not None:
            given[reviewer_id] += 1
    for person_id, reviews in Waiver.objects.filter(assignment_id=assignment_id, person_id__in=person_ids).values_list(
        "person_id", "reviews"
    ):
        given[person_id] += reviews
    return given


def recredit(place: Place, standing: Standing) -> None:
    """Count again what the authors of a submission have given; a team has the credit of its members together."""
    given = sum(given_by(place.authors, place.assignment_id).values())
    credit = int(credit_for(given=given, owed=standing.terms.owed * max(len(place.authors), 1)))
    if credit != place.credit:
        place.credit = credit
        place.save(update_fields=["credit"])
        StaffRead.objects.filter(submission_id=place.pk, settled_at=None).update(contributor=credit == 2)  # noqa: PLR2004 -- full credit


def look_again(place: Place, promise: Promise) -> None:
    """Say when the clock must look at a submission next."""
    place.look_at = next_rung_at(climbed=place.climbed, since=place.since, promise=promise)
    place.save(update_fields=["climbed", "look_at", "since"])
