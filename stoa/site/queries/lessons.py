"""A lesson page: the step, the outline around it, and the reader's own place in both."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from stoa.assessment.queries import drawn_items, quiz_views
from stoa.authoring.queries import known_of
from stoa.courseware.queries import Desk, OpenStep, OutlineModule, progress
from stoa.peer_review.queries import hand_in_views
from stoa.site.queries.barriers import closed_to, said_once
from stoa.site.queries.fragments import Row, Segment, StepBody, body_of, frame, placed, rows_of
from stoa.site.queries.pillars import pillars_of, steps_done
from stoa.site.queries.stencils import drawn
from stoa.site.templatetags.stoa import colonnade


@dataclass(frozen=True, kw_only=True)
class Wishes:
    """How the reader wants to see a lesson."""

    language: str
    transcript: str = ""
    spare: bool = False
    at: float | None = None
    """Where in the video to begin."""


@dataclass(frozen=True, kw_only=True)
class Face:
    """What all readers of a step see around it."""

    title: str
    step_id: str
    module: str
    module_number: int
    number: int
    """Its place in the module."""
    total: int
    course: str
    slug: str
    run: str
    language: str
    address: str
    head: SafeString
    spare: bool
    quiz: bool
    assignment: bool


@dataclass(frozen=True, kw_only=True)
class LessonPage:
    """A lesson page: what all see of it, and by the name of its place what only this reader sees."""

    face: Face
    own: Mapping[str, SafeString]


def lesson_page(desk: Desk, opened: OpenStep, *, wishes: Wishes, csrf: str, now: datetime) -> LessonPage:
    """The page of a step for the reader of this desk."""
    step = opened.step
    body = body_of(
        desk.version_id,
        step.id,
        language=wishes.language,
        tongue=desk.language,
        spare=wishes.spare,
        transcript=wishes.transcript or wishes.language,
    )
    done = step.id in desk.done
    around = {"desk": desk, "opened": opened, "done": done, "has_video": bool(body.video_ids)}
    key = (desk.version_id, step.id, wishes.language, desk.address, desk.enrolled, desk.team)
    how_far = progress(desk.scope, desk.done)
    own = {
        "percent": format_html('<span class="muted">{} %</span>', how_far.percent) if desk.enrolled else SafeString(),
        "colonnade": colonnade(pillars_of(desk.scope, done=desk.done, here=step.id), steps_done(how_far), "small"),
        "modules": _modules(desk, opened, wishes.language),
        "pieces": _joined((*_unreachable(body.outside), *_pieces(desk, body, wishes, csrf, now))),
        "below": _with_notes(frame("site/lesson/_below.html", (*key, desk.helpful), around, csrf=csrf), desk),
        "bottom": frame("site/lesson/_bottom_bar.html", (*key, done), around, csrf=csrf),
    }
    return LessonPage(face=_face(desk, opened, body, spare=wishes.spare), own=own)


def _face(desk: Desk, opened: OpenStep, body: StepBody, *, spare: bool) -> Face:
    return Face(
        title=opened.step.title,
        step_id=opened.step.id,
        module=opened.module.title,
        module_number=opened.module.number,
        number=opened.number_in_module,
        total=len(opened.module.steps),
        course=desk.title,
        slug=desk.course,
        run=desk.run,
        language=desk.language,
        address=desk.address,
        head=body.head,
        spare=spare,
        quiz=bool(body.quiz_ids),
        assignment=bool(body.assignment_ids),
    )


def _joined(pieces: Iterable[str]) -> SafeString:
    return mark_safe("".join(pieces))  # noqa: S308 -- rendered by our templates


def _unreachable(urls: tuple[str, ...]) -> Iterator[SafeString]:
    """Addresses of the step that have not answered for some nights."""
    for url, known in known_of(urls).items() if urls else ():
        if known.told_to_learners:
            yield drawn("site/lesson/_unreachable.html", url=url)


def _with_notes(html: SafeString, desk: Desk) -> SafeString:
    notes = render_to_string("site/lesson/_notes.html", {"desk": desk}) if desk.notes else ""
    return mark_safe(html.replace("@notes@", notes, 1))  # noqa: S308 -- rendered by our templates


def _pieces(desk: Desk, body: StepBody, wishes: Wishes, csrf: str, now: datetime) -> Iterator[SafeString]:
    starts = _starts(desk.positions, body, wishes)
    quizzes = quiz_views(desk, body.quiz_ids, now=now) if body.quiz_ids else {}
    works = hand_in_views(desk, body.assignment_ids, now=now) if body.assignment_ids else {}
    barriers = {segment.barrier for segment in body.segments if segment.barrier}
    closed = closed_to(desk, barriers) if barriers else {}
    for segment in body.segments:
        if segment.pool_id and not _is_drawn(desk, segment):
            continue
        if segment.barrier in closed:
            yield said_once(segment.barrier, closed)
        elif work := works.get(segment.item_id):
            yield render_to_string("site/lesson/_work.html", {"work": work, "csrf_token": csrf})
        elif not segment.is_quiz:
            yield placed(segment.html, starts) if starts else segment.html
        elif quiz := quizzes.get(segment.item_id):
            yield render_to_string("site/lesson/_quiz.html", {"quiz": quiz, "csrf_token": csrf})


def _is_drawn(desk: Desk, segment: Segment) -> bool:
    """Whether the reader gets this item of a pool; a pool that assessment does not know gives all of its items."""
    given = drawn_items(version_id=desk.version_id, enrolment_id=desk.enrolment_id or 0, pool_id=segment.pool_id)
    return not given or segment.item_id in given


def _starts(positions: Mapping[str, float], body: StepBody, wishes: Wishes) -> dict[str, float]:
    """Where each video of the step begins: where the reader asks, or where they stopped."""
    wish = wishes.at
    return {video: positions.get(video, 0.0) if wish is None else wish for video in body.video_ids}


def _modules(desk: Desk, opened: OpenStep, language: str) -> SafeString:
    """The modules in the outline; only the one that the reader is in shows its steps."""
    return _joined(_module(desk, module, opened.step.id, language) for module in desk.outline.modules)


def _module(desk: Desk, module: OutlineModule, here: str, language: str) -> str:
    inside = any(step.id == here for step in module.steps)
    first = next((step.id for step in module.steps if step.id not in desk.done), "")
    line = {"module": module, "here": inside, "done": not first, "first": first or module.steps[0].id, "desk": desk}
    key = (desk.version_id, module.id, language, desk.address, inside, first)
    head = frame("site/lesson/_module.html", key, line, csrf="")
    rows = f"<ul>{_rows(desk, module, here, language)}</ul>" if inside else ""
    return f'<li class="module">{head}{rows}</li>'


def _rows(desk: Desk, module: OutlineModule, here: str, language: str) -> SafeString:
    rows = rows_of(desk.version_id, module.id, hidden=desk.team, root=desk.address, language=language)
    return _joined(_shown(row, here, desk) for row in rows)


def _shown(row: Row | SafeString, here: str, desk: Desk) -> SafeString:
    if not isinstance(row, Row):
        return row
    done = row.id in desk.done
    if row.id == here:
        return row.here_done if done else row.here
    return row.done if done else row.todo
