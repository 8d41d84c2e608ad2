"""The peer forum's page."""

import pytest
from django.test import Client

from stoa.accounts.models import Person
from stoa.catalogue.tests.makers import a_run
from stoa.courseware.actions import PartLayout, StepLayout, lay_out
from stoa.courseware.tests.makers import an_enrolment
from stoa.site.queries.forum import Talk, circles_of

pytestmark = pytest.mark.django_db


def test_visitors_learn_where_talks_stand() -> None:
    answer = Client().get("/forum/")

    assert answer.status_code == 200
    assert "Nothing to talk about yet" in answer.text


def test_who_learns_nothing_has_nothing_to_talk_about() -> None:
    assert circles_of(Person.objects.create_user("ada@post.example", display_name="Ada")) == ()


def test_the_talks_of_a_run_are_listed_and_nothing_else() -> None:
    run = a_run()
    lay_out(version=run.version, steps=[_step(0, "reading"), _step(1, "reading", "discussion")])
    enrolment = an_enrolment(run=run)

    [circle] = circles_of(enrolment.person)

    assert circle.title == run.course.title
    assert circle.talks == (Talk(title="Step 1", module="Week 1", address=f"{circle.address}steps/s1/", done=False),)


def _step(position: int, *kinds: str) -> StepLayout:
    return StepLayout(
        step_id=f"s{position}",
        lesson_id="l",
        lesson_title="Lesson",
        module_id="m",
        module_title="Week 1",
        position=position,
        title=f"Step {position}",
        kind=kinds[0],
        minutes=5,
        parts=tuple(
            PartLayout(item_id=f"{kind}-{position}", kind=kind, title="", html="<p>Say hello.</p>", data={})
            for kind in kinds
        ),
    )
