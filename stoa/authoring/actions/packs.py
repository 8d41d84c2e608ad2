"""A module to take along: its pages, MOOC videos in their smallest form with transcripts, handouts, in one file."""

import json
import shutil
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import cast

from django.conf import settings
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import translation

from stoa.authoring.actions import store
from stoa.authoring.actions.media import free_space_for
from stoa.authoring.models import MediaFile, OfflinePack
from stoa.authoring.queries.media import place_of
from stoa.authoring.rules.packs import Pack, page_names
from stoa.courseware.queries import Desk, OutlineModule, OutlineStep, PartLayout, VideoData, offer, parts_of

EDITION = 1
"""Of the folder that this code makes."""
LONG_AGO = (1980, 1, 1, 0, 0, 0)
"""The time of every entry: the same content gives the same file."""


class NoRoomForPack(Exception):
    """The disk of this site is too full to make the file. The course team can free space; the lessons stay here."""


@dataclass(frozen=True, kw_only=True)
class PackedPart:
    """A part of a step as it stands in the folder."""

    part: PartLayout
    html: str
    online: bool
    """It needs the site: the page says where to go."""


ONLINE = frozenset({"quiz", "exercise", "assignment", "discussion"})


def pack_module(*, desk: Desk, module: OutlineModule, steps: Sequence[OutlineStep], language: str) -> OfflinePack:
    """The file of these steps of a module, made once for each version, language and choice of steps.

    Raises NoRoomForPack.
    """
    key = _key(desk, module, steps, language)
    known = OfflinePack.objects.filter(key=key).first()
    if known and place_of(known.sha256).is_file():
        return known
    pack = Pack(
        root=f"{settings.SITE_URL}{desk.address}steps/", pages=page_names({step.id: step.title for step in steps})
    )
    with translation.override(language):
        pages = dict(_pages(pack, desk, module, steps))
    return _keep(key, desk, f"{module.title or module.id}.zip", pages, pack)


def _key(desk: Desk, module: OutlineModule, steps: Sequence[OutlineStep], language: str) -> str:
    told = [EDITION, settings.SITE_URL, desk.address, desk.version_id, module.id, language, [step.id for step in steps]]
    return sha256(json.dumps(told).encode()).hexdigest()


def _pages(pack: Pack, desk: Desk, module: OutlineModule, steps: Sequence[OutlineStep]) -> Iterator[tuple[str, str]]:
    """Each page with its name; what they want of files gathers in the pack meanwhile."""
    lines = [(pack.pages[step.id], step) for step in steps]
    around = {"desk": desk, "module": module, "lines": lines, "root": pack.root}
    for at, (name, step) in enumerate(lines):
        parts = [_packed(pack, part, desk.language) for part in parts_of(desk.version_id, step.id)]
        before = lines[at - 1][0] if at else ""
        after = lines[at + 1][0] if at + 1 < len(lines) else ""
        shown = {**around, "step": step, "parts": parts, "before": before, "after": after}
        yield name, render_to_string("authoring/pack/step.html", shown)
    yield "index.html", render_to_string("authoring/pack/index.html", around)
    yield "pack.css", render_to_string("authoring/pack/pack.css")


def _packed(pack: Pack, part: PartLayout, language: str) -> PackedPart:
    video = None
    if part.kind == "mooc_video":
        video = offer(part.item_id, part.title, cast("VideoData", part.data), language=language, spare=True)
    block = render_to_string("authoring/pack/_video.html", {"video": video}) if video else ""
    return PackedPart(part=part, html=pack.rewritten(block + part.html), online=part.kind in ONLINE)


def _keep(key: str, desk: Desk, name: str, pages: Mapping[str, str], pack: Pack) -> OfflinePack:
    if not free_space_for(sum(place_of(digest).stat().st_size for digest in _there(pack).values())):
        raise NoRoomForPack
    with NamedTemporaryFile(dir=settings.MEDIA_ROOT) as scratch:
        _write(Path(scratch.name), pages, _there(pack))
        digest, size = store.keep_file(Path(scratch.name))
    store.settle()
    with transaction.atomic():
        MediaFile.objects.get_or_create(course_id=desk.course_id, sha256=digest, name=name, defaults={"size": size})
        kept, _ = OfflinePack.objects.update_or_create(
            key=key, defaults={"version_id": desk.version_id, "sha256": digest, "name": name, "size": size}
        )
    return kept


def _there(pack: Pack) -> dict[str, str]:
    """The files that the store holds: a page with a missing picture is better than no page."""
    return {name: digest for name, digest in pack.files.items() if place_of(digest).is_file()}


def _write(target: Path, pages: Mapping[str, str], files: Mapping[str, str]) -> None:
    with zipfile.ZipFile(target, "w") as folder:
        for name, text in pages.items():
            folder.writestr(zipfile.ZipInfo(name, LONG_AGO), text, zipfile.ZIP_DEFLATED)
        for name, digest in files.items():
            entry = zipfile.ZipInfo(name, LONG_AGO)
            entry.file_size = place_of(digest).stat().st_size
            with place_of(digest).open("rb") as source, folder.open(entry, "w") as inside:
                shutil.copyfileobj(source, inside, 1 << 20)
