"""Course health: what of a run needs a person today."""

import itertools

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from stoa.accounts.tests.makers import a_learner, staff_of
from stoa.courseware.actions import complete_step, report_problem
from stoa.courseware.tests.makers import NOON, a_run, an_enrolment
from stoa.site.rules.stopping import FEWEST, Loss, worst
from stoa.site.tests.test_lessons import words


@pytest.mark.django_db
def test_the_course_team_sees_where_learners_stop_and_what_they_reported(client: Client) -> None:
    run = a_run()
    there = [an_enrolment(run=run) for _ in range(FEWEST)]
    for enrolment in there[:8]:
        complete_step(enrolment=enrolment, step_id="m1-s1", at=NOON)
    for enrolment in there[:6]:
        complete_step(enrolment=enrolment, step_id="m2-s3", at=NOON)
    report_problem(run=run, person=there[0].person, step_id="m1-s2", text="The link is gone.", at=NOON)
    client.force_login(staff_of(run.course.organisation))

    said = words(client.get(f"/courses/{run.course.slug}/runs/{run.code}/health/").content.decode())

    assert "of 20 participants" in said
    assert "Step 2, Step m1-s2: 10 points lost in one step." in said
    assert "Step m1-s2 The link is gone." in said


@pytest.mark.django_db
def test_course_health_does_not_exist_for_learners(client: Client) -> None:
    run = a_run()
    client.force_login(a_learner())

    assert client.get(f"/courses/{run.course.slug}/runs/{run.code}/health/").status_code == 404


falling = st.lists(st.integers(0, 500), min_size=1, max_size=40).map(lambda counts: sorted(counts, reverse=True))


@given(falling)
def test_the_worst_step_loses_at_least_as_much_as_any(reached: list[int]) -> None:
    loss = worst(reached, participants=500)

    losses = [round((before - after) / 500, 9) for before, after in itertools.pairwise(reached)]
    assert loss is None or round(loss.share, 9) == max(losses) == losses[loss.place - 1]


def test_a_handful_of_people_names_no_step() -> None:
    assert worst([19, 2], participants=19) is None
    assert worst([100, 99], participants=100) is None
    assert worst([100, 90], participants=100) == Loss(place=1, share=0.1)
