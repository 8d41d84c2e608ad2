"""Peer review for those who give the course."""

import re
from datetime import timedelta

import pytest
from django.test import Client

from stoa.kernel.clock import now
from stoa.peer_review import actions
from stoa.peer_review.models import Anchor, Appeal, Review, StaffRead, Submission, WordsReport
from stoa.peer_review.queries.course_figures import review_figures
from stoa.peer_review.rules.fairness import evenest, gini
from stoa.peer_review.tests.classes import Class
from stoa.peer_review.tests.reading import words
from stoa.peer_review.tests.rooms import a_class_of, a_scored_class

pytestmark = pytest.mark.django_db
FOUR = ("Ada", "Bo", "Chi", "Dov")
BEST = {"level-does-it-work": "4", "level-can-you-read-it": "4"}


def address(room: Class, page: str = "") -> str:
    return f"/courses/{room.run.course.slug}/runs/{room.run.code}/peer-review/{page}"


def staff_says(client: Client, room: Class, page: str = "") -> str:
    client.force_login(room.instructor)
    return words(client.get(address(room, page)).content.decode().split("<main", 1)[1])


@pytest.mark.req("R113")
def test_what_is_at_risk_stands_first_with_what_happens_next_and_who_answers_for_it(client: Client) -> None:
    room = a_class_of(*FOUR, ago=timedelta(days=4, hours=22))
    actions.tick(at=now())

    said = staff_says(client, room)

    assert re.search(rf"Word counter #{room.works['Ada'].pk} 4 d 2[12] h 0 Staff queue in 26 h", said)
    assert "Ilse Marenko is responsible for it." in said
    assert "Promise: a score within 7 days" in said


@pytest.mark.req("R113")
def test_work_past_its_promised_date_is_listed_with_its_owner(client: Client) -> None:
    room = a_class_of("Ada", "Bo", ago=timedelta(days=7, hours=2))

    said = staff_says(client, room)

    assert "Past the promised date" in said
    assert re.search(r"Promised for .*Ilse Marenko is responsible for it\.", said)


def test_learners_see_none_of_it(client: Client) -> None:
    room = a_class_of(*FOUR)
    client.force_login(room.person("Ada"))
    number = room.works["Bo"].pk
    pages = ["", "queue/", "appeals/", "reports/", "copies/", "fairness/", "volunteers/", f"works/{number}/"]

    assert [client.get(address(room, page)).status_code for page in pages] == [404] * len(pages)


@pytest.mark.req("R114")
def test_alone_in_a_run_an_instructor_reads_the_work_and_a_score_comes(client: Client) -> None:
    room = a_class_of("Ada", ago=timedelta(days=6, hours=1))
    actions.tick(at=now())
    number = room.works["Ada"].pk

    queue = staff_says(client, room, "queue/")
    page = client.get(address(room, f"works/{number}/")).content.decode()
    client.post(address(room, f"works/{number}/"), {**BEST, "overall": "Clear, and tested."})

    assert f"#{number}" in queue
    assert "nobody has reviewed it" in queue
    assert room.person("Ada").display_name not in page
    assert Submission.objects.get(pk=number).state == "final"
    assert staff_says(client, room, "queue/").count("Nothing waits for you.") == 1


def test_a_reading_without_all_levels_is_kept_on_the_page(client: Client) -> None:
    room = a_class_of(*FOUR)
    client.force_login(room.instructor)

    answer = client.post(
        address(room, f"works/{room.works['Ada'].pk}/"), {"level-does-it-work": "4", "overall": "Half read."}
    )

    assert answer.status_code == 422
    assert "Half read.</textarea>" in answer.content.decode()
    assert not Review.objects.exists()


def test_work_picked_by_chance_teaches_how_lenient_all_are_and_settles_nothing(client: Client) -> None:
    room = a_class_of(*FOUR)
    client.force_login(room.instructor)

    location = client.post(address(room, "queue/"), {"assignment": "word-counter"}).headers["Location"]
    again = client.post(address(room, "queue/"), {"assignment": "word-counter"}).headers["Location"]
    client.post(location, BEST)

    assert location == again
    assert list(Anchor.objects.values_list("at_random", "points")) == [(True, 100.0)]
    assert set(Submission.objects.values_list("state", flat=True)) == {"open"}
    assert StaffRead.objects.filter(settled_at=None).count() == 0


