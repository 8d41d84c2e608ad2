"""Structures of courses out of files: edX's course_structure and blocks, and OLX exports."""

import json
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final

from stoa.coursedoc.formats.olx.facts import key_of
from stoa.coursedoc.formats.olx.limits import Limits
from stoa.coursedoc.formats.olx.source import open_source
from stoa.coursedoc.formats.olx.tree import Loader, Node
from stoa.insights.engine.reading.names import block_key, course_key
from stoa.insights.engine.reading.statements import text_of
from stoa.insights.engine.reading.structures import Block, Structure, moment

_FIELDS: Final = {"display_name": "title", "name": "title", "title": "title", "start": "start", "end": "end"}
_FIELDS_TOO: Final = {"org": "org", "number": "number", "run": "run", "language": "language"}
_GROUPS: Final = frozenset({"course", "chapter", "sequential", "vertical"})


def from_json(text: str) -> list[Structure]:
    """The courses that a JSON file of edX tells, as a whole or one a line; none where it is another file."""
    whole = _parsed(text)
    told = [whole] if whole is not None else [_parsed(line) for line in text.split("\n")]
    return [structure for one in told for structure in _told(one)]


def _parsed(text: str) -> object:
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return None


def _told(told: object) -> list[Structure]:
    if isinstance(told, dict) and isinstance(told.get("blocks"), dict):
        return [_of_blocks(told["blocks"], str(told.get("course_id") or told.get("root") or ""))]
    if isinstance(told, dict) and told and all(isinstance(one, dict) and "category" in one for one in told.values()):
        return [_of_blocks(told, "")]
    listed = told.get("results", [told]) if isinstance(told, dict) else told
    given = [one for one in listed if isinstance(one, dict)] if isinstance(listed, list) else []
    return [found for one in given if (found := _of_catalogue(one))]


def _of_catalogue(told: Mapping[str, object]) -> Structure | None:
    course = course_key(text_of(told.get("course_id") or told.get("id") or ""))
    names = {**_FIELDS, **_FIELDS_TOO}
    fields = {field: text_of(told[name]) for name, field in names.items() if told.get(name)}
    return Structure(course=course, fields=fields) if course and fields else None


def _of_blocks(blocks: Mapping[str, object], course: str) -> Structure:
    told = {key: block for key, block in blocks.items() if isinstance(block, dict)}
    parents = {child: key for key, block in told.items() for child in block.get("children") or []}
    order = [key for root in told if root not in parents for key in _below(root, told, set())]
    found = course_key(course) or next((name for key in told if (name := _course_of(key))), "")
    kinds = {key: str(told[key].get("type") or told[key].get("category") or "") for key in order}
    course_block = next((told[key] for key in order if kinds[key] == "course"), {})
    return Structure(
        course=found,
        fields=_fields(course_block),
        blocks=[
            Block(
                key=key,
                kind=kinds[key],
                parent=parents.get(key, "") if kinds.get(parents.get(key, "")) != "course" else "",
                chapter=_chapter(key, parents, kinds),
                title=str(told[key].get("display_name") or _meta(told[key]).get("display_name") or ""),
                released=moment(_meta(told[key]).get("start")),
                scored=bool(_meta(told[key]).get("graded") or told[key].get("graded")),
            )
            for key in order
            if kinds[key] != "course"
        ],
    )


def _fields(block: Mapping[str, object]) -> dict[str, str]:
    told = {**_meta(block), **block}
    return {field: text_of(told[name]) for name, field in _FIELDS.items() if told.get(name)}


def _meta(block: Mapping[str, object]) -> Mapping[str, object]:
    found = block.get("metadata")
    return found if isinstance(found, dict) else {}


def _below(key: str, told: Mapping[str, Mapping[str, object]], seen: set[str]) -> Iterator[str]:
    if key not in told or key in seen:
        return
    seen.add(key)
    yield key
    children = told[key].get("children")
    for child in children if isinstance(children, list) else []:
        yield from _below(str(child), told, seen)


def _chapter(key: str, parents: Mapping[str, str], kinds: Mapping[str, str]) -> str:
    seen: set[str] = set()
    while key and key not in seen and kinds.get(key) != "chapter":
        seen.add(key)
        key = parents.get(key, "")
    return key if kinds.get(key) == "chapter" else ""


def _course_of(key: str) -> str:
    if key.startswith("block-v1:"):
        return "course-v1:" + key.removeprefix("block-v1:").partition("+type@")[0]
    parts = key.removeprefix("i4x://").split("/")
    return "/".join([*parts[:2], parts[3]]) if key.startswith("i4x://") and parts[2:3] == ["course"] else ""


def from_olx(path: Path) -> Structure:
    """The structure of an OLX export, a folder or an archive. Raises SourceRefused."""
    with tempfile.TemporaryDirectory(prefix="stoa-olx-") as work:
        source = open_source(path, work=Path(work), limits=Limits(), progress=lambda *_: None)
        root = Loader(source).root()
        key = key_of(root, path.name.split(".")[0])
        course = f"course-v1:{key.org}+{key.course}+{key.run}"
        fields = {field: value for name, field in _FIELDS.items() if (value := _attribute(root, name))}
        fields |= {"org": key.org, "number": key.course, "run": key.run}
        return Structure(course=course, fields=fields, blocks=list(_nodes(root, course, "", "")))


def _nodes(node: Node, course: str, parent: str, chapter: str) -> Iterator[Block]:
    for child in node.children:
        key = block_key(course, child.tag, child.name)
        inside = key if child.tag == "chapter" else chapter
        yield Block(
            key=key,
            kind=child.tag,
            parent=parent,
            chapter=inside,
            title=_attribute(child, "display_name"),
            released=moment(_attribute(child, "start")),
            scored=_attribute(child, "graded").lower() == "true",
        )
        if child.tag in _GROUPS:
            yield from _nodes(child, course, key, inside)


def _attribute(node: Node, name: str) -> str:
    return (node.attributes.get(name) or "").strip().strip('"')
