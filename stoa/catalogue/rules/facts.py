"""What a document says of its course, for lists and filters."""

from collections.abc import Iterator
from dataclasses import dataclass

from stoa.coursedoc import effort, walking
from stoa.coursedoc.model import (
    Assignment,
    Course,
    Discussion,
    Exercise,
    Item,
    MoocVideo,
    Quiz,
    ReviewFlow,
)


@dataclass(frozen=True, kw_only=True)
class CourseFacts:
    """A course in short."""

    title: str
    summary: str
    language: str
    level: str
    for_beginners: bool
    weeks: int | None
    hours_a_week: float | None
    minutes: float
    modules: int
    caption_languages: tuple[str, ...]
    skills: tuple[str, ...]
    peers: tuple[str, ...]
    assessments: tuple[str, ...]
    tracking: tuple[str, ...]


def facts_of(course: Course) -> CourseFacts:
    """The course in short."""
    items = tuple(shown_items(course))
    return CourseFacts(
        title=(course.title or course.id)[:250],
        summary=course.summary,
        language=course.language or "en",
        level=course.level,
        for_beginners=is_for_beginners(course),
        weeks=course.weeks,
        hours_a_week=course.hours_a_week,
        minutes=effort.course_minutes(course),
        modules=len({place.module.id for place in _shown_steps(course)}),
        caption_languages=_caption_languages(items),
        skills=tuple(skill[:80] for skill in course.skills),
        peers=tuple(_peers(items)),
        assessments=tuple(_assessments(items)),
        tracking=tuple(_tracking(course, items)),
    )


def is_for_beginners(course: Course) -> bool:
    """A course without prerequisites is for beginners, unless its authors say that it is not."""
    return not any(course.prerequisites) and course.level in {"", "beginner"}


def shown_items(course: Course) -> Iterator[Item]:
    """The items that learners see."""
    for place in _shown_steps(course):
        yield from (item for item in walking.items(place.step) if not item.hidden)


def _shown_steps(course: Course) -> Iterator[walking.Place]:
    return (
        place
        for place in walking.steps(course)
        if not (place.module.hidden or place.lesson.hidden or place.step.hidden)
    )


def _caption_languages(items: tuple[Item, ...]) -> tuple[str, ...]:
    return tuple(
        sorted({captions.language for item in items if isinstance(item, MoocVideo) for captions in item.captions})
    )


def _peers(items: tuple[Item, ...]) -> Iterator[str]:
    if any(isinstance(item, Discussion) for item in items):
        yield "forum"
    if any(isinstance(item, Assignment) and ReviewFlow.PEER in item.flow for item in items):
        yield "review"


def _assessments(items: tuple[Item, ...]) -> Iterator[str]:
    if any(isinstance(item, Quiz) and item.scored for item in items):
        yield "quiz"
    if any(isinstance(item, Assignment) for item in items):
        yield "assignment"
    if any(isinstance(item, Exercise) for item in items):
        yield "exercise"


def _tracking(course: Course, items: tuple[Item, ...]) -> Iterator[str]:
    yield "steps"
    if any(isinstance(item, Quiz) and item.scored for item in items):
        yield "score"
    if any(lesson.due for lesson in walking.lessons(course)):
        yield "dates"
