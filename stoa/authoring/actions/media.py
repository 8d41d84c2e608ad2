"""Files of a course: kept in the store, captions among them turned into WebVTT."""

import shutil
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from django.conf import settings

from stoa.authoring.actions import store
from stoa.authoring.models import MediaFile
from stoa.authoring.queries.media import place_of
from stoa.authoring.rules.captions import CaptionsUnreadable, Cue, as_webvtt, read_cues
from stoa.catalogue.models import Course
from stoa.coursedoc import walking
from stoa.coursedoc.imported import Finding
from stoa.coursedoc.model import Course as Document
from stoa.coursedoc.model import MoocVideo

Step = Callable[[str, int, int], None]


@dataclass(frozen=True, kw_only=True)
class Kept:
    """A file in the store."""

    name: str
    sha256: str
    size: int


@dataclass(frozen=True, kw_only=True)
class Track:
    """Captions as they are served, and their cues."""

    file: Kept
    cues: tuple[Cue, ...]


@dataclass(frozen=True, kw_only=True)
class Media:
    """All files of a course as the store holds them."""

    files: Mapping[str, Kept] = field(default_factory=dict)
    """By the name of the asset."""
    tracks: Mapping[str, Track] = field(default_factory=dict)
    """Captions by the name of their asset."""
    findings: tuple[Finding, ...] = ()

    @property
    def digests(self) -> dict[str, str]:
        """Asset name to sha256."""
        return {name: kept.sha256 for name, kept in self.files.items()}


def keep_media(document: Document, files: Mapping[str, Path], step: Step) -> Media:
    """Put the course's files into the store."""
    kept: dict[str, Kept] = {}
    findings: list[Finding] = []
    for done, (name, path) in enumerate(files.items()):
        step("Files", done, len(files))
        digest, size = store.keep_file(path)
        kept[name] = Kept(name=name, sha256=digest, size=size)
    tracks = dict(_tracks(document, kept, findings, step))
    store.settle()
    return Media(files=kept, tracks=tracks, findings=tuple(findings))


def known_media(document: Document, course: Course) -> Media:
    """The files of a course that the store holds since it was last published."""
    held = {asset.name: Kept(name=asset.name, sha256=asset.sha256, size=asset.size) for asset in document.assets}
    known = set(MediaFile.objects.filter(course=course).values_list("sha256", flat=True))
    files = {name: kept for name, kept in held.items() if kept.sha256 in known}
    findings: list[Finding] = []
    tracks = dict(_tracks(document, files, findings, lambda _stage, _done, _total: None))
    return Media(files=files, tracks=tracks, findings=tuple(findings))


def register(course: Course, media: Media) -> None:
    """Let these files be served."""
    everything = [*media.files.values(), *(track.file for track in media.tracks.values())]
    MediaFile.objects.bulk_create(
        [MediaFile(course=course, sha256=kept.sha256, name=kept.name, size=kept.size) for kept in everything],
        ignore_conflicts=True,
        batch_size=500,
    )


def _tracks(
    document: Document, files: Mapping[str, Kept], findings: list[Finding], step: Step
) -> Iterator[tuple[str, Track]]:
    wanted = _captions(document)
    for done, (name, video) in enumerate(wanted.items()):
        step("MOOC videos and captions", done, len(wanted))
        kept = files.get(name)
        if kept is None:
            findings.append(_missing(name, video))
            continue
        try:
            cues = read_cues(place_of(kept.sha256).read_bytes(), name=name)
        except CaptionsUnreadable:
            findings.append(_unreadable(name, video))
            continue
        digest, size = store.keep_bytes(as_webvtt(cues).encode())
        served = f"{PurePosixPath(name).stem}.vtt"
        yield name, Track(file=Kept(name=served, sha256=digest, size=size), cues=cues)


def _captions(document: Document) -> dict[str, MoocVideo]:
    return {
        captions.asset.removeprefix("asset:"): item
        for item in walking.items(document)
        if isinstance(item, MoocVideo)
        for captions in item.captions
    }


def _missing(name: str, video: MoocVideo) -> Finding:
    return Finding(
        place=name,
        problem=f"The captions of MOOC video {video.title or video.id} are named, but the file is not there.",
        remedy="Add the file, or take its name out of the video.",
    )


def _unreadable(name: str, video: MoocVideo) -> Finding:
    return Finding(
        place=name,
        problem=f"The captions of MOOC video {video.title or video.id} can't be read, so they aren't shown.",
        remedy="Save them as srt, sjson or WebVTT, in UTF-8.",
    )


def free_space_for(size: int) -> bool:
    """True where the disk takes so many bytes and a tenth more."""
    root = Path(settings.MEDIA_ROOT)
    root.mkdir(parents=True, exist_ok=True)
    return shutil.disk_usage(root).free > size * 1.1
