"""Unpublished steps, and elements that nothing links to. Learners see neither."""

from stoa.coursedoc.formats.olx.desk import Desk, title_of
from stoa.coursedoc.formats.olx.ids import Ids
from stoa.coursedoc.formats.olx.outline import lesson, module, step
from stoa.coursedoc.formats.olx.policy import pass_down
from stoa.coursedoc.formats.olx.source import Source
from stoa.coursedoc.formats.olx.tags import CONTAINERS, LESSONS, is_block_file
from stoa.coursedoc.formats.olx.tree import Loader, Node, Origin
from stoa.coursedoc.formats.olx.values import plain, whole
from stoa.coursedoc.formats.olx.xml import parse
from stoa.coursedoc.model import Draft, Lesson, Module

FOLDER = "drafts/"
PARENTS = ("parent_url", "parent_sequential_url")


def load_drafts(source: Source) -> list[Node]:
    """The roots of the drafts, with all below them; children are looked for among the drafts only."""
    loader = Loader(source, folder=FOLDER, origin=Origin.DRAFT)
    loader.once = True
    files = [place.removeprefix(FOLDER) for place in source.below("drafts") if place.endswith(".xml")]
    files = [name for name in files if "/" in name]
    roots = {name for name in files if _is_root(source, f"{FOLDER}{name}")}
    held = {pointed for name in files for pointed in _pointed_to(source, name, FOLDER)}
    ordered = sorted(files, key=lambda name: (name not in roots, name in held))
    return [loader.file(name) for name in ordered if f"{FOLDER}{name}" not in loader.files]


def _is_root(source: Source, place: str) -> bool:
    root = parse(source.bytes_of(place)).root
    return root is not None and any(root.get(name) for name in PARENTS)


def parent_of(node: Node) -> str:
    """Name of the lesson that a draft belongs to."""
    for name in PARENTS:
        told = plain(node.attributes.get(name))
        if told:
            return told.replace("@", "/").rpartition("/")[2]
    return ""


def drafts(nodes: list[Node], published: Node, desk: Desk) -> tuple[Draft, ...]:
    """Each draft as the next state of a step, or as a step that is not yet there."""
    ids = {node.name: node.id for node in published.walk() if node.tag in LESSONS}
    steps = {node.id for node in published.walk()}
    return tuple(_draft(node, ids, steps, desk) for node in nodes)


def _draft(node: Node, lessons: dict[str, str], steps: set[str], desk: Desk) -> Draft:
    parent = parent_of(node)
    if parent not in lessons:
        desk.report(node, "The lesson of this draft is not published.", "Find it among the drafts.")
    pass_down(node, {})
    made = step(node, desk)
    return Draft(
        lesson_id=lessons.get(parent, ""),
        index=max(0, whole(node.attributes.get("index_in_children_list")) or 0),
        step=made,
        replaces=node.id if node.id in steps else "",
    )


def load_unlinked(source: Source, published: Loader) -> list[Node]:
    """Elements in files that nothing links to: those first that no other of them holds."""
    files = [name for name in sorted(source.files) if is_block_file(name) and name not in published.files]
    held = {pointed for name in files for pointed in _pointed_to(source, name, "")}
    published.origin, published.once = Origin.UNLINKED, True
    ordered = sorted(files, key=lambda name: name in held)
    return [published.file(name) for name in ordered if name not in published.files]


def _pointed_to(source: Source, name: str, folder: str) -> set[str]:
    root = parse(source.bytes_of(f"{folder}{name}")).root
    if root is None or name.split("/", maxsplit=1)[0] not in CONTAINERS:
        return set()
    return {f"{child.tag}/{(child.get('url_name') or '').replace(':', '/')}.xml" for child in root.iter()}


def unlinked(nodes: list[Node], desk: Desk, ids: Ids) -> tuple[Module, ...]:
    """A hidden module of everything that nothing links to."""
    if not nodes:
        return ()
    desk.source.report(
        nodes[0].place,
        f"{len(nodes)} elements lie in files that nothing links to; they are in a hidden module.",
        "Link them, or remove them.",
    )
    for node in nodes:
        pass_down(node, {"visible_to_staff_only": "true"})
    chapters = tuple(module(node, desk) for node in nodes if node.tag == "chapter")
    lessons = tuple(lesson(node, desk) for node in nodes if node.tag in LESSONS)
    steps = tuple(step(node, desk) for node in nodes if node.tag != "chapter" and node.tag not in LESSONS)
    titles = ", ".join(filter(None, (title_of(node) for node in nodes[:3])))
    if steps:
        lessons += (Lesson(id=ids.free("unlinked-lesson", "lesson"), title="Not linked", steps=steps, hidden=True),)
    lessons += tuple(one for chapter in chapters for one in chapter.lessons)
    own = Module(id=ids.free("unlinked", "module"), title="Not linked", summary=titles, lessons=lessons, hidden=True)
    return (own,)
