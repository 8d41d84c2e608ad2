"""Three courses that nobody here wrote, imported whole."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from functools import cache
from pathlib import Path
from typing import Protocol

import pytest
from olxcleaner.validate import validate

from stoa.coursedoc.canonical import content_hash
from stoa.coursedoc.formats.olx.archive import unpack
from stoa.coursedoc.formats.olx.limits import Limits
from stoa.coursedoc.formats.olx.markup import rewrite
from stoa.coursedoc.formats.olx.tests.makers import imported, items_of
from stoa.coursedoc.imported import Fate, Imported
from stoa.coursedoc.model import Course, MoocVideo, Text
from stoa.coursedoc.walking import items

ROOT = Path(__file__).parents[5]
COURSES = ROOT.parent / "shared" / "data" / "courses"
NAMES = ("harvardx-studio-advanced", "math-percent-fi", "openedx-demo-course")
OLD_FORMS = ("/static/", "/jump_to", "/c4x", "/asset-v1", "asset-v1", "i4x:", "block-v1:")
NEW_FORMS = ("asset:", "item:", "step:", "lesson:", "page:")
CONTAINERS = {"course", "chapter", "sequential", "vertical", "split_test", "library_content", "static_tab", "wiki"}

pytestmark = pytest.mark.skipif(not COURSES.is_dir(), reason=f"no courses of others in {COURSES}")

TRUTH = {
    "harvardx-studio-advanced": {
        "course": 1, "chapter": 9, "sequential": 47, "vertical": 286, "html": 315, "problem": 76, "video": 17,
        "discussion": 2, "openassessment": 1, "poll": 121, "split_test": 30, "survey": 3, "word_cloud": 1,
    },
    "math-percent-fi": {
        "course": 1, "chapter": 4, "sequential": 21, "vertical": 46, "html": 95, "problem": 47, "video": 13,
        "edx_sga": 12,
    },
    "openedx-demo-course": {
        "course": 1, "chapter": 6, "sequential": 17, "vertical": 58, "html": 266, "problem": 29, "video": 11,
        "annotatable": 1, "discussion": 1, "done": 1, "drag-and-drop-v2": 1, "edx_sga": 1, "library_content": 1,
        "lti": 2, "openassessment": 2, "poll": 1, "staffgradedxblock": 1, "survey": 1,
    },
}  # fmt: skip  # a table, read by its rows


@pytest.fixture(scope="module")
def work(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("courses")


@pytest.fixture(scope="module", params=NAMES)
def name(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(scope="module")
def given(name: str, work: Path) -> Imported:
    return _imported(name, work)


@cache
def _imported(name: str, work: Path) -> Imported:
    folder = work / name
    folder.mkdir()
    link = folder / f"{name}.tar.gz"
    link.symlink_to(COURSES / f"{name}.tar.gz")
    return imported(link)


def _texts(value: object) -> Iterator[Text]:
    if isinstance(value, Text):
        yield value
    elif is_dataclass(value):
        for one in fields(value):
            yield from _texts(getattr(value, one.name))
    elif isinstance(value, tuple):
        for inner in value:
            yield from _texts(inner)


@pytest.mark.req("R101")
def test_no_element_is_lost_and_none_is_made_up(name: str, given: Imported) -> None:
    told = Counter(element.tag for element in given.report.elements)
    published = {tag: n for tag, n in told.items() if "(" not in tag and tag not in {"static_tab", "wiki"}}

    assert given.report.lost == 0
    assert published == TRUTH[name]
    assert told == given.report.found


def test_no_element_is_refused_and_most_are_mapped(given: Imported) -> None:
    leaves = [one for one in given.report.elements if one.tag not in CONTAINERS and "(" not in one.tag]
    fates = Counter(one.fate for one in leaves)

    assert fates[Fate.REFUSED] == 0
    assert (fates[Fate.MAPPED] + fates[Fate.PARTLY]) / len(leaves) > 0.93
    assert all(one.loss for one in leaves if one.fate is not Fate.MAPPED)


def test_it_counts_no_fewer_elements_than_olxcleaner(name: str, given: Imported, tmp_path: Path) -> None:
    for place, path in _unpacked(name, tmp_path).items():
        (tmp_path / place).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / place).symlink_to(path)
    course = validate(str(tmp_path / "course" / "course.xml"))[0]
    told = Counter(element.tag for element in given.report.elements)

    for tag, n in Counter(_olxcleaner_tags(course)).items():
        assert told[tag] >= n, tag


class _Found(Protocol):
    type: str
    children: list["_Found"]


def _olxcleaner_tags(found: _Found) -> Iterator[str]:
    yield found.type
    for child in found.children:
        yield from _olxcleaner_tags(child)


def _unpacked(name: str, tmp_path: Path) -> dict[str, Path]:
    from_archive = tmp_path / "unpacked"
    from_archive.mkdir()
    return unpack(COURSES / f"{name}.tar.gz", work=from_archive, limits=Limits(), progress=lambda *_: None).files


def test_reading_it_again_gives_the_same_document(name: str, given: Imported, tmp_path: Path) -> None:
    again = _imported.__wrapped__(name, tmp_path)

    assert content_hash(again.course) == content_hash(given.course)


def test_ids_are_unique(given: Imported) -> None:
    steps = [step for module in given.course.modules for lesson in module.lessons for step in lesson.steps]
    ids = [item.id for item in items_of(given)] + [step.id for step in steps]

    assert [one for one, n in Counter(ids).items() if n > 1] == []


def test_every_link_into_the_course_leads_somewhere_or_is_reported(given: Imported) -> None:
    places = _places(given.course)
    reported = "\n".join(one.problem for one in given.report.findings).replace("/", "_")

    links: list[str] = []

    def collect(link: str) -> str:
        links.append(link)
        return link

    for text in _texts(given.course):
        rewrite(text.source, collect)

    assert [one for one in links if one.startswith(OLD_FORMS)] == []
    inside = [one for one in links if one.startswith(NEW_FORMS)]
    assert [one for one in inside if one not in places and one.partition(":")[2] not in reported] == []


def _places(course: Course) -> set[str]:
    found = {f"asset:{one.name}" for one in course.assets} | {f"page:{one.id}" for one in course.pages}
    for module in course.modules:
        for lesson in module.lessons:
            found |= {f"lesson:{lesson.id}"} | {f"step:{step.id}" for step in lesson.steps}
    return found | {f"item:{one.id}" for one in items(course)}


def test_captions_are_assets_of_the_course(name: str, given: Imported) -> None:
    names = {one.name for one in given.course.assets}
    captions = [one for item in items_of(given) if isinstance(item, MoocVideo) for one in item.captions]

    assert bool(captions) is (name != "math-percent-fi")
    assert all(one.asset in names for one in captions)
    assert set(given.files) == names
