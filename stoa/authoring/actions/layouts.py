"""Steps of a document as every learner will see them."""

from collections.abc import Iterator

from stoa.authoring.actions.parts import Renderer
from stoa.authoring.rules.kinds import Shown, kind_of, main_kind, shown
from stoa.authoring.rules.visible import is_visible
from stoa.coursedoc import effort, walking
from stoa.coursedoc.model import Course, Pool, Reading
from stoa.coursedoc.walking import Place
from stoa.courseware.actions import PartLayout, StepLayout


def step_layouts(course: Course, renderer: Renderer) -> Iterator[StepLayout]:
    """Every step of the course, rendered."""
    samples = _samples(course)
    for position, place in enumerate(walking.steps(course), start=1):
        yield _step(place, position, sample=place.lesson.id in samples, renderer=renderer)


def _step(place: Place, position: int, *, sample: bool, renderer: Renderer) -> StepLayout:
    items = [one for one in shown(place.step.items) if not one.hidden]
    hidden = place.module.hidden or place.lesson.hidden or place.step.hidden
    if not items and place.step.items:
        # Only the course team sees any of it.
        items, hidden = list(shown(place.step.items)), True
    parts = tuple(part for one in items if (part := _part(one, renderer)))
    # A step of nothing but empty readings is there for the course team, who can mend it.
    hidden = hidden or bool(items and not parts)
    return StepLayout(
        step_id=place.step.id,
        lesson_id=place.lesson.id,
        module_id=place.module.id,
        position=position,
        title=place.step.title,
        kind=main_kind([part.kind for part in parts]),
        minutes=effort.step_minutes(place.step),
        sample=sample and not hidden,
        hidden=hidden,
        parts=parts,
        lesson_title=place.lesson.title,
        module_title=place.module.title,
        opens=place.lesson.start or place.module.start,
        due=min(filter(None, [place.lesson.due, *(one.item.due for one in items)]), default=None),
    )


def _part(one: Shown, renderer: Renderer) -> PartLayout | None:
    """The item as shown; None for a reading of which nothing can be seen, such as styles of another platform."""
    item = one.item
    html, data = renderer.part(item)
    if isinstance(item, Reading) and not is_visible(html):
        return None
    around = _drawn(one.pool) | renderer.gate(one.gate)
    return PartLayout(item_id=item.id, kind=kind_of(item), title=item.title, html=html, data={**data, **around})


def _drawn(pool: Pool | None) -> dict[str, object]:
    return {"pool": {"id": pool.id, "draw": pool.draw, "of": len(pool.items)}} if pool else {}


def _samples(course: Course) -> frozenset[str]:
    """The lessons that visitors may open: those that say so, else the first one."""
    open_lessons = [
        lesson
        for module in course.modules
        if not module.hidden
        for lesson in module.lessons
        if not lesson.hidden and any(not step.hidden and step.items for step in lesson.steps)
    ]
    chosen = [lesson.id for lesson in open_lessons if lesson.sample]
    return frozenset(chosen or [lesson.id for lesson in open_lessons[:1]])
