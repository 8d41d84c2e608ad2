"""What kind of step a learner sees, by what stands in it."""

from collections.abc import Iterator, Sequence

from stoa.coursedoc.model import (
    Assignment,
    Discussion,
    Exercise,
    Item,
    MoocVideo,
    OutsideResource,
    Pool,
    Quiz,
    Reading,
    Variants,
)

IN_ORDER = ("assignment", "mooc_video", "quiz", "exercise", "outside_resource", "reading", "discussion", "raw")
"""The first of these that stands in a step is what the step is called."""

_KINDS: dict[type[Item], str] = {
    Assignment: "assignment",
    Discussion: "discussion",
    Exercise: "exercise",
    MoocVideo: "mooc_video",
    OutsideResource: "outside_resource",
    Quiz: "quiz",
    Reading: "reading",
}


def kind_of(item: Item) -> str:
    """The kind of an item."""
    return _KINDS.get(type(item), "raw")


def main_kind(kinds: Sequence[str]) -> str:
    """The kind of a step with parts of these kinds."""
    return min(kinds, key=IN_ORDER.index, default="reading")


def shown(items: Sequence[Item]) -> Iterator[tuple[Item, Pool | None]]:
    """The items that a step shows, with the pool that each is drawn from; of an experiment the first arm."""
    for item in items:
        match item:
            case Pool():
                yield from ((inner, item) for inner, _ in shown(item.items))
            case Variants():
                yield from shown(item.variants[0].items if item.variants else ())
            case _:
                yield item, None
