"""The syllabus on a course's page: its modules, their steps or lessons, and the colonnade."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from stoa.courseware.queries import Outline, OutlineModule, OutlineStep
from stoa.site.queries import course_words as words

Opens = Callable[[OutlineStep], str]
"""The address of a step where the reader may open it, else nothing."""
STEPS_LISTED = 12
"""A module with more steps lists its lessons."""


@dataclass(frozen=True, kw_only=True)
class Pillar:
    """A step in a colonnade."""

    minutes: float
    state: str = "step"
    new_week: bool = False


@dataclass(frozen=True, kw_only=True)
class Line:
    """A step or lesson in the syllabus; `url` where the reader may open it."""

    kind: str
    title: str
    time: str
    url: str = ""
    steps: int = 1


@dataclass(frozen=True, kw_only=True)
class SyllabusModule:
    """A module of the syllabus."""

    number: int
    title: str
    says: str
    lines: tuple[Line, ...]
    pillars: tuple[Pillar, ...]


def pillars_of(outline: Outline) -> tuple[Pillar, ...]:
    """The colonnade of the whole course."""
    return tuple(
        Pillar(minutes=step.minutes, new_week=place == 0 and module.number > 1)
        for module in outline.modules
        for place, step in enumerate(module.steps)
    )


def syllabus_of(outline: Outline, opens: Opens) -> tuple[SyllabusModule, ...]:
    """The modules with their steps."""
    return tuple(_module(module, opens) for module in outline.modules)


def _module(module: OutlineModule, opens: Opens) -> SyllabusModule:
    count = len(module.steps)
    says = ngettext("%(n)d step", "%(n)d steps", count) % {"n": count}
    time = words.time_for(sum(step.minutes for step in module.steps))
    lines = _lessons(module, opens) if count > STEPS_LISTED else [_line(step, opens) for step in module.steps]
    return SyllabusModule(
        number=module.number,
        title=module.title,
        says=_("%(steps)s · %(time)s estimated") % {"steps": says, "time": time},
        lines=tuple(lines),
        pillars=tuple(Pillar(minutes=step.minutes) for step in module.steps),
    )


def _line(step: OutlineStep, opens: Opens) -> Line:
    return Line(kind=step.kind, title=step.title, time=words.time_for(step.minutes), url=opens(step))


def _lessons(module: OutlineModule, opens: Opens) -> Iterator[Line]:
    for lesson in module.lessons:
        minutes = sum(step.minutes for step in lesson.steps)
        url = opens(lesson.steps[0]) if lesson.steps else ""
        yield Line(kind="lesson", title=lesson.title, time=words.time_for(minutes), url=url, steps=len(lesson.steps))
