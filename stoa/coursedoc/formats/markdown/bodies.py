"""What stands inside each kind of block, read and written as plain JSON values."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import cast

from stoa.coursedoc import model
from stoa.coursedoc.canonical import Json
from stoa.coursedoc.formats.markdown import exercises, quiz_writing, quizzes, yamls
from stoa.coursedoc.formats.markdown.naming import slug
from stoa.coursedoc.formats.markdown.notation import Chunk
from stoa.coursedoc.model.items import ExerciseKind, Item

Values = Mapping[str, Json]


@dataclass(frozen=True, kw_only=True)
class Kind:
    """A kind of block: the item it makes, how its inside is read and written, what it sets by itself."""

    makes: type[Item]
    read: Callable[[Chunk], dict[str, Json]]
    write: Callable[[Values], str]
    fixed: Mapping[str, Json]
    is_yaml: bool = False
    """Its texts stand inside; braces would make them hard to read."""


def _words(name: str) -> tuple[Callable[[Chunk], dict[str, Json]], Callable[[Values], str]]:
    def read(body: Chunk) -> dict[str, Json]:
        return {name: body.text()} if body.text() else {}

    def write(values: Values) -> str:
        return str(values.get(name, ""))

    return read, write


def _kind(
    makes: type[Item], how: tuple[Callable[[Chunk], dict[str, Json]], Callable[[Values], str]], **fixed: Json
) -> Kind:
    return Kind(makes=makes, read=how[0], write=how[1], fixed=fixed, is_yaml=how[1] in {_write_video, _write_yaml})


def _read_yaml(body: Chunk) -> dict[str, Json]:
    return yamls.load("\n".join([*body.lines, ""]))


def _read_video(body: Chunk) -> dict[str, Json]:
    """A source may be its address alone; captions may be `language: file` lines."""
    found = _read_yaml(body)
    if isinstance(sources := found.get("sources"), list):
        found["sources"] = [{"url": one} if isinstance(one, str) else one for one in sources]
    if isinstance(captions := found.get("captions"), dict):
        found["captions"] = [{"language": language, "asset": asset} for language, asset in captions.items()]
    return found


def _write_video(values: Values) -> str:
    found = dict(values)
    sources = cast("list[dict[str, Json]]", found.get("sources", []))
    captions = cast("list[dict[str, str]]", found.get("captions", []))
    if sources:
        found["sources"] = [one["url"] if one.keys() == {"url"} else one for one in sources]
    if captions and len({one["language"] for one in captions}) == len(captions):
        found["captions"] = {one["language"]: one["asset"] for one in captions}
    return yamls.dump(found).removesuffix("\n")


def _read_assignment(body: Chunk) -> dict[str, Json]:
    """Criteria and levels without an id get one from their label."""
    found = _read_yaml(body)
    for criterion in _rows(found.get("criteria")):
        criterion.setdefault("id", slug(str(criterion.get("label", ""))))
        for level in _rows(criterion.get("levels")):
            level.setdefault("id", slug(str(level.get("label", ""))))
    return found


def _rows(value: Json) -> list[dict[str, Json]]:
    return [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []


def _write_yaml(values: Values) -> str:
    return yamls.dump(values).removesuffix("\n")


_YAML = (_read_assignment, _write_yaml)
_QUIZ = (quizzes.read, quiz_writing.write)
_EXERCISE = (exercises.read, exercises.write)

KINDS: Mapping[str, Kind] = {
    "reading": _kind(model.Reading, _words("text")),
    "video": _kind(model.MoocVideo, (_read_video, _write_video)),
    "poll": _kind(model.Quiz, _QUIZ, scored=False, show_results=True),
    "quiz": _kind(model.Quiz, _QUIZ),
    "task": _kind(model.Exercise, _EXERCISE, kind=ExerciseKind.MARK_DONE.value),
    "exercise": _kind(model.Exercise, _EXERCISE),
    "assignment": _kind(model.Assignment, _YAML),
    "discussion": _kind(model.Discussion, _words("text")),
    "resource": _kind(model.OutsideResource, _words("text")),
    "raw": _kind(model.Raw, _words("source")),
}
"""Blocks by the word behind their colons; `pool`, `variants`, `variant` and `item` are read where items are."""
