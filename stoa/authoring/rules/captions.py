"""Captions in srt, sjson or WebVTT, read as cues and written as WebVTT."""

import html
import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import cast

import srt
import webvtt

from stoa.coursedoc.encodings import decode

LONGEST = 100 * 3600
"""Seconds; no recording is longer."""


class CaptionsUnreadable(Exception):
    """The file holds no captions in srt, sjson or WebVTT; save it as one of them, in UTF-8."""


@dataclass(frozen=True, kw_only=True)
class Cue:
    """Words that are shown from `start` to `end`, in seconds."""

    start: float
    end: float
    text: str


_TAG = re.compile(r"<[^<>]*>|\{\\[^{}]*\}")


def read_cues(data: bytes, *, name: str) -> tuple[Cue, ...]:
    """The cues of a captions file in the order of their time, without those that last no time.

    Raises CaptionsUnreadable.
    """
    text = decode(data)[0]
    ending = name.lower().rpartition(".")[2]
    try:
        cues = tuple(_reader(ending, text))
    except (ValueError, TypeError, KeyError, srt.SRTParseError, webvtt.errors.MalformedFileError) as fault:
        raise CaptionsUnreadable(name) from fault
    shown = sorted((cue for cue in cues if cue.text and 0 <= cue.start < cue.end <= LONGEST), key=lambda cue: cue.start)
    if not shown:
        raise CaptionsUnreadable(name)
    return tuple(shown)


def as_webvtt(cues: Sequence[Cue]) -> str:
    """The cues as a WebVTT file."""
    blocks = [f"{_clock(cue.start)} --> {_clock(cue.end)}\n{html.escape(cue.text, quote=False)}" for cue in cues]
    return "\n\n".join(["WEBVTT", *blocks]) + "\n"


def _reader(ending: str, text: str) -> Iterator[Cue]:
    if ending == "sjson" or text.lstrip().startswith("{"):
        return _from_sjson(text)
    if text.lstrip().startswith("WEBVTT"):
        return _from_webvtt(text)
    return _from_srt(text)


def _from_sjson(text: str) -> Iterator[Cue]:
    told = cast("dict[str, list[object]]", json.loads(text))
    for start, end, words in zip(told["start"], told["end"], told["text"], strict=False):
        yield Cue(start=float(str(start)) / 1000, end=float(str(end)) / 1000, text=_words(str(words or "")))


def _from_srt(text: str) -> Iterator[Cue]:
    for subtitle in srt.parse(text, ignore_errors=True):
        yield Cue(start=subtitle.start.total_seconds(), end=subtitle.end.total_seconds(), text=_words(subtitle.content))


def _from_webvtt(text: str) -> Iterator[Cue]:
    for caption in webvtt.WebVTT.from_string(text.lstrip()).captions:
        yield Cue(
            start=caption.start_time.in_milliseconds() / 1000,
            end=caption.end_time.in_milliseconds() / 1000,
            text=_words(caption.raw_text),
        )


def _words(text: str) -> str:
    plain = html.unescape(_TAG.sub("", text)).replace("\0", "")
    return "\n".join(line for line in (" ".join(line.split()) for line in plain.splitlines()) if line)


def _clock(seconds: float) -> str:
    thousandths = round(seconds * 1000)
    minutes, rest = divmod(thousandths, 60_000)
    return f"{minutes // 60:02}:{minutes % 60:02}:{rest // 1000:02}.{rest % 1000:03}"
