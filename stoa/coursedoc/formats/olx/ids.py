"""Stable ids for every element, and where a link to an element leads."""

import re

from stoa.coursedoc.formats.olx.tags import CONTAINERS, LESSONS, STEPS
from stoa.coursedoc.formats.olx.tree import Node

UNFIT = re.compile(r"[^\w.-]+")
LONGEST = 100


def fit(name: str) -> str:
    """A name as it may stand in an address."""
    return UNFIT.sub("-", name).strip("-.")[:LONGEST] or "unnamed"


class Ids:
    """Gives every element its id: the name it has in the source, told apart where two have the same."""

    def __init__(self) -> None:
        self._taken: set[str] = set()
        self._by_key: dict[tuple[str, str], str] = {}

    def assign(self, root: Node) -> None:
        """Give ids to a tree of the published course, or to one that nothing links to."""
        for node in root.walk():
            node.id = self.free(self._wanted(node), node.tag)
            self._by_key.setdefault((node.tag, node.name), node.id)

    def assign_draft(self, root: Node) -> None:
        """Give a draft's elements the ids of the published ones that they will replace."""
        for node in root.walk():
            known = self._by_key.get((node.tag, node.name))
            node.id = known or self.free(self._wanted(node), node.tag)
            self._by_key.setdefault((node.tag, node.name), node.id)

    def _wanted(self, node: Node) -> str:
        return fit(node.name) if node.copy == 1 else f"{fit(node.name)}-copy-{node.copy}"

    def free(self, wanted: str, tag: str) -> str:
        """An id that nothing has yet."""
        candidates = [wanted, f"{tag}-{wanted}"]
        n = 2
        while candidates[0].casefold() in self._taken:
            candidates.pop(0)
            candidates = candidates or [f"{tag}-{wanted}-{n}"]
            n += 1
        self._taken.add(candidates[0].casefold())
        return candidates[0]


def targets(root: Node) -> dict[str, str]:
    """Name of an element to the address of the place where learners find it."""
    found: dict[str, str] = {}
    _collect(root, "", found)
    return found


def _collect(node: Node, above: str, found: dict[str, str]) -> str:
    """Note where this element and those below it are; give the first place of it."""
    own = _place(node, above)
    within = own if own.startswith(("step:", "lesson:")) else above
    if own:
        found.setdefault(node.name, own)
    first = own
    for child in node.children:
        below = _collect(child, within, found)
        first = first or below
    if first:
        found.setdefault(node.name, first)
    return first


def _place(node: Node, above: str) -> str:
    if node.tag in LESSONS:
        return f"lesson:{node.id}"
    if node.tag in STEPS:
        return above if above.startswith("step:") else f"step:{node.id}"
    return "" if node.tag in CONTAINERS and not above.startswith("step:") else f"item:{node.id}"
