"""Items of a step, written so that reading gives them back exactly."""

import json
from collections.abc import Sequence
from typing import cast

from stoa.coursedoc import canonical, model
from stoa.coursedoc.canonical import Json
from stoa.coursedoc.formats.markdown import fields, notation
from stoa.coursedoc.formats.markdown.bodies import KINDS, Kind
from stoa.coursedoc.formats.markdown.items import Reader
from stoa.coursedoc.formats.markdown.naming import Names
from stoa.coursedoc.formats.markdown.troubles import Troubles
from stoa.coursedoc.model.items import Item
from stoa.coursedoc.model.texts import Markup


def write(items: Sequence[Item], step_id: str) -> str:
    """The items in plain notation; those that it can't say exactly are written in full."""
    plain = "\n\n".join(_plain(item, step_id) for item in items)
    if read(plain, step_id) == tuple(items):
        return plain
    blocks = [_block(item) for item in items]
    return "\n\n".join(
        block if read(block, step_id) == (item,) else _full(item) for item, block in zip(items, blocks, strict=True)
    )


def read(written: str, step_id: str) -> tuple[Item, ...]:
    """The items that the words say, or as many of them as can be read."""
    found = list(notation.pieces(notation.chunk_of(written, "")))
    if any(isinstance(piece, notation.Heading) for piece in found):
        return ()
    return Reader(names=Names(step_id), troubles=Troubles()).items(found)


def _plain(item: Item, step_id: str) -> str:
    """A reading of words alone needs no block around it."""
    if isinstance(item, model.Reading) and item.text.markup is Markup.MARKDOWN:
        bare = model.Reading(id=item.id, text=item.text)
        if item == bare and item.id.startswith(f"{step_id}-reading"):
            return item.text.source
    return _block_or_full(item)


def _block_or_full(item: Item) -> str:
    block = _block(item)
    return block if read(block, "") == (item,) else _full(item)


def _full(item: Item) -> str:
    return notation.write_block(
        "item", "", json.dumps(canonical.as_values(item), ensure_ascii=False, indent=2, sort_keys=True)
    )


def _block(item: Item) -> str:
    values = cast("dict[str, Json]", canonical.as_values(item))
    if isinstance(item, model.Pool):
        return notation.write_block("pool", _head(item, values), _inside(item.items))
    if isinstance(item, model.Variants):
        arms = (
            notation.write_block("variant", notation.write_head(one.name, one.id, {}), _inside(one.items))
            for one in item.variants
        )
        return notation.write_block("variants", _head(item, values), "\n\n".join(arms))
    name, kind = next((name, kind) for name, kind in KINDS.items() if _fits(kind, item, values))
    for fixed in kind.fixed:
        values.pop(fixed)
    if isinstance(item, model.Reading | model.Discussion | model.OutsideResource) and item.text.markup is Markup.HTML:
        return notation.write_block(name, _head(item, values | {"text": item.text.source}, html=True), item.text.source)
    scalars = canonical.scalars(type(item))
    inside = {one for one in values if scalars.get(one) is str} - {"id", "title"} if kind.is_yaml else set()
    rest = {one: values[one] for one in values if one in inside or (one not in scalars and one != "type")}
    body = kind.write(rest | ({"source": item.source} if isinstance(item, model.Raw) else {}) | _language(values))
    return notation.write_block(name, _head(item, {one: values[one] for one in values if one not in inside}), body)


def _fits(kind: Kind, item: Item, values: dict[str, Json]) -> bool:
    return isinstance(item, kind.makes) and all(values.get(name) == value for name, value in kind.fixed.items())


def _language(values: dict[str, Json]) -> dict[str, Json]:
    """What an exercise says beside its code."""
    return {name: values[name] for name in ("language", "starter", "tests", "solution") if name in values}


def _inside(items: Sequence[Item]) -> str:
    return "\n\n".join(_block_or_full(item) for item in items)


def _head(item: Item, values: dict[str, Json], *, html: bool = False) -> str:
    attributes = fields.write(type(item), values)
    for inside in ("source", "starter", "tests", "solution", "language"):
        attributes.pop(inside, None)
    if html:
        attributes["markup"] = "html"
    return notation.write_head(item.title, item.id, attributes)
