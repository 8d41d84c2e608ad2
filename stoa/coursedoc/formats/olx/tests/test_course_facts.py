"""What holds for the whole course: policies, dates, scores, pages, news."""

import json
from pathlib import Path

import pytest

from stoa.coursedoc.formats.olx.facts import slug_of
from stoa.coursedoc.formats.olx.links import CourseKey
from stoa.coursedoc.formats.olx.policy import hours_of
from stoa.coursedoc.formats.olx.tests.makers import an_export, findings_of, imported
from stoa.coursedoc.formats.olx.values import as_json, flag, moment, plain, real_moment, seconds, whole
from stoa.coursedoc.model import Course

POLICY = """{"course/r1": {"display_name": "Policy's name", "start": "2020-01-01T00:00:00Z", "end": null,
 "self_paced": true, "language": "fr", "course_image": "card.png", "license": "creative-commons: ver=4.0 BY NC",
 "learning_info": ["One", ""], "instructor_info": {"instructors": [{"name": "Ada", "title": "Dr", "organization": "Org",
 "bio": "Counts <b>engines</b>", "image": "/static/card.png"}]},
 "tabs": [{"type": "courseware"}, {"type": "static_tab", "name": "FAQ", "url_slug": "faq"},
          {"type": "static_tab", "name": "Gone", "url_slug": "gone"}]},
 "sequential/s1": {"display_name": "Policy's lesson"}}"""

FILES = {
    "policies/r1/policy.json": POLICY,
    "static/card.png": "x",
    "about/overview.html": "<p>All <i>about</i> it</p>",
    "about/short_description.html": "<p>In short</p>",
    "about/effort.html": "3-5 hours",
    "about/duration.html": "6 weeks",
    "about/title.html": "",
    "tabs/faq.html": '<a href="/static/card.png">Card</a>',
    "tabs/lost.html": "<p>Nowhere listed</p>",
    "info/updates.items.json": '[{"id": 1, "date": "May 1", "content": "<p>Old</p>", "status": "visible"},'
    '{"id": 2, "date": "May 2", "content": "New", "status": "visible"},'
    '{"id": 3, "date": "x", "content": "Gone", "status": "deleted"}]',
    "info/handouts.html": '<ol><li><a href="/static/card.png">C</a></li></ol>',
    "README.md": "clutter",
}


def the_course(folder: Path, **course: str) -> Course:
    return imported(an_export(folder, files=FILES, **course)).course


def test_the_policy_beats_the_attributes(tmp_path: Path) -> None:
    course = the_course(tmp_path, start="&quot;2019-08-01T00:00:00+00:00&quot;", language="en")

    assert (course.id, course.title, course.organisation, course.run) == ("c1", "Policy's name", "Org", "r1")
    assert course.start is not None
    assert course.start.year == 2020
    assert (course.end, course.self_paced, course.language) == (None, True, "fr")
    assert course.modules[0].lessons[0].title == "Policy's lesson"


@pytest.mark.parametrize(
    ("number", "start"),
    [("6.00x", "6-00x"), ("Échelle", "echelle"), ("数学101", "101-"), ("物理101", "101-"), ("数学", "course-")],
)
def test_a_courses_number_is_its_id_in_whatever_script(tmp_path: Path, number: str, start: str) -> None:
    files = {"course.xml": f'<course url_name="r1" org="Org" course="{number}"/>'}

    id_ = imported(an_export(tmp_path, files=files)).course.id

    assert (id_[: len(start)], len(id_) - len(start)) == (start, 8 if start.endswith("-") else 0)


def test_numbers_that_differ_in_letters_only_are_two_courses() -> None:
    keys = [CourseKey(org="o", course=number, run="r") for number in ("数学101", "物理101")]

    assert len({slug_of(key) for key in keys}) == 2


def test_what_the_course_says_of_itself(tmp_path: Path) -> None:
    course = the_course(tmp_path)

    assert (course.summary, course.about.source) == ("In short", "<p>All <i>about</i> it</p>")
    assert (course.weeks, course.hours_a_week, course.licence) == (6, 4.0, "CC BY-NC 4.0")
    assert (course.image, course.outcomes) == ("card.png", ("One",))
    (ada,) = course.instructors
    assert (ada.name, ada.role, ada.picture, ada.about.source) == (
        "Ada",
        "Dr, Org",
        "asset:card.png",
        "Counts <b>engines</b>",
    )


def test_pages_news_and_handouts(tmp_path: Path) -> None:
    given = imported(an_export(tmp_path, files=FILES))

    pages = [(page.id, page.title, page.hidden) for page in given.course.pages]
    assert pages == [
        ("page-faq", "FAQ", False),
        ("page-lost", "lost", True),
        ("page-handouts", "Handouts", False),
    ]
    assert given.course.pages[0].text.source == '<a href="asset:card.png">Card</a>'
    assert [(one.date, one.text.source) for one in given.course.announcements] == [
        ("May 2", "New"),
        ("May 1", "<p>Old</p>"),
    ]
    assert "tabs/gone.html" in findings_of(given)
    assert "tabs/lost.html" in findings_of(given)


def test_news_from_the_page_where_there_is_no_list(tmp_path: Path) -> None:
    page = "<section><article><h2>May 2</h2><p>New</p></article><article><h2>May 1</h2>Old</article></section>"

    course = imported(an_export(tmp_path, files={"info/updates.html": page})).course

    assert [(one.date, one.text.source) for one in course.announcements] == [("May 2", "<p>New</p>"), ("May 1", "Old")]


