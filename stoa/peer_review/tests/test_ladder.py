"""The clock rescues whatever waits: by mails, by people who agreed to help, by staff; and never to anybody's harm."""

from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest

from stoa.mail.models import Mail
from stoa.peer_review import actions
from stoa.peer_review.actions import AppealClosed, NothingToRead, ticking
from stoa.peer_review.models import Anchor, Appeal, Place, Pulse, Review, Score, StaffRead, Submission, Volunteer
from stoa.peer_review.rules.allocation import Role
from stoa.peer_review.rules.states import SubmissionState
from stoa.peer_review.tests.classes import DAY, HOUR, Class, a_class, every_minute
from stoa.peer_review.tests.makers import MONDAY

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)


def days(room: Class, until: float, *, start: float = 0.0, step: timedelta = DAY / 2) -> None:
    every_minute(MONDAY + start * DAY, MONDAY + until * DAY, step=step, do=lambda now: actions.tick(at=now))


def mails(kind: str) -> list[str]:
    return list(Mail.objects.filter(kind=kind).order_by("pk").values_list("to", flat=True))


def states(room: Class) -> list[str]:
    return [room.place(name).state for name in room.works]


def test_authors_in_debt_are_reminded_three_times_and_told_who_waits() -> None:
    room = a_class("Ada", "Bo", "Chi", "Dov")

    days(room, 5.5)

    assert len(mails("review-reminder")) == 12
    mail = Mail.objects.filter(kind="review-reminder").first()
    assert mail is not None
    assert "4 works for Word counter wait for a reader." in mail.text
    assert "You have 3 reviews left to give." in mail.text
    assert "unsubscribe" in mail.text.lower() or "/mail/" in mail.text


def test_who_is_done_is_asked_for_two_more_once_the_queue_is_late() -> None:
    room = a_class(size=8)
    for number in range(3):
        room.reviews("Ada", at=MONDAY + (number + 1) * HOUR)

    days(room, 3.5)

    told = Mail.objects.filter(subject__contains="two more")
    assert [mail.person_id for mail in told] == [room.person("Ada").pk]


@pytest.mark.req("R114")
def test_volunteers_read_what_nobody_reads_from_the_third_day() -> None:
    room = a_class("Ada")
    mentor = room.joins("Mo", hands_in=False).person
    actions.volunteer(course=room.run.course, person=mentor, kind=Volunteer.Kind.MENTOR, at=MONDAY)
    with pytest.raises(NothingToRead):
        room.pulls("Mo", at=MONDAY + 2 * DAY, role=Role.VOLUNTEER)

    days(room, 3.5)
    review = room.pulls("Mo", at=MONDAY + 3.5 * DAY, role=Role.VOLUNTEER)
    room.submits(review, at=MONDAY + 3.6 * DAY)
    days(room, 7, start=4)

    assert mails("review-volunteer") == [mentor.email]
    assert (room.place("Ada").state, room.place("Ada").done) == ("final", 1)


@pytest.mark.req("R113", "R114")
def test_who_is_alone_is_read_by_staff() -> None:
    room = a_class("Ada")
    days(room, 6)

    read = StaffRead.objects.get()
    assert (read.reason, read.due_at) == (StaffRead.Reason.UNREAD, MONDAY + 7 * DAY)
    actions.staff_read(submission=room.works["Ada"], by=room.instructor, marks=room.marks(1), at=MONDAY + 6.5 * DAY)

    score = Score.objects.get()
    assert (score.points, score.method, score.final_at) == (50, "staff", MONDAY + 6.5 * DAY)
    assert states(room) == ["final"]
    assert Anchor.objects.get().at_random is False
    assert not StaffRead.objects.filter(settled_at=None).exists()
    assert len(mails("assignment-staff")) >= 1


@pytest.mark.req("R112")
def test_all_work_is_final_on_the_seventh_day_with_reviews_of_whatever_number() -> None:
    room = a_class("Ada", "Bo", "Chi")
    for number, name in enumerate([*room.authors, *room.authors]):
        room.reviews(name, at=MONDAY + (number + 1) * HOUR)

    days(room, 6.9)
    before = states(room)
    ticked = MONDAY + 7 * DAY - 2 * MINUTE
    actions.tick(at=ticked)

    assert before == ["provisional"] * 3
    assert states(room) == ["final"] * 3
    assert {score.final_at for score in Score.objects.all()} == {ticked}
    assert Submission.objects.filter(promised_at__lt=ticked).count() == 0


@pytest.mark.req("R112")
def test_a_promise_of_72_hours_makes_every_rung_earlier() -> None:
    room = a_class("Ada", "Bo", promise_days=3)

    every_minute(MONDAY, MONDAY + 71 * HOUR, step=HOUR, do=lambda now: actions.tick(at=now))
    waiting = states(room)
    actions.tick(at=MONDAY + 72 * HOUR - 2 * MINUTE)

    assert waiting == ["staff", "staff"]
    assert states(room) == ["no_harm", "no_harm"]


def test_nobody_gets_a_zero_for_want_of_readers_and_a_later_review_still_counts() -> None:
    room = a_class("Ada", "Bo", "Chi")
    days(room, 7)
    assert states(room) == ["no_harm"] * 3
    assert not Score.objects.exists()

    late = room.reviews("Ada", at=MONDAY + 9 * DAY)

    assert Place.objects.get(pk=late.submission_id).state == "final"
    assert Score.objects.get().points == 100


