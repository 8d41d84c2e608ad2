"""Corners that real courses reach now and then."""

import zipfile
from pathlib import Path

import pytest

from stoa.coursedoc.formats.olx.tests.makers import a_zip, an_export, fate_of, findings_of, imported, items_of, the_item
from stoa.coursedoc.imported import Fate, SourceRefused
from stoa.coursedoc.model import Assignment, ChoicePart, MoocVideo, Quiz, Raw, Reading, Variants
from stoa.coursedoc.model.quizzes import ShowAnswer


def a_quiz(folder: Path, inside: str, attributes: str = "") -> Quiz:
    item = the_item(folder, f'<problem url_name="p" {attributes}>{inside}</problem>')
    assert isinstance(item, Quiz)
    return item


def test_a_device_in_a_zip_is_refused_and_folders_are_fine(tmp_path: Path) -> None:
    path = a_zip(tmp_path / "a.zip", {"course/": "", "course/x": "x"})
    with zipfile.ZipFile(path, "a") as packed:
        pipe = zipfile.ZipInfo("course/pipe")
        pipe.external_attr = 0o010644 << 16
        packed.writestr(pipe, "")

    with pytest.raises(SourceRefused, match="device or pipe"):
        imported(path)


def test_two_files_that_clean_to_one_name_both_live(tmp_path: Path) -> None:
    files = {"static/a b.png": "1", "static/a_b.png": "2", "static/c d": "3", "static/c_d": "4", ".git/config": "x"}

    given = imported(an_export(tmp_path, '<html><img src="/static/a_b.png"/></html>', files=files))

    assert sorted(given.files) == ["a_b.png", "a_b_2.png", "c_d", "c_d_2"]
    (page,) = items_of(given)
    assert isinstance(page, Reading)
    assert given.files[page.text.source.split("asset:")[1].split('"')[0]].read_text() == "2"


def test_teams_dates_of_reviews_and_odd_words(tmp_path: Path) -> None:
    given = imported(
        an_export(
            tmp_path,
            '<openassessment teams_enabled="true" text_response="perhaps"><assessments>'
            '<assessment name="peer-assessment"/>'
            '<assessment name="self-assessment" due="2024-05-01T00:00:00"/>'
            '<assessment name="student-training"><example/></assessment></assessments>'
            "</openassessment>",
        )
    )

    (work,) = items_of(given)
    assert isinstance(work, Assignment)
    assert (work.teams, work.text_answer.value, work.examples[0].answers) == (True, "required", ())
    (told,) = fate_of(given, "openassessment")
    assert "dates of its reviews" in told.loss
    assert "teams" in told.loss


def test_what_the_course_holds_beside_its_modules(tmp_path: Path) -> None:
    chapters = '<textbook title="T" book_url="https://x.example"/><wiki slug="w"/><chapter url_name="c"/>'

    given = imported(an_export(tmp_path, chapters=chapters, course_image="gone.png", name="kept"))

    assert [(one.tag, one.fate) for one in given.report.elements if one.tag in {"wiki", "textbook"}] == [
        ("textbook", Fate.KEPT),
        ("wiki", Fate.PARTLY),
    ]
    assert {kept.name for kept in given.course.kept} == {"name", "textbook", "wiki"}
    assert "picture is not there" in findings_of(given)
    assert given.report.lost == 0


def test_an_arm_without_a_step_and_an_unlinked_draft_and_chapter(tmp_path: Path) -> None:
    files = {
        "drafts/word_cloud/w.xml": "<word_cloud/>",
        "chapter/o.xml": '<chapter display_name="O"><sequential url_name="n"/></chapter>',
        "sequential/n.xml": "<sequential/>",
    }

    given = imported(an_export(tmp_path, "<split_test><html>one</html></split_test>", files=files))

    (test, _) = items_of(given)
    assert isinstance(test, Variants)
    assert test.variants[0].id.endswith("-arm")
    assert [draft.lesson_id for draft in given.course.drafts] == [""]
    assert given.course.modules[-1].lessons[0].id == "n"
    assert given.report.lost == 0


