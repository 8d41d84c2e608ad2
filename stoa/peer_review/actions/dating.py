"""Setting the dates of an assignment for a run, and a later deadline for one learner."""

from dataclasses import asdict, dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet

from stoa.accounts.models import Person
from stoa.courseware.models import Enrolment
from stoa.peer_review.actions.moving import lock
from stoa.peer_review.actions.queueing import move_reviews
from stoa.peer_review.models import Assignment, DeadlineExtension, Place, Submission
from stoa.peer_review.queries.assignments import deadline_of


class DatesRefused(Exception):
    """The dates can't be so; the words say what to change."""


class DueBeforeOpening(DatesRefused):
    """The deadline has to come after the opening."""


class ReasonMissing(DatesRefused):
    """Say why: the course team reads it later, the learner does not."""


class NothingToExtend(DatesRefused):
    """There is no deadline, so nobody needs a later one."""


@dataclass(frozen=True, kw_only=True)
class Dates:
    """What an instructor sets; named as the columns that keep it."""

    opens_at: datetime | None
    due_at: datetime | None
    grace_minutes: int
    reviews_open_at: datetime | None
    reviews_due_at: datetime | None
    promise_days: int
    reviews_to_give: int
    late: str
    late_days: int
    late_penalty: int


@transaction.atomic
def set_dates(*, assignment: Assignment, dates: Dates, responsible: Person | None, at: datetime) -> Assignment:
    """Keep the dates for this run, whatever later versions of the course say.

    Raises DatesRefused. Promises that were given stay, unless they can be kept earlier.
    """
    if dates.opens_at and dates.due_at and dates.due_at <= dates.opens_at:
        raise DueBeforeOpening
    kept = Assignment.objects.select_for_update().get(pk=assignment.pk)
    opened = kept.reviews_open_at
    changed = {name: value for name, value in asdict(dates).items() if getattr(kept, name) != value}
    for name, value in changed.items():
        setattr(kept, name, value)
    kept.set_by_hand = sorted({*kept.set_by_hand, *changed})
    kept.responsible = responsible
    kept.save()
    if kept.reviews_open_at != opened:
        move_reviews(assignment=kept, at=at)
    if changed.keys() & {"due_at", "grace_minutes"}:
        _judge_lateness(kept, kept.submissions.all())
    return kept


@transaction.atomic
def extend(
    *, assignment: Assignment, enrolment: Enrolment, due_at: datetime, reason: str, by: Person | None, at: datetime
) -> DeadlineExtension:
    """Give one learner, with their team, a later deadline; a later one replaces it, and late work may be excused by it.

    Raises DatesRefused.
    """
    if not reason.strip():
        raise ReasonMissing
    if assignment.due_at is None:
        raise NothingToExtend
    extension, _ = DeadlineExtension.objects.update_or_create(
        assignment=assignment,
        enrolment=enrolment,
        defaults={"due_at": due_at, "reason": reason.strip()[:500], "by": by, "at": at},
    )
    _judge_lateness(assignment, assignment.submissions.of(enrolment))
    return extension


def _judge_lateness(assignment: Assignment, submissions: QuerySet[Submission]) -> None:
    """Work that is on time by the new dates is excused; work that was on time stays so."""
    late = submissions.filter(on_time=False).select_related("team", "enrolment")
    places = lock(late.values_list("pk", flat=True))
    for submission in late:
        deadline = deadline_of(assignment, submission.enrolment, submission.team)
        if deadline.on_time(submission.submitted_at):
            Submission.objects.filter(pk=submission.pk).update(on_time=True)
            Place.objects.filter(pk__in=places).filter(pk=submission.pk).update(on_time=True)
