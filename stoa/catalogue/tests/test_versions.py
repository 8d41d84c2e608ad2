from dataclasses import replace
from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.http import Http404

from stoa.accounts.tests.makers import a_learner, an_organisation, staff_of
from stoa.catalogue import actions, queries
from stoa.catalogue.models import Course, CourseVersion, Teaching
from stoa.catalogue.tests.makers import MONDAY, a_course, a_document, a_run, a_version

pytestmark = pytest.mark.django_db


def test_the_same_document_taken_in_twice_is_one_version() -> None:
    school, document = an_organisation(), a_document()

    first = actions.adopt(course=document, organisation=school, by=None, at=MONDAY)
    again = actions.adopt(course=document, organisation=school, by=None, at=MONDAY + timedelta(days=1))

    assert first == again
    assert list(CourseVersion.objects.values_list("number", "published_at")) == [(1, MONDAY)]


def test_a_changed_document_is_the_next_version_of_the_same_course() -> None:
    school, document = an_organisation(), a_document()
    a_version(organisation=school, document=document)

    version = a_version(organisation=school, document=replace(document, title="First Steps"))

    assert (version.number, version.course.title, Course.objects.count()) == (2, "First Steps", 1)


def test_a_version_gives_back_its_document() -> None:
    document = a_document(title="Первые шаги")

    assert queries.document_of(a_version(document=document)) == document


def test_two_organisations_may_use_the_same_name() -> None:
    document = replace(a_document(), id="algebra")

    first = a_version(organisation=an_organisation("Harbour School"), document=document).course
    second = a_version(organisation=an_organisation("Lake School"), document=document).course

    assert (first.slug, second.slug) == ("algebra", f"{second.organisation.slug}-algebra")


def test_a_run_moves_to_another_version_of_its_course_only() -> None:
    run, other = a_run(), a_version()

    with pytest.raises(actions.WrongCourse):
        actions.move_run(run=run, version=other, at=MONDAY)


def test_moving_a_run_shows_its_learners_the_new_version() -> None:
    school, document = an_organisation(), a_document()
    run = a_run(organisation=school, document=document)
    version = a_version(organisation=school, document=replace(document, summary="New."))

    moved = actions.move_run(run=run, version=version, at=MONDAY)

    assert moved.version == version


@pytest.mark.parametrize("code", ["", "a b", "ä", "x" * 61, "../up"])
def test_a_run_code_fits_into_an_address(code: str) -> None:
    with pytest.raises(actions.CodeRefused):
        actions.open_run(version=a_version(), code=code)


def test_a_code_is_used_once_in_a_course() -> None:
    run = a_run(code="spring")

    with pytest.raises(actions.RunExists):
        actions.open_run(version=run.version, code="spring")


def test_a_course_without_steps_is_not_offered() -> None:
    with pytest.raises(actions.NothingToLearn):
        a_course(modules=())


def test_a_course_without_a_run_is_seen_only_by_those_who_give_it() -> None:
    version = a_version()
    teacher = a_learner()
    actions.teach(course=version.course, person=teacher)

    assert queries.course_for(teacher, course=version.course.slug) == version.course
    for stranger in (AnonymousUser(), a_learner()):
        with pytest.raises(Http404):
            queries.course_for(stranger, course=version.course.slug)


@pytest.mark.req("R098")
def test_staff_of_one_organisation_do_not_give_the_courses_of_another() -> None:
    harbour, lake = an_organisation("Harbour School"), an_organisation("Lake School")
    bo = staff_of(harbour)

    course_of_harbour, course_of_lake = a_course(organisation=harbour), a_course(organisation=lake)

    assert queries.may_teach(bo, course_of_harbour)
    assert not queries.may_teach(bo, course_of_lake)


def test_a_mentor_does_not_teach() -> None:
    course, mentor = a_course(), a_learner()

    actions.teach(course=course, person=mentor, role=Teaching.Role.MENTOR)

    assert not queries.may_teach(mentor, course)
