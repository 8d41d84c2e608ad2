"""What a MOOC video says and shows, from a plain YAML file."""

from dataclasses import dataclass
from pathlib import Path

import yaml


@dataclass(frozen=True, kw_only=True)
class Label:
    """A few words beside a line of code."""

    line: int
    words: str


@dataclass(frozen=True, kw_only=True)
class Sentence:
    """One sentence: as it is read, as it is spoken, and how much of its slide can be seen by then."""

    captions: dict[str, str]
    spoken: str
    shown: int | None = None
    """Points and labels seen so far; None for all."""


@dataclass(frozen=True, kw_only=True)
class Scene:
    """One slide with the sentences said to it."""

    title: str
    code: tuple[str, ...] = ()
    points: tuple[str, ...] = ()
    output: tuple[str, ...] = ()
    """What the program writes, in a box of its own."""
    labels: tuple[Label, ...] = ()
    sentences: tuple[Sentence, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Script:
    """A MOOC video."""

    name: str
    scenes: tuple[Scene, ...]


def read(path: Path) -> Script:
    """The script in a file; its name is the video's."""
    scenes = tuple(_scene(one) for one in yaml.safe_load(path.read_text(encoding="utf-8"))["scenes"])
    return Script(name=path.stem, scenes=scenes)


def _scene(given: dict[str, object]) -> Scene:
    lines = {name: tuple(str(given.get(name, "")).rstrip("\n").split("\n")) for name in ("code", "output")}
    labels = _rows(given, "labels")
    return Scene(
        title=str(given["title"]),
        code=lines["code"] if "code" in given else (),
        output=lines["output"] if "output" in given else (),
        points=tuple(str(one["point"]) for one in _rows(given, "points")),
        labels=tuple(Label(line=int(str(one["line"])), words=str(one["words"])) for one in labels),
        sentences=tuple(_sentence(one) for one in _rows(given, "say")),
    )


def _rows(given: dict[str, object], name: str) -> list[dict[str, object]]:
    rows = given.get(name, [])
    if not isinstance(rows, list):
        raise TypeError(f"{name} of the scene {given.get('title')!r} is no list")
    return [one if isinstance(one, dict) else {"point": one} for one in rows]


def _sentence(given: dict[str, object]) -> Sentence:
    captions = {language: str(given[language]) for language in ("en", "es")}
    shown = given.get("shown")
    return Sentence(
        captions=captions,
        spoken=str(given.get("spoken", captions["en"])),
        shown=None if shown is None else int(str(shown)),
    )
