from dataclasses import replace
from datetime import timedelta

import pytest

from stoa.catalogue.actions import adopt, move_run, open_run
from stoa.catalogue.queries import document_of
from stoa.courseware.actions import complete_step, note_position, undo_completion, visit
from stoa.courseware.actions.learning import NoSuchStep
from stoa.courseware.queries import StepClosed, StepUnknown, changed_since, progress_of, step_for
from stoa.courseware.tests.makers import NOON, a_document, a_run, an_enrolment, desk_of, laid_out

pytestmark = pytest.mark.django_db


def test_a_step_is_done_once() -> None:
    ada = an_enrolment()

    complete_step(enrolment=ada, step_id="m1-s1", at=NOON)
    complete_step(enrolment=ada, step_id="m1-s1", at=NOON + timedelta(days=1))

    assert list(ada.completions.values_list("step_id", "at")) == [("m1-s1", NOON)]


def test_a_step_can_be_marked_as_still_to_do() -> None:
    ada = an_enrolment()
    complete_step(enrolment=ada, step_id="m1-s1", at=NOON)

    undo_completion(enrolment=ada, step_id="m1-s1")

    assert progress_of(ada).done == 0


def test_what_the_course_does_not_have_cannot_be_done() -> None:
    ada = an_enrolment()

    with pytest.raises(NoSuchStep):
        complete_step(enrolment=ada, step_id="m9-s9", at=NOON)


@pytest.mark.req("R103")
def test_the_place_is_kept_for_the_course_and_for_each_video() -> None:
    ada = an_enrolment()

    visit(enrolment=ada, step_id="m1-s2", at=NOON)
    visit(enrolment=ada, step_id="m2-s1", at=NOON)
    note_position(enrolment=ada, item_id="film", seconds=12.5, at=NOON)
    note_position(enrolment=ada, item_id="film", seconds=134.2, at=NOON)
    desk = desk_of(ada)

    assert desk.last_step == "m2-s1"
    assert desk.positions == {"film": 134.2}


def test_a_learner_in_the_middle_loses_nothing_when_the_run_moves() -> None:
    document = a_document()
    run = a_run(document=document)
    ada = an_enrolment(run=run)
    complete_step(enrolment=ada, step_id="m1-s1", at=NOON)
    complete_step(enrolment=ada, step_id="m1-s2", at=NOON)
    visit(enrolment=ada, step_id="m1-s2", at=NOON)

    longer = replace(a_document(steps=4, words="Read me again."), id=document.id)
    organisation = run.course.organisation
    version = laid_out(adopt(course=longer, organisation=organisation, by=None, at=NOON), longer)
    ada.run = move_run(run=run, version=version, at=NOON)
    desk = desk_of(ada)
    changed = changed_since(enrolment_id=ada.pk, version_id=version.pk)

    assert (progress_of(ada).done, progress_of(ada).of) == (2, 8)
    assert desk.last_step == "m1-s2"
    assert changed == (("m1-s1", NOON), ("m1-s2", NOON))


@pytest.mark.req("R147")
def test_an_old_lesson_opens_after_three_later_runs() -> None:
    document = a_document()
    run = a_run(document=document)
    ada = an_enrolment(run=run)
    course_document = document_of(run.version)
    for number in range(2, 5):
        newer = replace(course_document, summary=f"Version {number}")
        version = adopt(course=newer, organisation=run.course.organisation, by=None, at=NOON)
        open_run(version=laid_out(version, newer), code=f"2026-{number}")

    opened = step_for(desk_of(ada), "m2-s3", now=NOON + timedelta(days=2000))

    assert opened.parts[0].html == "<p>Read me.</p>"


def test_hidden_steps_are_not_there_for_learners() -> None:
    ada = an_enrolment(run=a_run(document=a_document(hidden=["m1-s2"])))

    desk = desk_of(ada)

    assert [step.id for step in desk.outline.steps][:3] == ["m1-s1", "m1-s3", "m2-s1"]
    with pytest.raises(StepUnknown):
        step_for(desk, "m1-s2", now=NOON)


def test_visitors_open_samples_only() -> None:
    ada = an_enrolment()
    visitor = replace(desk_of(ada), enrolment_id=None)

    assert step_for(visitor, "m1-s1", now=NOON).number == 1
    with pytest.raises(StepClosed, match="enrol"):
        step_for(visitor, "m2-s1", now=NOON)
