"""Modules, lessons and steps."""

from stoa.coursedoc.formats.olx.desk import Desk, is_hidden, own_title, title_of
from stoa.coursedoc.formats.olx.items import items
from stoa.coursedoc.formats.olx.policy import setting
from stoa.coursedoc.formats.olx.tags import LESSONS, STEPS
from stoa.coursedoc.formats.olx.tree import Node
from stoa.coursedoc.formats.olx.values import flag, plain, real_moment
from stoa.coursedoc.model import Lesson, Module, Step

USED = ("start", "due", "format", "graded", "visible_to_staff_only")


def module(node: Node, desk: Desk) -> Module:
    """A chapter; or something that should have stood in one."""
    if node.tag != "chapter":
        desk.report(node, "It stands outside of any module; one was made for it.", "Put it into a module.")
        return Module(id=f"{node.id}-module", title=title_of(node, "Module"), lessons=(lesson(node, desk),))
    desk.mapped(node)
    return Module(
        id=node.id,
        title=title_of(node, "Module"),
        lessons=tuple(lesson(child, desk) for child in node.children),
        start=real_moment(node.attributes.get("start")),
        hidden=is_hidden(node),
        kept=desk.kept(node, *USED),
    )


def lesson(node: Node, desk: Desk) -> Lesson:
    """A sequential; or a step or element that should have stood in one."""
    if node.tag not in LESSONS:
        return Lesson(id=f"{node.id}-lesson", title=title_of(node, "Lesson"), steps=(step(node, desk),))
    desk.mapped(node)
    scored = flag(setting(node, "graded")) is True
    return Lesson(
        id=node.id,
        title=title_of(node, "Lesson"),
        steps=tuple(one for child in node.children for one in _steps(child, desk, _name_for_one(node))),
        start=real_moment(node.attributes.get("start")),
        due=real_moment(setting(node, "due")),
        part=plain(node.attributes.get("format")) if scored else "",
        hidden=is_hidden(node),
        kept=desk.kept(node, *(name for name in USED if scored or name != "format")),
    )


def _name_for_one(node: Node) -> str:
    """A lesson's title, where its only step may have it."""
    return own_title(node) if len(node.children) == 1 else ""


def _steps(node: Node, desk: Desk, otherwise: str) -> tuple[Step, ...]:
    """A lesson's steps; a lesson inside a lesson gives its own."""
    if node.tag in LESSONS:
        desk.mapped(node, "its steps stand directly in the lesson around it")
        return tuple(one for child in node.children for one in _steps(child, desk, otherwise))
    return (step(node, desk, otherwise),)


def step(node: Node, desk: Desk, otherwise: str = "") -> Step:
    """A vertical; or an element that stands directly in a lesson and gets a step of its own."""
    if node.tag not in STEPS:
        alone = items(node, desk)
        return Step(id=f"{node.id}-step", title=_step_title(node, otherwise), items=alone, hidden=is_hidden(node))
    desk.mapped(node)
    return Step(
        id=node.id,
        title=_step_title(node, otherwise),
        items=tuple(item for child in node.children for item in items(child, desk)),
        hidden=is_hidden(node),
        kept=desk.kept(node, *USED),
    )


def _step_title(node: Node, otherwise: str) -> str:
    """Its own; else that of its lesson, of the first thing in it that has one, or at last Studio's."""
    inside = (title for child in node.children if (title := own_title(child)))
    return own_title(node) or otherwise or next(inside, "") or title_of(node, "Step")
