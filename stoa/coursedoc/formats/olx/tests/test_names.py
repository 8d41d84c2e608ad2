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
