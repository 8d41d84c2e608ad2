"""What may be a course, and what only looks like one."""

import base64
from pathlib import Path

import pytest

from stoa.coursedoc.formats.olx.tests.makers import an_export, findings_of, imported, items_of, written
from stoa.coursedoc.imported import SourceRefused
from stoa.coursedoc.model import Raw, Reading


@pytest.mark.parametrize(
    ("files", "why"),
    [
        (
            {"course/course.xml": '<course id="5"><shortname>A</shortname></course>', "moodle_backup.xml": "<x/>"},
            "Moodle",
        ),
        ({"course.xml": '<course id="5"><shortname>A</shortname></course>'}, "nothing in it is a part"),
        ({"course.xml": "<urlset><url/></urlset>"}, "begins with <urlset>"),
    ],
)
def test_other_formats_with_a_course_xml_are_refused(tmp_path: Path, files: dict[str, str], why: str) -> None:
    with pytest.raises(SourceRefused, match=why):
        imported(written(tmp_path / "other", files))


def test_a_course_without_a_name_is_one_by_what_it_holds(tmp_path: Path) -> None:
    path = written(tmp_path / "bare", {"course.xml": '<course><chapter url_name="c"/></course>'})

    assert [module.id for module in imported(path).course.modules] == ["c"]


def test_files_of_a_folder_whose_name_begins_alike_are_not_the_courses(tmp_path: Path) -> None:
    course = '<course url_name="r" org="o" course="c"><chapter url_name="one"/></course>'
    stray = {"course_old/chapter/one.xml": "<chapter/>", "coursesequential/x.xml": "<sequential/>"}

    given = imported(written(tmp_path / "all", {"course/course.xml": course, **stray}))

    assert [module.id for module in given.course.modules] == ["one"]
    assert given.report.found == {"course": 1, "chapter": 1}


RUN = '<course url_name="r" org="o" course="c"/>'


@pytest.mark.parametrize("link", ["file", "link", "none"])
def test_the_first_courses_begin_in_a_folder_of_roots(tmp_path: Path, link: str) -> None:
    files = {"c/roots/r.xml": RUN, "c/course/r.xml": '<course><chapter url_name="one"/></course>'}
    folder = written(tmp_path / "all", files)
    if link == "file":
        (folder / "c/course.xml").write_text("roots/r.xml")
    elif link == "link":
        (folder / "c/course.xml").symlink_to("roots/r.xml")

    given = imported(folder)

    assert [module.id for module in given.course.modules] == ["one"]
    assert (given.report.found, given.report.lost) == ({"course": 1, "chapter": 1}, 0)


@pytest.mark.parametrize(
    ("content", "why"),
    [
        ('<%namespace file="/c.xml" name="c"/><course org="o"/>', r"a template .* filled in: .*\d\. Correct the file,"),
        ('<course org="o" course="c"', r"not well-formed XML: .*\d\. Correct the file,"),
    ],
)
def test_a_refusal_of_what_is_no_xml_is_two_sentences(tmp_path: Path, content: str, why: str) -> None:
    with pytest.raises(SourceRefused, match=why):
        imported(written(tmp_path / "all", {"course.xml": content}))


def test_which_of_several_runs_is_meant_is_asked(tmp_path: Path) -> None:
    folder = written(tmp_path / "all", {"roots/r.xml": RUN, "roots/s.xml": RUN})

    with pytest.raises(SourceRefused, match=r"several runs: roots/r\.xml, roots/s\.xml"):
        imported(folder)


def test_a_root_that_misnames_its_only_run_means_it(tmp_path: Path) -> None:
    course = '<course><chapter url_name="one"/></course>'
    root = {"course.xml": '<course url_name="new" org="o" course="c"/>'}

    one = imported(written(tmp_path / "one", {**root, "course/old.xml": course}))
    two = imported(written(tmp_path / "two", {**root, "course/old.xml": course, "course/older.xml": course}))

    assert ([module.id for module in one.course.modules], one.course.run) == (["one"], "new")
    assert "course/new.xml, which is not there; course/old.xml was read in its place" in findings_of(one)
    assert (one.report.found, one.report.lost) == ({"course": 1, "chapter": 1}, 0)
    assert two.course.modules == ()


def test_an_export_that_lies_inside_a_copy_of_itself_is_read_there(tmp_path: Path) -> None:
    root = '<course url_name="course" org="o" course="c"/>'
    course = '<course><chapter url_name="one"/></course>'
    files = {"chapter/one.xml": "<chapter/>", "course.xml": root}
    inner = {f"course/{name}": content for name, content in {**files, "course/course.xml": course}.items()}

    given = imported(written(tmp_path / "all", {**files, **inner}))

    assert [module.id for module in given.course.modules] == ["one"]
    assert "was read in its place" in findings_of(given)
    assert given.report.found == {"course": 1, "chapter": 1}


def test_a_course_that_points_to_nothing_says_so(tmp_path: Path) -> None:
    path = written(tmp_path / "half", {"course.xml": '<course url_name="V1" org="o" course="c"/>'})

    assert "points to course/V1.xml, which is not there" in findings_of(imported(path))


@pytest.mark.parametrize(
    "broken",
    [
        '<problem><p x:y="1" :z="2">Words<multiplechoiceresponse></p></problem>',
        "<problem><:p>Words</:p>&nothing; <a b=1 b=2>Words</a></problem>",
        '<annotatable><p display_name="a" display_name="b">Words</p></annotatable>',
    ],
)
def test_what_was_saved_of_broken_xml_is_shown_as_far_as_it_goes(tmp_path: Path, broken: str) -> None:
    tag = broken[1:].partition(">")[0]

    given = imported(an_export(tmp_path, f'<{tag} url_name="p"/>', files={f"{tag}/p.xml": broken}))

    (item,) = items_of(given)
    assert isinstance(item, Raw)
    assert item.source == broken
    assert given.report.lost == 0


def test_large_pictures_written_out_in_a_text_become_files_once(tmp_path: Path) -> None:
    content = b"\x89PNG\r\n\x1a\n" + b"0" * 6000
    large = f"data:image/png;base64,{base64.b64encode(content).decode()}"
    small = f"data:image/gif;base64,{base64.b64encode(b'GIF89a').decode()}"
    page = f'<p><img src="{large}" alt="A"/><img src="{small}" alt="B"/><img src="{large[:-8]}!" alt="C"/></p>'

    given = imported(an_export(tmp_path, f'<html url_name="a">{page}</html><html url_name="b">{page}</html>'))

    ((name, path),) = given.files.items()
    assert path.read_bytes() == content
    assert [asset.name for asset in given.course.assets] == [name]
    for item in items_of(given):
        assert isinstance(item, Reading)
        assert f'src="asset:{name}"' in item.text.source
        assert small in item.text.source
        assert large not in item.text.source
