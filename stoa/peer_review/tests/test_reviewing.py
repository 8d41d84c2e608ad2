"""Reading one another's work: who gets what, what is kept, and what is never lost."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction

from stoa.accounts.actions import delete_account
from stoa.courseware.actions import withdraw as leave_run
from stoa.peer_review import actions
from stoa.peer_review.actions import NothingToRead, ReviewOver, ReviewRefused, ReviewsNotOpen
from stoa.peer_review.models import Conflict, CriterionMark, Place, Review, Score, StaffRead, Submission, Transition
from stoa.peer_review.rules.judging import Lack
from stoa.peer_review.rules.rubrics import Marks
from stoa.peer_review.tests.classes import DAY, HOUR, a_class
from stoa.peer_review.tests.makers import MONDAY

pytestmark = pytest.mark.django_db
State = Review.State


def test_a_review_counts_for_both_sides() -> None:
    room = a_class("Ada", "Bo", "Chi", "Dov")

    review = room.reviews("Ada")

    work = Place.objects.get(pk=review.submission_id)
    assert (work.done, work.leased, work.state) == (1, 0, "provisional")
    assert room.place("Ada").credit == 1
    assert review.points == 100
    assert CriterionMark.objects.filter(review=review).count() == 2
    told = Transition.objects.filter(review=review).order_by("pk").values_list("became", flat=True)
    assert list(told) == ["reserved", "submitted", "accepted"]


@pytest.mark.req("R111")
def test_three_reviews_make_a_contributor() -> None:
    room = a_class(size=5)

    for number in range(3):
        room.reviews("Ada", at=MONDAY + (number + 1) * HOUR)

    assert room.place("Ada").credit == 2
    assert sorted(Place.objects.values_list("done", flat=True)) == [0, 0, 1, 1, 1]


def test_a_double_click_reserves_one_work() -> None:
    room = a_class(size=4)

    assert room.pulls("Ada") == room.pulls("Ada")
    assert Review.objects.count() == 1


def test_nobody_gets_their_own_work_or_the_same_twice() -> None:
    room = a_class(size=4)

    read = {room.author_of(room.reviews("Ada", at=MONDAY + n * HOUR)) for n in range(1, 4)}

    assert read == {"Bo", "Chi", "Dov"}
    with pytest.raises(NothingToRead):
        room.pulls("Ada", at=MONDAY + 5 * HOUR)


def test_reviews_open_when_they_open() -> None:
    room = a_class(size=3, reviews_open_at=MONDAY + DAY)

    with pytest.raises(ReviewsNotOpen):
        room.pulls("Ada", at=MONDAY + DAY - HOUR)
    assert room.pulls("Ada", at=MONDAY + DAY).state == State.RESERVED
    assert {place.since for place in Place.objects.all()} == {MONDAY + DAY}


@pytest.mark.req("R114")
def test_two_learners_read_each_other_and_owe_no_third_review() -> None:
    room = a_class("Ada", "Bo")

    room.reviews("Ada")
    room.reviews("Bo")

    assert [room.place(name).credit for name in ("Ada", "Bo")] == [2, 2]
    assert [room.place(name).done for name in ("Ada", "Bo")] == [1, 1]


def test_in_a_larger_class_two_do_not_read_each_other() -> None:
    room = a_class(size=12)

    first = room.reviews("Ada")
    other = room.author_of(first)
    authors = {room.author_of(room.reviews(other, at=MONDAY + n * HOUR)) for n in range(2, 12)}

    assert "Ada" not in authors
    assert len(authors) == 10


@pytest.mark.req("R026")
def test_a_review_without_words_is_refused_and_kept() -> None:
    room = a_class(size=3)
    review = room.pulls("Ada")
    marks = Marks(levels={"does-it-work": "4"}, comments={"does-it-work": "good", "can-you-read-it": ""})

    with pytest.raises(ReviewRefused) as refused:
        actions.submit_review(review=review, marks=marks, at=MONDAY + 2 * HOUR)

    assert [(fault.criterion, fault.lack) for fault in refused.value.faults] == [
        ("can-you-read-it", Lack.LEVEL),
        ("does-it-work", Lack.WORDS),
        ("can-you-read-it", Lack.COMMENT),
    ]
    review.refresh_from_db()
    assert (review.state, review.draft["comments"]["does-it-work"]) == ("reserved", "good")


@pytest.mark.req("R039")
def test_the_same_words_for_every_work_are_refused() -> None:
    room = a_class(size=4)
    marks = room.marks()
    actions.submit_review(review=room.pulls("Ada"), marks=marks, at=MONDAY + HOUR)

    with pytest.raises(ReviewRefused) as refused:
        actions.submit_review(review=room.pulls("Ada", at=MONDAY + 2 * HOUR), marks=marks, at=MONDAY + 2 * HOUR)

    assert {fault.lack for fault in refused.value.faults} == {Lack.REPEATED}


def test_a_review_handed_in_twice_is_one_review() -> None:
    room = a_class(size=4)
    review, marks = room.pulls("Ada"), room.marks()

    both = [actions.submit_review(review=review, marks=marks, at=MONDAY + 2 * HOUR) for _ in range(2)]

    assert both[0] == both[1]
    assert sorted(Place.objects.values_list("done", flat=True)) == [0, 0, 0, 1]


def test_i4_a_late_review_after_the_lease_has_ended_is_taken() -> None:
    room = a_class(size=3)
    review = room.pulls("Ada")
    actions.tick(at=MONDAY + 4 * HOUR)
    assert Review.objects.get().state == State.EXPIRED

    taken = room.submits(review, at=MONDAY + 5 * DAY)

    assert taken.state == State.ACCEPTED
    assert Place.objects.get(pk=review.submission_id).done == 1


def test_a_lease_that_ended_gives_the_work_to_others_and_lives_again_with_its_writer() -> None:
    room = a_class("Ada", "Bo")
    review = room.pulls("Ada")
    actions.tick(at=MONDAY + 4 * HOUR)
    assert Place.objects.get(pk=review.submission_id).leased == 0

    actions.keep_alive(review=review, at=MONDAY + 5 * HOUR)

    review.refresh_from_db()
    assert review.state == State.RESERVED
    assert Place.objects.get(pk=review.submission_id).leased == 1


def test_an_abandon_storm_leaves_all_work_to_read_again() -> None:
    room = a_class(size=6)
    first = {name: room.pulls(name).submission_id for name in room.authors}
    actions.tick(at=MONDAY + 4 * HOUR)

    assert set(Place.objects.values_list("leased", "effective")) == {(0, 0)}
    again = {name: room.pulls(name, at=MONDAY + 5 * HOUR).submission_id for name in room.authors}

    assert len(first) == len(again) == 6
    assert set(Place.objects.values_list("effective", flat=True)) == {1}


def test_i3_surplus_leases_end_when_late_reviews_come() -> None:
    room = a_class(size=3, reviews_to_get=1)
    late = room.pulls("Ada")
    actions.tick(at=MONDAY + 4 * HOUR)
    others = [room.pulls(name, at=MONDAY + 5 * HOUR) for name in ("Bo", "Chi")]
    room.submits(late, at=MONDAY + 5 * HOUR)

    place = Place.objects.get(pk=late.submission_id)

    assert place.leased <= max(1 - place.done + 1, 0)
    assert [room.submits(one, at=MONDAY + 6 * HOUR).state for one in others] == ["accepted", "accepted"]


def test_an_author_who_takes_work_back_releases_its_readers() -> None:
    room = a_class("Ada", "Bo", "Chi")
    review = room.pulls("Bo")
    author = room.authors[room.author_of(review)]

    actions.withdraw(submission=review.submission, by=author.enrolment, at=MONDAY + HOUR)

    review.refresh_from_db()
    assert review.state == State.RELEASED
    assert room.submits(review).state == State.ACCEPTED
    assert room.place("Bo").credit > 0
    assert Place.objects.get(pk=review.submission_id).state == "withdrawn"


def test_a_new_version_restarts_no_clock_and_keeps_the_reviews_of_the_old() -> None:
    room = a_class("Ada", "Bo", "Chi")
    before = room.place("Bo").since
    written = room.reviews("Ada")
    author = room.authors[room.author_of(written)]

    author.hands_in("A second version of the weather report counter.", at=MONDAY + 3 * HOUR)

    place = Place.objects.get(pk=written.submission_id)
    assert (place.done, place.since - before) == (1, timedelta(0))
    assert Review.objects.get(pk=written.pk).version == 1
    reader = next(name for name in room.authors if name not in {"Ada", room.author_of(written)})
    versions = {room.pulls(reader, at=MONDAY + 4 * HOUR).submission_id: 0}
    assert versions


def test_what_was_given_back_is_never_given_again() -> None:
    room = a_class("Ada", "Bo")
    review = room.pulls("Ada")

    actions.decline(review=review, reason=Review.Reason.NO_TIME, at=MONDAY + HOUR)
    actions.decline(review=review, reason=Review.Reason.NO_TIME, at=MONDAY + HOUR)

    with pytest.raises(NothingToRead):
        room.pulls("Ada")
    assert Place.objects.get(pk=review.submission_id).leased == 0
    with pytest.raises(ReviewOver):
        room.submits(review)


def test_who_knows_the_author_is_kept_apart_from_them_for_good() -> None:
    room = a_class("Ada", "Bo")

    actions.decline(review=room.pulls("Ada"), reason=Review.Reason.CONFLICT, at=MONDAY + HOUR)

    assert Conflict.objects.count() == 1
    with pytest.raises(NothingToRead):
        room.pulls("Bo")


def test_three_who_cannot_open_it_send_the_work_back_and_stop_its_clock_once() -> None:
    room = a_class(size=8)
    ada = room.works["Ada"].pk
    since = room.place("Ada").since

    for name in ("Bo", "Chi", "Dov", "Eli", "Fen"):
        if Place.objects.get(pk=ada).state == "screen":
            break
        for hours in range(8):
            review = room.pulls(name, at=MONDAY + hours * HOUR)
            if review.submission_id == ada:
                actions.decline(review=review, reason=Review.Reason.UNREADABLE, at=MONDAY + 8 * HOUR)
                break
            actions.decline(review=review, reason=Review.Reason.NO_TIME, at=MONDAY + hours * HOUR)

    assert Submission.objects.get(pk=ada).state == "screen"
    room.authors["Ada"].hands_in("This version opens, I have tried it twice.", at=MONDAY + 32 * HOUR)
    assert room.place("Ada").state == "open"
    assert room.place("Ada").since == since + DAY


def test_a_deleted_reviewer_leaves_the_review_without_a_name() -> None:
    room = a_class("Ada", "Bo", "Chi")
    review = room.reviews("Ada")
    held = room.pulls("Ada", at=MONDAY + 3 * HOUR)

    delete_account(person=room.person("Ada"), at=MONDAY + 4 * HOUR)

    review.refresh_from_db()
    held.refresh_from_db()
    assert (review.reviewer_id, review.state, review.points) == (None, "accepted", 100)
    assert held.state == "released"
    assert Place.objects.get(pk=held.submission_id).leased == 0


def test_a_deleted_author_takes_their_work_out_of_the_queue() -> None:
    room = a_class("Ada", "Bo", "Chi")
    ada = room.works["Ada"].pk

    delete_account(person=room.person("Ada"), at=MONDAY + HOUR)

    assert Place.objects.get(pk=ada).state == "withdrawn"
    assert Place.objects.get(pk=ada).authors == []


@pytest.mark.req("R081")
def test_who_leaves_a_run_gives_back_what_they_reserved() -> None:
    room = a_class("Ada", "Bo", "Chi")
    review = room.pulls("Ada")

    leave_run(enrolment=room.authors["Ada"].enrolment, at=MONDAY + HOUR)

    review.refresh_from_db()
    assert review.state == State.EXPIRED
    assert room.place("Ada").state == "open"


def test_more_reviews_asked_for_in_the_middle_of_a_run_count_from_the_next_minute() -> None:
    room = a_class(size=6, reviews_to_give=1)
    room.reviews("Ada")
    assert room.place("Ada").credit == 2
    actions.tick(at=MONDAY + 2 * HOUR)

    room.set(reviews_to_give=3)
    actions.tick(at=MONDAY + 3 * HOUR)

    assert room.place("Ada").credit == 1


def test_an_opening_of_reviews_may_move_back_and_forth() -> None:
    room = a_class("Ada", "Bo", reviews_open_at=MONDAY + DAY)
    starts = []

    for day in (3, 2):
        room.set(reviews_open_at=MONDAY + day * DAY)
        actions.move_reviews(assignment=room.assignment, at=MONDAY + HOUR)
        starts.append(room.place("Ada").since)

    assert starts == [MONDAY + 3 * DAY, MONDAY + 2 * DAY]
    assert Submission.objects.get(pk=room.works["Ada"].pk).promised_at == MONDAY + 9 * DAY


def test_what_happened_is_never_changed() -> None:
    room = a_class("Ada", "Bo")
    room.reviews("Ada")
    row = Transition.objects.first()
    assert row is not None

    with pytest.raises(DatabaseError), transaction.atomic():
        Transition.objects.filter(pk=row.pk).update(became="final")


def test_copied_work_goes_to_staff_and_stays_in_the_queue() -> None:
    room = a_class("Ada", "Bo", "Chi")

    actions.decline(review=room.pulls("Ada"), reason=Review.Reason.COPIED, at=MONDAY + HOUR)

    assert StaffRead.objects.get().reason == StaffRead.Reason.COPY
    assert set(Submission.objects.values_list("state", flat=True)) == {"open"}
    assert not Score.objects.exists()
