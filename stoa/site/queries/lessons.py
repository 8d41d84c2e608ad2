"""A lesson page: the step, the outline around it, and the reader's own place in both."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from django.utils.safestring import SafeString, mark_safe

from stoa.courseware.queries import Desk, OpenStep, OutlineModule, Progress, progress
from stoa.site.queries.fragments import ICONS, Row, StepBody, body_of, placed, rows_of


@dataclass(frozen=True, kw_only=True)
class Wishes:
    """How the reader wants to see a lesson."""

    language: str
    transcript: str = ""
    spare: bool = False
    at: float | None = None
    """Where in the video to begin."""


@dataclass(frozen=True, kw_only=True)
class ModuleLine:
    """A module in the outline; only the one that the reader is in shows its steps."""

    title: str
    state: str
    first: str
    rows: SafeString


@dataclass(frozen=True, kw_only=True)
class Pillar:
    """A step in the colonnade."""

    minutes: float
    state: str
    new_week: bool


@dataclass(frozen=True, kw_only=True)
class Piece:
    """A part of the step as shown."""

    html: SafeString
    quiz: object = None


@dataclass(frozen=True, kw_only=True)
class LessonPage:
    """Everything that a lesson page shows."""

    desk: Desk
    opened: OpenStep
    body: StepBody
    pieces: tuple[Piece, ...]
    modules: tuple[ModuleLine, ...]
    pillars: tuple[Pillar, ...]
    progress: Progress
    number_in_module: int
    done: bool
    spare: bool
    next_icon: str


def lesson_page(desk: Desk, opened: OpenStep, *, wishes: Wishes) -> LessonPage:
    """The page of a step for the reader of this desk."""
    step = opened.step
    body = body_of(
        desk.version_id,
        step.id,
        language=wishes.language,
        spare=wishes.spare,
        transcript=wishes.transcript or wishes.language,
    )
    return LessonPage(
        desk=desk,
        opened=opened,
        body=body,
        pieces=tuple(_pieces(desk, body, wishes)),
        modules=tuple(_modules(desk, opened, wishes.language)),
        pillars=pillars(desk, here=step.id),
        progress=progress(desk.scope, desk.done),
        number_in_module=[other.id for other in opened.module.steps].index(step.id) + 1,
        done=step.id in desk.done,
        spare=wishes.spare,
        next_icon=ICONS[opened.after.kind] if opened.after else "",
    )


def pillars(desk: Desk, *, here: str) -> tuple[Pillar, ...]:
    """The colonnade of what the reader takes."""
    done = desk.done
    return tuple(
        Pillar(
            minutes=step.minutes,
            state="here" if step.id == here else "done" if step.id in done else "todo",
            new_week=not place,
        )
        for module in desk.scope.modules
        for place, step in enumerate(module.steps)
    )


def _pieces(desk: Desk, body: StepBody, wishes: Wishes) -> Iterator[Piece]:
    starts = _starts(desk.positions, body, wishes)
    for segment in body.segments:
        yield Piece(html=placed(segment.html, starts) if starts else segment.html)


def _starts(positions: Mapping[str, float], body: StepBody, wishes: Wishes) -> dict[str, float]:
    """Where each video of the step begins: where the reader asks, or where they stopped."""
    wish = wishes.at
    return {video: positions.get(video, 0.0) if wish is None else wish for video in body.video_ids}


def _modules(desk: Desk, opened: OpenStep, language: str) -> Iterator[ModuleLine]:
    for module in desk.outline.modules:
        here = module.id == opened.module.id
        yield ModuleLine(
            title=module.title,
            state="here" if here else _state(module, desk),
            first=next((step.id for step in module.steps if step.id not in desk.done), module.steps[0].id),
            rows=_rows(desk, module, opened.step.id, language) if here else SafeString(""),
        )


def _state(module: OutlineModule, desk: Desk) -> str:
    return "done" if all(step.id in desk.done for step in module.steps) else "todo"


def _rows(desk: Desk, module: OutlineModule, here: str, language: str) -> SafeString:
    rows = rows_of(desk.version_id, module.id, hidden=desk.team, root=desk.address, language=language)
    return mark_safe("".join(_shown(row, here, desk) for row in rows))  # noqa: S308 -- rendered by our templates


def _shown(row: Row | SafeString, here: str, desk: Desk) -> SafeString:
    if not isinstance(row, Row):
        return row
    done = row.id in desk.done
    if row.id == here:
        return row.here_done if done else row.here
    return row.done if done else row.todo
