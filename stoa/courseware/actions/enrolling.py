"""Joining and leaving a run."""

from collections.abc import Collection
from datetime import datetime

from django.db import transaction

from stoa.accounts.models import Person
from stoa.catalogue.models import Run
from stoa.courseware.actions.facts import of_enrolment
from stoa.courseware.events import Enrolled, Withdrew
from stoa.courseware.models import ChosenModule, Enrolment, Withdrawal
from stoa.kernel.bus import publish


class EnrolmentNotOpenYet(Exception):
    """Enrolment in this run has not opened yet. Come back on the day it does, or take another run."""


class EnrolmentClosed(Exception):
    """Enrolment in this run has closed. Take another run of the course; all that is open to visitors stays so."""


@transaction.atomic
def enrol(*, run: Run, person: Person, at: datetime, modules: Collection[str] = ()) -> Enrolment:
    """Join a run, wholly or for some modules. Whoever left and comes back finds everything as it was.

    Raises EnrolmentNotOpenYet, EnrolmentClosed for those who were never in it.
    """
    if not Enrolment.objects.filter(run=run, person=person).exists():
        refuse_closed(run, at=at)
    enrolment, joined = Enrolment.objects.get_or_create(run=run, person=person, defaults={"at": at})
    returned, _ = Withdrawal.objects.filter(enrolment=enrolment).delete()
    if modules or joined or returned:
        choose_modules(enrolment=enrolment, modules=modules, at=at)
    if joined or returned:
        publish(Enrolled(**of_enrolment(enrolment)))
    return enrolment


def refuse_closed(run: Run, *, at: datetime) -> None:
    """Nobody joins before enrolment opens or after it closes; a run that has ended is an archive, open to all."""
    if run.ends_at and at >= run.ends_at:
        return
    if run.enrolment_opens_at and at < run.enrolment_opens_at:
        raise EnrolmentNotOpenYet
    if run.enrolment_closes_at and at >= run.enrolment_closes_at:
        raise EnrolmentClosed


@transaction.atomic
def choose_modules(*, enrolment: Enrolment, modules: Collection[str], at: datetime) -> None:
    """Take only these modules; none means the whole course. Nothing done in the others is lost."""
    enrolment.chosen_modules.all().delete()
    ChosenModule.objects.bulk_create(
        [ChosenModule(enrolment=enrolment, module_id=module, at=at) for module in sorted(set(modules))]
    )


@transaction.atomic
def withdraw(*, enrolment: Enrolment, at: datetime) -> None:
    """Leave a run. Notes, answers and progress stay for the day one comes back."""
    _, left = Withdrawal.objects.get_or_create(enrolment=enrolment, defaults={"at": at})
    if left:
        publish(Withdrew(**of_enrolment(enrolment)))
