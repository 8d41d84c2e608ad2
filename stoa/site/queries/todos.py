"""What a learner does next, as lists show it."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import cast

from stoa.courseware.queries import Desk, OutlineStep, VideoData, clock, parts_of, place, this_week
from stoa.site.queries.fragments import ICONS

SOON = timedelta(days=3)


@dataclass(frozen=True, kw_only=True)
class Todo:
    """A step to do, with where it is and what is known of it."""

    step: OutlineStep
    address: str
    icon: str
    here: bool
    due: datetime | None
    days_left: int | None
    """Whole days, where the course itself dates the step and it is due soon."""


@dataclass(frozen=True, kw_only=True)
class Resume:
    """The exact place where a learner goes on."""

    step: OutlineStep
    module: str
    address: str
    stopped: str
    """Where they stopped in its MOOC video."""
    length: str
    after: OutlineStep | None


def todos_of(desk: Desk, *, now: datetime) -> tuple[Todo, ...]:
    """What the learner of this desk does now and next."""
    here = place(desk.scope, done=desk.done, last=desk.last_step)
    if here is None or desk.done >= desk.scope.places.keys():
        return ()
    return tuple(
        Todo(
            step=step,
            address=f"{desk.address}steps/{step.id}/",
            icon=ICONS[step.kind],
            here=step is here,
            due=desk.dates.get(step.id),
            days_left=_days_left(desk.dates.get(step.id), now) if step.due else None,
        )
        for step in this_week(desk.scope, done=desk.done, here=here)
    )


def resume_of(desk: Desk) -> Resume | None:
    """Where the learner of this desk goes on; nowhere in a course without steps."""
    here = place(desk.scope, done=desk.done, last=desk.last_step)
    if here is None:
        return None
    stopped, length = _in_video(desk, here)
    return Resume(
        step=here,
        module=desk.outline.module_of(here).title,
        address=f"{desk.address}steps/{here.id}/",
        stopped=stopped,
        length=length,
        after=desk.scope.after(here.id),
    )


def _in_video(desk: Desk, step: OutlineStep) -> tuple[str, str]:
    for part in parts_of(desk.version_id, step.id):
        if part.kind == "mooc_video":
            duration = cast("VideoData", part.data).get("duration")
            stopped = desk.positions.get(part.item_id)
            return clock(stopped) if stopped else "", clock(duration) if duration else ""
    return "", ""


def _days_left(due: datetime | None, now: datetime) -> int | None:
    if due is None or not now <= due <= now + SOON:
        return None
    return (due - now).days
