"""The home of a run: how far one is, what comes next, what is new."""

from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from stoa.authoring.queries import Waived, captions_waived
from stoa.catalogue.models import CourseVersion
from stoa.catalogue.queries import document_of
from stoa.courseware.queries import (
    Desk,
    DueDate,
    Letter,
    ModuleProgress,
    OutlineStep,
    Progress,
    announcements_of,
    changed_since,
    dates_at,
    module_records,
    progress,
)
from stoa.insights.queries.surveys import Asked, asked_at
from stoa.site.queries.pillars import Pillar, pillars_of
from stoa.site.queries.todos import Resume, Todo, resume_of, todos_of


@dataclass(frozen=True, kw_only=True)
class ChangedStep:
    """A step that reads differently since its learner did it."""

    step: OutlineStep
    done_at: datetime


@dataclass(frozen=True, kw_only=True)
class PageLink:
    """A page beside the lessons."""

    id: str
    title: str


@dataclass(frozen=True, kw_only=True)
class CourseHome:
    """Everything that the page shows."""

    desk: Desk
    progress: Progress
    pillars: tuple[Pillar, ...]
    resume: Resume | None
    todos: tuple[Todo, ...]
    modules: tuple[ModuleProgress, ...]
    dates: tuple[DueDate, ...]
    letters: tuple[Letter, ...]
    pages: tuple[PageLink, ...]
    changed: tuple[ChangedStep, ...]
    uncaptioned: Waived | None
    """For the course team: MOOC videos that still lack captions."""
    asked: Asked
    """What the learner is asked about the run now."""


def course_home(desk: Desk, *, now: datetime) -> CourseHome:
    """The home of the run for the reader of this desk."""
    resume = resume_of(desk)
    here = resume.step.id if resume and desk.enrolled and resume.step.id not in desk.done else ""
    so_far = progress(desk.scope, desk.done)
    return CourseHome(
        desk=desk,
        progress=so_far,
        pillars=pillars_of(desk.scope, done=desk.done, here=here),
        resume=resume,
        todos=todos_of(desk, now=now) if desk.enrolled else (),
        modules=module_records(desk.outline, desk.done),
        dates=dates_at(desk),
        letters=announcements_of([desk.run_id], most=3),
        pages=_pages(desk.version_id),
        changed=_changed(desk),
        uncaptioned=captions_waived(desk.version_id) if desk.team else None,
        asked=asked_at(desk, finished=so_far.finished, at=now),
    )


def _changed(desk: Desk) -> tuple[ChangedStep, ...]:
    if desk.enrolment_id is None or not desk.done_before:
        return ()
    changed = changed_since(enrolment_id=desk.enrolment_id, version_id=desk.version_id)
    found = ((desk.outline.step(step_id), at) for step_id, at in changed)
    return tuple(ChangedStep(step=step, done_at=at) for step, at in found if step)


@lru_cache(maxsize=256)
def _pages(version_id: int) -> tuple[PageLink, ...]:
    pages = document_of(CourseVersion(pk=version_id)).pages
    return tuple(PageLink(id=page.id, title=page.title) for page in pages if not page.hidden)
