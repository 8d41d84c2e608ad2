"""Polls, surveys and word clouds: questions without a right answer."""

import html
import json

from lxml.etree import _Element as XmlElement

from stoa.coursedoc.formats.olx.desk import Desk, is_hidden, title_of
from stoa.coursedoc.formats.olx.ids import fit
from stoa.coursedoc.formats.olx.tree import Node
from stoa.coursedoc.formats.olx.values import Json, as_json, flag, listing, mapping, plain, whole, word
from stoa.coursedoc.formats.olx.xml import tag_of
from stoa.coursedoc.model import Choice, ChoicePart, FreeTextPart, Quiz, Text

USED = ("question", "questions", "answers", "feedback", "private_results", "max_submissions", "block_name")
DEFAULT_INPUTS = 5
POLL_ANSWERS = (("R", "Red"), ("B", "Blue"), ("G", "Green"), ("O", "Other"))
SURVEY_ANSWERS = (("Y", "Yes"), ("N", "No"), ("M", "Maybe"))
SURVEY_QUESTIONS = (
    ("enjoy", "Are you enjoying the course?"),
    ("recommend", "Would you recommend this course to your friends?"),
    ("learn", "Do you think you will learn a lot?"),
)


def poll(node: Node, desk: Desk) -> Quiz:
    """One question, one choice, everyone's answers afterwards."""
    question = desk.text(plain(node.attributes.get("question")) or "What is your favorite color?", node)
    part = ChoicePart(id="p1", label=question, choices=_choices(node, desk, POLL_ANSWERS), points=0)
    return _unscored(node, desk, (part,), title_of(node, "Poll"))


def survey(node: Node, desk: Desk) -> Quiz:
    """Several questions with the same answers."""
    choices = _choices(node, desk, SURVEY_ANSWERS)
    asked = _pairs(node.attributes.get("questions"), SURVEY_QUESTIONS)
    parts = tuple(
        ChoicePart(id=f"p{n}", label=_label(entry, node, desk), choices=choices, points=0)
        for n, (_, entry) in enumerate(asked, start=1)
    )
    return _unscored(node, desk, parts, title_of(node) or plain(node.attributes.get("block_name")) or "Survey")


def _unscored(node: Node, desk: Desk, parts: tuple[ChoicePart, ...], title: str) -> Quiz:
    desk.mapped(node)
    told = node.attributes
    submissions = whole(told.get("max_submissions"))
    return Quiz(
        id=node.id,
        title=title,
        hidden=is_hidden(node),
        kept=desk.kept(node, *USED),
        parts=parts,
        solution=desk.text(plain(told.get("feedback")), node),
        attempts=1 if submissions is None else submissions or None,
        weight=0.0,
        scored=False,
        show_results=flag(told.get("private_results")) is not True,
    )


def _pairs(raw: str | None, default: tuple[tuple[str, str], ...]) -> list[tuple[str, Json]]:
    told = [listing(entry) for entry in listing(as_json(raw or ""))]
    found = [(word(entry[0]), entry[1]) for entry in told if len(entry) > 1]
    return found or [(key, label) for key, label in default]


def _choices(node: Node, desk: Desk, default: tuple[tuple[str, str], ...]) -> tuple[Choice, ...]:
    pairs = _pairs(node.attributes.get("answers"), default)
    ids = unique([fit(key) for key, _ in pairs])
    return tuple(Choice(id=id_, text=_label(entry, node, desk)) for id_, (_, entry) in zip(ids, pairs, strict=True))


def unique(names: list[str]) -> list[str]:
    """The names, later ones told apart by a number where they repeat."""
    taken: dict[str, int] = {}
    told = []
    for name in names:
        taken[name] = taken.get(name, 0) + 1
        told.append(name if taken[name] == 1 else f"{name}-{taken[name]}")
    return told


def _label(entry: Json, node: Node, desk: Desk) -> Text:
    """Words, or a picture, or both."""
    if not isinstance(entry, dict):
        return desk.text(word(entry), node)
    told = mapping(entry)
    picture = word(told.get("img"))
    image = ""
    if picture:
        image = f'<img src="{html.escape(picture)}" alt="{html.escape(word(told.get("img_alt")))}"> '
    return desk.text(image + word(told.get("label")), node)


def word_cloud(node: Node, desk: Desk) -> Quiz:
    """Single words from everyone."""
    wanted = whole(node.attributes.get("num_inputs")) or DEFAULT_INPUTS
    desk.mapped(node, "the words are listed, not drawn as a cloud")
    return Quiz(
        **desk.head(node, "num_inputs", "instructions", title="Word cloud"),
        intro=desk.text(plain(node.attributes.get("instructions")), node),
        parts=(FreeTextPart(id="p1", points=0, lines=1, words_wanted=wanted),),
        weight=0.0,
        scored=False,
        show_results=True,
    )


def poll_question(node: Node, desk: Desk) -> Quiz:
    """The old kind of poll, with its answers as elements."""
    answers = [child for child in node.body if tag_of(child) == "answer"]
    pairs: list[Json] = [[child.get("id") or str(n), _text(child)] for n, child in enumerate(answers)]
    question = (node.body.text or "") + "".join(
        _text(child) + (child.tail or "") for child in node.body if tag_of(child) != "answer"
    )
    node.attributes |= {"answers": json.dumps(pairs), "question": html.escape(question.strip())}
    return poll(node, desk)


def _text(element: XmlElement) -> str:
    return " ".join(map(str, element.itertext()))
