"""What learners say of a step."""

from datetime import datetime

from django.db import transaction

from stoa.accounts.models import Person
from stoa.catalogue.models import Run
from stoa.courseware.models import Enrolment, Opinion, ProblemReport


@transaction.atomic
def say_whether_it_helped(*, enrolment: Enrolment, step_id: str, helpful: bool, at: datetime) -> None:
    """Keep the learner's latest opinion of a step."""
    Opinion.objects.update_or_create(enrolment=enrolment, step_id=step_id, defaults={"helpful": helpful, "at": at})


@transaction.atomic
def report_problem(*, run: Run, step_id: str, person: Person | None, text: str, at: datetime) -> ProblemReport:
    """Tell the course team what is wrong at a step."""
    return ProblemReport.objects.create(run=run, step_id=step_id, person=person, text=text.strip(), at=at)
