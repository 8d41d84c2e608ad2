from datetime import timedelta

import pytest
from django.contrib.auth import get_user_model

from stoa.accounts.tests.makers import a_learner
from stoa.courseware.actions import complete_step, enrol, take_note, withdraw
from stoa.courseware.models import Enrolment, Withdrawal
from stoa.courseware.queries import enrolment_of, notes_of, progress_of
from stoa.courseware.tests.makers import NOON, a_run, an_enrolment, desk_of

pytestmark = pytest.mark.django_db


@pytest.mark.req("R105")
@pytest.mark.req("R120")
def test_who_enrols_opens_every_step_and_is_asked_for_nothing_else() -> None:
    ada = an_enrolment()

    desk = desk_of(ada)

    assert desk.enrolled
    assert [step.id for step in desk.outline.steps] == ["m1-s1", "m1-s2", "m1-s3", "m2-s1", "m2-s2", "m2-s3"]


@pytest.mark.req("R118")
def test_a_person_has_no_country_to_fill_in() -> None:
    assert [field.name for field in get_user_model()._meta.get_fields() if "country" in field.name] == []  # noqa: SLF001 -- Django documents _meta


def test_enrolling_twice_changes_nothing() -> None:
    run, ada = a_run(), a_learner()

    first = enrol(run=run, person=ada, at=NOON)
    second = enrol(run=run, person=ada, at=NOON + timedelta(days=1))

    assert first == second
    assert Enrolment.objects.get().at == NOON


def test_leaving_is_a_row_and_coming_back_loses_nothing() -> None:
    ada = an_enrolment()
    complete_step(enrolment=ada, step_id="m1-s1", at=NOON)
    take_note(enrolment=ada, step_id="m1-s1", seconds=None, text="Values are things.", at=NOON)

    withdraw(enrolment=ada, at=NOON)
    gone = enrolment_of(ada.person, ada.run)
    left = list(Withdrawal.objects.values_list("enrolment", "at"))
    back = enrol(run=ada.run, person=ada.person, at=NOON + timedelta(days=9))

    assert gone is None
    assert left == [(ada.pk, NOON)]
    assert progress_of(back).done == 1
    assert [note.text for note in notes_of(back.pk)] == ["Values are things."]


@pytest.mark.req("R117")
def test_who_takes_single_modules_is_counted_by_those() -> None:
    ada = an_enrolment(modules=["m2"])
    complete_step(enrolment=ada, step_id="m1-s1", at=NOON)
    for step in ("m2-s1", "m2-s2", "m2-s3"):
        complete_step(enrolment=ada, step_id=step, at=NOON)

    progress = progress_of(ada)

    assert (progress.done, progress.of, progress.percent, progress.finished) == (3, 3, 100, True)