def test_a_link_to_no_page_and_a_formula_never_closed(tmp_path: Path) -> None:
    given = imported(an_export(tmp_path, '<html>\\(a &lt; <a href="/course/wiki/x">w</a><!-- c --></html>'))

    (page,) = items_of(given)
    assert isinstance(page, Reading)
    assert page.text.source == '\\(a &lt; <a href="">w</a>'
    assert "a page that Stoa does not have" in findings_of(given)


def test_weights_that_are_all_nothing_are_even(tmp_path: Path) -> None:
    files = {"policies/r1/grading_policy.json": '{"GRADER": [{"type": "A", "weight": 0}, {"type": "B", "weight": 0}]}'}

    scheme = imported(an_export(tmp_path, files=files)).course.scheme

    assert [part.weight for part in scheme.parts] == [0.5, 0.5]


def test_a_field_in_the_middle_of_words(tmp_path: Path) -> None:
    field = "<numericalresponse answer='1'>{}<textline/>{}</numericalresponse>"

    inside = a_quiz(tmp_path / "a", f"<p>It costs {field.format('', '')} in all</p>")
    runs_on = a_quiz(tmp_path / "b", field.format("about ", " metres"))
    framed = a_quiz(tmp_path / "c", field.format("<div><b>How?</b>", "</div>").replace("<div>", "<div>x "))
    hinted = a_quiz(tmp_path / "d", f"<p>{field.format('<hintgroup><p>h</p></hintgroup>', '')}</p><center>t</center>")

    assert inside.layout.source == "<p>It costs {{part p1}} in all</p>"
    assert runs_on.layout.source == "about {{part p1}} metres"
    assert framed.layout.source == ""
    assert framed.parts[0].stem.source == "<b>How?</b>"
    assert (hinted.layout.source, hinted.outro.source) == ("", "<center>t</center>")


def test_odd_rules_of_a_problem(tmp_path: Path) -> None:
    inside = "<stringresponse answer='a'><textline size='9'/></stringresponse><style>p{}</style>"
    given = imported(an_export(tmp_path, f'<problem url_name="p" showanswer="sometimes">{inside}</problem>'))

    (quiz,) = items_of(given)
    assert isinstance(quiz, Quiz)
    assert quiz.show_answer is ShowAnswer.FINISHED
    assert "“sometimes”" in findings_of(given)
    assert fate_of(given, "problem")[0].loss == "styles of its own dropped"


def test_a_dropdown_without_a_right_choice_is_told_of(tmp_path: Path) -> None:
    inside = "<problem><optionresponse><optioninput options=\"('a')\" correct='b'/></optionresponse></problem>"

    given = imported(an_export(tmp_path, inside))

    (quiz,) = items_of(given)
    assert isinstance(quiz, Quiz)
    assert isinstance(quiz.parts[0], ChoicePart)
    assert "No choice is right" in findings_of(given)


@pytest.mark.parametrize(
    "inside", ["<stringresponse answer=''><textline/></stringresponse>", "<stringresponse answer='a'/>"]
)
def test_a_question_without_answer_or_field_is_kept_raw(tmp_path: Path, inside: str) -> None:
    assert isinstance(the_item(tmp_path, f"<problem>{inside}</problem>"), Raw)


def test_an_address_that_is_none(tmp_path: Path) -> None:
    given = imported(
        an_export(tmp_path, '<lti url_name="l" launch_url="http://[x"/><html>h<iframe src="http://[y"/></html>')
    )

    assert [item.title for item in items_of(given)] == ["Outside resource", ""]


def test_a_video_with_captions_in_utf_16_and_a_poster(tmp_path: Path) -> None:
    cues = "1\n00:00:01,000 --> 00:00:02,000\nHello\n".encode("utf-16")

    video = the_item(
        tmp_path,
        '<video url_name="v" sub="n" thumbnail="/static/p.png"/>',
        files={"static/subs_n.srt": cues, "static/p.png": ""},
    )

    assert isinstance(video, MoocVideo)
    assert (video.poster, len(video.captions)) == ("asset:p.png", 1)
