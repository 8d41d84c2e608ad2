"""What changed between two versions of a course, so that learners can be told."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from dataclasses import replace as copied

from stoa.coursedoc import walking
from stoa.coursedoc.canonical import fingerprint
from stoa.coursedoc.model.courses import Course
from stoa.coursedoc.model.items import Item, Pool, Variants


@dataclass(frozen=True, kw_only=True)
class Change:
    """What became of the lessons, steps or items of a course, by their ids in the order of the newer version."""

    added: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    """Their own words or settings; not what stands inside them under an id of its own."""
    moved: tuple[str, ...] = ()
    """They stand in another place, or in another order among those that stayed."""

    def __bool__(self) -> bool:
        return bool(self.added or self.removed or self.changed or self.moved)


@dataclass(frozen=True, kw_only=True)
class Changes:
    """What changed between two versions."""

    lessons: Change
    steps: Change
    items: Change

    def __bool__(self) -> bool:
        return bool(self.lessons or self.steps or self.items)


@dataclass(frozen=True, kw_only=True)
class _Seen:
    """A lesson, step or item as one version has it: where it stands and what it says."""

    home: str
    says: str


def between(old: Course, new: Course) -> Changes:
    """What one must do to the old version to get the new one."""
    return Changes(
        lessons=_change(dict(_lessons(old)), dict(_lessons(new))),
        steps=_change(dict(_steps(old)), dict(_steps(new))),
        items=_change(dict(_items(old)), dict(_items(new))),
    )


def _lessons(course: Course) -> Iterator[tuple[str, _Seen]]:
    for module in course.modules:
        for lesson in module.lessons:
            yield lesson.id, _Seen(home=module.id, says=fingerprint(copied(lesson, steps=())))


def _steps(course: Course) -> Iterator[tuple[str, _Seen]]:
    for place in walking.steps(course):
        yield place.step.id, _Seen(home=place.lesson.id, says=fingerprint(copied(place.step, items=())))


def _items(course: Course) -> Iterator[tuple[str, _Seen]]:
    for place in walking.steps(course):
        yield from _items_in(place.step.items, place.step.id)


def _items_in(items: Sequence[Item], home: str) -> Iterator[tuple[str, _Seen]]:
    for item in items:
        yield item.id, _Seen(home=home, says=fingerprint(_alone(item)))
        match item:
            case Pool():
                yield from _items_in(item.items, item.id)
            case Variants():
                for variant in item.variants:
                    yield from _items_in(variant.items, f"{item.id}/{variant.id}")


def _alone(item: Item) -> Item:
    match item:
        case Pool():
            return copied(item, items=())
        case Variants():
            return copied(item, variants=tuple(copied(variant, items=()) for variant in item.variants))
        case _:
            return item


def _change(old: Mapping[str, _Seen], new: Mapping[str, _Seen]) -> Change:
    stayed = [one for one in new if one in old]
    elsewhere = {one for one in stayed if old[one].home != new[one].home}
    before = [one for one in old if one in new and one not in elsewhere]
    after = [one for one in stayed if one not in elsewhere]
    return Change(
        added=tuple(one for one in new if one not in old),
        removed=tuple(one for one in old if one not in new),
        changed=tuple(one for one in stayed if old[one].says != new[one].says),
        moved=tuple(one for one in stayed if one in elsewhere or one in _out_of_order(before, after)),
    )


def _out_of_order(before: Sequence[str], after: Sequence[str]) -> frozenset[str]:
    """The fewest that must be moved to turn one order into the other: all but the longest rising run."""
    if before == after:
        return frozenset()
    rank = {one: n for n, one in enumerate(before)}
    # chain[n]: the longest run found that ends with after[n], as its length and the index before it.
    chain: list[tuple[int, int]] = []
    for n, one in enumerate(after):
        earlier = [(chain[m][0] + 1, m) for m in range(n) if rank[after[m]] < rank[one]]
        chain.append(max(earlier, default=(1, -1)))
    at = max(range(len(chain)), key=lambda n: chain[n][0])
    kept = set()
    while at >= 0:
        kept.add(after[at])
        at = chain[at][1]
    return frozenset(after) - kept


def since(changes: Changes, *, steps: Mapping[str, Sequence[str]], finished: frozenset[str]) -> tuple[str, ...]:
    """The steps that a learner finished and that say something else now: `steps` names the items of each."""
    news = {*changes.items.added, *changes.items.changed}
    return tuple(
        step for step, items in steps.items() if step in finished and (step in changes.steps.changed or news & {*items})
    )
