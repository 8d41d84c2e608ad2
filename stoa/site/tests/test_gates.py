"""What stands behind a gate opens for each learner who has done what it asks, and for nobody before."""

from pathlib import Path

import pytest
from django.test import Client
from pytest_django import Settings

from stoa.accounts.tests.makers import a_learner
from stoa.assessment.actions import submit
from stoa.assessment.tests.makers import a_quiz
from stoa.authoring.tests.makers import MONDAY, a_published_run
from stoa.catalogue.models import Run
from stoa.catalogue.tests.makers import a_document
from stoa.coursedoc.model import Gate, Item, Lesson, Module, Reading, Step, Text, Variant, Variants
from stoa.coursedoc.model.items import When
from stoa.courseware.actions import enrol
from stoa.courseware.models import Enrolment

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _media(tmp_path: Path, settings: Settings) -> None:
    settings.MEDIA_ROOT = tmp_path / "media"


def a_run_with(gate: Gate) -> Run:
    inside = (a_reading("first"), a_reading("second"))
    behind = Variants(id="door", gate=gate, variants=(Variant(id="in", items=inside),))
    question: Item = a_quiz(item="key", title="The key")
    steps = (
        Step(id="one", title="One", items=(question, a_reading("before"))),
        Step(id="two", title="Two", items=(behind, a_reading("after"))),
    )
    lesson = Lesson(id="only", title="Only", steps=steps)
    return a_published_run(document=a_document(modules=(Module(id="m", title="M", lessons=(lesson,)),)))


def a_reading(name: str) -> Reading:
    return Reading(id=name, title=name, text=Text(source=f"Words of the {name}."))


def a_seat(run: Run, name: str) -> tuple[Client, Enrolment]:
    person, client = a_learner(name), Client()
    client.force_login(person)
    return client, enrol(run=run, person=person, at=MONDAY)


def read(client: Client, run: Run) -> tuple[list[str], int]:
    """Which texts of the second step the reader sees, and how often a gate stands in their place."""
    page = client.get(f"/courses/{run.course.slug}/runs/{run.code}/steps/two/").content.decode()
    texts = [name for name in ("first", "second", "after") if f"Words of the {name}." in page]
    return texts, page.count("This part opens once you have answered")


def test_a_gate_opens_for_the_learner_who_has_answered() -> None:
    run = a_run_with(Gate(items=("key",), words="First the key."))
    (ada, enrolment), (bo, _) = a_seat(run, "Ada"), a_seat(run, "Bo")
    closed = ada.get(f"/courses/{run.course.slug}/runs/{run.code}/steps/two/").content.decode()

    submit(enrolment=enrolment, item_id="key", answers={"p": ("a",)}, at=MONDAY)

    assert "First the key." in closed
    assert 'href="../one/#item-key"' in closed
    assert read(ada, run) == (["first", "second", "after"], 0)
    assert read(bo, run) == (["after"], 1)


def test_a_gate_may_ask_for_the_right_answer() -> None:
    run = a_run_with(Gate(items=("key",), when=When.RIGHT))
    client, enrolment = a_seat(run, "Ada")

    submit(enrolment=enrolment, item_id="key", answers={"p": ("a",)}, at=MONDAY)
    wrong = read(client, run)
    submit(enrolment=enrolment, item_id="key", answers={"p": ("b",)}, at=MONDAY)

    assert wrong == (["after"], 1)
    assert read(client, run) == (["first", "second", "after"], 0)


def test_a_gate_that_nobody_could_open_stands_open() -> None:
    run = a_run_with(Gate(items=("key", "gone")))
    client, _ = a_seat(run, "Ada")

    assert read(client, run) == (["first", "second", "after"], 0)
