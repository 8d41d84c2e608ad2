"""Ways through a course document: every step, every item, one of them by its id."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain

from stoa.coursedoc.model.courses import Course, Lesson, Module, Step
from stoa.coursedoc.model.items import Item, Pool, Variant, Variants


@dataclass(frozen=True, kw_only=True)
class Place:
    """A step with the lesson and the module that it stands in."""

    module: Module
    lesson: Lesson
    step: Step

    @property
    def hidden(self) -> bool:
        """No learner sees the step."""
        return self.module.hidden or self.lesson.hidden or self.step.hidden


def lessons(course: Course) -> Iterator[Lesson]:
    """Every lesson, in the order in which learners meet them."""
    return chain.from_iterable(module.lessons for module in course.modules)


def steps(course: Course) -> Iterator[Place]:
    """Every published step with where it stands, in the order in which learners meet them."""
    for module in course.modules:
        for lesson in module.lessons:
            for step in lesson.steps:
                yield Place(module=module, lesson=lesson, step=step)


def items(within: Course | Step | Item | Variant) -> Iterator[Item]:
    """Every item inside, in order; a pool or an experiment comes before the items that it holds."""
    if isinstance(within, Item):
        yield within
    for inner in _inside(within):
        yield from items(inner)


def _inside(within: Course | Step | Item | Variant) -> Iterator[Step | Item | Variant]:
    match within:
        case Course():
            return (place.step for place in steps(within))
        case Step() | Pool() | Variant():
            return iter(within.items)
        case Variants():
            return iter(within.variants)
        case _:
            return iter(())


def drawn(step: Step) -> Iterator[tuple[Item, Pool | None, bool]]:
    """The items of a step, each with the pool that draws it and whether it is hidden in the step."""
    return _drawn(step.items, None, hidden=False)


def _drawn(items: tuple[Item, ...], pool: Pool | None, *, hidden: bool) -> Iterator[tuple[Item, Pool | None, bool]]:
    for item in items:
        unseen = hidden or item.hidden
        match item:
            case Pool():
                # Of pools inside a pool the outermost draws.
                yield from _drawn(item.items, pool or item, hidden=unseen)
            case Variants():
                for place, variant in enumerate(item.variants):
                    # Learners see the first arm.
                    yield from _drawn(variant.items, pool, hidden=unseen or place > 0)
            case _:
                yield item, pool, unseen


def step(course: Course, step_id: str) -> Place | None:
    """The step of this id with where it stands, or None."""
    return next((place for place in steps(course) if place.step.id == step_id), None)


def lesson(course: Course, lesson_id: str) -> Lesson | None:
    """The lesson of this id, or None."""
    return next((one for one in lessons(course) if one.id == lesson_id), None)


def item(course: Course, item_id: str) -> Item | None:
    """The item of this id, or None."""
    return next((one for one in items(course) if one.id == item_id), None)


def place_of(course: Course, item_id: str) -> Place | None:
    """The step that shows the item of this id, or None."""
    return next(
        (place for place in steps(course) if any(one.id == item_id for one in items(place.step))),
        None,
    )
