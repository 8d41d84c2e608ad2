from dataclasses import replace
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TypeVar

from hypothesis import HealthCheck, given, settings

from stoa.coursedoc import model
from stoa.coursedoc.formats.markdown import read_folder, write_folder
from stoa.coursedoc.model.items import Item
from stoa.coursedoc.tests.documents import courses

T = TypeVar("T")


def named_apart(course: model.Course) -> model.Course:
    """The same course with an id of its own for everything, and no files."""
    numbers = count(1)

    def item(one: Item) -> Item:
        one = replace(one, id=f"{one.id}{next(numbers)}")
        if isinstance(one, model.Pool):
            return replace(one, items=tuple(item(inner) for inner in one.items))
        if isinstance(one, model.Variants):
            arms = tuple(replace(arm, items=tuple(item(inner) for inner in arm.items)) for arm in one.variants)
            return replace(one, variants=arms)
        return one

    def step(one: model.Step) -> model.Step:
        return replace(one, id=f"{one.id}{next(numbers)}", items=tuple(item(inner) for inner in one.items))

    def lesson(one: model.Lesson) -> model.Lesson:
        return replace(one, id=f"{one.id}{next(numbers)}", steps=tuple(step(inner) for inner in one.steps))

    def module(one: model.Module) -> model.Module:
        return replace(one, id=f"{one.id}{next(numbers)}", lessons=tuple(lesson(inner) for inner in one.lessons))

    return replace(
        course,
        modules=tuple(module(one) for one in course.modules),
        pages=tuple(replace(one, id=f"{one.id}{next(numbers)}") for one in course.pages),
        assets=(),
    )


def contents(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()
    }


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(courses().map(named_apart))
def test_every_course_written_as_a_folder_reads_back_the_same(course: model.Course) -> None:
    with TemporaryDirectory() as name:
        first, second = Path(name) / "first", Path(name) / "second"

        write_folder(course, first, {})
        read = read_folder(first)
        write_folder(read.course, second, read.files)

        assert read.course == course
        assert contents(first) == contents(second)
        assert read.report.lost == 0
