"""A learner's progress as a colonnade."""

from collections.abc import Set as AbstractSet
from typing import NamedTuple

from django.utils.translation import gettext as _

from stoa.courseware.queries import Outline, Progress


class Pillar(NamedTuple):
    """A step in the colonnade."""

    minutes: float
    state: str
    new_week: bool


def pillars_of(outline: Outline, *, done: AbstractSet[str], here: str) -> tuple[Pillar, ...]:
    """One pillar a step, as high as its minutes."""
    return tuple(
        Pillar(
            minutes=step.minutes,
            state="here" if step.id == here else "done" if step.id in done else "todo",
            new_week=not place,
        )
        for module in outline.modules
        for place, step in enumerate(module.steps)
    )


def steps_done(progress: Progress) -> str:
    """How far a learner is, in words."""
    return _("%(done)s of %(total)s steps done") % {"done": progress.done, "total": progress.of}
