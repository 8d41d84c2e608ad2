"""Going one's own way through a run: later, with a rest, no further, or with the next run."""

from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import Sum

from stoa.catalogue.models import Run
from stoa.courseware.actions.enrolling import refuse_closed
from stoa.courseware.actions.facts import of_enrolment
from stoa.courseware.events import Fulfilled, Paused, Resumed, RunChanged, TakenUpAgain
from stoa.courseware.models import DateShift, Enrolment, Fulfilment, Pause, RunChange
from stoa.courseware.rules.pace import days_rested
from stoa.kernel.bus import publish

LONGEST_SHIFT = 3650


class ShiftTooLong(Exception):
    """Dates can be moved by ten years at most. Choose fewer days."""


class OtherCourse(Exception):
    """That run gives another course. Choose a run of this one."""


class AlreadyThere(Exception):
    """You are in that run already. Open it from my learning."""


@transaction.atomic
def shift_dates(*, enrolment: Enrolment, days: int, at: datetime) -> None:
    """Move all of a learner's own dates so many days on. Raises ShiftTooLong."""
    Enrolment.objects.select_for_update().get(pk=enrolment.pk)
    already = DateShift.objects.filter(enrolment=enrolment).aggregate(days=Sum("days"))["days"] or 0
    if already + days > LONGEST_SHIFT:
        raise ShiftTooLong
    DateShift.objects.create(enrolment=enrolment, days=days, at=at)


@transaction.atomic
def keep_planned_dates(*, enrolment: Enrolment) -> None:
    """Go by the dates of the run again."""
    DateShift.objects.filter(enrolment=enrolment).delete()


@transaction.atomic
def pause(*, enrolment: Enrolment, at: datetime) -> None:
    """Rest: no date runs and no reminder comes until one goes on."""
    _, new = Pause.objects.get_or_create(enrolment=enrolment, defaults={"at": at})
    if new:
        publish(Paused(**of_enrolment(enrolment)))


@transaction.atomic
def resume(*, enrolment: Enrolment, at: datetime) -> int:
    """Go on after a rest; the dates move by its days, which come back."""
    rest = Pause.objects.select_for_update().filter(enrolment=enrolment).first()
    if rest is None:
        return 0
    rest.delete()
    days = days_rested(since=rest.at, until=at)
    # From the day it began: what closed meanwhile opens again.
    shift_dates(enrolment=enrolment, days=days, at=rest.at)
    publish(Resumed(**of_enrolment(enrolment), since=rest.at, days=days))
    return days


@transaction.atomic
def be_content(*, enrolment: Enrolment, at: datetime) -> None:
    """Say that one has what one wanted: reminders stop at once, everything stays open."""
    _, new = Fulfilment.objects.get_or_create(enrolment=enrolment, defaults={"at": at})
    if new:
        publish(Fulfilled(**of_enrolment(enrolment)))


@transaction.atomic
def want_more(*, enrolment: Enrolment) -> None:
    """Take a run up again that one had called enough."""
    ended, _ = Fulfilment.objects.filter(enrolment=enrolment).delete()
    if ended:
        publish(TakenUpAgain(**of_enrolment(enrolment)))


@transaction.atomic
def change_run(*, enrolment: Enrolment, to: Run, at: datetime) -> Enrolment:
    """Go on in another run of the same course, with everything done, answered and noted.

    The enrolment itself moves, so nothing has to be copied and nothing can be lost.
    Raises OtherCourse, AlreadyThere, EnrolmentNotOpenYet, EnrolmentClosed.
    """
    left = enrolment.run
    if to.course_id != left.course_id:
        raise OtherCourse
    refuse_closed(to, at=at)
    try:
        with transaction.atomic():
            Enrolment.objects.filter(pk=enrolment.pk).update(run=to, at=at)
    except IntegrityError as there:
        raise AlreadyThere from there
    DateShift.objects.filter(enrolment=enrolment).delete()
    Pause.objects.filter(enrolment=enrolment).delete()
    Fulfilment.objects.filter(enrolment=enrolment).delete()
    RunChange.objects.create(enrolment=enrolment, left=left, at=at)
    moved = Enrolment.objects.select_related("run__course__organisation").get(pk=enrolment.pk)
    publish(RunChanged(**of_enrolment(moved), left_run_id=left.pk))
    return moved
