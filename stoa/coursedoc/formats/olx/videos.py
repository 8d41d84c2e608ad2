"""MOOC videos: own sources first, YouTube beside them, handouts and captions."""

import re

from stoa.coursedoc.formats.olx.assets import media_type
from stoa.coursedoc.formats.olx.captions import ENDINGS, captions
from stoa.coursedoc.formats.olx.desk import Desk
from stoa.coursedoc.formats.olx.tree import Node
from stoa.coursedoc.formats.olx.values import as_json, flag, listing, plain, seconds, word
from stoa.coursedoc.formats.olx.xml import tag_of
from stoa.coursedoc.model import Link, MoocVideo, VideoSource

USED = (
    "youtube", "youtube_id_1_0", "html5_sources", "source", "sub", "transcripts", "track", "handout", "start_time",
    "end_time", "from", "to", "download_video", "transcript_language", "thumbnail", "youtube_id_0_75",
    "youtube_id_1_25", "youtube_id_1_5",
)  # fmt: skip  # a table, read by its rows
YOUTUBE_ID = re.compile(r"^[\w-]{6,20}$")
IN_ADDRESS = re.compile(r"(?:[?&]v=|youtu\.be/|/embed/|/v/)([\w-]{6,20})")
LABELS = {"mobile_low": "low data", "audio_mp3": "audio only", "hls": "streaming", "desktop_webm": "webm"}


def mooc_video(node: Node, desk: Desk) -> MoocVideo:
    """A MOOC video with all that belongs to it."""
    youtube = _youtube(node)
    sources = _sources(node, desk)
    if not sources and not youtube:
        desk.report(node, "This MOOC video has no source.", "Give it one.")
    desk.mapped(node, "" if sources or youtube else "it has no source")
    texts = node.attributes
    return MoocVideo(
        **desk.head(node, *USED, title="MOOC video"),
        sources=sources,
        youtube=youtube[0] if youtube else "",
        captions=captions(node, desk, youtube),
        poster=_poster(node, desk),
        start=seconds(texts.get("start_time") or texts.get("from")),
        end=seconds(texts.get("end_time") or texts.get("to")),
        downloadable=flag(texts.get("download_video")) is not False,
        handouts=_handouts(node, desk),
    )


def _youtube(node: Node) -> list[str]:
    """YouTube ids of the video, the one of normal speed first."""
    found = [plain(node.attributes.get("youtube_id_1_0"))]
    speeds = dict(entry.split(":", 1) for entry in plain(node.attributes.get("youtube")).split(",") if ":" in entry)
    by_speed = sorted(speeds, key=lambda speed: speed.strip() not in {"1.00", "1.0", "1"})
    found += [speeds[speed] for speed in by_speed]
    found += [
        encoded.get("url") or "" for encoded in node.body.iter("encoded_video") if encoded.get("profile") == "youtube"
    ]
    ids = [_youtube_id(one.strip()) for one in found]
    return list(dict.fromkeys(one for one in ids if YOUTUBE_ID.match(one)))


def _youtube_id(told: str) -> str:
    """The id in what may be a whole address."""
    found = IN_ADDRESS.search(told) if "youtu" in told else None
    return found[1] if found else told


def _sources(node: Node, desk: Desk) -> tuple[VideoSource, ...]:
    told = [(word(source), "") for source in listing(as_json(node.attributes.get("html5_sources", "")))]
    told += [(plain(node.attributes.get("source")), "")]
    told += [(child.get("src") or "", "") for child in node.body if tag_of(child) == "source"]
    for encoded in node.body.iter("encoded_video"):
        profile = encoded.get("profile") or ""
        if profile != "youtube":
            told.append((encoded.get("url") or "", LABELS.get(profile, "")))
    found: dict[str, VideoSource] = {}
    for raw, label in told:
        url = desk.links.address(raw, node.place) if raw.strip() else ""
        if url and "youtu.be" not in url and "youtube.com" not in url:
            found.setdefault(url, VideoSource(url=url, label=label, media_type=_type(url)))
    return tuple(found.values())


def _type(url: str) -> str:
    kind = media_type(re.split(r"[?#]", url, maxsplit=1)[0])
    return kind if kind.startswith(("video/", "audio/")) or "mpegurl" in kind.lower() else ""


def _poster(node: Node, desk: Desk) -> str:
    raw = plain(node.attributes.get("thumbnail"))
    return desk.links.address(raw, node.place) if raw else ""


def _handouts(node: Node, desk: Desk) -> tuple[Link, ...]:
    """Files beside the video; a `track` that is no captions is one too."""
    named = [(plain(node.attributes.get("handout")), "Handout"), (plain(node.attributes.get("track")), "Transcript")]
    named += [(child.get("src") or "", "Handout") for child in node.body if tag_of(child) == "handout"]
    named += [(child.get("src") or "", "Transcript") for child in node.body if tag_of(child) == "track"]
    found: dict[str, Link] = {}
    for raw, title in named:
        if raw.strip() and not raw.lower().endswith(ENDINGS):
            url = desk.links.address(raw, node.place)
            found.setdefault(url, Link(url=url, title=title))
    return tuple(found.values())
