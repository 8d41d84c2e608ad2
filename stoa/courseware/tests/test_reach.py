"""How far learners come."""

from datetime import timedelta

import pytest

from stoa.courseware.actions import complete_step, visit, withdraw
from stoa.courseware.queries import reach_of
from stoa.courseware.tests.makers import NOON, a_document, a_run, an_enrolment, desk_of

pytestmark = pytest.mark.django_db
WEEK = timedelta(days=7)


def test_who_came_to_a_later_step_came_to_those_before() -> None:
    run = a_run(document=a_document(steps=2, modules=2))
    skipper, starter = an_enrolment(run=run), an_enrolment(run=run)
    complete_step(enrolment=skipper, step_id="m2-s1", at=NOON)
    visit(enrolment=starter, step_id="m1-s1", at=NOON - 2 * WEEK)
    an_enrolment(run=run)

    reach = reach_of(desk_of(starter), since=NOON - WEEK)

    assert [(step.step_id, step.learners) for step in reach.steps] == [
        ("m1-s1", 2),
        ("m1-s2", 1),
        ("m2-s1", 1),
        ("m2-s2", 0),
    ]
    assert (reach.participants, reach.active) == (3, 1)


def test_who_left_the_run_is_not_counted() -> None:
    run = a_run()
    gone, here = an_enrolment(run=run), an_enrolment(run=run)
    complete_step(enrolment=gone, step_id="m1-s1", at=NOON)
    withdraw(enrolment=gone, at=NOON)

    reach = reach_of(desk_of(here), since=NOON - WEEK)

    assert (reach.participants, reach.active, reach.steps[0].learners) == (1, 0, 0)
