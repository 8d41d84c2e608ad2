"""Where the assignments of a course stand, and what a run makes of them."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from stoa.coursedoc import walking
from stoa.coursedoc.model import Assignment, Course, Markup, ReviewFlow, Text
from stoa.coursedoc.model.assignments import Outcome

MOST_REVIEWS = 20
MOST_DAYS = 60
MOST_MINUTES = 7 * 24 * 60
MOST_MEMBERS = 50
WHOLE = 100


@dataclass(frozen=True, kw_only=True)
class Placed:
    """An assignment with its place."""

    work: Assignment
    step_id: str
    lesson_id: str
    part: str
    """The part of the score scheme; empty where it counts for none."""
    hidden: bool


@dataclass(frozen=True, kw_only=True)
class RunSettings:
    """What a run takes over from an assignment; named as the columns that keep it."""

    opens_at: datetime | None
    due_at: datetime | None
    grace_minutes: int
    reviews_open_at: datetime | None
    reviews_due_at: datetime | None
    promise_days: int
    reviews_to_give: int
    reviews_to_get: int
    flow: tuple[str, ...]
    outcome: str
    teams: bool
    team_size: int
    late: str
    late_days: int
    late_penalty: int
    out_of: float


def assignments(course: Course) -> Iterator[Placed]:
    """Every assignment of the course in order; where it has no deadline of its own, that of its lesson holds."""
    for place in walking.steps(course):
        for item, _, hidden in walking.drawn(place.step):
            if isinstance(item, Assignment):
                yield Placed(
                    work=replace(item, due=item.due or place.lesson.due),
                    step_id=place.step.id,
                    lesson_id=place.lesson.id,
                    part=place.lesson.part.strip(),
                    hidden=hidden or place.hidden,
                )


def prepared(work: Assignment, render: Callable[[Text], str]) -> Assignment:
    """The assignment with its texts as safe HTML."""

    def safe(text: Text) -> Text:
        return Text(source=render(text), markup=Markup.HTML) if text else Text()

    return replace(work, prompts=tuple(safe(prompt) for prompt in work.prompts), solution=safe(work.solution))


def settings_of(work: Assignment, *, self_paced: bool) -> RunSettings:
    """What holds in a run: without dates where learners go at their own pace, numbers within bounds."""
    opens, due = (None, None) if self_paced else (work.opens, work.due)
    if opens and due and due <= opens:
        opens = None
    peers = ReviewFlow.PEER in work.flow
    return RunSettings(
        opens_at=opens,
        due_at=due,
        grace_minutes=_between(0, work.grace_minutes, MOST_MINUTES),
        reviews_open_at=None if self_paced else work.reviews_open,
        reviews_due_at=None if self_paced else work.reviews_due,
        promise_days=_between(1, work.promise_days, MOST_DAYS),
        reviews_to_give=_between(0, work.reviews_to_give, MOST_REVIEWS) if peers else 0,
        reviews_to_get=_between(1, work.reviews_to_get, MOST_REVIEWS) if peers else 0,
        flow=tuple(flow.value for flow in work.flow),
        outcome=work.outcome.value,
        teams=work.teams,
        team_size=_between(1, work.team_size, MOST_MEMBERS),
        late=work.late.value,
        late_days=_between(0, work.late_days, MOST_DAYS),
        late_penalty=_between(0, work.late_penalty, WHOLE),
        out_of=points_of(work),
    )


def points_of(work: Assignment) -> float:
    """What the work can earn in all; 0 where only feedback is given."""
    if work.outcome is Outcome.FEEDBACK:
        return 0.0
    if work.points is not None:
        return max(0.0, work.points)
    return sum(max((level.points for level in criterion.levels), default=0.0) for criterion in work.criteria)


def _between(low: int, value: int, high: int) -> int:
    return max(low, min(value, high))
