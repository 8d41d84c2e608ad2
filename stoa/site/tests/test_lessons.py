import re
from dataclasses import replace

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from stoa.accounts.tests.makers import a_learner
from stoa.assessment.actions import lay_out_quizzes
from stoa.catalogue.models import Run
from stoa.catalogue.queries import document_of
from stoa.catalogue.tests import makers as catalogue
from stoa.coursedoc import walking
from stoa.coursedoc.model import Quiz
from stoa.courseware.actions import PartLayout, StepLayout, complete_step, lay_out, note_position, take_note
from stoa.courseware.models import Bookmark
from stoa.courseware.queries import CaptionsData, CueData, SourceData, VideoData
from stoa.courseware.tests.makers import NOON, a_document, a_run, an_enrolment, desk_of

pytestmark = pytest.mark.django_db

TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')
ENGLISH = CaptionsData(language="en", url="/media/en.vtt", cues=[CueData(start=2.5, end=4.0, text="Columns hold.")])


def words(html: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


def address(run: Run, step: str) -> str:
    return f"/courses/{run.course.slug}/runs/{run.code}/steps/{step}/"


def with_parts(run: Run, *parts: PartLayout, kind: str = "mooc_video") -> Run:
    step = StepLayout(
        step_id="film",
        lesson_id="l",
        lesson_title="Lesson",
        module_id="m",
        module_title="Week 1",
        position=1,
        title="Film",
        kind=kind,
        parts=parts,
    )
    lay_out(version=run.version, steps=[step])
    return run


def a_video(**data: object) -> PartLayout:
    video = VideoData(
        sources=[
            SourceData(url="/media/high.mp4", media_type="video/mp4", label="720p", size=9_000_000),
            SourceData(url="/media/low.mp4", media_type="video/mp4", label="low data", size=900_000),
            SourceData(url="/media/sound.mp3", media_type="audio/mpeg", label="audio only", size=90_000),
        ],
        captions=[ENGLISH],
        duration=60.0,
    )
    return PartLayout(item_id="columns", kind="mooc_video", title="Columns", data={**video, **data})


def test_a_learner_reads_a_step_and_sees_where_it_stands(client: Client) -> None:
    ada = an_enrolment()
    complete_step(enrolment=ada, step_id="m1-s1", at=NOON)
    client.force_login(ada.person)

    page = client.get(address(ada.run, "m1-s2"))

    text = words(page.content.decode())
    assert page.status_code == 200
    assert "Read me." in text
    assert "Step 2 of 6" in text
    assert "Step m1-s1 , Reading, done" in text
    assert Bookmark.objects.get().step_id == "m1-s2"


@pytest.mark.parametrize("steps", [3, 60])
def test_a_lesson_takes_two_queries_whatever_the_course(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries, steps: int
) -> None:
    ada = an_enrolment(run=a_run(document=a_document(steps=steps)))
    client.force_login(ada.person)
    client.get(address(ada.run, "m1-s2"))

    with django_assert_num_queries(2):
        client.get(address(ada.run, "m1-s2"))


def test_visitors_read_samples_and_are_told_how_to_read_the_rest(client: Client) -> None:
    run = a_run()

    sample = client.get(address(run, "m1-s1"))
    closed = client.get(address(run, "m2-s1"))

    assert sample.status_code == 200
    assert "This is a sample." in words(sample.content.decode())
    assert closed.status_code == 403
    assert "Enrol free" in words(closed.content.decode())


@pytest.mark.req("R147")
def test_a_lesson_address_answers_after_three_later_runs(client: Client) -> None:
    ada = an_enrolment()
    for code in ("2026-2", "2027-1", "2027-2"):
        Run.objects.create(course=ada.run.course, code=code, version=ada.run.version)
    client.force_login(ada.person)

    assert client.get(address(ada.run, "m2-s3")).status_code == 200


@pytest.mark.req("R103")
def test_a_video_begins_where_its_learner_stopped(client: Client) -> None:
    ada = an_enrolment(run=with_parts(a_run(), a_video()))
    note_position(enrolment=ada, item_id="columns", seconds=42.3, at=NOON)
    client.force_login(ada.person)

    html = client.get(address(ada.run, "film")).content.decode()

    assert re.findall(r'<source src="([^"]+)"', html) == ["/media/high.mp4#t=42.3", "/media/low.mp4#t=42.3"]
    assert re.findall(r'<track kind="captions" src="([^"]+)"', html) == ["/media/en.vtt"]


@pytest.mark.req("R094")
def test_with_little_data_nothing_loads_before_it_is_asked_for(client: Client) -> None:
    ada = an_enrolment(run=with_parts(a_run(), a_video()))
    client.force_login(ada.person)

    html = client.get(address(ada.run, "film") + "?data=low").content.decode()

    assert 'preload="none"' in html
    assert re.findall(r'<source src="([^"#]+)', html) == ["/media/low.mp4", "/media/high.mp4"]
    assert "Columns hold." in words(html)


@pytest.mark.req("R094")
def test_a_video_of_youtube_loads_nothing_from_there_and_the_step_can_be_completed(client: Client) -> None:
    ada = an_enrolment(run=with_parts(a_run(), a_video(sources=[], youtube="abcdefghijk")))
    client.force_login(ada.person)

    html = client.get(address(ada.run, "film")).content.decode()
    done = client.post(address(ada.run, "film") + "completion/")

    assert "<iframe" not in html
    assert re.findall(r'src="(https?:[^"]+)', html) == []
    assert "Columns hold." in words(html)
    assert done.status_code == 302
    assert desk_of(ada).done == {"film"}


@pytest.mark.req("R134")
def test_an_outside_resource_names_its_makers_and_its_licence(client: Client) -> None:
    data = {"url": "https://lessons.example/loops", "credit": "Ada Byron", "licence": "CC BY 4.0"}
    resource = PartLayout(item_id="loops", kind="outside_resource", title="Loops", data=data)
    ada = an_enrolment(run=with_parts(a_run(), resource, kind="outside_resource"))
    client.force_login(ada.person)

    text = words(client.get(address(ada.run, "film")).content.decode())

    assert "By Ada Byron. Licence: CC BY 4.0." in text


@pytest.mark.req("R071")
def test_notes_stand_beside_their_step_and_nobody_else_reads_them(client: Client) -> None:
    ada = an_enrolment(run=with_parts(a_run(), a_video()))
    bo = an_enrolment(run=ada.run, person=a_learner("Bo Lind"))
    take_note(enrolment=ada, step_id="film", seconds=134, text="Columns carry the roof.", at=NOON)

    client.force_login(ada.person)
    own = words(client.get(address(ada.run, "film")).content.decode())
    client.force_login(bo.person)
    other = words(client.get(address(ada.run, "film")).content.decode())

    assert "Columns carry the roof. 2:14 · Change" in own
    assert "Columns carry the roof." not in other


@pytest.mark.parametrize("step", ["nowhere", "m9-s1"])
def test_what_the_course_does_not_have_is_not_found(client: Client, step: str) -> None:
    assert client.get(address(a_run(), step)).status_code == 404


@pytest.mark.req("R101")
def test_a_quiz_stands_in_its_step_and_costs_one_query(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    run = with_parts(
        a_run(document=catalogue.a_document()), PartLayout(item_id="values-quiz", kind="quiz"), kind="quiz"
    )
    quizzes = {i.id: i for i in walking.items(document_of(run.version)) if isinstance(i, Quiz)}
    lay_out_quizzes(version=run.version, quizzes=quizzes, render=lambda text: text.source)
    ada = an_enrolment(run=run)
    client.force_login(ada.person)
    client.get(address(run, "film"))

    with django_assert_num_queries(3):
        html = client.get(address(run, "film")).content.decode()

    assert "What is `1 + 1`?" in words(html)
    assert f'action="/courses/{run.course.slug}/runs/{run.code}/quizzes/values-quiz/attempts/"' in html


def test_everyone_gets_their_own_form_token() -> None:
    ada = an_enrolment()
    bo = an_enrolment(run=ada.run, person=a_learner("Bo Lind"))
    page = address(ada.run, "m1-s1")

    for enrolment in (ada, bo):
        client = Client(enforce_csrf_checks=True)
        client.force_login(enrolment.person)
        token = TOKEN.findall(client.get(page).content.decode())[-1]
        client.post(f"{page}completion/", {"csrfmiddlewaretoken": token})

    assert [sorted(desk_of(one).done) for one in (ada, bo)] == [["m1-s1"], ["m1-s1"]]


@pytest.mark.parametrize(
    ("begins", "times"),
    [
        ("<h2>Deep&nbsp;water!</h2>", 0),
        ('<div class="x"><h3>DEEP <em>water</em></h3></div>', 0),
        ("<h2>Shallow</h2>", 1),
    ],
)
def test_a_title_that_its_text_begins_with_is_said_once(client: Client, begins: str, times: int) -> None:
    reading = PartLayout(item_id="r", kind="reading", title="Deep water", html=f"{begins}<p>Words.</p>")
    other = PartLayout(item_id="o", kind="reading", title="Other", html="<p>More.</p>")
    enrolment = an_enrolment()
    run = with_parts(enrolment.run, reading, other, kind="reading")
    client.force_login(enrolment.person)

    page = client.get(address(run, "film")).content.decode()

    assert page.count("<h2>Deep water</h2>") == times
    assert "<h2>Other</h2>" in page


def test_transcripts_of_one_step_are_no_landmarks_of_one_name(client: Client) -> None:
    twice = (a_video(), replace(a_video(), item_id="arches"))
    ada = an_enrolment(run=with_parts(a_run(), *twice))
    client.force_login(ada.person)

    html = client.get(address(ada.run, "film")).content.decode()

    assert re.findall(r'<(\w+) class="transcript"', html) == ["div", "div"]
