"""Work picked by chance for staff to read, so that the estimator learns how lenient all readers are together."""

import secrets
from datetime import datetime

from django.db import transaction
from django.db.models import Exists, OuterRef

from stoa.accounts.models import Person
from stoa.peer_review.actions.queueing import LONGEST_PAUSE, resume, stand_still
from stoa.peer_review.models import Anchor, Assignment, Place, StaffRead, Submission
from stoa.peer_review.rules.allocation import Chance
from stoa.peer_review.rules.states import SubmissionState

State = Submission.State
PICKED_FROM = (State.OPEN, State.PROVISIONAL, State.URGENT)
"""Only work that still waits: what is read for another reason is no chance."""


class NothingToPick(Exception):
    """All work that still waits was read by staff already."""


class ReasonAsked(Exception):
    """Say what you found: those whose work it is may ask."""


def by_chance(_submission: int) -> float:
    """A number in [0, 1) that nobody can foresee."""
    return secrets.randbelow(1 << 30) / (1 << 30)


@transaction.atomic
def pick_anchor(*, assignment: Assignment, at: datetime, chance: Chance = by_chance) -> StaffRead:
    """Ask staff to read a work picked by chance; one that was picked before and not read is asked for again.

    Raises NothingToPick.
    """
    asked = StaffRead.objects.filter(assignment=assignment, reason=StaffRead.Reason.ANCHOR, settled_at=None).first()
    if asked is not None:
        return asked
    read = Anchor.objects.filter(submission=OuterRef("pk"))
    places = Place.objects.filter(assignment=assignment, state__in=PICKED_FROM).exclude(Exists(read))
    numbers = list(places.order_by("pk").values_list("pk", flat=True))
    if not numbers:
        raise NothingToPick
    picked = min(numbers, key=lambda number: (chance(number), number))
    return StaffRead.objects.create(
        submission_id=picked,
        assignment=assignment,
        reason=StaffRead.Reason.ANCHOR,
        due_at=at + LONGEST_PAUSE,
        since=at,
    )


@transaction.atomic
def look_into_copies(*, works: list[Submission], by: Person, reason: str, at: datetime) -> None:
    """Hold works while staff look into where they come from: their clocks stand still for seven days at most.

    Raises ReasonAsked.
    """
    _refuse_wordless(reason)
    for work in works:
        place = Place.objects.filter(submission=work).first()
        if place is not None and place.state in {*PICKED_FROM, State.STAFF, State.FINAL}:
            hold = SubmissionState.INTEGRITY_HOLD
            stand_still(submission_id=work.pk, state=hold, why=reason.strip(), at=at, by=by)


@transaction.atomic
def no_copies(*, works: list[Submission], by: Person, reason: str, at: datetime) -> None:
    """Say that works which look alike are no copies: they are told apart from now on, and their clocks run on.

    Raises ReasonAsked.
    """
    _refuse_wordless(reason)
    numbers = [work.pk for work in works]
    Submission.objects.filter(pk__in=numbers).update(cluster="")
    Place.objects.filter(pk__in=numbers).update(cluster="")
    StaffRead.objects.filter(submission__in=numbers, reason=StaffRead.Reason.COPY, settled_at=None).update(
        settled_at=at, read_by=by
    )
    for work in works:
        if work.state == State.INTEGRITY_HOLD:
            resume(submission_id=work.pk, at=at, by=by)


def _refuse_wordless(reason: str) -> None:
    if not reason.strip():
        raise ReasonAsked
