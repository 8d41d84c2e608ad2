"""Of a pool each learner gets as many items as it draws, always the same ones, everywhere."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.test import Client
from pytest_django import Settings

from stoa.accounts.tests.makers import a_learner
from stoa.assessment.actions import submit
from stoa.assessment.queries import score_table
from stoa.assessment.tests.makers import a_quiz
from stoa.authoring.tests.makers import MONDAY, a_published_run
from stoa.catalogue.models import Run
from stoa.catalogue.tests.makers import a_document
from stoa.coursedoc.model import Item, Lesson, Module, Pool, Reading, ScoreScheme, Step, Text, Variant, Variants
from stoa.courseware.actions import enrol
from stoa.courseware.models import Enrolment, StepCompletion

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _media(tmp_path: Path, settings: Settings) -> None:
    settings.MEDIA_ROOT = tmp_path / "media"


def a_run_of_pool(*items: Item, draw: int) -> Run:
    step = Step(id="one", title="One", items=(Pool(id="pool", draw=draw, items=items),))
    lesson = Lesson(id="only", title="Only", part="Quizzes", steps=(step,))
    document = a_document(modules=(Module(id="m", title="M", lessons=(lesson,)),), scheme=ScoreScheme())
    return a_published_run(document=document)


def a_reading(number: int) -> Reading:
    return Reading(id=f"item-{number}", text=Text(source=f"Words number {number}."))


def seats(run: Run) -> list[tuple[Client, Enrolment]]:
    found = []
    for name in ("Ada", "Bo", "Cleo", "Dara"):
        person = a_learner(name)
        client = Client()
        client.force_login(person)
        found.append((client, enrol(run=run, person=person, at=MONDAY)))
    return found


def seen(client: Client, run: Run, mark: str) -> list[int]:
    page = client.get(f"/courses/{run.course.slug}/runs/{run.code}/steps/one/").content.decode()
    return [number for number in range(6) if mark.format(number) in page]


def test_a_lesson_shows_as_many_readings_as_its_pool_draws_and_the_same_at_every_visit() -> None:
    run = a_run_of_pool(*(a_reading(number) for number in range(6)), draw=2)

    for client, _ in seats(run):
        first, again = (seen(client, run, "Words number {}.") for _ in range(2))
        assert (len(first), again) == (2, first)


def test_the_drawn_item_of_an_experiment_is_shown() -> None:
    arm = Variants(id="trial", variants=(Variant(id="a", items=(a_reading(0),)), Variant(id="b", items=())))
    run = a_run_of_pool(arm, draw=1)

    assert [seen(client, run, "Words number {}.") for client, _ in seats(run)] == [[0]] * 4


@pytest.mark.req("R101")
def test_drawn_quizzes_alone_count_and_finish_the_step() -> None:
    run = a_run_of_pool(*(a_quiz(item=f"item-{number}", scored=True) for number in range(4)), draw=2)

    for client, enrolment in seats(run):
        drawn = seen(client, run, 'id="quiz-item-{}"')
        for place, number in enumerate(drawn):
            at = MONDAY + timedelta(minutes=place)
            submit(enrolment=enrolment, item_id=f"item-{number}", answers={"p": ("b",)}, at=at)
        table = score_table(version_id=run.version_id, enrolment_id=enrolment.pk)

        assert (len(drawn), table.points) == (2, 100.0)
        assert StepCompletion.objects.filter(enrolment=enrolment).count() == 1
        (left, *_) = {0, 1, 2, 3} - set(drawn)
        undrawn = client.get(f"/courses/{run.course.slug}/runs/{run.code}/quizzes/item-{left}/")
        assert undrawn.status_code == 404
