"""How a MOOC video is offered: which file first, which transcript, where it starts."""

from collections.abc import Sequence
from dataclasses import dataclass

from stoa.courseware.rules.layouts import CaptionsData, SourceData, VideoData
from stoa.courseware.rules.notebooks import clock


@dataclass(frozen=True, kw_only=True)
class CueRow:
    """A line of the transcript."""

    start: float
    clock: str
    words: str


@dataclass(frozen=True, kw_only=True)
class Track:
    """Captions in one language."""

    src: str
    lang: str
    default: bool


@dataclass(frozen=True, kw_only=True)
class Handout:
    """A file to take away."""

    url: str
    title: str
    size: int | None = None


@dataclass(frozen=True, kw_only=True)
class Offer:
    """A MOOC video as one reader is offered it."""

    id: str
    title: str
    sources: tuple[SourceData, ...]
    audio: str
    low: str
    download: str
    youtube: str
    poster: str
    start: float
    end: float | None
    duration: float | None
    tracks: tuple[Track, ...]
    cues: tuple[CueRow, ...]
    transcript: str
    """Language of the transcript."""
    languages: tuple[str, ...]
    handouts: tuple[Handout, ...]
    spare: bool
    """Nothing loads before the learner asks."""

    @property
    def clock(self) -> str:
        """How long it is, as a player shows it."""
        return clock(self.duration) if self.duration else ""

    @property
    def only_youtube(self) -> bool:
        """There is no file of our own to show."""
        return bool(self.youtube) and not self.sources

    @property
    def size(self) -> int | None:
        """Bytes of the file that is offered first."""
        return self.sources[0].get("size") if self.sources else None

    @property
    def resume_mark(self) -> str:
        """Stands for the place to resume in pages that are kept for everyone."""
        return f"@resume:{self.id}@"


def offer(item_id: str, title: str, video: VideoData, *, language: str, spare: bool) -> Offer:
    """The video for a reader of this language; with spare data the smallest file comes first."""
    captions = video.get("captions") or []
    chosen = _transcript(captions, language)
    files = list(video.get("sources") or [])
    sound = [source for source in files if _is_sound(source)]
    pictures = [source for source in files if not _is_sound(source)]
    small = min(pictures, key=_weight, default=None)
    downloadable = video.get("downloadable", True)
    return Offer(
        id=item_id,
        title=title,
        sources=tuple(sorted(pictures, key=_weight) if spare else pictures),
        audio=sound[0]["url"] if sound else "",
        low=small["url"] if small and len(pictures) > 1 else "",
        download=pictures[0]["url"] if pictures and downloadable else "",
        youtube=video.get("youtube") or "",
        poster=video.get("poster") or "",
        start=video.get("start") or 0,
        end=video.get("end"),
        duration=video.get("duration"),
        tracks=tuple(Track(src=c["url"], lang=c["language"], default=c is chosen) for c in captions),
        cues=_rows(chosen),
        transcript=chosen["language"] if chosen else "",
        languages=tuple(c["language"] for c in captions),
        handouts=tuple(Handout(url=h["url"], title=h["title"] or h["url"]) for h in video.get("handouts") or []),
        spare=spare,
    )


def _transcript(captions: Sequence[CaptionsData], language: str) -> CaptionsData | None:
    exact = next((c for c in captions if c["language"] == language), None)
    near = next((c for c in captions if c["language"].partition("-")[0] == language.partition("-")[0]), None)
    return exact or near or next(iter(captions), None)


def _rows(captions: CaptionsData | None) -> tuple[CueRow, ...]:
    cues = captions["cues"] if captions else []
    return tuple(CueRow(start=round(cue["start"], 2), clock=clock(cue["start"]), words=cue["text"]) for cue in cues)


def _is_sound(source: SourceData) -> bool:
    return source.get("media_type", "").startswith("audio/") or "audio" in source.get("label", "").lower()


def _weight(source: SourceData) -> tuple[bool, float]:
    low = "low" in source.get("label", "").lower()
    return not low, float(source.get("size") or 10**12)
