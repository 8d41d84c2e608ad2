"""A course folder, read: course.yaml, modules, lessons, pages, announcements, drafts, files."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import TypeVar
from urllib.parse import unquote

from stoa.coursedoc import canonical, walking
from stoa.coursedoc.canonical import Json
from stoa.coursedoc.formats.markdown import lessons, naming, notation, yamls
from stoa.coursedoc.formats.markdown.files import Files
from stoa.coursedoc.formats.markdown.notation import Chunk
from stoa.coursedoc.formats.markdown.troubles import Troubles
from stoa.coursedoc.imported import Element, Fate, Imported, Report, SourceRefused
from stoa.coursedoc.model.courses import Announcement, Asset, Course, Draft, Lesson, Module, Page, Step
from stoa.coursedoc.model.items import Raw

OWN_FOLDERS = frozenset({"announcements", "drafts", "pages", "static"})
# The dots at an end may belong to a sentence around the name.
_ASSET = re.compile(r"asset:([^\s()\"'<>\\\]]+)")
_README = re.compile(r"(?i)(?:readme|license|licence|contributing|makefile)\b.*")
T = TypeVar("T")


def read_folder(folder: Path) -> Imported:
    """The course that the folder holds. Raises SourceRefused, which names everything that is wrong in it."""
    troubles = Troubles()
    files = Files(folder, troubles)
    if folder / "course.yaml" not in files.paths:
        raise SourceRefused(
            "There is no course.yaml here.", place=str(folder), remedy="Write one with `title: …` at least."
        )
    course, found = _Loading(files, troubles).course()
    troubles.refuse_if_any()
    report = Report(elements=tuple(_elements(course)), findings=tuple(troubles.findings), found=_count(course))
    return Imported(course=course, files=found, report=report)


class _Loading:
    """One course being read."""

    def __init__(self, files: Files, troubles: Troubles) -> None:
        self._files = files
        self._troubles = troubles
        self._lesson_places: dict[str, str] = {}

    def course(self) -> tuple[Course, dict[str, Path]]:
        """The course, and its files by the names of its assets."""
        root = self._files.folder
        values = self._yaml(self._files.read(root / "course.yaml"))
        values.setdefault("id", naming.slug(str(values.get("title", ""))))
        types = values.pop("assets", {})
        course = self._value(Course, values, "course.yaml") or Course(id="", title="")
        assets, found = self._assets(types)
        course = replace(
            course,
            modules=tuple(self._modules()),
            pages=tuple(self._texts(root / "pages", Page)),
            announcements=tuple(self._texts(root / "announcements", Announcement)),
            drafts=tuple(self._drafts(root / "drafts")),
            assets=assets,
        )
        self._check_ids(course)
        self._check_assets(course, found)
        self._check_strangers()
        return course, found

    def _yaml(self, chunk: Chunk) -> dict[str, Json]:
        try:
            return yamls.load("\n".join([*chunk.lines, ""]))
        except yamls.NotReadable as error:
            line = chunk.first + max(min(error.line, len(chunk.lines)), 1) - 1
            self._troubles.fault(f"This is not readable: {error}.", "Mend this line.", place=chunk.place, line=line)
            return {}

    def _value(self, kind: type[T], values: Mapping[str, Json], place: str) -> T | None:
        try:
            return canonical.from_values(kind, values)
        except ValueError as error:
            self._troubles.fault(f"{error}.", "docs/course-format.md lists what may stand here.", place=place)
            return None

    def _modules(self) -> Iterator[Module]:
        for folder in self._files.folders():
            inside = self._files.inside(folder)
            if folder.name in OWN_FOLDERS or not any(
                path.suffix == ".md" or path.name == "module.yaml" for path in inside
            ):
                continue
            about = next((path for path in inside if path.name == "module.yaml"), None)
            values = self._yaml(self._files.read(about)) if about else {}
            values = _named(values, folder.name)
            module = self._value(Module, values, self._files.name(about or folder))
            inner = tuple(lesson for path in inside if path.suffix == ".md" for lesson in self._lesson(path))
            yield replace(module, lessons=inner) if module else Module(id="", title="", lessons=inner)

    def _lesson(self, path: Path) -> Iterator[Lesson]:
        if _README.fullmatch(path.name):
            return
        front, body = self._opened(path)
        lesson = self._value(Lesson, _named(self._yaml(front), path.stem), front.place)
        if lesson:
            self._lesson_places[lesson.id] = front.place
            steps = lessons.read_steps(body, lesson_id=lesson.id, title=lesson.title, troubles=self._troubles)
            yield replace(lesson, steps=steps)

    def _opened(self, path: Path) -> tuple[Chunk, Chunk]:
        return notation.front_matter(self._files.read(path))

    def _texts(self, folder: Path, kind: type[T]) -> Iterator[T]:
        for path in self._files.inside(folder):
            if path.suffix == ".md":
                front, body = self._opened(path)
                values = _named(self._yaml(front), path.stem, title=kind is Page)
                text: Json = {"html": body.text()} if values.pop("markup", "") == "html" else body.text()
                values.setdefault("text", text)
                if value := self._value(kind, values, front.place):
                    yield value

    def _drafts(self, folder: Path) -> Iterator[Draft]:
        for path in self._files.inside(folder):
            front, body = self._opened(path)
            values = self._yaml(front)
            draft = self._value(Draft, values | {"step": {"id": "", "title": ""}}, front.place)
            if draft:
                yield replace(draft, step=self._one_step(body, draft.lesson_id))

    def _one_step(self, body: Chunk, lesson_id: str) -> Step:
        steps = lessons.read_steps(body, lesson_id=lesson_id, title="", troubles=self._troubles)
        if len(steps) != 1:
            self._troubles.fault(f"A draft is one step; here are {len(steps)}.", "Split it.", place=body.place)
        return steps[0] if steps else Step(id="", title="")

    def _assets(self, types: Json) -> tuple[tuple[Asset, ...], dict[str, Path]]:
        folder = self._files.folder / "static"
        found = {path.relative_to(folder).as_posix(): path for path in self._files.below(folder)}
        assets = [self._files.asset(path, name) for name, path in found.items()]
        own = types if isinstance(types, dict) else {}
        typed = [replace(one, media_type=str(own[one.name])) if one.name in own else one for one in assets]
        return tuple(sorted(typed, key=lambda one: one.name)), found

    def _check_ids(self, course: Course) -> None:
        self._check_unique("module", ((module.id, module.title) for module in course.modules))
        self._check_unique(
            "lesson", ((one.id, self._lesson_places.get(one.id, one.title)) for one in walking.lessons(course))
        )
        places = [(one, self._lesson_places.get(one.lesson.id, "")) for one in walking.steps(course)]
        self._check_unique("step", ((one.step.id, place) for one, place in places))
        self._check_unique("item", ((item.id, place) for one, place in places for item in walking.items(one.step)))
        self._check_unique("page", ((page.id, f"pages: {page.title}") for page in course.pages))

    def _check_unique(self, what: str, named: Iterator[tuple[str, str]]) -> None:
        seen: dict[str, str] = {}
        for name, place in named:
            if name in seen:
                self._troubles.fault(
                    f"Two {what}s have the id {name!r}; the other is in {seen[name]}.",
                    f"Give one of them another: {{#{name}-2}} behind its title, or `id:` in its front matter.",
                    place=place,
                )
            seen.setdefault(name, place)

    def _check_assets(self, course: Course, found: Mapping[str, Path]) -> None:
        for lesson in walking.lessons(course):
            for name in sorted(set(_ASSET.findall(str(canonical.as_values(lesson))))):
                if not {name, unquote(name), unquote(name).rstrip(".,;:!?*_")} & found.keys():
                    place = self._lesson_places.get(lesson.id, "")
                    self._troubles.notice(f"There is no file static/{name}.", "Add it, or mend its name.", place=place)

    def _check_strangers(self) -> None:
        root = self._files.folder
        homes = {path for path in self._files.folders() if self._is_home(path)}
        for path in self._files.inside(root) + self._files.folders():
            if path.name != "course.yaml" and path not in homes and not _README.fullmatch(path.name):
                self._troubles.notice(
                    "This is no part of a course.", "Move it to static/ or away.", place=self._files.name(path)
                )

    def _is_home(self, folder: Path) -> bool:
        inside = self._files.inside(folder)
        return folder.name in OWN_FOLDERS or any(path.suffix == ".md" or path.name == "module.yaml" for path in inside)


def _named(values: dict[str, Json], name: str, *, title: bool = True) -> dict[str, Json]:
    """The values, with an id and a title from the name of the file where they have none."""
    own: dict[str, Json] = {"id": naming.from_file(name)}
    if title:
        own["title"] = naming.title_from_file(name)
    return own | values


def _elements(course: Course) -> Iterator[Element]:
    for module in course.modules:
        yield Element(tag="module", id=module.id, fate=Fate.MAPPED)
    for lesson in walking.lessons(course):
        yield Element(tag="lesson", id=lesson.id, fate=Fate.MAPPED)
    for place in walking.steps(course):
        yield Element(tag="step", id=place.step.id, fate=Fate.MAPPED)
    for item in walking.items(course):
        raw = isinstance(item, Raw)
        loss = item.reason if isinstance(item, Raw) else ""
        yield Element(tag=canonical.tag_of(item), id=item.id, fate=Fate.KEPT if raw else Fate.MAPPED, loss=loss)


def _count(course: Course) -> Counter[str]:
    counted: Counter[str] = Counter(canonical.tag_of(item) for item in walking.items(course))
    counted["module"] = len(course.modules)
    counted["lesson"] = sum(1 for _ in walking.lessons(course))
    counted["step"] = sum(1 for _ in walking.steps(course))
    return counted
