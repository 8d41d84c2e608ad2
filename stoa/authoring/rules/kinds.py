"""What kind of step a learner sees, by what stands in it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from stoa.coursedoc.model import (
    Assignment,
    Discussion,
    Exercise,
    Gate,
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


@dataclass(frozen=True, kw_only=True)
class Shown:
    """An item that a step shows, with the pool that it is drawn from and the gate that it stands behind."""

    item: Item
    pool: Pool | None = None
    gate: Gate | None = None
    hidden: bool = False


def shown(items: Sequence[Item], around: Shown | None = None) -> Iterator[Shown]:
    """The items that a step shows; of pools inside a pool the outermost draws, of an experiment it is the first arm."""
    for item in items:
        here = _within(item, around)
        match item:
            case Pool():
                yield from shown(item.items, here)
            case Variants():
                yield from shown(item.variants[0].items if item.variants else (), here)
            case _:
                yield here


def _within(item: Item, around: Shown | None) -> Shown:
    pool = item if isinstance(item, Pool) else None
    gate = item.gate if isinstance(item, Variants) else None
    if around is None:
        return Shown(item=item, pool=pool, gate=gate, hidden=item.hidden)
    hidden = around.hidden or item.hidden
    return Shown(item=item, pool=around.pool or pool, gate=gate or around.gate, hidden=hidden)
