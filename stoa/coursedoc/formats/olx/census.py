"""Counting the source's elements, apart from the mapping, so that none can be lost unseen."""

from collections import Counter

from lxml.etree import _Element as XmlElement

from stoa.coursedoc.formats.olx.source import Source
from stoa.coursedoc.formats.olx.tags import CONTAINERS, is_block, is_block_file
from stoa.coursedoc.formats.olx.xml import parse, tag_of

BESIDE = {"wiki", "textbook"}
Told = list[tuple[str, str | None]]


def census(source: Source) -> Counter[str]:
    """Elements by tag that a reader of the course would come upon; drafts and unlinked ones by themselves."""
    counts: Counter[str] = Counter()
    visited = {source.root}
    waiting: list[tuple[str, frozenset[str]]] = [(source.root, frozenset())]
    while waiting:
        place, path = waiting.pop()
        for tag, target in _read(source, place, ""):
            if target is None:
                counts[tag] += 1
            elif target not in path:
                visited.add(target)
                waiting.append((target, path | {target}))
    _count_files(source, [name for name in source.below("drafts") if name.count("/") > 1], "drafts/", "draft", counts)
    _count_files(source, [name for name in source.files if name not in visited], "", "unlinked", counts)
    counts["static_tab"] += sum(name.endswith(".html") for name in source.below("tabs"))
    return +counts


def _count_files(source: Source, places: list[str], folder: str, kind: str, counts: Counter[str]) -> None:
    """Elements in files, each file by itself."""
    for place in places:
        if place.endswith(".xml") and (folder or is_block_file(place)):
            counts.update(f"{tag} ({kind})" for tag, target in _read(source, place, folder) if target is None)


def _read(source: Source, place: str, folder: str) -> Told:
    """Each element that a file holds, and the file that it only points to."""
    root = parse(source.bytes_of(place)).root
    named = place.removeprefix(folder).partition("/")
    if root is None:
        return [(named[0], None)]
    own = _pointed(source, root, folder) if place == source.root else None
    if own:
        return [(tag_of(root), own)]
    tag = named[0] if named[1] else tag_of(root)
    return [(tag, None), *_held(source, root, folder, tag)]


def _held(source: Source, root: XmlElement, folder: str, tag: str) -> Told:
    told: Told = []
    pending = [root] if tag in CONTAINERS else []
    while pending:
        for child in pending.pop():
            if not is_block(tag_of(child)):
                told += [(name, None) for name in BESIDE & {tag_of(child)} if tag == "course"]
                continue
            target = _pointed(source, child, folder)
            told.append((tag_of(child), target))
            if target is None and tag_of(child) in CONTAINERS:
                pending.append(child)
    return told


def _pointed(source: Source, element: XmlElement, folder: str) -> str | None:
    if len(element) or (element.text or "").strip():
        return None
    extra = set() if tag_of(element) == "course" else set(element.attrib) - {"url_name", "slug"}
    name = element.get("filename") if extra else element.get("url_name") or element.get("slug")
    if not name or (extra and tag_of(element) == "html"):
        return None
    place = f"{folder}{tag_of(element)}/{name.replace(':', '/')}.xml"
    return place if place in source else None
