"""The outline of a version: its modules, lessons and steps in order."""

from collections.abc import Iterable, Iterator
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from itertools import groupby

from stoa.courseware.rules.layouts import StepLayout


@dataclass(frozen=True, kw_only=True)
class OutlineStep:
    """A step as the outline names it."""

    id: str
    lesson_id: str
    module_id: str
    title: str
    kind: str
    minutes: float
    sample: bool = False
    hidden: bool = False
    opens: datetime | None = None
    due: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class OutlineLesson:
    """Steps that belong together."""

    id: str
    title: str
    steps: tuple[OutlineStep, ...]


@dataclass(frozen=True, kw_only=True)
class OutlineModule:
    """A week or chapter."""

    id: str
    title: str
    number: int
    lessons: tuple[OutlineLesson, ...]

    @cached_property
    def steps(self) -> tuple[OutlineStep, ...]:
        """All its steps in order."""
        return tuple(step for lesson in self.lessons for step in lesson.steps)


@dataclass(frozen=True)
class Outline:
    """Everything that a version holds, in order."""

    modules: tuple[OutlineModule, ...]

    @cached_property
    def steps(self) -> tuple[OutlineStep, ...]:
        """All steps in order."""
        return tuple(step for module in self.modules for step in module.steps)

    @cached_property
    def places(self) -> dict[str, int]:
        """Step id to its index in `steps`."""
        return {step.id: index for index, step in enumerate(self.steps)}

    @cached_property
    def without_hidden(self) -> "Outline":
        """The outline that everyone but the staff sees."""
        return outline_of(self._titled(step for step in self.steps if not step.hidden))

    def of_modules(self, chosen: AbstractSet[str]) -> "Outline":
        """Only the chosen modules; all of them where none was chosen."""
        return Outline(tuple(module for module in self.modules if module.id in chosen)) if chosen else self

    def step(self, step_id: str) -> OutlineStep | None:
        """The step of that id."""
        index = self.places.get(step_id)
        return None if index is None else self.steps[index]

    def module_of(self, step: OutlineStep) -> OutlineModule:
        """The module that the step belongs to."""
        return next(module for module in self.modules if module.id == step.module_id)

    def before(self, step_id: str) -> OutlineStep | None:
        """The step before."""
        index = self.places[step_id]
        return self.steps[index - 1] if index else None

    def after(self, step_id: str) -> OutlineStep | None:
        """The step that follows."""
        index = self.places[step_id] + 1
        return self.steps[index] if index < len(self.steps) else None

    def _titled(self, steps: Iterable[OutlineStep]) -> Iterator[tuple[OutlineStep, str, str]]:
        modules = {module.id: module.title for module in self.modules}
        lessons = {lesson.id: lesson.title for module in self.modules for lesson in module.lessons}
        return ((step, lessons[step.lesson_id], modules[step.module_id]) for step in steps)


def outline_of(rows: Iterable[tuple[OutlineStep, str, str]]) -> Outline:
    """The outline of steps in order, each with its lesson's and its module's title."""
    modules: list[OutlineModule] = []
    for module_id, in_module in groupby(rows, key=lambda row: row[0].module_id):
        members = list(in_module)
        lessons = tuple(
            OutlineLesson(id=lesson_id, title=group[0][1], steps=tuple(row[0] for row in group))
            for lesson_id, group in (
                (key, list(rows)) for key, rows in groupby(members, key=lambda row: row[0].lesson_id)
            )
        )
        number = len(modules) + 1
        modules.append(OutlineModule(id=module_id, title=members[0][2], number=number, lessons=lessons))
    return Outline(tuple(modules))


def outlined(layout: StepLayout) -> tuple[OutlineStep, str, str]:
    """A layout as a row of the outline."""
    step = OutlineStep(
        id=layout.step_id,
        lesson_id=layout.lesson_id,
        module_id=layout.module_id,
        title=layout.title,
        kind=layout.kind,
        minutes=layout.minutes,
        sample=layout.sample,
        hidden=layout.hidden,
        opens=layout.opens,
        due=layout.due,
    )
    return step, layout.lesson_title, layout.module_title
