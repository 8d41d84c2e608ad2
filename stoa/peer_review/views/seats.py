"""A learner in front of an assignment: where every page of theirs begins."""

from dataclasses import dataclass
from datetime import datetime
from typing import cast

from django.http import Http404, HttpRequest

from stoa.accounts.models import Person
from stoa.courseware.models import Enrolment
from stoa.courseware.queries import Desk, RunUnknown, desk_for
from stoa.kernel.clock import now
from stoa.peer_review.models import Assignment
from stoa.peer_review.queries import AssignmentUnknown, assignment_for
from stoa.peer_review.rules.rubrics import Marks

LEVEL, COMMENT = "level-", "comment-"
LONGEST = 10_000


@dataclass(frozen=True, kw_only=True)
class Seat:
    """A reader at the desk of a run, an assignment of it, and the moment."""

    desk: Desk
    assignment: Assignment
    person: Person
    at: datetime

    @property
    def enrolment(self) -> Enrolment:
        """The learner's place in the run; to anybody else the page does not exist."""
        if self.desk.enrolment is None:
            raise Http404
        return self.desk.enrolment

    @property
    def address(self) -> str:
        """Where the assignment's pages begin."""
        return f"{self.desk.address}assignments/{self.assignment.item_id}/"


def seat_at(request: HttpRequest, course: str, run: str, item: str) -> Seat:
    """Who asks, and about which assignment; one that they may not see does not exist."""
    try:
        desk = desk_for(request.user, course=course, run=run)
        assignment = assignment_for(run_id=desk.run_id, item_id=item)
    except (RunUnknown, AssignmentUnknown) as unknown:
        raise Http404 from unknown
    return Seat(desk=desk, assignment=assignment, person=cast("Person", request.user), at=now())


def seconds_in(request: HttpRequest) -> int:
    """For how long the page was in front, as it counted itself; 0 without a script."""
    said = request.POST.get("seconds", "")
    return int(said) if said.isascii() and said.isdigit() and len(said) <= len("86400") else 0


def team_seat_at(request: HttpRequest, course: str, run: str) -> Desk:
    """The desk of somebody who gives the course; to others the page does not exist."""
    try:
        desk = desk_for(request.user, course=course, run=run)
    except RunUnknown as unknown:
        raise Http404 from unknown
    if not desk.team:
        raise Http404
    return desk


def marks_in(request: HttpRequest) -> Marks:
    """The levels and words that the form carries."""
    fields = {name: request.POST.get(name, "")[:LONGEST] for name in request.POST}
    return Marks(
        levels={name.removeprefix(LEVEL): value for name, value in fields.items() if name.startswith(LEVEL)},
        comments={name.removeprefix(COMMENT): value for name, value in fields.items() if name.startswith(COMMENT)},
        overall=fields.get("overall", ""),
    )


def signed_in(request: HttpRequest) -> Person:
    """Who asks, in views that nobody else reaches."""
    return cast("Person", request.user)
