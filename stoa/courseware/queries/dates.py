"""A learner's dates, in order."""

from dataclasses import dataclass
from datetime import datetime

from stoa.courseware.queries.desks import Desk
from stoa.courseware.rules.outlines import OutlineStep


@dataclass(frozen=True, kw_only=True)
class DueDate:
    """What is due, and when: a lesson that the document dates, or a module by the pace of the run."""

    step: OutlineStep
    """Its last step; the next one to do leads there."""
    title: str
    due: datetime
    done: bool


def dates_at(desk: Desk) -> tuple[DueDate, ...]:
    """The dates of whoever sits at the desk, the next one first."""
    dated = any(step.due for step in desk.outline.steps)
    due = desk.dates
    last: dict[str, OutlineStep] = {}
    for step in desk.scope.steps:
        if step.id in due:
            last[step.lesson_id if dated else step.module_id] = step
    found = (
        DueDate(
            step=step,
            title=step.title if dated else desk.outline.module_of(step).title,
            due=due[step.id],
            done=_done(desk, step, whole_module=not dated),
        )
        for step in last.values()
    )
    return tuple(sorted(found, key=lambda one: one.due))


def _done(desk: Desk, step: OutlineStep, *, whole_module: bool) -> bool:
    if not whole_module:
        return step.id in desk.done
    return all(other.id in desk.done for other in desk.outline.module_of(step).steps)
