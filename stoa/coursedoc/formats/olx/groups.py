"""Elements that hold others: pools to draw from, arms of an experiment, conditions."""

import re
from collections.abc import Callable

from stoa.coursedoc.formats.olx.desk import Desk, is_hidden, title_of
from stoa.coursedoc.formats.olx.markup import plain_words
from stoa.coursedoc.formats.olx.tags import STEPS
from stoa.coursedoc.formats.olx.tree import Node
from stoa.coursedoc.formats.olx.values import as_json, as_text, flag, mapping, plain, whole, word
from stoa.coursedoc.model import Gate, Item, Pool, Variant, Variants
from stoa.coursedoc.model.items import When

Below = Callable[[Node], tuple[Item, ...]]
LAST_PART = re.compile(r"[@/]")
OPENING = {
    "attempted": When.ATTEMPTED,
    "submitted": When.ATTEMPTED,
    "voted": When.ATTEMPTED,
    "correct": When.RIGHT,
}
"""Conditions of a `conditional` that can hold here."""


def pool(node: Node, desk: Desk, below: Below) -> Pool:
    """Each learner gets some of what is in it."""
    if not node.children:
        desk.report(node, "This pool is empty: its library's problems are not in the source.", "Export them with it.")
    desk.mapped(node, "" if node.children else "its library's problems are not in the source")
    told = whole(node.attributes.get("max_count"))
    draw = 1 if told is None else None if told < 0 else told
    return Pool(
        **desk.head(node, "max_count"),
        draw=draw,
        items=tuple(item for child in node.children for item in below(child)),
    )


def randomised(node: Node, desk: Desk, below: Below) -> Pool:
    """One of its elements for each learner."""
    desk.mapped(node, "learners are given one of its parts anew")
    items = tuple(item for child in node.children for item in below(child))
    return Pool(**desk.head(node), draw=1, items=items)


def experiment(node: Node, desk: Desk, below: Below) -> Variants:
    """Arms of an experiment, the author's first group first."""
    desk.mapped(node, "all learners see the first group's part")
    places = {
        LAST_PART.split(word(key))[-1]: group
        for group, key in mapping(as_json(node.attributes.get("group_id_to_child", ""))).items()
    }
    order = desk.groups.get(plain(node.attributes.get("user_partition_id")), [])
    ranked = sorted(node.children, key=lambda child: _rank(places.get(child.name, ""), order))
    rule = {"group_id_to_child": node.attributes.get("group_id_to_child", "")}
    rule["user_partition_id"] = plain(node.attributes.get("user_partition_id"))
    return Variants(
        **desk.head(node, "group_id_to_child", "user_partition_id"),
        variants=tuple(_variant(child, desk, below) for child in ranked),
        rule=as_text(dict(rule)),
    )


def _rank(group: str, order: list[str]) -> int:
    return order.index(group) if group in order else len(order)


def _variant(child: Node, desk: Desk, below: Below) -> Variant:
    """One arm: a step of its own in the source."""
    if child.tag not in STEPS:
        return Variant(id=f"{child.id}-arm", name=title_of(child), items=below(child))
    desk.mapped(child)
    items = tuple(item for inner in child.children for item in below(inner))
    return Variant(id=child.id, name=title_of(child), items=items)


def condition(node: Node, desk: Desk, below: Below) -> Variants:
    """Something that opens once the learner has answered other things."""
    gate = _gate(node, desk)
    desk.mapped(node, "" if gate else "its condition does not hold here: all learners see it")
    items = tuple(item for child in node.children for item in below(child))
    rule = {name: value for name, value in sorted(node.attributes.items()) if ":" not in name}
    return Variants(
        id=node.id,
        title=title_of(node),
        hidden=is_hidden(node),
        variants=(Variant(id=f"{node.id}-shown", items=items),),
        rule=as_text(dict(rule)),
        gate=gate,
    )


def _gate(node: Node, desk: Desk) -> Gate | None:
    """The gate, where it asks for what Stoa remembers of things that learners can answer here."""
    told = node.attributes
    when = next((when for name, when in OPENING.items() if flag(told.get(name)) is True), None)
    sources = [source.strip() for source in plain(told.get("sources")).split(";") if source.strip()]
    opening = [desk.links.targets.get(LAST_PART.split(source)[-1], "") for source in sources]
    ids = tuple(address.removeprefix("item:") for address in opening)
    if when is None or not ids or not all(map(desk.can_be_answered, ids)):
        return None
    return Gate(items=ids, when=when, words=" ".join(plain_words(plain(told.get("message"))).split()))
