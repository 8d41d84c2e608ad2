"""Finding the course, following pointers, settling names, mending faults."""

from pathlib import Path

import pytest

from stoa.coursedoc.canonical import content_hash
from stoa.coursedoc.formats.olx.tests.makers import (
    COURSE,
    an_export,
    fate_of,
    findings_of,
    imported,
    items_of,
    written,
)
from stoa.coursedoc.imported import Fate, SourceRefused
from stoa.coursedoc.model import Pool, Raw, Reading

RUN = '<course display_name="A course"/>'


def test_the_shallowest_course_is_taken_and_a_run_named_course_is_no_trap(tmp_path: Path) -> None:
    root = {"repo/x/course.xml": '<course url_name="course" org="O" course="C"/>', "repo/x/course/course.xml": RUN}

    assert imported(written(tmp_path / "a", root)).course.run == "course"


def test_several_courses_are_named_and_none_is_taken(tmp_path: Path) -> None:
    both = {f"{name}/course.xml": COURSE for name in "ab"} | {f"{name}/course/r1.xml": RUN for name in "ab"}

    with pytest.raises(SourceRefused, match="several courses: a, b"):
        imported(written(tmp_path / "x", both))


def test_a_course_deeper_down_is_told_of(tmp_path: Path) -> None:
    files = {"a/course.xml": COURSE, "a/course/r1.xml": RUN, "b/c/course.xml": COURSE, "b/c/course/r1.xml": RUN}

    assert "a course of its own" in findings_of(imported(written(tmp_path / "x", files)))


def test_no_course_and_a_newer_library_are_refused(tmp_path: Path) -> None:
    with pytest.raises(SourceRefused, match=r"no course\.xml"):
        imported(written(tmp_path / "a", {"readme.txt": "x"}))
    with pytest.raises(SourceRefused, match="version 2 library"):
        imported(written(tmp_path / "b", {"package.toml": "", "entities/xblock.v1/html/a.toml": ""}))
    with pytest.raises(SourceRefused, match="nothing at this path"):
        imported(tmp_path / "nowhere")


def test_a_course_written_in_one_file(tmp_path: Path) -> None:
    inline = (
        '<course url_name="r1" org="Org" course="C1" display_name="All here" start="2014-08-05T21:00">'
        '<chapter display_name="M"><sequential display_name="L"><vertical display_name="S">'
        '<html display_name="T">Words &amp; <b>more</b></html></vertical></sequential></chapter></course>'
    )

    given = imported(written(tmp_path / "a", {"course.xml": inline}))

    (item,) = items_of(given)
    assert isinstance(item, Reading)
    assert item.text.source == "Words &amp; <b>more</b>"
    assert given.course.start is not None
    assert given.course.start.isoformat() == "2014-08-05T21:00:00+00:00"
    assert given.report.lost == 0


def test_pointers_attributes_and_old_forms(tmp_path: Path) -> None:
    inside = '<html url_name="a:b"/><problem filename="old" display_name="Named here"/><html slug="c"/>'
    files = {
        "html/a/b.xml": '<html filename="a/b" display_name="Deep" url_name="other"/>',
        "html/a/b.html": "<p>Deep</p>",
        "problem/old.xml": '<problem display_name="There"><p>Only words</p></problem>',
        "html/c.xml": "<html>Inline body</html>",
    }

    given = imported(an_export(tmp_path, inside, files=files))

    assert [(item.id, item.title) for item in items_of(given)] == [("a-b", "Deep"), ("old", "Named here"), ("c", "")]
    assert given.report.lost == 0


def test_a_bare_xblock_has_its_defaults_and_a_missing_file_is_an_error(tmp_path: Path) -> None:
    given = imported(an_export(tmp_path, '<edx_sga url_name="u1"/><done url_name="d1"/><video url_name="gone"/>'))

    upload, done, video = items_of(given)
    assert (upload.title, done.title) == ("Assignment", "Mark as done")
    assert isinstance(video, Raw)
    assert "video gone points to a file that is not there" in findings_of(given)
    assert given.report.lost == 0


