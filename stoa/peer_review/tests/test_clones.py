"""A course that is taught again as another course: the same document and the same items, and nothing in common else."""

import pytest

from stoa.peer_review import actions
from stoa.peer_review.actions import NothingToRead
from stoa.peer_review.models import Assignment, Marking
from stoa.peer_review.queries.comparing import items_to_compare, to_compare
from stoa.peer_review.queries.readers import reader
from stoa.peer_review.rules.allocation import Role
from stoa.peer_review.tests.classes import HOUR, Class, a_class
from stoa.peer_review.tests.makers import MONDAY, a_run_of

pytestmark = pytest.mark.django_db


def a_clone() -> Class:
    return Class(run=a_run_of())


@pytest.mark.req("R111")
def test_a_clone_begins_empty_and_its_learners_read_one_another_only() -> None:
    first, clone = a_class("Ada", "Bo"), a_clone()
    clone.joins("Chi")

    with pytest.raises(NothingToRead):
        clone.pulls("Chi")
    clone.joins("Dov")
    review = clone.pulls("Chi")

    assert clone.assignment.item_id == first.assignment.item_id
    assert clone.assignment.published_id != first.assignment.published_id
    assert clone.author_of(review) == "Dov"
    assert first.pulls("Ada", at=MONDAY + HOUR).submission_id == first.works["Bo"].pk


def test_how_somebody_marks_in_a_course_is_not_held_against_them_in_its_clone() -> None:
    first, clone = a_class("Ada", "Bo"), a_clone()
    ada = first.person("Ada")
    Marking.objects.create(
        assignment=first.assignment,
        person=ada,
        bias=9,
        bias_variance=1,
        shape=9,
        rate=9,
        reviews=20,
        at=MONDAY,
    )

    here = reader(first.assignment, ada.pk, Role.PEER)
    there = reader(clone.assignment, ada.pk, Role.PEER)

    assert (here.strong, round(here.noise)) == (True, 2)
    assert (there.strong, round(there.noise)) == (False, 208)


def test_work_is_compared_with_all_runs_of_its_course_and_not_with_a_clone() -> None:
    first, clone = a_class("Ada", "Bo"), a_clone()
    clone.joins("Chi")

    compared = to_compare(first.run.course_id, "word-counter")

    assert set(compared.texts) == {str(work.pk) for work in first.works.values()}
    assert items_to_compare() == sorted((run.course_id, "word-counter") for run in (first.run, clone.run))


def test_a_change_of_the_course_does_not_touch_its_clone() -> None:
    first, clone = a_class("Ada"), a_clone()
    before = Assignment.objects.filter(run=clone.run).values().get()

    first.set(reviews_to_give=5)
    actions.tick(at=MONDAY + HOUR)

    assert Assignment.objects.filter(run=clone.run).values().get() == before
