from dataclasses import replace
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, given, settings

from stoa.coursedoc import model
from stoa.coursedoc.formats.markdown import CannotWrite, files, read_folder, write_folder
from stoa.coursedoc.imported import SourceRefused
from stoa.coursedoc.model.items import Item
from stoa.coursedoc.tests.documents import courses


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


def a_course(tmp_path: Path) -> Path:
    folder = tmp_path / "course"
    (folder / "static").mkdir(parents=True)
    (folder / "course.yaml").write_text("title: Short")
    return folder


def refusal(folder: Path) -> str:
    with pytest.raises(SourceRefused) as refused:
        read_folder(folder)
    return str(refused.value)


def test_files_go_out_and_in_with_their_course(tmp_path: Path) -> None:
    folder = a_course(tmp_path)
    (folder / "static/notes.md").write_text("# Notes")
    imported = read_folder(folder)

    write_folder(imported.course, tmp_path / "out", imported.files)

    assert read_folder(tmp_path / "out").course == imported.course
    assert (tmp_path / "out/static/notes.md").read_text() == "# Notes"
    assert (tmp_path / "out/course.yaml").read_text() == "id: short\ntitle: Short\n"


def test_more_than_ninety_nine_modules_keep_their_order(tmp_path: Path) -> None:
    modules = tuple(model.Module(id=f"m{n}", title="M") for n in range(101))
    course = model.Course(id="c", title="C", modules=modules)

    write_folder(course, tmp_path / "out", {})

    assert read_folder(tmp_path / "out").course == course


@pytest.mark.parametrize("name", ["../x", "/x", "a\\b", "", "gone.txt"])
def test_an_asset_that_is_no_file_is_not_written(tmp_path: Path, name: str) -> None:
    course = model.Course(id="c", title="C", assets=(model.Asset(name=name, sha256="", size=0),))

    with pytest.raises(CannotWrite, match=r"can't be the name of a file|is missing"):
        write_folder(course, tmp_path / "out", {})


def test_a_folder_with_files_in_it_is_left_alone(tmp_path: Path) -> None:
    with pytest.raises(CannotWrite, match="is not empty"):
        write_folder(model.Course(id="c", title="C"), a_course(tmp_path), {})


def test_links_are_not_followed(tmp_path: Path) -> None:
    folder = a_course(tmp_path)
    (folder / "static/passwd").symlink_to("/etc/passwd")
    (folder / "01-week").symlink_to("/etc")

    assert "static/passwd: This is a link or a device. Put the file itself here." in refusal(folder)
    (tmp_path / "link").symlink_to(folder)
    assert "There is no course folder here." in refusal(tmp_path / "link")


def test_a_folder_without_a_course_is_refused(tmp_path: Path) -> None:
    assert "There is no course.yaml here. Write one with `title: …` at least." in refusal(tmp_path)
    assert "There is no course folder here." in refusal(tmp_path / "nowhere")


def test_other_bytes_than_utf8_are_named(tmp_path: Path) -> None:
    folder = a_course(tmp_path)
    (folder / "01-week").mkdir()
    (folder / "01-week/01-a.md").write_bytes(b"one\ntwo \xe9\n")

    assert refusal(folder) == "01-week/01-a.md:2: This is not UTF-8 text. Save the file as UTF-8."


def test_windows_line_ends_and_byte_order_marks_are_read(tmp_path: Path) -> None:
    folder = a_course(tmp_path)
    (folder / "pages").mkdir()
    (folder / "pages/a.md").write_bytes(b"\xef\xbb\xbf---\r\ntitle: A\r\n---\r\nOne\r\ntwo")

    assert read_folder(folder).course.pages == (model.Page(id="a", title="A", text=model.Text(source="One\ntwo")),)


def test_sizes_have_bounds(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = a_course(tmp_path)
    (folder / "static/x").write_text("1234567890")
    (folder / "static/.hidden").write_text("")
    monkeypatch.setattr(files, "LARGEST_ASSET", 5)
    monkeypatch.setattr(files, "LARGEST_TEXT", 5)

    assert refusal(folder).split("\n") == [
        "course.yaml: This text is too long. Split it into several lessons.",
        "course.yaml: 'title' is missing. docs/course-format.md lists what may stand here.",
        "static/x: This file is too large, or its name too long. Make it smaller.",
    ]
    monkeypatch.setattr(files, "MOST_FILES", 1)
    assert "There are too many files here." in refusal(folder)


def test_folders_nest_only_so_deep(tmp_path: Path) -> None:
    folder = a_course(tmp_path)
    (folder / "/".join("abcdefghijklmn")).mkdir(parents=True)

    assert "Folders are nested too deep here." in refusal(folder)
