"""Reads what a learner's request is about."""

from dataclasses import dataclass
from datetime import datetime

from django.http import Http404, HttpRequest

from stoa.accounts.models import Person
from stoa.assessment.actions import Answers
from stoa.assessment.queries import Published, QuizUnknown, quiz_for
from stoa.courseware.models import Enrolment
from stoa.courseware.queries import Desk, RunUnknown, desk_for
from stoa.kernel.clock import now

PREFIX = "part-"


@dataclass(frozen=True, kw_only=True)
class Asked:
    """A learner, a quiz of their run, and the moment."""

    desk: Desk
    quiz: Published
    item_id: str
    enrolment: Enrolment
    at: datetime


def asked(request: HttpRequest, course: str, run: str, item: str) -> Asked:
    """What the request is about; to anybody but a learner of the run there is no such quiz."""
    if not isinstance(request.user, Person):
        raise Http404
    try:
        desk = desk_for(request.user, course=course, run=run)
        enrolment = desk.enrolment
        if enrolment is None:
            raise Http404
        quiz = quiz_for(version_id=desk.version_id, enrolment_id=enrolment.pk, item_id=item)
    except (RunUnknown, QuizUnknown) as error:
        raise Http404 from error
    return Asked(desk=desk, quiz=quiz, item_id=item, enrolment=enrolment, at=now())


def answers_in(request: HttpRequest) -> Answers:
    """The answers that the form carries, by part."""
    return {
        name.removeprefix(PREFIX): tuple(request.POST.getlist(name)) for name in request.POST if name.startswith(PREFIX)
    }


def number_seen(request: HttpRequest) -> int | None:
    """The number of the attempt that the form showed."""
    seen = request.POST.get("seen", "")
    return int(seen) if seen.isascii() and seen.isdigit() and len(seen) <= len("99999") else None


def wants_piece(request: HttpRequest) -> bool:
    """Whether a script asks, which puts only the quiz in its place."""
    return request.headers.get("X-Stoa-Piece") == "quiz"
