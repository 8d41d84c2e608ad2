"""What a course says of itself in short."""

from dataclasses import replace

from stoa.catalogue.rules.facts import facts_of
from stoa.catalogue.tests.makers import a_document
from stoa.coursedoc.model import Lesson, Module


def test_modules_in_which_learners_find_nothing_do_not_count() -> None:
    course = a_document()
    hollow = (
        Module(id="bare", title="Holding"),
        Module(id="no-steps", title="Later", lessons=(Lesson(id="later", title="Later"),)),
        replace(course.modules[0], id="put-away", hidden=True),
    )

    assert [facts_of(one).modules for one in (course, replace(course, modules=course.modules + hollow))] == [2, 2]
