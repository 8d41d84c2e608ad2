"""Assignments: open responses with peers, oneself or staff as readers, and uploads that staff score."""

from collections.abc import Iterator
from datetime import datetime

from lxml.etree import _Element as XmlElement

from stoa.coursedoc.formats.olx.desk import Desk, is_hidden, title_of
from stoa.coursedoc.formats.olx.markup import inner_html, words
from stoa.coursedoc.formats.olx.rubrics import criteria, examples
from stoa.coursedoc.formats.olx.tree import Node
from stoa.coursedoc.formats.olx.values import flag, number, plain, real_moment, whole
from stoa.coursedoc.formats.olx.xml import tag_of
from stoa.coursedoc.model import Assignment, FilePolicy, ReviewFlow, Text
from stoa.coursedoc.model.assignments import Need

USED = (
    "submission_start", "submission_due", "text_response", "file_upload_response", "file_upload_type",
    "white_listed_file_types", "allow_file_upload", "allow_multiple_files", "prompts_type", "teams_enabled",
    "points", "solution", "instructions", "date_config_type",
)  # fmt: skip  # a table, read by its rows
FLOWS = {
    "student-training": ReviewFlow.TRAINING,
    "peer-assessment": ReviewFlow.PEER,
    "self-assessment": ReviewFlow.SELF,
    "staff-assessment": ReviewFlow.STAFF,
}
IMAGES = ("jpg", "jpeg", "jfif", "pjpeg", "pjp", "gif", "png")
FILE_TYPES = {"image": IMAGES, "pdf-and-image": ("pdf", *IMAGES)}
UPLOAD_POINTS = 100.0


def open_response(node: Node, desk: Desk) -> Assignment:
    """An assignment with its prompts, its rubric and the order of its readers."""
    body = node.body
    steps = [step for step in body.iter("assessment") if _takes_part(step)]
    peer = next((step for step in steps if step.get("name") == "peer-assessment"), None)
    rubric = body.find("rubric")
    desk.mapped(node, *_losses(node))
    return Assignment(
        id=node.id,
        title=" ".join(_words(body.find("title")).split()) or title_of(node, "Assignment"),
        hidden=is_hidden(node),
        kept=desk.kept(node, *USED),
        due=_due(node),
        opens=real_moment(node.attributes.get("submission_start")),
        prompts=tuple(_prompts(node, desk)),
        text_answer=_need(node.attributes.get("text_response"), otherwise=Need.REQUIRED),
        files=_files(node),
        flow=tuple(FLOWS[step.get("name") or ""] for step in steps) or (ReviewFlow.STAFF,),
        reviews_to_give=_count(peer, "must_grade"),
        reviews_to_get=_count(peer, "must_be_graded_by"),
        criteria=criteria(rubric, node, desk),
        overall_prompt=_words(rubric.find("feedbackprompt") if rubric is not None else None).strip(),
        overall_default=_words(rubric.find("feedback_default_text") if rubric is not None else None).strip(),
        examples=examples(steps),
        reviews_open=_date(peer, "start"),
        reviews_due=_date(peer, "due"),
        teams=flag(node.attributes.get("teams_enabled")) is True,
    )


def _due(node: Node) -> datetime | None:
    """The deadline, where the assignment has one of its own; else that of its lesson holds."""
    if plain(node.attributes.get("date_config_type")) in {"subsection", "course_end"}:
        return None
    return real_moment(node.attributes.get("submission_due"))


def _date(step: XmlElement | None, name: str) -> datetime | None:
    return real_moment(step.get(name)) if step is not None else None


def _takes_part(step: XmlElement) -> bool:
    """Whether a way of reading the work is one that happens; staff may be there only in reserve."""
    staff = step.get("name") == "staff-assessment"
    return step.get("name") in FLOWS and not (staff and flag(step.get("required")) is False)


def _losses(node: Node) -> Iterator[str]:
    if whole(node.attributes.get("leaderboard_show")):
        yield "its list of the best works is not shown"
    others = [step for step in node.body.iter("assessment") if step.get("name") != "peer-assessment"]
    if any(_date(step, name) for step in others for name in ("start", "due")):
        yield "of the dates of its reviews only those of the peers are kept"
    if flag(node.attributes.get("teams_enabled")):
        yield "its teams were made on the old site and must be made again"


def _words(element: XmlElement | None) -> str:
    return "" if element is None else "".join(map(str, element.itertext()))


def _count(step: XmlElement | None, name: str) -> int:
    told = whole(step.get(name)) if step is not None else None
    return 3 if told is None else max(0, told)


def _prompts(node: Node, desk: Desk) -> Iterator[Text]:
    """What learners are asked, HTML or plain words as the assignment says."""
    rich = node.attributes.get("prompts_type", "text") == "html"
    for prompt in node.body.iter("prompt"):
        parent = prompt.getparent()
        if parent is not None and tag_of(parent) == "criterion":
            continue
        told = prompt.find("description")
        source = _words(told if told is not None else prompt).strip()
        if source:
            yield desk.text(source, node) if rich else _paragraphs(source)


def _paragraphs(source: str) -> Text:
    """Plain words whose line breaks count."""
    told = words(source)
    return Text(source=told.source.replace("\n", "<br>\n"), markup=told.markup)


def _need(raw: str | None, *, otherwise: Need) -> Need:
    try:
        return Need(plain(raw) or otherwise)
    except ValueError:
        return otherwise


def _files(node: Node) -> FilePolicy:
    told = node.attributes
    old = Need.OPTIONAL if flag(told.get("allow_file_upload")) else Need.NONE
    need = _need(told.get("file_upload_response"), otherwise=old)
    listed = [kind.strip().lstrip(".").lower() for kind in plain(told.get("white_listed_file_types")).split(",")]
    types = tuple(kind for kind in listed if kind) or FILE_TYPES.get(plain(told.get("file_upload_type")), ())
    return FilePolicy(need=need, types=types, several=flag(told.get("allow_multiple_files")) is not False)


def staff_scored_upload(node: Node, desk: Desk) -> Assignment:
    """A file that staff score."""
    desk.mapped(node)
    return Assignment(
        **desk.head(node, *USED, title="Assignment"),
        due=real_moment(node.attributes.get("due")),
        prompts=_inner_prompt(node, desk),
        text_answer=Need.NONE,
        files=FilePolicy(need=Need.REQUIRED, several=False),
        flow=(ReviewFlow.STAFF,),
        points=_points(node, UPLOAD_POINTS),
        solution=desk.text(plain(node.attributes.get("solution")), node),
    )


def staff_scored(node: Node, desk: Desk) -> Assignment:
    """Something done elsewhere, for which staff enter scores."""
    desk.mapped(node, "scores can't be brought in as a table here; staff enter each")
    instructions = plain(node.attributes.get("instructions"))
    return Assignment(
        **desk.head(node, *USED, title="Assignment"),
        due=real_moment(node.attributes.get("due")),
        prompts=(desk.text(instructions, node),) if instructions else _inner_prompt(node, desk),
        text_answer=Need.OPTIONAL,
        flow=(ReviewFlow.STAFF,),
        points=_points(node, 1.0),
    )


def _inner_prompt(node: Node, desk: Desk) -> tuple[Text, ...]:
    inner = inner_html(node.body).strip()
    return (desk.text(inner, node),) if inner else ()


def _points(node: Node, otherwise: float) -> float:
    told = number(node.attributes.get("points"))
    told = number(node.attributes.get("weight")) if told is None else told
    return otherwise if told is None else max(0.0, told)