def test_an_element_that_stands_twice_is_copied_whole(tmp_path: Path) -> None:
    files = {
        "sequential/q.xml": '<sequential display_name="Q"><vertical url_name="w"/></sequential>',
        "vertical/w.xml": '<vertical display_name="W"><html url_name="h"/></vertical>',
        "html/h.xml": '<html filename="h"/>',
        "html/h.html": "Body",
    }
    both = "".join(f'<chapter url_name="{name}"><sequential url_name="q"/></chapter>' for name in ("c1", "c2"))

    given = imported(an_export(tmp_path, files=files, chapters=both))

    assert [item.id for item in items_of(given)] == ["h", "h-copy-2"]
    assert findings_of(given).count("more than once") == 1
    assert given.report.lost == 0


def test_names_that_two_tags_share_are_told_apart(tmp_path: Path) -> None:
    given = imported(an_export(tmp_path, '<html url_name="x">a</html><done url_name="x"/><done url_name="X"/>'))

    assert [item.id for item in items_of(given)] == ["x", "done-x", "done-X-3"]


def test_no_name_at_all_is_made_from_the_content(tmp_path: Path) -> None:
    first, again = (imported(an_export(tmp_path / name, "<html>Words</html>")) for name in "ab")

    assert items_of(first)[0].id.startswith("html_")
    assert content_hash(first.course) == content_hash(again.course)


def test_an_element_that_holds_itself_ends(tmp_path: Path) -> None:
    files = {"vertical/v.xml": '<vertical><vertical url_name="v"/><html>x</html></vertical>'}

    given = imported(an_export(tmp_path, '<vertical url_name="v"/>', files=files))

    assert "holds itself" in findings_of(given)
    assert len(items_of(given)) == 1
    assert given.report.lost == 0


def test_broken_xml_is_kept_raw_and_its_neighbours_live(tmp_path: Path) -> None:
    files = {
        "problem/p.xml": '<problem password="hunter2"><p>Words <b>here</p></problem>',
        "vertical/w.xml": "<vertical><html>a</html><",
    }

    given = imported(an_export(tmp_path, '<problem url_name="p"/><html>b</html><vertical url_name="w"/>', files=files))

    raw = items_of(given)[0]
    assert isinstance(raw, Raw)
    assert "<b>here</p>" in raw.source
    assert "hunter2" not in raw.source
    assert [type(item) for item in items_of(given)[1:]] == [Reading, Reading]
    assert findings_of(given).count("not well-formed") == 2
    assert given.report.lost == 0


@pytest.mark.parametrize(
    "hostile",
    [
        '<!DOCTYPE p [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><problem>&b;</problem>',
        '<!DOCTYPE p [<!ENTITY x SYSTEM "file:///etc/passwd">]><problem>&x;</problem>',
        "<problem>" + "<p>" * 400 + "</p>" * 400 + "</problem>",
        "<problem>a\0b</problem>",
        "",
        "not xml at all",
    ],
)
def test_hostile_xml_is_kept_and_never_followed(tmp_path: Path, hostile: str) -> None:
    given = imported(an_export(tmp_path, '<problem url_name="p"/>', files={"problem/p.xml": hostile}))

    (raw,) = items_of(given)
    assert isinstance(raw, Raw)
    assert "root:" not in raw.readable.source
    assert fate_of(given, "problem")[0].fate is Fate.KEPT
    assert given.report.lost == 0
    content_hash(given.course)


def test_a_broken_course_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SourceRefused, match="well-formed"):
        imported(written(tmp_path / "a", {"course.xml": '<course url_name="r1" org="O" course="C"'}))


