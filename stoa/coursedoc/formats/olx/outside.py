"""Talks, resources on other sites, and things to tick."""

import html
import re
from urllib.parse import urlsplit

from stoa.coursedoc.formats.olx.desk import Desk, is_hidden, title_of
from stoa.coursedoc.formats.olx.tree import Node
from stoa.coursedoc.formats.olx.values import flag, plain
from stoa.coursedoc.model import Discussion, Exercise, Markup, OutsideResource, Reading, Text
from stoa.coursedoc.model.items import ExerciseKind

SOURCE = re.compile(r"""(?i)\bsrc\s*=\s*["']([^"']+)["']""")
ADDRESS = re.compile(r"^https?://", re.IGNORECASE)
WEB = {"http", "https"}


def discussion(node: Node, desk: Desk) -> Discussion:
    """A talk in the peer forum."""
    desk.mapped(node)
    told = node.attributes
    topic = plain(told.get("discussion_target")) or plain(told.get("for"))
    return Discussion(
        id=node.id,
        title=title_of(node) or topic or "Discussion",
        hidden=is_hidden(node),
        kept=desk.kept(node, "discussion_category", "discussion_target", "for"),
        topic=topic,
        category=plain(told.get("discussion_category")),
    )


def tool(node: Node, desk: Desk) -> OutsideResource:
    """A tool of another site that learners were sent to with a key."""
    url = plain(node.attributes.get("launch_url")) or plain(node.attributes.get("lti_1p3_launch_url"))
    if not _is_web(url):
        desk.report(node, "This tool has no address.", "Give it one.")
    losses = ["its key must be entered again", "its score doesn't come back"]
    desk.mapped(node, losses[0], losses[1] if flag(node.attributes.get("has_score")) else "")
    return OutsideResource(
        **desk.head(node, "launch_url", "lti_1p3_launch_url", "description", title="Outside resource"),
        url=url if _is_web(url) else "",
        text=desk.text(plain(node.attributes.get("description")), node),
    )


def _is_web(url: str) -> bool:
    try:
        return urlsplit(url).scheme.lower() in WEB
    except ValueError:
        return False


def embedded(node: Node, desk: Desk) -> OutsideResource:
    """A calendar or document of another site, shown in a frame before."""
    told = node.attributes
    inside = SOURCE.search(html.unescape(plain(told.get("embed_code"))))
    calendar = plain(told.get("calendar_id"))
    url = inside[1] if inside else ""
    if calendar and not url:
        url = f"https://calendar.google.com/calendar/embed?src={calendar.replace('@', '%40')}"
    others = (value for name, value in sorted(told.items()) if ADDRESS.match(plain(value)) and name != "embed_code")
    url = url or next(others, "")
    desk.mapped(node, "it is a link, not a frame")
    return OutsideResource(
        **desk.head(node, "embed_code", "calendar_id", title="Outside resource"),
        url=url if _is_web(url) else "",
        text=Text(),
    )


def document(node: Node, desk: Desk) -> Reading:
    """A PDF that was shown in a frame: now a link to it, and one to the text that it was made from."""
    told = [(node.attributes.get("url"), title_of(node, "PDF"))]
    told += [(node.attributes.get("source_url"), plain(node.attributes.get("source_text")) or "Source")]
    listed = [(desk.links.address(plain(raw), node.place), words) for raw, words in told if plain(raw)]
    if not listed:
        desk.report(node, "This PDF has no address.", "Give it one.")
    desk.mapped(node, "it is a link, not a frame")
    source = "".join(f'<p><a href="{html.escape(url)}">{html.escape(words)}</a></p>' for url, words in listed)
    return Reading(
        **desk.head(node, "url", "source_url", "source_text", "allow_download"),
        text=Text(source=source, markup=Markup.HTML),
    )


def mark_done(node: Node, desk: Desk) -> Exercise:
    """Something that learners tick when they have done it."""
    desk.mapped(node)
    return Exercise(
        **desk.head(node, title="Mark as done"),
        kind=ExerciseKind.MARK_DONE,
    )
