"""What goes wrong in real classes, each with its name. Others stand with what they are about."""

from datetime import timedelta

import pytest

from stoa.accounts.tests.makers import a_learner
from stoa.catalogue.actions import open_run
from stoa.mail.actions import suppress
from stoa.mail.models import Mail, Suppression
from stoa.peer_review import actions
from stoa.peer_review.actions import NothingToRead
from stoa.peer_review.models import Assignment, DeadlineExtension, Marking, Place, Review, StaffRead, Submission, Waiver
from stoa.peer_review.rules.rubrics import Marks
from stoa.peer_review.tests.classes import DAY, HOUR, Class, a_class, every_minute
from stoa.peer_review.tests.makers import DUE, MONDAY, a_criterion, an_assignment, moved_to

pytestmark = pytest.mark.django_db


def days(start: float, end: float) -> None:
    every_minute(MONDAY + start * DAY, MONDAY + end * DAY, step=DAY / 2, do=lambda now: actions.tick(at=now))


def set_place(room: Class, name: str, **facts: object) -> None:
    Place.objects.filter(pk=room.works[name].pk).update(**facts)


@pytest.mark.req("R114")
def test_the_odd_one_out_of_three_is_read_by_staff() -> None:
    room = a_class("Ada", "Bo", "Chi")
    for number, name in enumerate(room.authors):
        room.reviews(name, at=MONDAY + (number + 1) * HOUR)
    unread = Place.objects.get(done=0)

    days(1, 6.5)

    assert [read.submission_id for read in StaffRead.objects.filter(settled_at=None)] == [unread.pk]


def test_the_last_contributor_after_all_readers_left_comes_first_with_staff() -> None:
    room = a_class(size=6)
    ada = room.joins("Zoe", at=MONDAY + 2 * DAY)
    for number in range(3):
        room.reviews("Zoe", at=MONDAY + 2 * DAY + (number + 1) * HOUR)

    days(2.5, 8.5)

    zoe = StaffRead.objects.get(submission=room.works["Zoe"])
    first = StaffRead.objects.order_by("-contributor", "-on_time", "due_at").first()
    assert ada.person.pk in room.place("Zoe").authors
    assert (zoe, zoe.contributor) == (first, True)


@pytest.mark.req("R112")
def test_work_by_an_extended_deadline_is_on_time_and_has_a_promise_of_its_own() -> None:
    room = a_class("Ada", late=Assignment.Late.ACCEPTED)
    late, excused = (room.joins(name, hands_in=False) for name in ("Bo", "Chi"))
    DeadlineExtension.objects.create(
        assignment=room.assignment, enrolment=excused.enrolment, due_at=DUE + 3 * DAY, reason="ill", at=MONDAY
    )

    works = [author.hands_in(at=DUE + 2 * DAY) for author in (late, excused)]

    assert [Place.objects.get(pk=work.pk).on_time for work in works] == [False, True]
    assert works[1].promised_at == DUE + 9 * DAY


def test_work_in_a_language_that_nobody_reads_goes_to_staff() -> None:
    room = a_class("Ada", "Bo")
    set_place(room, "Ada", language="zh")

    with pytest.raises(NothingToRead):
        room.pulls("Bo")
    days(1, 6.5)

    assert room.works["Ada"].pk in StaffRead.objects.values_list("submission_id", flat=True)


def test_a_study_group_that_is_the_whole_class_is_read_by_staff() -> None:
    room = a_class("Ada", "Bo", "Chi")
    people = [room.person(name) for name in room.authors]
    for number, person in enumerate(people):
        for other in people[number + 1 :]:
            actions.keep_apart(person=person, other=other, why="the same study group", at=MONDAY)

    for name in room.authors:
        with pytest.raises(NothingToRead):
            room.pulls(name)
    days(1, 6.5)

    assert StaffRead.objects.filter(settled_at=None).count() == 3


def test_whom_blocks_leave_nothing_to_read_keeps_their_credit_once_hand_ins_are_over() -> None:
    room = a_class("Ada", "Bo")
    actions.keep_apart(person=room.person("Ada"), other=room.person("Bo"), why="block", at=MONDAY)

    with pytest.raises(NothingToRead) as early:
        room.pulls("Ada")
    with pytest.raises(NothingToRead) as over:
        room.pulls("Ada", at=DUE + HOUR)

    assert (early.value.credit_kept, over.value.credit_kept) == (False, True)
    assert room.place("Ada").credit == 2
    assert Waiver.objects.get().reviews == 1


def test_an_eager_reviewer_who_finds_the_queue_empty_loses_nothing() -> None:
    room = a_class("Ada", "Bo", "Chi", "Dov", reviews_to_get=1)
    for number, name in enumerate(("Ada", "Bo", "Chi", "Dov")):
        room.reviews(name, at=MONDAY + (number + 1) * HOUR)

    with pytest.raises(NothingToRead) as empty:
        room.pulls("Ada", at=DUE + HOUR)

    assert empty.value.credit_kept
    assert room.place("Ada").credit == 2


