"""A learner in the middle of a course, for looking round a new site."""

from datetime import datetime, timedelta
from random import Random
from typing import cast

from django.db import transaction

from stoa.accounts.models import Person
from stoa.catalogue.models import Run
from stoa.catalogue.queries import document_of
from stoa.coursedoc import walking
from stoa.coursedoc.model import Quiz
from stoa.courseware.actions import History, keep_histories, note_position, take_note, visit
from stoa.courseware.models import Enrolment
from stoa.courseware.queries import OutlineStep, VideoData, outline_of, parts_of
from stoa.site.actions.crowds import hand_in
from stoa.site.actions.peers import join_in

SKILL = 0.9
MIDDLE = 0.4
STOPPED = 0.35
"""How far into its MOOC video they stopped."""


@transaction.atomic
def seat_in_the_middle(*, person: Person, run: Run, at: datetime) -> Enrolment | None:
    """Put the person two fifths into the run, at a MOOC video where there is one near; nothing for who is in it."""
    steps = outline_of(run.version_id).without_hidden.steps
    here = _stopping_place(steps)
    begun = at - timedelta(days=20)
    done = [(step.id, begun + timedelta(days=19) * (n / len(steps))) for n, step in enumerate(steps[:here])]
    last = steps[here].id
    history = History(person=person, enrolled_at=begun, done=tuple(done), last_step=last, last_at=at)
    enrolments = keep_histories(run=run, histories=[history])
    for enrolment in enrolments:
        _answer(enrolment, dict(done))
        visit(enrolment=enrolment, step_id=last, at=at)
        _stop_in_video(enrolment, last, at)
    return next(iter(enrolments), None)


def sit_with_peers(*, person: Person, run: Run, at: datetime) -> int:
    """Let the person in the middle do the assignments with the others of the run; the number of reviews made."""
    enrolment = Enrolment.objects.filter(person=person, run=run, withdrawal=None).select_related("person").first()
    return join_in(enrolment, Random("seat"), until=at) if enrolment else 0  # noqa: S311 -- invented words, no secret


def _stopping_place(steps: tuple[OutlineStep, ...]) -> int:
    middle = int(len(steps) * MIDDLE)
    films = [n for n, step in enumerate(steps) if step.kind == "mooc_video"]
    return min(films, key=lambda n: abs(n - middle), default=middle)


def _answer(enrolment: Enrolment, done: dict[str, datetime]) -> None:
    chance = Random("seat")  # noqa: S311 -- invented answers, no secret
    for place in walking.steps(document_of(enrolment.run.version)):
        for item in place.step.items:
            if place.step.id in done and isinstance(item, Quiz):
                hand_in(enrolment, item, chance, skill=SKILL, at=done[place.step.id])


def _stop_in_video(enrolment: Enrolment, step_id: str, at: datetime) -> None:
    for part in parts_of(enrolment.run.version_id, step_id):
        seconds = cast("VideoData", part.data).get("duration") if part.kind == "mooc_video" else None
        if seconds:
            stopped = round(seconds * STOPPED, 1)
            note_position(enrolment=enrolment, item_id=part.item_id, seconds=stopped, at=at)
            text = "Look at this again: it is the point of the whole lesson."
            take_note(enrolment=enrolment, step_id=step_id, seconds=int(stopped), text=text, at=at)