SCORES = """{"GRADER": [{"type": "Homework", "short_label": "HW", "min_count": 2, "drop_count": 1, "weight": 0.4},
 {"type": "Exam", "min_count": null, "weight": 0.5}, {"type": "Spare", "weight": 0}],
 "GRADE_CUTOFFS": {"B": 0.6, "A": 0.8}}"""


def test_the_score_scheme_is_scaled_and_checked(tmp_path: Path) -> None:
    chapters = (
        '<chapter url_name="c1"><sequential url_name="s1" format=" Homework" graded="true" due="2024-05-01T00:00:00Z"/>'
        '<sequential url_name="s2" format="Lab" graded="true"/><sequential url_name="s3" format="Exam"/></chapter>'
    )

    given = imported(an_export(tmp_path, files={"policies/r1/grading_policy.json": SCORES}, chapters=chapters))

    scheme = given.course.scheme
    assert [(part.name, part.short, part.weight, part.count, part.drop) for part in scheme.parts] == [
        ("Homework", "HW", 0.444444, 2, 1),
        ("Exam", "", 0.555556, None, 0),
        ("Spare", "", 0.0, None, 0),
    ]
    assert (scheme.passing, scheme.levels) == (0.6, (("A", 0.8), ("B", 0.6)))
    lessons = given.course.modules[0].lessons
    assert [lesson.part for lesson in lessons] == ["Homework", "Lab", ""]
    assert lessons[0].due is not None
    told = findings_of(given)
    assert "add up to 0.9" in told
    assert "No lesson counts for the part “Exam”" in told
    assert "Lessons count for “Lab”" in told


def test_policies_that_are_no_json_are_told_of(tmp_path: Path) -> None:
    files = {"policies/r1/policy.json": "{", "policies/r1/grading_policy.json": "[1]", "info/updates.items.json": "x"}

    told = findings_of(imported(an_export(tmp_path, files=files)))

    assert told.count("not JSON that can be read") == 2


@pytest.mark.parametrize(
    ("raw", "year"),
    [
        ("2014-08-05T21:00:00Z", 2014),
        ('"2019-08-01T00:00:00+00:00"', 2019),
        ("2019-08-01T10:00", 2019),
        ("2019-08-01", 2019),
        ("2030-01-01T00:00:00Z", None),
        ("2001-01-01T00:00:00", None),
        ("1970-01-01", None),
        ("9999-01-01T00:00:00+00:00", None),
        ("null", None),
        ("Dec 12-25", None),
        ("", None),
        (None, None),
    ],
)
def test_dates_as_they_really_are(raw: str | None, year: int | None) -> None:
    when = real_moment(raw)

    assert (when.year if when else None) == year
    assert when is None or when.tzinfo is not None


def test_other_values_as_they_really_are() -> None:
    assert [flag(raw) for raw in ("true", "True", '"true"', "false", "", "null", None)] == [
        True,
        True,
        True,
        False,
        None,
        None,
        None,
    ]
    assert [whole(raw) for raw in ("3", '"3"', "3.0", "", "null", "inf", "nan", "x")] == [
        3,
        3,
        3,
        None,
        None,
        None,
        None,
        None,
    ]
    assert [seconds(raw) for raw in ("00:01:30", "90", "1:30", "00:00:00", "", "x", '"00:00:05"')] == [
        90,
        90,
        90,
        None,
        None,
        None,
        5,
    ]
    assert plain('"quoted"') == "quoted"
    assert moment("2019-13-01") is None


def test_json_is_bounded_and_clean() -> None:
    assert as_json("[" * 100 + "]" * 100) is None
    assert as_json('{"a": "' + "[" * 100 + '"}') == {"a": "[" * 100}
    assert as_json('["a\\u0000b", "\\ud800"]') == ["ab", "\ufffd"]
    assert as_json("{'a'}") is None


def test_hours_a_week() -> None:
    assert [hours_of(text) for text in ("4:30", "3 to 5 hours", "about 6", "", "some")] == [4.5, 4.0, 6.0, None, None]


def test_staff_only_passes_down(tmp_path: Path) -> None:
    chapters = (
        '<chapter url_name="c1"><sequential url_name="s1" visible_to_staff_only="true"><vertical url_name="v1">'
        '<html>x</html></vertical></sequential><sequential url_name="s2"/></chapter>'
    )

    first, second = imported(an_export(tmp_path, chapters=chapters)).course.modules[0].lessons

    assert (first.hidden, first.steps[0].hidden, first.steps[0].items[0].hidden) == (True, True, True)
    assert not second.hidden


def test_each_textbook_is_a_page_of_its_chapters(tmp_path: Path) -> None:
    books = [
        {"tab_title": "Reader", "chapters": [{"title": "One", "url": "/static/1.pdf"}, {"url": "https://x.example/2"}]},
        {"tab_title": "Whole", "url": "/static/1.pdf"},
        {"tab_title": "Empty", "chapters": [{"title": "Gone"}]},
    ]
    policy = json.dumps({"course/r1": {"pdf_textbooks": books}})

    given = imported(an_export(tmp_path, files={"static/1.pdf": "%PDF-1.7", "policies/r1/policy.json": policy}))

    assert [(page.id, page.title, page.text.source) for page in given.course.pages] == [
        (
            "page-textbook-1",
            "Reader",
            '<ul><li><a href="asset:1.pdf">One</a></li><li><a href="https://x.example/2">2</a></li></ul>',
        ),
        ("page-textbook-2", "Whole", '<ul><li><a href="asset:1.pdf">Whole</a></li></ul>'),
    ]
    assert "pdf_textbooks" not in {kept.name for kept in given.course.kept}
