"""A course, written as a folder that reads back as the same course."""

import shutil
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path, PurePosixPath
from typing import TypeVar, cast

from stoa.coursedoc import canonical
from stoa.coursedoc.canonical import Json
from stoa.coursedoc.formats.markdown import files as course_files
from stoa.coursedoc.formats.markdown import lessons, notation, yamls
from stoa.coursedoc.formats.markdown.naming import slug
from stoa.coursedoc.model.courses import Announcement, Asset, Course, Draft, Lesson, Module, Page
from stoa.coursedoc.model.texts import Markup, Text


class CannotWrite(ValueError):
    """The course can't be written here."""


def write_folder(course: Course, folder: Path, files: Mapping[str, Path]) -> None:
    """Write the course into an empty or new folder; `files` holds what its assets name."""
    folder.mkdir(parents=True, exist_ok=True)
    if any(folder.iterdir()):
        raise CannotWrite(f"{folder} is not empty: name a new folder.")
    about = replace(course, modules=(), pages=(), announcements=(), drafts=(), assets=())
    values = _values(about) | _own_types(course.assets)
    _put(folder / "course.yaml", yamls.dump(values))
    for name, module in _numbered(course.modules, [module.id for module in course.modules]):
        _write_module(folder / name, module)
    for name, page in _numbered(course.pages, [page.id for page in course.pages]):
        _put(folder / "pages" / f"{name}.md", _write_text(page, page.text))
    for name, news in _numbered(course.announcements, [news.id for news in course.announcements]):
        _put(folder / "announcements" / f"{name}.md", _write_text(news, news.text))
    for name, draft in _numbered(course.drafts, [draft.step.id for draft in course.drafts]):
        _put(folder / "drafts" / f"{name}.md", _write_draft(draft))
    for asset in course.assets:
        _copy(asset, folder / "static", files)


T = TypeVar("T")


def _numbered(things: Sequence[T], ids: Sequence[str]) -> list[tuple[str, T]]:
    width = max(2, len(str(len(things))))
    return [
        (f"{number:0{width}}-{slug(name) or 'unnamed'}", thing)
        for number, (name, thing) in enumerate(zip(ids, things, strict=True), 1)
    ]


def _values(value: object) -> dict[str, Json]:
    return cast("dict[str, Json]", canonical.as_values(value))


def _put(path: Path, written: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(written.encode())


def _write_module(folder: Path, module: Module) -> None:
    _put(folder / "module.yaml", yamls.dump(_values(replace(module, lessons=()))))
    for name, lesson in _numbered(module.lessons, [lesson.id for lesson in module.lessons]):
        _put(folder / f"{name}.md", _write_lesson(lesson))


def _write_lesson(lesson: Lesson) -> str:
    return _with_front(_values(replace(lesson, steps=())), lessons.write_steps(lesson.steps, lesson.id))


def _with_front(values: Mapping[str, Json], body: str) -> str:
    front = f"---\n{yamls.dump(values)}---\n"
    return f"{front}\n{body}\n" if body else front


def _write_text(thing: Page | Announcement, text: Text) -> str:
    values = _values(thing)
    body = text.source
    if notation.chunk_of(body, "").text() != body:
        return _with_front(values, "")
    values.pop("text", None)
    return _with_front(values | ({"markup": "html"} if text.markup is Markup.HTML else {}), body)


def _write_draft(draft: Draft) -> str:
    body = lessons.write_steps([draft.step], draft.lesson_id)
    values = _values(draft)
    values.pop("step")
    return _with_front(values, body)


def _own_types(assets: Sequence[Asset]) -> dict[str, Json]:
    """The media types that their file names don't say."""
    own: dict[str, Json] = {
        asset.name: asset.media_type for asset in assets if asset.media_type != course_files.media_type(asset.name)
    }
    return {"assets": own} if own else {}


def _copy(asset: Asset, static: Path, files: Mapping[str, Path]) -> None:
    name = PurePosixPath(asset.name)
    if name.is_absolute() or ".." in name.parts or not name.parts or "\\" in asset.name or "\0" in asset.name:
        raise CannotWrite(f"{asset.name!r} can't be the name of a file: rename it.")
    if asset.name not in files:
        raise CannotWrite(f"The file of the asset {asset.name!r} is missing: add it or remove the asset.")
    path = static / name
    path.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(files[asset.name], path)
