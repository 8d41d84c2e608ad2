"""The clock: once a minute it ends leases, climbs ladders, measures the queues. One bad row never stops the rest."""

import logging
from collections.abc import Callable, Iterable
from datetime import datetime

from django.db import InterfaceError, OperationalError, transaction
from django.db.models import Exists, OuterRef

from stoa.kernel.bus import publish
from stoa.peer_review.actions.closing import close_due
from stoa.peer_review.actions.deciding import decide
from stoa.peer_review.actions.moving import become, end_lease, lock, look_again, recredit, tell
from stoa.peer_review.actions.queueing import resume
from stoa.peer_review.events import RungTaken, StaffTooFew
from stoa.peer_review.models import Assignment, Place, Pulse, Review, Submission
from stoa.peer_review.queries.terms import case_of, standing_of
from stoa.peer_review.rules.allocation import is_backlog
from stoa.peer_review.rules.clock import Rung, due_rungs
from stoa.peer_review.rules.projection import Waiting, default_cap, projected_staff_reads
from stoa.peer_review.rules.promise import LADDER_DAYS
from stoa.peer_review.rules.states import ReviewState, SubmissionState

log = logging.getLogger(__name__)


def tick(*, at: datetime) -> int:
    """Do all that is due; says how many steps it took. Killed in the middle, the next tick goes on from there."""
    done = _each(_due_leases(at), lambda number: expire(review_id=number, at=at))
    done += close_due(at=at)
    done += _each(_due_places(at), lambda number: look(submission_id=number, at=at))
    return done + _each(_living_assignments(), lambda number: measure(assignment_id=number, at=at))


@transaction.atomic
def expire(*, review_id: int, at: datetime) -> None:
    """End a lease whose time is over; the review may still be handed in."""
    review = Review.objects.get(pk=review_id)
    place = lock([review.submission_id])[review.submission_id]
    review = Review.objects.select_for_update(of=("self",)).select_related("reviewer").get(pk=review_id)
    if review.state == Review.State.RESERVED and review.lease_until <= at:
        end_lease(review, place, ReviewState.EXPIRED, at=at)


@transaction.atomic
def look(*, submission_id: int, at: datetime) -> tuple[Rung, ...]:
    """Climb the ladder as far as the time allows, then decide. Looking again changes nothing."""
    place = lock([submission_id])[submission_id]
    if place.paused_at is not None:
        if place.look_at is not None and place.look_at <= at:
            resume(submission_id=submission_id, at=at)
        return ()
    standing = standing_of(place.assignment)
    rungs = due_rungs(case_of(place, standing, at), now=at, promise=standing.terms.promise)
    place.climbed = max([place.climbed, *rungs])
    look_again(place, standing.terms.promise)
    if Rung.URGENT in rungs and place.done == 0 and place.state == Submission.State.OPEN:
        become(place, SubmissionState.URGENT, at=at, why="nobody has reviewed it for four days of its ladder")
    for rung in rungs:
        tell(place, what="rung", became=rung.name.lower(), at=at)
        publish(RungTaken(submission_id=place.pk, assignment_id=place.assignment_id, rung=rung, at=at))
    decide(place, standing, at=at)
    return rungs


@transaction.atomic
def measure(*, assignment_id: int, at: datetime) -> Pulse:
    """See how much waits and how much is read; count credits again where another number of reviews is asked for now."""
    assignment = Assignment.objects.get(pk=assignment_id)
    day = standing_of(assignment).terms.promise.span / LADDER_DAYS
    waiting = Place.objects.filter(assignment=assignment, readable=True)
    unread = waiting.filter(effective=0, since__lte=at).count()
    completed = Review.objects.filter(assignment=assignment, submitted_at__gt=at - day, submitted_at__lte=at).count()
    pulse, new = Pulse.objects.select_for_update().get_or_create(
        assignment=assignment, defaults={"at": at, "given": assignment.reviews_to_give}
    )
    if not new and pulse.given != assignment.reviews_to_give:
        _recount(assignment)
    pulse.backlog = is_backlog(unread=unread, completed_in_a_day=completed)
    pulse.unread, pulse.completed, pulse.at, pulse.given = unread, completed, at, assignment.reviews_to_give
    pulse.projected_staff_reads = _projected(assignment, completed, at)
    _alarm(pulse, assignment, at)
    pulse.save()
    return pulse


def cap_of(pulse: Pulse) -> int:
    """How many works staff can read."""
    if pulse.staff_cap is not None:
        return pulse.staff_cap
    return default_cap(Place.objects.filter(assignment_id=pulse.assignment_id).count())


def _projected(assignment: Assignment, completed: int, at: datetime) -> int:
    promise = standing_of(assignment).terms.promise
    rows = Place.objects.filter(assignment=assignment, done=0, readable=True).exclude(state="no_harm")
    waiting = [Waiting(since=since, leased=leased > 0) for since, leased in rows.values_list("since", "leased")]
    return projected_staff_reads(waiting, completed_in_a_day=completed, now=at, promise=promise)


def _alarm(pulse: Pulse, assignment: Assignment, at: datetime) -> None:
    """Tell whoever answers for the assignment, once, that staff will not be enough."""
    cap = cap_of(pulse)
    if pulse.projected_staff_reads <= cap:
        pulse.alarmed_at = None
    elif pulse.alarmed_at is None:
        pulse.alarmed_at = at
        publish(StaffTooFew(assignment_id=assignment.pk, projected=pulse.projected_staff_reads, cap=cap, at=at))


def _recount(assignment: Assignment) -> None:
    standing = standing_of(assignment)
    for number in Place.objects.filter(assignment=assignment).values_list("pk", flat=True):
        for place in lock([number]).values():
            recredit(place, standing)


def _due_leases(at: datetime) -> list[int]:
    rows = Review.objects.filter(state=Review.State.RESERVED, lease_until__lte=at)
    return list(rows.order_by("lease_until", "pk").values_list("pk", flat=True))


def _due_places(at: datetime) -> list[int]:
    return list(Place.objects.filter(look_at__lte=at).order_by("look_at", "pk").values_list("pk", flat=True))


def _living_assignments() -> list[int]:
    readable = Place.objects.filter(assignment=OuterRef("pk"), readable=True)
    return list(Assignment.objects.filter(Exists(readable)).values_list("pk", flat=True))


def _each(numbers: Iterable[int], step: Callable[[int], object]) -> int:
    done = 0
    for number in numbers:
        try:
            step(number)
            done += 1
        except (OperationalError, InterfaceError):
            raise
        except Exception:
            log.exception("The clock could not do its step for %s; it goes on with the others.", number)
    return done
