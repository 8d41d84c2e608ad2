"""How far a learner is."""

from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from stoa.courseware.rules.outlines import Outline, OutlineModule, OutlineStep


@dataclass(frozen=True, kw_only=True)
class Progress:
    """Steps done, of how many, and what is left, in minutes."""

    done: int
    of: int
    minutes_left: float

    @property
    def percent(self) -> int:
        """Whole percents, never rounded up to 100."""
        return self.done * 100 // self.of if self.of else 0

    @property
    def finished(self) -> bool:
        """Everything there is, is done."""
        return self.of > 0 and self.done == self.of

    @property
    def to_come(self) -> int:
        """Steps not done yet."""
        return self.of - self.done


@dataclass(frozen=True, kw_only=True)
class ModuleProgress:
    """How far a learner is in one module."""

    module: OutlineModule
    progress: Progress
    next: OutlineStep
    """The first step that is not done, or the first of all."""


def progress(outline: Outline | OutlineModule, done: AbstractSet[str]) -> Progress:
    """How far someone is who has done these steps; steps that left the course don't count."""
    left = [step for step in outline.steps if step.id not in done]
    total = len(outline.steps)
    return Progress(done=total - len(left), of=total, minutes_left=sum(step.minutes for step in left))


def module_records(outline: Outline, done: AbstractSet[str]) -> tuple[ModuleProgress, ...]:
    """One line a module."""
    return tuple(
        ModuleProgress(
            module=module,
            progress=progress(module, done),
            next=next((step for step in module.steps if step.id not in done), module.steps[0]),
        )
        for module in outline.modules
    )


def place(outline: Outline, *, done: AbstractSet[str], last: str) -> OutlineStep | None:
    """Where to resume: the step last open while it is not done, else the next one to do after it."""
    steps = outline.steps
    start = outline.places.get(last, 0)
    ahead = (*steps[start:], *steps[:start])
    return next((step for step in ahead if step.id not in done), steps[start] if steps else None)


def this_week(outline: Outline, *, done: AbstractSet[str], here: OutlineStep, most: int = 5) -> tuple[OutlineStep, ...]:
    """What is to do now: the place to resume, then what is left of its module, then of the next."""
    start = outline.places[here.id]
    left = [step for step in outline.steps[start + 1 :] if step.id not in done]
    return (here, *left[: most - 1])
