"""Captions: every place where a source may keep them, and whether they can be read."""

import re

from stoa.coursedoc.encodings import decode
from stoa.coursedoc.formats.olx.desk import Desk
from stoa.coursedoc.formats.olx.tree import Node
from stoa.coursedoc.formats.olx.values import as_json, as_text, listing, mapping, plain
from stoa.coursedoc.formats.olx.xml import tag_of
from stoa.coursedoc.model import Captions

ENDINGS = (".srt", ".sjson", ".vtt")
CUE = re.compile(r"\d\s*-->\s*\d")


def captions(node: Node, desk: Desk, youtube: list[str]) -> tuple[Captions, ...]:
    """Captions of a MOOC video in every language, each once, from the best place that has them."""
    found: dict[str, str] = {}
    for language, candidates in [*_named(node, desk), *_by_video(node, desk, youtube), *_by_language(node, desk)]:
        for name in candidates:
            asset = desk.assets.find(name)
            if language not in found and asset and asset.lower().endswith(ENDINGS) and _readable(asset, node, desk):
                found[language] = desk.assets.use(name) or asset
    return tuple(Captions(language=language, asset=asset) for language, asset in sorted(found.items()))


def _named(node: Node, desk: Desk) -> list[tuple[str, list[str]]]:
    """Files that the video names itself."""
    told = mapping(as_json(node.attributes.get("transcripts", "")))
    named = [(language, as_text(name)) for language, name in told.items() if isinstance(name, str)]
    for child in node.body:
        if tag_of(child) == "transcript" and child.get("src"):
            named.append((child.get("language") or desk.language, child.get("src") or ""))
        if tag_of(child) == "track" and (child.get("src") or "").lower().endswith(ENDINGS):
            named.append((child.get("srclang") or desk.language, child.get("src") or ""))
    track = plain(node.attributes.get("track"))
    if track.lower().endswith(ENDINGS):
        named.append((desk.language, track))
    for language, name in named:
        if not desk.assets.find(_file(name)):
            desk.report(node, f"Its captions {_file(name)} ({language}) are not there.", "Put the file.")
    return [(language, [_file(name)]) for language, name in named]


def _file(name: str) -> str:
    return re.sub(r"^/?static/", "", name.rpartition("@")[2].split("?")[0])


def _by_video(node: Node, desk: Desk, youtube: list[str]) -> list[tuple[str, list[str]]]:
    """Files named for the video: by its upload, by `sub`, by its YouTube id."""
    found = []
    upload = plain(node.attributes.get("edx_video_id"))
    for asset in node.body.iter("video_asset"):
        for one in asset.iter("transcript"):
            language, ending = one.get("language_code") or "en", one.get("file_format") or "srt"
            video = upload or asset.get("client_video_id") or ""
            found.append((language, [f"{video}-{language}.{ending}", f"{video}-{language}.srt"]))
    sub = plain(node.attributes.get("sub"))
    language = plain(node.attributes.get("transcript_language")) or desk.language
    files = ("subs_{}.srt.sjson", "subs_{}.srt", "{}.srt", "{}.sjson")
    found += [(language, [form.format(name) for form in files]) for name in [sub, *youtube] if name]
    return found


def _by_language(node: Node, desk: Desk) -> list[tuple[str, list[str]]]:
    """Files of other languages: `fr_subs_NAME.srt.sjson`."""
    ids = {plain(node.attributes.get("sub")), plain(node.attributes.get("youtube_id_1_0"))} - {""}
    ending = tuple(f"_subs_{name}.srt.sjson" for name in ids)
    return [(name.split("_subs_")[0], [name]) for name in desk.assets.files if ending and name.endswith(ending)]


def _readable(asset: str, node: Node, desk: Desk) -> bool:
    path = desk.assets.files[asset]
    text = decode(path.read_bytes())[0] if path.stat().st_size < desk.source.limits.json_bytes else ""
    fine = _is_sjson(text) if asset.lower().endswith(".sjson") else bool(CUE.search(text))
    if not fine:
        desk.report(node, f"Its captions {asset} can't be read.", "Make them again.")
    return fine


def _is_sjson(text: str) -> bool:
    told = mapping(as_json(text))
    starts, ends, texts = (listing(told.get(name)) for name in ("start", "end", "text"))
    timed = all(isinstance(time, int | float) for time in [*starts, *ends])
    return bool(starts) and timed and len(starts) == len(ends) == len(texts)
