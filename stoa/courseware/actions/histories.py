"""Whole histories of learning at once: demo data, or learners who come from another platform."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from stoa.accounts.models import Person
from stoa.catalogue.models import Run
from stoa.courseware.actions.facts import of_enrolment
from stoa.courseware.events import Enrolled, StepCompleted, Withdrew
from stoa.courseware.models import Bookmark, Enrolment, StepCompletion, Withdrawal
from stoa.kernel import tracking
from stoa.kernel.bus import Fact


@dataclass(frozen=True, kw_only=True)
class History:
    """What one person did in one run, and when."""

    person: Person
    enrolled_at: datetime
    done: tuple[tuple[str, datetime], ...] = ()
    """Step ids in the order of doing."""
    last_step: str = ""
    last_at: datetime | None = None
    withdrew_at: datetime | None = None


@transaction.atomic
def keep_histories(*, run: Run, histories: Sequence[History]) -> list[Enrolment]:
    """Write the histories of people who are new to the run; those who are in it already are left as they are."""
    known = set(Enrolment.objects.filter(run=run).values_list("person_id", flat=True))
    new = [history for history in histories if history.person.pk not in known]
    enrolments = Enrolment.objects.bulk_create(
        [Enrolment(run=run, person=history.person, at=history.enrolled_at) for history in new]
    )
    pairs = list(zip(enrolments, new, strict=True))
    StepCompletion.objects.bulk_create(
        [
            StepCompletion(enrolment=enrolment, step_id=step_id, at=at, version_id=run.version_id)
            for enrolment, history in pairs
            for step_id, at in history.done
        ],
        batch_size=2000,
    )
    Bookmark.objects.bulk_create(
        [Bookmark(enrolment=e, step_id=h.last_step, at=h.last_at or h.enrolled_at) for e, h in pairs if h.last_step]
    )
    Withdrawal.objects.bulk_create([Withdrawal(enrolment=e, at=h.withdrew_at) for e, h in pairs if h.withdrew_at])
    transaction.on_commit(lambda: _track(pairs))
    return enrolments


def _track(pairs: list[tuple[Enrolment, History]]) -> None:
    """Write the event log of these histories, each event at its own time."""
    told = sorted((told for pair in pairs for told in _facts(*pair)), key=lambda fact_at: fact_at[1])
    for fact, at in told:
        if tracked := fact.tracked():
            tracking.keep(tracking.line(tracked, at=at))


def _facts(enrolment: Enrolment, history: History) -> Iterator[tuple[Fact, datetime]]:
    words = of_enrolment(enrolment)
    yield Enrolled(**words), history.enrolled_at
    for step_id, at in history.done:
        yield StepCompleted(**words, step_id=step_id), at
    if history.withdrew_at:
        yield Withdrew(**words), history.withdrew_at