def test_nobody_reads_a_near_copy_of_their_own_work() -> None:
    room = a_class("Ada", "Bo", "Chi")
    for name in ("Ada", "Bo"):
        set_place(room, name, cluster="same")

    assert room.author_of(room.pulls("Ada")) == "Chi"
    assert room.author_of(room.pulls("Bo")) == "Chi"


def test_mails_that_bounce_or_are_not_wanted_stop_no_promise() -> None:
    room = a_class("Ada", "Bo")
    for name in room.authors:
        suppress(address=room.person(name).email, reason=Suppression.Reason.BOUNCED, at=MONDAY)

    days(0, 7.5)

    reminders = Mail.objects.filter(kind="review-reminder")
    assert set(reminders.values_list("state", flat=True)) == {Mail.State.SUPPRESSED}
    assert {room.place(name).final_at is not None for name in room.authors} == {True}


def test_under_overload_what_is_due_first_is_read_first() -> None:
    room = a_class(size=10)
    for number, name in enumerate(room.authors):
        set_place(room, name, since=MONDAY - number * HOUR)
    reader = a_learner("Reader")

    order = []
    for hour in range(1, 10):
        review = actions.pull(assignment=room.assignment, person=reader, at=MONDAY + 5 * DAY, chance=lambda _: 0.0)
        room.submits(review, at=MONDAY + 5 * DAY + hour * HOUR)
        order.append(review.submission_id)

    assert order == [work.pk for work in reversed(room.works.values())][:9]


def test_a_criterion_that_leaves_the_rubric_takes_no_review_with_it() -> None:
    room = a_class("Ada", "Bo", "Chi")
    done, review = room.reviews("Ada"), room.pulls("Bo")
    actions.save_review_draft(review=review, marks=room.marks(), at=MONDAY + HOUR)

    moved_to(room.run, an_assignment(criteria=(a_criterion(),)))
    words = {"does-it-work": "It works on all that I tried.", "can-you-read-it": "I can read it well enough."}
    marks = Marks(levels={"does-it-work": "4", "can-you-read-it": "4"}, comments=words)
    actions.submit_review(review=review, marks=marks, at=MONDAY + 2 * HOUR)

    assert list(review.marks.values_list("criterion_id", flat=True)) == ["does-it-work"]
    assert done.marks.count() == 2
    assert {Review.objects.get(pk=one.pk).points for one in (done, review)} == {100.0}


def test_another_run_of_the_course_begins_with_an_empty_queue() -> None:
    room = a_class("Ada", "Bo")
    room.pulls("Ada")

    run = open_run(version=room.run.version, code="2027-1", starts_at=MONDAY + 365 * DAY, ends_at=MONDAY + 400 * DAY)

    clone = Assignment.objects.get(run=run)
    assert not Place.objects.filter(assignment=clone).exists()
    assert (clone.promise_days, clone.reviews_to_give) == (7, 3)
    assert Submission.objects.filter(assignment=room.assignment).count() == 2


def test_a_clock_that_was_off_for_days_catches_up_with_what_it_missed() -> None:
    room = a_class("Ada", "Bo", "Chi")
    room.reviews("Ada")

    actions.tick(at=MONDAY + 20 * DAY)

    assert {room.place(name).state for name in room.authors} == {"final", "no_harm"}
    assert {room.place(name).climbed for name in room.authors} == {9}


def test_a_clock_of_the_server_that_jumps_back_ends_no_lease_early() -> None:
    room = a_class("Ada", "Bo")
    review = room.pulls("Ada", at=MONDAY + 5 * HOUR)

    actions.tick(at=MONDAY + 4 * HOUR)
    kept = actions.keep_alive(review=review, at=MONDAY + 4 * HOUR)

    assert Review.objects.get().state == Review.State.RESERVED
    assert kept == MONDAY + 5 * HOUR + timedelta(hours=2)


def test_who_marks_steadily_gets_the_work_that_no_steady_reader_had() -> None:
    room = a_class(size=6)
    for name in ("Bo", "Chi", "Dov", "Fen"):
        set_place(room, name, has_strong=True)
    Marking.objects.create(
        assignment=room.assignment,
        person=room.person("Ada"),
        bias=0,
        bias_variance=4,
        shape=9,
        rate=9 * 16,
        reviews=12,
        at=MONDAY,
    )

    review = actions.pull(assignment=room.assignment, person=room.person("Ada"), at=MONDAY + HOUR, chance=lambda _: 0.5)

    assert room.author_of(review) == "Eli"