def test_i5_staff_read_contributors_first() -> None:
    room = a_class(size=6)
    for number in range(3):
        room.reviews("Fen", at=MONDAY + (number + 1) * HOUR)

    days(room, 6.5)

    queue = StaffRead.objects.filter(settled_at=None).order_by("-contributor", "-on_time", "due_at")
    assert queue[0].submission_id == room.works["Fen"].pk
    assert [row.contributor for row in queue] == [True, *[False] * (len(queue) - 1)]


def test_the_responsible_person_is_warned_once_before_staff_are_too_few() -> None:
    room = a_class(size=5)
    room.set(responsible=room.instructor)
    actions.tick(at=MONDAY + HOUR)
    Pulse.objects.update(staff_cap=2)

    days(room, 3)

    alarm = Mail.objects.filter(subject__contains="more work will wait")
    assert [mail.person_id for mail in alarm] == [room.instructor.pk]
    assert Pulse.objects.get().projected_staff_reads == 5


def test_a_final_score_never_falls_by_itself() -> None:
    room = a_class("Ada", "Bo", "Chi")
    room.reviews("Ada")
    late = room.pulls("Ada", at=MONDAY + 6 * DAY)
    days(room, 7)
    place = Place.objects.get(pk=late.submission_id)
    before = Score.objects.filter(pk=place.pk).first()

    room.submits(late, at=MONDAY + 8 * DAY, level=0)

    after = Score.objects.get(pk=place.pk)
    assert before is None or after.points >= before.points
    assert Place.objects.get(pk=place.pk).done >= 1


@pytest.mark.req("R115")
def test_an_appeal_can_only_raise_a_score_and_is_made_once() -> None:
    room = a_class("Ada", "Bo")
    review = room.reviews("Bo", level=1)
    days(room, 7)
    work, ada = review.submission, room.person("Ada")
    criterion = "does-it-work"

    actions.appeal(submission=work, by=ada, criterion_id=criterion, reason="It does work.", at=MONDAY + 8 * DAY)
    actions.staff_read(submission=work, by=room.instructor, marks=room.marks(0), at=MONDAY + 9 * DAY)

    assert Score.objects.get(pk=work.pk).points == 50
    assert Appeal.objects.get().found == 0
    assert Place.objects.get(pk=work.pk).state == "final"
    with pytest.raises(AppealClosed):
        actions.appeal(submission=work, by=ada, criterion_id=criterion, reason="Again.", at=MONDAY + 9 * DAY)


def test_an_appeal_comes_within_fourteen_days() -> None:
    room = a_class("Ada", "Bo")
    review = room.reviews("Bo")
    days(room, 7)

    with pytest.raises(AppealClosed):
        actions.appeal(
            submission=review.submission,
            by=room.person("Ada"),
            criterion_id="does-it-work",
            reason="It works.",
            at=MONDAY + 22 * DAY,
        )


def test_a_check_by_staff_stops_the_clock_for_a_week_at_most() -> None:
    room = a_class("Ada", "Bo")
    ada = room.works["Ada"].pk
    actions.stand_still(
        submission_id=ada, state=SubmissionState.INTEGRITY_HOLD, why="very like another work", at=MONDAY + DAY
    )

    days(room, 7.5)
    held = states(room)
    days(room, 15, start=8)

    assert held[0] == "integrity_hold"
    assert states(room)[0] == "no_harm"
    assert Submission.objects.get(pk=ada).promised_at == MONDAY + 14 * DAY


def test_summer_time_changes_no_promise() -> None:
    # In Berlin the clocks go forward in the night to 29 March 2026.
    evening = MONDAY.replace(month=3, day=28, hour=20)
    room = Class(run=a_class().run)
    room.set(due_at=None)
    room.joins("Ada", at=evening)

    promised = Submission.objects.get().promised_at

    assert promised - evening == 7 * DAY
    assert promised.astimezone(ZoneInfo("Europe/Berlin")).hour == 22


def test_one_bad_row_does_not_stop_the_clock(caplog: pytest.LogCaptureFixture) -> None:
    room = a_class("Ada", "Bo")
    Place.objects.filter(pk=room.works["Ada"].pk).update(climbed=9, look_at=MONDAY, state="unheard of")

    days(room, 7)

    assert room.place("Bo").state == "no_harm"
    assert "goes on with the others" in caplog.text


def test_a_tick_that_comes_twice_changes_nothing() -> None:
    room = a_class("Ada", "Bo")
    days(room, 6)
    before = (Mail.objects.count(), StaffRead.objects.count(), states(room))

    ticking.tick(at=MONDAY + 6 * DAY)

    assert (Mail.objects.count(), StaffRead.objects.count(), states(room)) == before


def test_a_review_by_staff_picked_at_random_only_teaches() -> None:
    room = a_class("Ada", "Bo")

    actions.staff_read(
        submission=room.works["Ada"], by=room.instructor, marks=room.marks(), at=MONDAY + HOUR, at_random=True
    )

    assert Anchor.objects.get().at_random
    assert room.place("Ada").state == "open"
    assert Review.objects.get().role == Review.Role.STAFF
