"""Elements of a step as items."""

from collections.abc import Callable

from stoa.coursedoc.formats.olx.assignments import open_response, staff_scored, staff_scored_upload
from stoa.coursedoc.formats.olx.desk import Desk
from stoa.coursedoc.formats.olx.groups import condition, experiment, pool, randomised
from stoa.coursedoc.formats.olx.outside import discussion, document, embedded, mark_done, tool
from stoa.coursedoc.formats.olx.problems.quizzes import problem
from stoa.coursedoc.formats.olx.raws import faulty, unknown
from stoa.coursedoc.formats.olx.readings import annotated, reading
from stoa.coursedoc.formats.olx.surveys import poll, poll_question, survey, word_cloud
from stoa.coursedoc.formats.olx.tags import CONTAINERS
from stoa.coursedoc.formats.olx.tree import Node
from stoa.coursedoc.formats.olx.videos import mooc_video
from stoa.coursedoc.model import Item

LEAVES: dict[str, Callable[[Node, Desk], Item]] = {
    "html": reading,
    "problem": problem,
    "video": mooc_video,
    "videoalpha": mooc_video,
    "discussion": discussion,
    "poll": poll,
    "poll_question": poll_question,
    "survey": survey,
    "word_cloud": word_cloud,
    "openassessment": open_response,
    "edx_sga": staff_scored_upload,
    "staffgradedxblock": staff_scored,
    "lti": tool,
    "lti_consumer": tool,
    "google-calendar": embedded,
    "google-document": embedded,
    "pdf": document,
    "done": mark_done,
    "annotatable": annotated,
}
GROUPS: dict[str, Callable[[Node, Desk, Callable[[Node], tuple[Item, ...]]], Item]] = {
    "library_content": pool,
    "legacy_library_content": pool,
    "itembank": pool,
    "randomize": randomised,
    "split_test": experiment,
    "conditional": condition,
}


def items(node: Node, desk: Desk) -> tuple[Item, ...]:
    """The items that an element becomes: mostly one; a step inside a step gives those in it."""
    if node.tag in GROUPS:
        return (GROUPS[node.tag](node, desk, lambda child: items(child, desk)),)
    if node.tag in CONTAINERS:
        desk.mapped(node, "its elements stand directly in the step around it")
        return tuple(item for child in node.children for item in items(child, desk))
    if node.fault:
        return (faulty(node, desk),)
    return (LEAVES.get(node.tag, unknown)(node, desk),)
