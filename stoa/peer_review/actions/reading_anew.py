"""Fresh readings of appealed work: reserved, given, given back; and the clock that leads what waits to staff."""

import logging
import secrets
from datetime import datetime

from django.db import InterfaceError, OperationalError, transaction

from stoa.accounts.models import Person
from stoa.peer_review.actions.appealing import answer_by_peers, give_to_staff
from stoa.peer_review.actions.moving import become, lock, tell
from stoa.peer_review.actions.reviewing import ReviewOver, ReviewRefused
from stoa.peer_review.models import Appeal, Assignment, FreshReading, Place, Submission
from stoa.peer_review.queries.fresh_readers import appealed_for
from stoa.peer_review.queries.published import content_of
from stoa.peer_review.rules import appeals, judging, rubrics
from stoa.peer_review.rules.rubrics import Marks
from stoa.peer_review.rules.states import SubmissionState

log = logging.getLogger(__name__)
_State = FreshReading.State


class NothingToReadAnew(Exception):
    """No appealed work waits for you at the moment."""


@transaction.atomic
def read_anew(*, assignment: Assignment, person: Person, at: datetime) -> FreshReading:
    """Reserve appealed work for a fresh reader; who has one reserved gets that one.

    Raises NothingToReadAnew.
    """
    number = appealed_for(assignment, person.pk, now=at)
    if number is None:
        raise NothingToReadAnew
    place = lock([number])[number]
    # Somebody may have been faster: it is looked at once more under the lock.
    if appealed_for(assignment, person.pk, now=at) != number:
        raise NothingToReadAnew
    reading, new = FreshReading.objects.get_or_create(
        appeal_id=number,
        reader=person,
        defaults={"token": secrets.token_urlsafe(24), "taken_at": at, "lease_until": at + appeals.LEASE},
    )
    if new and place.state == Submission.State.APPEAL:
        become(place, SubmissionState.REVIEWING, at=at, why="a fresh reader took it")
    if not new:
        reading.state, reading.lease_until = _State.RESERVED, at + appeals.LEASE
        reading.save(update_fields=["state", "lease_until"])
    return reading


@transaction.atomic
def give_fresh_reading(*, reading: FreshReading, marks: Marks, at: datetime) -> FreshReading:
    """Take a fresh reading, also after its time as long as the appeal is open; the same again is one reading.

    Raises ReviewRefused, ReviewOver.
    """
    place, kept = _locked(reading)
    if kept.state == _State.GIVEN:
        return kept
    if kept.appeal.settled_at is not None or kept.appeal.peers_until is None or kept.state == _State.DECLINED:
        raise ReviewOver
    criteria = content_of(place.assignment.published).criteria
    said = rubrics.tidy(marks, criteria)
    if found := judging.faults(said, criteria):
        raise ReviewRefused(tuple(found))
    kept.levels, kept.comments, kept.overall = dict(said.levels), dict(said.comments), said.overall
    kept.points, kept.given_at, kept.state = rubrics.points(criteria, said.levels), at, _State.GIVEN
    kept.save()
    tell(place, what="appeal", became="read", by=kept.reader, at=at)
    answer_by_peers(kept.appeal, place, at=at)
    return kept


@transaction.atomic
def decline_fresh_reading(*, reading: FreshReading, at: datetime) -> None:
    """Give appealed work back; others are offered it."""
    place, kept = _locked(reading)
    if kept.state in {_State.RESERVED, _State.EXPIRED}:
        kept.state = _State.DECLINED
        kept.save(update_fields=["state"])
        tell(place, what="appeal", became="declined", by=kept.reader, at=at)


def look_at_appeals(*, at: datetime) -> int:
    """End fresh readings whose time is over; appeals that peers did not answer in time go to staff."""
    leases = FreshReading.objects.filter(state=_State.RESERVED, lease_until__lte=at)
    leases.update(state=_State.EXPIRED)
    late = Appeal.objects.filter(settled_at=None, peers_until__lte=at).order_by("peers_until", "pk")
    done = 0
    for number in late.values_list("pk", flat=True):
        try:
            _too_late(number, at)
            done += 1
        except (OperationalError, InterfaceError):
            raise
        except Exception:
            log.exception("The appeal against the score of %s could not be given to staff; it is tried again.", number)
    return done


@transaction.atomic
def _too_late(number: int, at: datetime) -> None:
    place = lock([number])[number]
    made = Appeal.objects.get(pk=number)
    if made.settled_at is None and made.peers_until is not None and made.peers_until <= at:
        give_to_staff(made, place, why="too few peers read it in time", at=at)


def _locked(reading: FreshReading) -> tuple[Place, FreshReading]:
    place = lock([reading.appeal_id])[reading.appeal_id]
    kept = FreshReading.objects.select_for_update(of=("self",)).select_related("reader", "appeal")
    return place, kept.get(pk=reading.pk)