def test_other_encodings_are_read_and_said(tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {
        "html/a.xml": '<?xml version="1.0" encoding="ascii"?><html filename="a"/>',
        "html/a.html": "caf\u00e9".encode("cp1252"),
        "html/b.xml": b"\xef\xbb\xbf<html>caf\xc3\xa9</html>",
        "html/c.xml": '<html display_name="caf\u00e9">x</html>'.encode("cp1252"),
    }
    inside = "".join(f'<html url_name="{name}"/>' for name in "abc")

    given = imported(an_export(tmp_path, inside, files=files))

    a, b, c = items_of(given)
    assert isinstance(a, Reading)
    assert isinstance(b, Reading)
    assert (a.text.source, b.text.source, c.title) == ("caf\u00e9", "caf\u00e9", "caf\u00e9")
    assert "not written in UTF-8" in findings_of(given)


def test_elements_outside_of_their_places_get_places(tmp_path: Path) -> None:
    outline = (
        '<chapter url_name="c"><sequential url_name="s"><problem url_name="p"><p>w</p></problem>'
        '<sequential url_name="t"><vertical url_name="v"><vertical url_name="w"><html>x</html></vertical></vertical>'
        '</sequential></sequential><html url_name="h">y</html></chapter><sequential url_name="u"/>'
        '<vertical url_name="z"><tagging_aside/><html>z</html></vertical>'
    )

    given = imported(an_export(tmp_path, chapters=outline))

    steps = [[step.id for step in lesson.steps] for module in given.course.modules for lesson in module.lessons]
    assert steps == [["p-step", "v"], ["h-step"], [], ["z"]]
    assert len(items_of(given)) == 4
    assert given.report.lost == 0


def test_a_library_is_one_pool(tmp_path: Path) -> None:
    named = 'url_name="library" org="O" library="L" display_name="Qs"'
    files = {
        "library.xml": f'<library {named}><problem url_name="p"/></library>',
        "problem/p.xml": "<problem><p>Only words</p></problem>",
        "policies/assets.json": "{}",
    }

    given = imported(written(tmp_path / "a", files))

    (item,) = given.course.modules[0].lessons[0].steps[0].items
    assert isinstance(item, Pool)
    assert [type(one) for one in item.items] == [Reading]
    assert (given.course.id, given.course.title, given.report.lost) == ("l", "Qs", 0)


def test_drafts_are_kept_apart_and_never_shown(tmp_path: Path) -> None:
    parent = 'parent_url="block-v1:Org+C1+r1+type@sequential+block@s1" index_in_children_list="2"'
    files = {
        "drafts/vertical/v1.xml": f'<vertical display_name="New" {parent}><html url_name="h"/></vertical>',
        "drafts/vertical/n.xml": '<vertical display_name="Never" parent_sequential_url="i4x://Org/C1/sequential/gone"/>',
        "drafts/html/h.xml": '<html filename="h"/>',
        "drafts/html/h.html": "Draft words",
    }

    given = imported(an_export(tmp_path, '<html url_name="h">Old words</html>', files=files))

    new, never = sorted(given.course.drafts, key=lambda draft: draft.index, reverse=True)
    assert (new.lesson_id, new.index, new.replaces, new.step.title) == ("s1", 2, "v1", "New")
    assert [item.id for item in new.step.items] == ["h"]
    assert (never.lesson_id, never.replaces, never.step.title) == ("", "", "Never")
    assert len(items_of(given)) == 1
    assert "is not published" in findings_of(given)
    assert given.report.lost == 0


@pytest.mark.parametrize("kind", ["discussion", "word_cloud"])
def test_a_draft_that_another_draft_holds_comes_once_and_in_it(tmp_path: Path, kind: str) -> None:
    parent = 'parent_url="i4x://Org/C1/{}" index_in_children_list="1"'
    files = {
        "drafts/vertical/n.xml": f'<vertical {parent.format("sequential/s1")}><{kind} url_name="w"/></vertical>',
        f"drafts/{kind}/w.xml": f'<{kind} display_name="W" {parent.format("vertical/n")}/>',
    }

    given = imported(an_export(tmp_path, files=files))

    (draft,) = given.course.drafts
    assert [item.id for item in draft.step.items] == ["w"]
    assert [element.tag for element in given.report.elements if "draft" in element.tag] == [
        "vertical (draft)",
        f"{kind} (draft)",
    ]
    assert (given.report.lost, given.report.found[f"{kind} (draft)"]) == (0, 1)


def test_what_nothing_links_to_goes_into_a_hidden_module(tmp_path: Path) -> None:
    files = {
        "vertical/o.xml": '<vertical display_name="Old"><html url_name="h"/><html url_name="p"/></vertical>',
        "html/h.xml": "<html>Orphan</html>",
        "html/p.xml": "<html>Published</html>",
        "combinedopenended/x.xml": "<combinedopenended><p>Dead kind</p></combinedopenended>",
    }

    given = imported(an_export(tmp_path, '<html url_name="p"/>', files=files))

    module = given.course.modules[-1]
    assert module.hidden
    assert all(step.hidden for lesson in module.lessons for step in lesson.steps)
    assert [step.title for step in module.lessons[0].steps] == ["Step", "Old"]
    assert [element.tag for element in given.report.elements if "unlinked" in element.tag] == [
        "combinedopenended (unlinked)",
        "vertical (unlinked)",
        "html (unlinked)",
    ]
    assert given.report.lost == 0
