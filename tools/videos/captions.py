"""When each sentence of a MOOC video is said, and the captions that follow from it."""

from collections.abc import Sequence
from dataclasses import dataclass

from tools.videos.scripts import Scene, Sentence


@dataclass(frozen=True, kw_only=True)
class Said:
    """A sentence with its place in time, in seconds."""

    scene: Scene
    sentence: Sentence
    start: float
    end: float


def captions(said: Sequence[Said], language: str) -> str:
    """The sentences as WebVTT."""
    cues = [f"{_clock(one.start)} --> {_clock(one.end)}\n{one.sentence.captions[language]}\n" for one in said]
    return "\n".join(["WEBVTT\n", *cues])


def _clock(seconds: float) -> str:
    # In whole thousandths, since 59.9996 would become second 60 of its minute.
    rest, thousandths = divmod(round(seconds * 1000), 1000)
    minutes, whole = divmod(rest, 60)
    return f"{minutes:02}:{whole:02}.{thousandths:03}"
