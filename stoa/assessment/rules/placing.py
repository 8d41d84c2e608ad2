"""Where the quizzes of a course stand, and for which part of the score they count."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from stoa.coursedoc import walking
from stoa.coursedoc.model import Course, Pool, Quiz


@dataclass(frozen=True, kw_only=True)
class Placed:
    """A quiz with its place."""

    quiz: Quiz
    step_id: str
    lesson_id: str
    part: str
    """The part of the score scheme; empty where it counts for none."""
    due: datetime | None
    pool: Pool | None
    hidden: bool


def quizzes(course: Course) -> Iterator[Placed]:
    """Every quiz of the course in order. What no learner sees is hidden: it counts for nothing."""
    for place in walking.steps(course):
        for item, pool, hidden in walking.drawn(place.step):
            if isinstance(item, Quiz):
                yield Placed(
                    quiz=item,
                    step_id=place.step.id,
                    lesson_id=place.lesson.id,
                    part=place.lesson.part.strip(),
                    due=item.due or place.lesson.due,
                    pool=pool,
                    hidden=hidden or place.hidden,
                )


def pools(course: Course) -> dict[str, tuple[Pool, tuple[str, ...]]]:
    """Every pool of the course, whatever is in it, with the ids of what it draws from."""
    found: dict[str, tuple[Pool, tuple[str, ...]]] = {}
    for place in walking.steps(course):
        for item, pool, hidden in walking.drawn(place.step):
            if pool and not hidden:
                _, before = found.get(pool.id, (pool, ()))
                found[pool.id] = pool, (*before, item.id)
    return found
