"""What the log is told about a run: its facts, and its blocks with where they stand."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from itertools import count

from stoa.coursedoc import effort, walking
from stoa.coursedoc.model import (
    Assignment,
    Course,
    Discussion,
    Exercise,
    Item,
    Lesson,
    Module,
    MoocVideo,
    Quiz,
    Step,
)

Key = Callable[[str, str], str]
"""From the kind of a block and its id to its name in the log."""

KINDS: Mapping[type[Item], str] = {
    MoocVideo: "video",
    Quiz: "problem",
    Exercise: "problem",
    Assignment: "openassessment",
    Discussion: "discussion",
}
"""The block types of edX; every other item is `html`."""


@dataclass(frozen=True, kw_only=True)
class Block:
    """A part of a course, as the log names it."""

    id: str
    kind: str
    parent: str | None
    chapter: str | None
    position: int
    title: str
    minutes: float
    duration_ms: int | None = None
    released: str | None = None
    scored: bool = False


def blocks(course: Course, key: Key) -> tuple[dict[str, object], ...]:
    """Every block that learners may see, in the order of reading: chapters, lessons, steps, items."""
    return tuple(asdict(block) for block in _modules(course, key, count()))


def _modules(course: Course, key: Key, places: Iterator[int]) -> Iterator[Block]:
    anywhere = not course.scheme.parts
    for module in course.modules:
        if module.hidden:
            continue
        chapter = key("chapter", module.id)
        yield Block(
            id=chapter,
            kind="chapter",
            parent=None,
            chapter=chapter,
            position=next(places),
            title=module.title,
            minutes=round(sum(_minutes(lesson) for lesson in module.lessons), 1),
            released=_moment(module.start),
        )
        for lesson in module.lessons:
            if not lesson.hidden:
                yield from _lesson(module, lesson, key, places, scored=anywhere or bool(lesson.part.strip()))


def _lesson(module: Module, lesson: Lesson, key: Key, places: Iterator[int], *, scored: bool) -> Iterator[Block]:
    chapter, sequential = key("chapter", module.id), key("sequential", lesson.id)
    released = _moment(lesson.start or module.start)
    yield Block(
        id=sequential,
        kind="sequential",
        parent=chapter,
        chapter=chapter,
        position=next(places),
        title=lesson.title,
        minutes=_minutes(lesson),
        released=released,
    )
    for step in lesson.steps:
        if step.hidden:
            continue
        vertical = key("vertical", step.id)
        yield Block(
            id=vertical,
            kind="vertical",
            parent=sequential,
            chapter=chapter,
            position=next(places),
            title=step.title,
            minutes=effort.step_minutes(step),
            released=released,
        )
        for item in _seen(step):
            kind = KINDS.get(type(item), "html")
            yield Block(
                id=key(kind, item.id),
                kind=kind,
                parent=vertical,
                chapter=chapter,
                position=next(places),
                title=item.title or step.title,
                minutes=effort.item_minutes(item),
                duration_ms=_length(item),
                released=released,
                scored=scored and _earns(item),
            )


def _seen(step: Step) -> Iterator[Item]:
    return (item for item, _, hidden in walking.drawn(step) if not hidden)


def _earns(item: Item) -> bool:
    return isinstance(item, Assignment) or (isinstance(item, Quiz) and item.scored)


def _minutes(lesson: Lesson) -> float:
    return round(sum(effort.step_minutes(step) for step in lesson.steps if not step.hidden), 1)


def _length(item: Item) -> int | None:
    return round(item.duration * 1000) if isinstance(item, MoocVideo) and item.duration else None


def _moment(at: datetime | None) -> str | None:
    return at.isoformat() if at else None
