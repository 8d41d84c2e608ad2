"""What learners read as the name of a step or text, where its author gave it none."""

from pathlib import Path

from stoa.coursedoc.formats.olx.tests.makers import an_export, imported, items_of
from stoa.coursedoc.model.texts import Kept


def test_a_step_that_studio_named_is_called_by_its_lesson_or_by_what_is_in_it(tmp_path: Path) -> None:
    video = '<video url_name="v" display_name="How it works"/>'
    chapter = (
        '<chapter url_name="c">'
        '<sequential url_name="alone" display_name="Theory"><vertical url_name="a" display_name="Unit"/></sequential>'
        '<sequential url_name="several" display_name="Practice">'
        f'<vertical url_name="b" display_name="Unit"><html display_name="Raw HTML">x</html>{video}</vertical>'
        '<vertical url_name="d" display_name="unit"><html display_name="Text">x</html></vertical>'
        '<vertical url_name="e" display_name="Own"/><vertical url_name="f"/></sequential>'
        '<sequential url_name="bare" display_name="Check"><html url_name="h">x</html></sequential></chapter>'
    )

    given = imported(an_export(tmp_path, chapters=chapter))

    lessons = given.course.modules[0].lessons
    assert [[step.title for step in lesson.steps] for lesson in lessons] == [
        ["Theory"],
        ["How it works", "unit", "Own", "Step"],
        ["Check"],
    ]


def outline_of(folder: Path, words: str) -> list[str]:
    """Ids of lessons and items of a course whose elements have no names."""
    text, quiz = f"<html>{words}</html>", '<problem display_name="Try: it"><p>x</p></problem>'
    lesson = f'<sequential display_name="Old circuits"><vertical>{text}{quiz}{quiz}</vertical></sequential>'
    pointed = '<html url_name="Taken"/><html display_name="Taken">x</html>'
    chapter = f'<chapter url_name="c">{lesson}{lesson}<sequential url_name="s">{pointed}</sequential></chapter>'
    given = imported(an_export(folder, chapters=chapter, files={"html/Taken.xml": "<html>y</html>"}))
    assert given.report.lost == 0
    return [one.id for one in given.course.modules[0].lessons] + [item.id for item in items_of(given)]


def test_an_element_without_a_name_has_its_title_for_one_whatever_stands_in_it(tmp_path: Path) -> None:
    before, after = outline_of(tmp_path / "a", "words"), outline_of(tmp_path / "b", "other words")

    kept = [id_ for id_ in before if id_ in after]
    assert kept[:2] == ["Old_circuits", "s"]
    assert {"Try_it", "Taken"} < set(kept)
    assert len(set(before)) == len(before)


def test_titles_of_the_first_courses_are_called_name(tmp_path: Path) -> None:
    inside = '<problem slug="p" name="Energy"><p>x</p></problem><html name="Old" display_name="New">x</html>'
    chapter = f'<chapter slug="c" name="Week 1"><sequential slug="s" name="Circuits">{inside}</sequential></chapter>'

    given = imported(an_export(tmp_path, chapters=chapter))

    (module,) = given.course.modules
    (lesson,) = module.lessons
    assert (module.title, lesson.title, [step.title for step in lesson.steps]) == (
        "Week 1",
        "Circuits",
        ["Energy", "New"],
    )
    assert [item.kept for item in items_of(given)] == [(), (Kept(name="name", value="Old"),)]


def test_a_text_that_studio_named_has_no_name(tmp_path: Path) -> None:
    inside = '<html display_name="IFrame Tool">a</html><html display_name="The story">b</html>'

    assert [item.title for item in items_of(imported(an_export(tmp_path, inside)))] == ["", "The story"]
