"""Whole histories of learning at once: demo data, or learners who come from another platform."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction

from stoa.accounts.models import Person
from stoa.catalogue.models import Run
from stoa.courseware.actions.facts import of_enrolment
from stoa.courseware.events import Enrolled, RunFact, StepCompleted, Withdrew
from stoa.courseware.models import Bookmark, Enrolment, StepCompletion, Withdrawal
from stoa.courseware.rules import edx
from stoa.kernel import tracking
from stoa.kernel.bus import Fact


@dataclass(frozen=True, kw_only=True)
class Stretch:
    """A stretch of a MOOC video that was watched in one go: where it begins and ends in the video, in seconds."""

    item_id: str
    at: datetime
    begins: float
    ends: float
    duration: float


@dataclass(frozen=True, kw_only=True)
class History:
    """What one person did in one run, and when."""

    person: Person
    enrolled_at: datetime
    done: tuple[tuple[str, datetime], ...] = ()
    """Step ids in the order of doing."""
    watched: tuple[Stretch, ...] = ()
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
    for tracked, at in sorted((told for pair in pairs for told in _told(*pair)), key=lambda one: one[1]):
        tracking.keep(tracking.line(tracked, at=at))


def _told(enrolment: Enrolment, history: History) -> Iterator[tuple[tracking.Tracked, datetime]]:
    words = of_enrolment(enrolment)
    enrolled = Enrolled(**words)
    facts: list[tuple[Fact, datetime]] = [(enrolled, history.enrolled_at)]
    facts += [(StepCompleted(**words, step_id=step_id), at) for step_id, at in history.done]
    if history.withdrew_at:
        facts.append((Withdrew(**words), history.withdrew_at))
    for fact, at in facts:
        if tracked := fact.tracked():
            yield tracked, at
    for stretch in history.watched:
        yield from _watched(enrolled, stretch)


def _watched(who: RunFact, stretch: Stretch) -> Iterator[tuple[tracking.Tracked, datetime]]:
    """What a player tells of a stretch."""
    through = stretch.ends >= stretch.duration
    told = (("play_video", stretch.begins), ("stop_video" if through else "pause_video", stretch.ends))
    for event_type, place in told:
        event = {
            "id": edx.usage_key(who.course_id, "mooc_video", stretch.item_id),
            "currentTime": round(place, 3),
            "duration": stretch.duration,
        }
        tracked = tracking.Tracked(
            event_type=event_type,
            event=event,
            course_id=who.course_id,
            org_id=who.organisation,
            user_id=who.person_id,
            username=edx.username(who.person_id),
            event_source="browser",
        )
        yield tracked, stretch.at + timedelta(seconds=place - stretch.begins)
