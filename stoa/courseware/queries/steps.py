"""A step, for those who may open it."""

from dataclasses import dataclass
from datetime import datetime

from stoa.courseware.queries.desks import Desk
from stoa.courseware.queries.outlines import parts_of
from stoa.courseware.rules.layouts import PartLayout
from stoa.courseware.rules.outlines import OutlineModule, OutlineStep
from stoa.courseware.rules.standing import Door, door


class StepUnknown(Exception):
    """There is no such step in this run."""


class StepClosed(Exception):
    """The step doesn't open for this reader; `door` says why."""

    def __init__(self, step: OutlineStep, why: Door) -> None:
        super().__init__(why)
        self.step = step
        self.door = why


@dataclass(frozen=True, kw_only=True)
class OpenStep:
    """A step with what stands in it and what stands around it."""

    step: OutlineStep
    module: OutlineModule
    parts: tuple[PartLayout, ...]
    number: int
    total: int
    number_in_module: int
    before: OutlineStep | None
    after: OutlineStep | None


def step_for(desk: Desk, step_id: str, *, now: datetime) -> OpenStep:
    """The step as the reader of this desk may see it.

    Raises StepUnknown where it does not exist for them, StepClosed where it is listed but not open.
    """
    step = desk.outline.step(step_id)
    if step is None:
        raise StepUnknown
    why = door(step=step, standing=desk.standing, self_paced=desk.self_paced, now=now)
    if why is not Door.OPEN:
        raise StepClosed(step, why)
    module = desk.outline.module_of(step)
    return OpenStep(
        step=step,
        module=module,
        parts=parts_of(desk.version_id, step_id),
        number=desk.outline.places[step_id] + 1,
        total=len(desk.outline.steps),
        number_in_module=desk.outline.places[step_id] - desk.outline.places[module.steps[0].id] + 1,
        before=desk.outline.before(step_id),
        after=desk.outline.after(step_id),
    )
