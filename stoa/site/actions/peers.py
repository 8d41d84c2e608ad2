"""Invented learners hand in assignments and review one another, by the same actions as everybody."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from heapq import heappop, heappush
from itertools import count
from random import Random

from stoa.catalogue.models import Run
from stoa.courseware.models import Enrolment
from stoa.kernel.tracking import happening
from stoa.peer_review.actions import (
    Behaviour,
    Marks,
    NothingToRead,
    Refused,
    ReviewRefused,
    Work,
    hand_in,
    pull,
    review_oneself,
    submit_review,
    tick,
)
from stoa.peer_review.models import Assignment, Review, Submission
from stoa.peer_review.queries import assignments_of, content_of
from stoa.site.rules.peers import opinion_of, reads_at, work_of

RUNGS = (1, 3, 4, 5, 6, 7)
"""Days after a hand-in on which the clock has something to do for it."""
FEWEST, TRIES = 3, 4
DILIGENCE = 0.62
SAT_DOWN = 12
"""So many others read something again when one more joins in."""
Step = Callable[[datetime], None]


@dataclass(frozen=True, kw_only=True)
class Author:
    """A learner who does the assignment, when, and how well."""

    enrolment: Enrolment
    at: datetime
    skill: float
    diligence: float = DILIGENCE


@dataclass
class _Class:
    """An assignment and what its learners still do, in the order of time."""

    assignment: Assignment
    chance: Random
    until: datetime
    events: list[tuple[datetime, int, Step]] = field(default_factory=list)
    turn: Iterator[int] = field(default_factory=count)
    deserved: dict[int, float] = field(default_factory=dict)
    """What each work deserves, 0 to 1."""
    given: int = 0

    def plan(self, at: datetime, step: Step) -> None:
        if at < self.until:
            heappush(self.events, (at, next(self.turn), step))

    def run(self) -> None:
        while self.events:
            at, _, step = heappop(self.events)
            with happening(at):
                step(at)


def review_one_another(run: Run, authors: Mapping[str, Sequence[Author]], chance: Random, *, until: datetime) -> int:
    """Let the learners of a run, by step, hand in and read, up to now; the number of reviews made.

    An assignment in which somebody has handed in already is left as it is.
    """
    made = 0
    for assignment in assignments_of(run):
        there = authors.get(assignment.published.step_id, ())
        if there and not Submission.objects.filter(assignment=assignment).exists():
            made += _play(_Class(assignment=assignment, chance=chance, until=until), there)
    return made


def join_in(enrolment: Enrolment, chance: Random, *, until: datetime) -> int:
    """Let one more learner hand in, read three works and be read by others: the score came a day ago.

    Nothing happens where fewer than three others handed in before, or where the learner has done so.
    """
    made = 0
    for assignment in assignments_of(enrolment.run):
        begun = until - timedelta(days=assignment.promise_days + 1)
        works = Submission.objects.filter(assignment=assignment)
        others = works.filter(submitted_at__lt=begun, enrolment__isnull=False).exclude(enrolment=enrolment)
        if others.count() >= FEWEST and not works.filter(enrolment=enrolment).exists():
            made += _join(
                enrolment, assignment, list(others.select_related("enrolment__person")[:SAT_DOWN]), chance, until
            )
    return made


def _join(
    enrolment: Enrolment, assignment: Assignment, others: Sequence[Submission], chance: Random, until: datetime
) -> int:
    room = _Class(assignment=assignment, chance=chance, until=until)
    begun = until - timedelta(days=assignment.promise_days + 1)
    joined = Author(enrolment=enrolment, at=begun, skill=0.9, diligence=0)
    room.plan(begun, partial(_hand_in, room, joined))
    for day in range(assignment.promise_days + 1):
        room.plan(begun + timedelta(days=day, minutes=50), partial(_read, room, joined, 0.05))
    for place, work in enumerate(others):
        if work.enrolment is not None:
            reader = Author(enrolment=work.enrolment, at=begun, skill=0.7)
            room.plan(begun + timedelta(hours=2 + place), partial(_read, room, reader, chance.gauss(0, 0.1)))
    room.run()
    tick(at=until)
    return room.given


def _play(room: _Class, authors: Sequence[Author]) -> int:
    for author in authors:
        room.plan(author.at, partial(_hand_in, room, author))
        for day in RUNGS:
            room.plan(author.at + timedelta(days=day, minutes=1), _turn_clock)
    room.run()
    tick(at=room.until)
    return room.given


def _turn_clock(at: datetime) -> None:
    tick(at=at)


def _hand_in(room: _Class, author: Author, at: datetime) -> None:
    """Hand in, then sit down to read others' work now and then, and look back at the own work in the end."""
    asked = content_of(room.assignment.published)
    wrote = work_of(asked, room.chance, skill=author.skill, number=author.enrolment.pk)
    typed = Work(answers=wrote.answers, code=wrote.code)
    try:
        work = hand_in(assignment=room.assignment, enrolment=author.enrolment, work=typed, at=at)
    except Refused:
        return
    room.deserved[work.pk] = min(max(room.chance.gauss(author.skill, 0.15), 0), 1)
    leaning = room.chance.gauss(0, 0.1)
    moments = reads_at(at, room.chance, diligence=author.diligence)
    for moment in moments:
        room.plan(moment, partial(_read, room, author, leaning))
    if moments and "self" in room.assignment.flow:
        room.plan(moments[-1] + timedelta(minutes=9), partial(_look_back, room, author, work))


def _read(room: _Class, author: Author, leaning: float, at: datetime) -> None:
    person = author.enrolment.person
    try:
        review = pull(assignment=room.assignment, person=person, at=at, chance=lambda _work: room.chance.random())
    except NothingToRead:
        return
    done = min(at + timedelta(minutes=room.chance.randint(6, 30)), room.until)
    seconds = int((done - at).total_seconds() * 0.8)
    for _try in range(TRIES):
        try:
            submit_review(
                review=review, marks=_marks(room, review, leaning), behaviour=Behaviour(seconds=seconds), at=done
            )
        except ReviewRefused:
            # Chance chose words that they had used before: people say it otherwise then.
            continue
        room.given += 1
        return


def _marks(room: _Class, review: Review, leaning: float) -> Marks:
    criteria = content_of(room.assignment.published).criteria
    deserved = room.deserved.get(review.submission_id, 0.5)
    said = opinion_of(criteria, room.chance, deserved=deserved, leaning=leaning)
    return Marks(levels=said.levels, comments=said.comments, overall=said.overall)


def _look_back(room: _Class, author: Author, work: Submission, at: datetime) -> None:
    criteria = content_of(room.assignment.published).criteria
    said = opinion_of(criteria, room.chance, deserved=room.deserved[work.pk], leaning=0)
    review_oneself(submission=work, by=author.enrolment, marks=Marks(levels=said.levels), at=at)
