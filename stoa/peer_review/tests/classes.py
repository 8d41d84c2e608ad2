"""Classes whose learners review one another, made through real actions."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from stoa.accounts.models import Person
from stoa.catalogue.models import Run, Teaching
from stoa.coursedoc import model as coursedoc
from stoa.peer_review import actions
from stoa.peer_review.models import Assignment, Place, Review, Submission
from stoa.peer_review.queries import assignment_for
from stoa.peer_review.queries.published import content_of
from stoa.peer_review.rules.allocation import Role
from stoa.peer_review.rules.rubrics import Marks
from stoa.peer_review.tests.makers import MONDAY, Author, a_run_of, an_assignment, an_author

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
NAMES = ("Ada", "Bo", "Chi", "Dov", "Eli", "Fen", "Gus", "Hal", "Ivy", "Jon", "Kim", "Lin", "Mo", "Nia")


@dataclass
class Class:
    """A run with one assignment and its authors by name."""

    run: Run
    authors: dict[str, Author] = field(default_factory=dict)
    works: dict[str, Submission] = field(default_factory=dict)
    reviews_written: int = 0

    @property
    def assignment(self) -> Assignment:
        """The assignment as it is now."""
        return assignment_for(run_id=self.run.pk, item_id="word-counter")

    @property
    def instructor(self) -> Person:
        """Who gives the course."""
        return Teaching.objects.get(course=self.run.course, role=Teaching.Role.INSTRUCTOR).person

    def joins(self, name: str, *, hands_in: bool = True, at: datetime = MONDAY) -> Author:
        """A further learner."""
        author = self.authors[name] = an_author(self.run, f"{name} Okafor")
        if hands_in:
            self.works[name] = author.hands_in(at=at)
        return author

    def set(self, **facts: object) -> None:
        """Change settings of the assignment."""
        Assignment.objects.filter(run=self.run).update(**facts)

    def pulls(self, name: str, *, at: datetime = MONDAY + HOUR, role: Role = Role.PEER) -> Review:
        """A learner asks for work to read; chance plays no part."""
        return actions.pull(assignment=self.assignment, person=self.person(name), at=at, role=role, chance=_no_chance)

    def submits(self, review: Review, *, at: datetime = MONDAY + 2 * HOUR, level: int = -1) -> Review:
        """A review of the best levels, or others."""
        return actions.submit_review(review=review, marks=self.marks(level), at=at)

    def reviews(self, name: str, *, at: datetime = MONDAY + HOUR, level: int = -1) -> Review:
        """A learner reads what comes next and hands the review in half an hour later."""
        return self.submits(self.pulls(name, at=at), at=at + HOUR / 2, level=level)

    def marks(self, level: int = -1) -> Marks:
        """A complete review, in words that nobody used before."""
        self.reviews_written += 1
        criteria = content_of(self.assignment.published).criteria
        return Marks(
            levels={one.id: one.levels[level].id for one in criteria},
            comments={one.id: f"About {one.label} I saw {self.reviews_written} good things." for one in criteria},
        )

    def person(self, name: str) -> Person:
        """Somebody of the class."""
        return self.authors[name].person

    def place(self, name: str) -> Place:
        """Where the learner's work stands now."""
        return Place.objects.get(pk=self.works[name].pk)

    def author_of(self, review: Review) -> str:
        """Whose work a review is about."""
        return next(name for name, work in self.works.items() if work.pk == review.submission_id)


def a_class(*names: str, size: int = 0, assignment: coursedoc.Assignment | None = None, **settings: object) -> Class:
    """Learners who have all handed in, the first first."""
    room = Class(run=a_run_of(assignment or an_assignment()))
    if settings:
        room.set(**settings)
    for number, name in enumerate(names or NAMES[:size]):
        room.joins(name, at=MONDAY + timedelta(minutes=number))
    return room


def every_minute(start: datetime, end: datetime, *, step: timedelta, do: Callable[[datetime], object]) -> None:
    """Let time pass."""
    moment = start
    while moment <= end:
        do(moment)
        moment += step


def _no_chance(_submission: int) -> float:
    return 0.0