@pytest.mark.req("R115")
def test_appeals_are_listed_and_what_they_changed_is_kept(client: Client) -> None:
    room = a_scored_class(*FOUR)
    ada = room.works["Ada"]
    actions.appeal(submission=ada, by=room.person("Ada"), criterion_id="does-it-work", reason="See line 7.", at=now())

    waiting = staff_says(client, room, "appeals/")
    client.post(address(room, f"works/{ada.pk}/"), {**BEST, "overall": "You are right."})
    answered = staff_says(client, room, "appeals/")

    before = Appeal.objects.get().before
    assert "Does it work? See line 7." in waiting
    assert f"#{ada.pk} {round(before)} 100" in answered
    assert "No appeal is open." in answered


def test_reported_words_stay_hidden_or_come_back(client: Client) -> None:
    room = a_scored_class(*FOUR)
    review = Review.objects.filter(submission=room.works["Ada"]).first()
    assert review is not None
    actions.report_words(
        review=review, by=room.authors["Ada"].enrolment, reason="unkind", words="It calls me lazy.", at=now()
    )
    report = WordsReport.objects.get()

    said = staff_says(client, room, "reports/")
    refused = client.post(address(room, "reports/"), {"report": f"words-{report.pk}", "decision": "show"})
    client.post(
        address(room, "reports/"), {"report": f"words-{report.pk}", "decision": "show", "reason": "Blunt, not unkind."}
    )

    assert "It calls me lazy." in said
    assert refused.status_code == 422
    assert Review.objects.get(pk=review.pk).hidden_for == ""
    assert "Nothing is reported." in staff_says(client, room, "reports/")


def test_works_alike_are_shown_to_staff_and_told_apart_by_them(client: Client) -> None:
    room = a_class_of(*FOUR)
    alike = [room.works["Ada"].pk, room.works["Bo"].pk]
    Submission.objects.filter(pk__in=alike).update(cluster="abc")

    said = staff_says(client, room, "copies/")
    client.post(address(room, "copies/"), {"group": "abc", "decision": "hold", "reason": "The same typing errors"})
    held = set(Submission.objects.filter(pk__in=alike).values_list("state", flat=True))
    client.post(address(room, "copies/"), {"group": "abc", "decision": "fine", "reason": "A template of the course"})

    assert "2 works" in said
    assert held == {"integrity_hold"}
    assert set(Submission.objects.filter(pk__in=alike).values_list("state", "cluster")) == {("open", "")}


@pytest.mark.req("R115")
def test_the_fairness_report_says_how_even_reviews_are(client: Client) -> None:
    room = a_scored_class(*FOUR)

    said = staff_says(client, room, "fairness/")

    assert gini([3, 3, 3, 3]) == 0
    aim = "Gini over 4 works on time whose authors gave all their reviews; even, by our aim of 0.1"
    assert f"Reviews received 0.00 {aim}" in said
    assert "Reviews received, by all" not in said


@pytest.mark.req("R115")
def test_the_fairness_report_says_what_comes_from_who_gave_reviews_and_what_no_spread_could_mend(
    client: Client,
) -> None:
    room = a_class_of(*FOUR, "Eli")
    for turn in range(2):
        room.reviews("Ada", at=now() - timedelta(hours=3 - turn))

    said = staff_says(client, room, "fairness/")

    assert evenest(2, 5) == 0.6
    assert "Reviews received, by all 0.60 Gini over 5 works on time; so many reviews can't be spread below 0.60" in said
    assert "who gave reviews comes first, by design" in said


def test_the_history_of_a_work_tells_every_step(client: Client) -> None:
    room = a_class_of(*FOUR)
    room.reviews("Ada", at=now())
    read = Review.objects.get().submission_id

    said = staff_says(client, room, f"works/{read}/history/")

    assert "Work: handed in → waiting for reviews the clock" in said
    assert "Review: being written → handed in Ada Okafor" in said


def test_a_course_says_how_long_a_first_review_takes() -> None:
    room = a_scored_class(*FOUR, "Eli")

    figures = review_figures([room.run.course_id], now=now())[room.run.course_id]

    assert figures.wait is not None
    assert timedelta() <= figures.wait <= timedelta(hours=12)
    assert (figures.works, figures.unscored, figures.promise_days) == (5, 0, 7)
