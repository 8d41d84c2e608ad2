"""Pieces of lesson pages that are the same for everyone: rendered once in a process, then kept.

A version never changes, so a piece depends only on the version, the step and what the key names beside them.
"""

import re
from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import cast

from django.template.loader import render_to_string
from django.utils import translation
from django.utils.html import strip_tags
from django.utils.safestring import SafeString, mark_safe

from stoa.courseware.queries import (
    GateData,
    Offer,
    OutlineLesson,
    OutlineModule,
    OutlineStep,
    PartLayout,
    VideoData,
    offer,
    outline_of,
    parts_of,
)
from stoa.site.queries.barriers import Barrier, barrier_of

ICONS = {
    "reading": "book-open",
    "mooc_video": "circle-play",
    "quiz": "list-checks",
    "exercise": "square-terminal",
    "assignment": "users-round",
    "discussion": "messages-square",
    "outside_resource": "external-link",
    "raw": "puzzle",
}

_NOTHING = SafeString()
_FIRST_HEADING = re.compile(r"(?:<(?:div|span)[^<>]*>\s*)*<h[2-6][^<>]*>(.{1,500}?)</h[2-6]>", re.DOTALL)
_NO_WORD = re.compile(r"&#?\w+;|[\W_]+")
EMPTY_WITHOUT_WORDS = frozenset({"reading"})
"""A title with nothing under it is left out: its author put scripts or styles there."""


@dataclass(frozen=True, kw_only=True)
class Segment:
    """A piece of a step: HTML that is ready, or what another room shows."""

    item_id: str
    html: SafeString
    is_quiz: bool = False
    pool_id: str = ""
    """The pool that it is drawn from: not everybody gets it."""
    barrier: Barrier | None = None


@dataclass(frozen=True, kw_only=True)
class StepBody:
    """A step as everyone sees it, apart from their own place and answers."""

    head: SafeString
    segments: tuple[Segment, ...]
    quiz_ids: tuple[str, ...]
    assignment_ids: tuple[str, ...]
    video_ids: tuple[str, ...]
    outside: tuple[str, ...] = ()
    """Addresses on other sites that it leads to."""


@dataclass(frozen=True, kw_only=True)
class Row:
    """A step in the outline, in each of its states."""

    id: str
    todo: SafeString
    done: SafeString
    here: SafeString
    here_done: SafeString


@lru_cache(maxsize=512)
def body_of(version_id: int, step_id: str, *, language: str, tongue: str, spare: bool, transcript: str) -> StepBody:
    """What stands in a step: the site's words in the reader's language, the course's in its own tongue."""
    step = outline_of(version_id).step(step_id)
    if step is None:
        raise LookupError(step_id)
    parts = parts_of(version_id, step_id)
    offers = {part.item_id: _offer(part, transcript, spare) for part in parts if part.kind == "mooc_video"}
    with translation.override(language):
        head = render_to_string(
            "site/lesson/_head.html", {"step": step, "offers": offers.values(), "icon": ICONS[step.kind]}
        )
        shown = [part for part in parts if part.html or part.kind not in EMPTY_WITHOUT_WORDS]
        segments = tuple(
            _segment(part, offers.get(part.item_id), alone=len(shown) == 1, step=step, tongue=tongue) for part in shown
        )
    return StepBody(
        head=head,
        segments=segments,
        quiz_ids=tuple(part.item_id for part in parts if part.kind == "quiz"),
        assignment_ids=tuple(part.item_id for part in parts if part.kind == "assignment"),
        video_ids=tuple(offers),
        outside=tuple(str(part.data["url"]) for part in parts if part.kind == "outside_resource"),
    )


@lru_cache(maxsize=1024)
def rows_of(version_id: int, module_id: str, *, hidden: bool, root: str, language: str) -> tuple[Row | SafeString, ...]:
    """The rows of a module in the outline: lesson titles, and steps in each of their states."""
    outline = outline_of(version_id) if hidden else outline_of(version_id).without_hidden
    module = next(module for module in outline.modules if module.id == module_id)
    with translation.override(language):
        return tuple(row for lesson in module.lessons for row in _lesson_rows(module, lesson, root))


_frames: dict[tuple[Hashable, ...], SafeString] = {}
_MOST_FRAMES = 4096
_TOKEN = "@csrf@"  # noqa: S105 -- the place of a token, not one


def frame(template: str, key: tuple[Hashable, ...], context: Mapping[str, object], *, csrf: str) -> SafeString:
    """A piece around the step, kept by a key that names all it depends on; each reader gets their own form token."""
    kept = _frames.get((template, *key))
    if kept is None:
        if len(_frames) >= _MOST_FRAMES:
            _frames.clear()
        kept = _frames[(template, *key)] = render_to_string(template, {**context, "csrf_token": _TOKEN})
    return mark_safe(kept.replace(_TOKEN, csrf))  # noqa: S308 -- Django's own token, letters and digits


def placed(html: SafeString, positions: Mapping[str, float]) -> SafeString:
    """The piece with each video beginning where its reader stopped."""
    for item_id, seconds in positions.items():
        html = mark_safe(html.replace(f"@resume:{item_id}@", f"{seconds:.1f}"))  # noqa: S308 -- a number
    return html


def _lesson_rows(module: OutlineModule, lesson: OutlineLesson, root: str) -> list[Row | SafeString]:
    several = len(module.lessons) > 1 and len(lesson.steps) > 1
    title = [render_to_string("site/lesson/_lesson_title.html", {"lesson": lesson})] if several else []
    return [*title, *(_row(step, root) for step in lesson.steps)]


def _row(step: OutlineStep, root: str) -> Row:
    def drawn(*, done: bool, here: bool) -> SafeString:
        shown = {"step": step, "root": root, "icon": ICONS[step.kind], "done": done, "here": here}
        return render_to_string("site/lesson/_step_row.html", shown)

    return Row(
        id=step.id,
        todo=drawn(done=False, here=False),
        done=drawn(done=True, here=False),
        here=drawn(done=False, here=True),
        here_done=drawn(done=True, here=True),
    )


def _offer(part: PartLayout, transcript: str, spare: bool) -> Offer:  # noqa: FBT001 -- one caller, above
    return offer(part.item_id, part.title, cast("VideoData", part.data), language=transcript, spare=spare)


def _segment(part: PartLayout, video: Offer | None, *, alone: bool, step: OutlineStep, tongue: str) -> Segment:
    pool = cast("Mapping[str, str]", part.data.get("pool") or {}).get("id", "")
    barrier = barrier_of(cast("GateData | None", part.data.get("gate")), tongue)
    if part.kind == "quiz":
        return Segment(item_id=part.item_id, html=_NOTHING, is_quiz=True, pool_id=pool, barrier=barrier)
    said = alone or part.title == step.title or _begins_with(part.html, part.title)
    titled = "" if said else part.title
    shown = {"part": part, "title": titled, "video": video, "icon": ICONS[part.kind], "tongue": tongue}
    html = render_to_string(f"site/lesson/_{part.kind}.html", shown)
    return Segment(item_id=part.item_id, html=html, pool_id=pool, barrier=barrier)


def _begins_with(html: str, title: str) -> bool:
    """Whether a text begins with a heading of the same words, so that nobody reads them twice."""
    found = _FIRST_HEADING.match(html)
    if found is None:
        return False
    return _NO_WORD.sub("", strip_tags(found[1])).casefold() == _NO_WORD.sub("", title).casefold()
