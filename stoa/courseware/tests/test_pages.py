import json
from datetime import timedelta

import pytest
from django.test import Client

from stoa.accounts.tests.makers import a_learner, staff_of
from stoa.courseware.actions import announce, take_note
from stoa.courseware.models import Announcement, Enrolment, Note, Opinion, ProblemReport
from stoa.courseware.queries import enrolment_of
from stoa.courseware.tests.makers import NOON, a_run, an_enrolment, desk_of
from stoa.mail.models import Mail

pytestmark = pytest.mark.django_db


def root(enrolment: Enrolment) -> str:
    return f"/courses/{enrolment.run.course.slug}/runs/{enrolment.run.code}/"


@pytest.mark.req("R105")
@pytest.mark.req("R120")
def test_one_click_enrols_and_one_leaves(client: Client) -> None:
    run, ada = a_run(), a_learner()
    client.force_login(ada)
    home = f"/courses/{run.course.slug}/runs/{run.code}/"

    enrolled = client.post(f"{home}enrolment/")
    inside = enrolment_of(ada, run)
    left = client.post(f"{home}enrolment/withdrawal/")

    assert (enrolled.status_code, enrolled["Location"]) == (302, home)
    assert inside is not None
    assert (left.status_code, left["Location"]) == (302, f"/courses/{run.course.slug}/")
    assert enrolment_of(ada, run) is None


def test_a_visitor_is_asked_to_sign_in_and_comes_back_to_enrol(client: Client) -> None:
    run = a_run()
    address = f"/courses/{run.course.slug}/runs/{run.code}/enrolment/"

    answer = client.post(address)

    assert answer["Location"] == f"/accounts/login/?next={address}"


@pytest.mark.req("R071")
def test_a_note_is_kept_with_its_moment_and_exported(client: Client) -> None:
    ada = an_enrolment()
    client.force_login(ada.person)

    client.post(f"{root(ada)}notes/", {"step": "m1-s1", "text": "Columns hold.", "time": "2:14"})
    exported = client.get(f"{root(ada)}notes.md")

    assert list(Note.objects.values_list("step_id", "seconds", "text")) == [("m1-s1", 134, "Columns hold.")]
    assert exported["Content-Type"] == "text/markdown; charset=utf-8"
    assert "## Step m1-s1 at 2:14\n" in exported.content.decode()


def test_a_bad_time_loses_no_word_of_the_note(client: Client) -> None:
    ada = an_enrolment()
    client.force_login(ada.person)

    answer = client.post(f"{root(ada)}notes/", {"step": "m1-s1", "text": "Columns hold.", "time": "soon"})

    assert answer.status_code == 422
    assert "Columns hold." in answer.content.decode()
    assert "Write the time as minutes and seconds, like 2:14." in answer.content.decode()


def test_nobody_opens_the_note_of_another(client: Client) -> None:
    ada = an_enrolment()
    note = take_note(enrolment=ada, step_id="m1-s1", seconds=None, text="Mine.", at=NOON)
    client.force_login(a_learner("Bo Lind"))

    answers = [client.get(f"/notes/{note.pk}/"), client.post(f"/notes/{note.pk}/removal/")]

    assert [answer.status_code for answer in answers] == [404, 404]


def test_opinions_and_reports_are_kept(client: Client) -> None:
    ada = an_enrolment()
    client.force_login(ada.person)

    client.post(f"{root(ada)}steps/m1-s1/opinion/", {"helpful": "no"})
    client.post(f"{root(ada)}steps/m1-s1/opinion/", {"helpful": "yes"})
    client.post(f"{root(ada)}steps/m1-s1/report/", {"text": "The picture is missing."})

    assert list(Opinion.objects.values_list("step_id", "helpful")) == [("m1-s1", True)]
    assert list(ProblemReport.objects.values_list("text", "person")) == [("The picture is missing.", ada.person_id)]


def test_whoever_posts_too_often_waits_and_loses_nothing(client: Client) -> None:
    ada = an_enrolment()
    client.force_login(ada.person)

    answers = [client.post(f"{root(ada)}notes/", {"step": "m1-s1", "text": f"Note {n}."}) for n in range(22)]

    assert answers[-1].status_code == 429
    assert "Note 21." in answers[-1].content.decode()


def test_an_announcement_reaches_the_page_and_the_mail_of_learners(client: Client) -> None:
    ada = an_enrolment()
    boss = staff_of(ada.run.course.organisation)
    client.force_login(boss)

    client.post(f"{root(ada)}announcements/", {"title": "Office hour", "text": "On **Thursday** <script>x()</script>."})
    page = client.get(f"{root(ada)}announcements/").content.decode()

    assert "On <strong>Thursday</strong>" in page
    assert "x()</script>" not in page
    assert list(Mail.objects.values_list("to", "kind")) == [(ada.person.email, "announcement")]


def test_learners_announce_nothing_and_do_not_see_who_learns_with_them(client: Client) -> None:
    ada = an_enrolment()
    client.force_login(ada.person)

    posted = client.post(f"{root(ada)}announcements/", {"title": "Hello", "text": "It is me."})
    listed = client.get(f"{root(ada)}learners/")

    assert (posted.status_code, listed.status_code) == (404, 404)
    assert Announcement.objects.count() == 0


def test_the_team_sees_who_learns_but_no_address(client: Client) -> None:
    ada = an_enrolment(person=a_learner("Ada Okafor", email="ada@post.example"))
    client.force_login(staff_of(ada.run.course.organisation))

    page = client.get(f"{root(ada)}learners/").content.decode()

    assert "Ada Okafor" in page
    assert "ada@post.example" not in page


def batch(enrolment: Enrolment, *events: object) -> str:
    run = enrolment.run
    return json.dumps({"course": run.course.slug, "run": run.code, "step": "m1-s1", "events": events})


@pytest.mark.req("R103")
def test_a_beacon_keeps_the_place_in_a_video(client: Client) -> None:
    ada = an_enrolment()
    client.force_login(ada.person)
    events = [
        {"name": "play_video", "item": "film", "currentTime": 3},
        {"name": "video_position", "item": "film", "currentTime": 17.25, "duration": 60},
    ]

    answer = client.post(
        "/events/", batch(ada, *events), content_type="text/plain", headers={"Sec-Fetch-Site": "same-origin"}
    )

    assert answer.status_code == 204
    assert desk_of(ada).positions == {"film": 17.25}


@pytest.mark.parametrize(
    ("headers", "body", "status"),
    [
        ({"Sec-Fetch-Site": "cross-site"}, "{}", 403),
        ({"Origin": "https://elsewhere.example"}, "{}", 403),
        ({}, "{}", 403),
        ({"Origin": "http://testserver"}, "{}", 400),
        ({"Origin": "http://testserver"}, "[" * 9000, 400),
        ({"Origin": "http://testserver"}, '{"events": [], "course": "x", "run": "y"}', 404),
    ],
)
def test_beacons_from_elsewhere_or_out_of_shape_are_refused(
    client: Client, headers: dict[str, str], body: str, status: int
) -> None:
    assert client.post("/events/", body, content_type="text/plain", headers=headers).status_code == status


def test_old_announcements_stay_and_the_newest_comes_first() -> None:
    ada = an_enrolment()
    boss = staff_of(ada.run.course.organisation)
    for day, title in enumerate(["First", "Second"]):
        announce(run=ada.run, by=boss, title=title, text="News.", at=NOON + timedelta(days=day))

    assert [letter.title for letter in ada.run.announcements.order_by("-at")] == ["Second", "First"]
