"""A rest costs nothing: dates move, and what one had reserved goes to others."""

from datetime import timedelta

import pytest

from stoa.courseware.actions import pause, resume
from stoa.mail.models import Mail
from stoa.peer_review.actions import nudging
from stoa.peer_review.actions.pulling import pull
from stoa.peer_review.models import Review
from stoa.peer_review.queries import deadline_of
from stoa.peer_review.rules.clock import Rung
from stoa.peer_review.tests.makers import DUE, MONDAY, a_run_of, an_author

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.mark.req("R081")
def test_a_rest_moves_the_deadline_by_its_days() -> None:
    author = an_author()

    pause(enrolment=author.enrolment, at=MONDAY)
    resume(enrolment=author.enrolment, at=MONDAY + 5 * DAY)

    assert deadline_of(author.assignment, author.enrolment).due == DUE + 5 * DAY
    assert author.hands_in(at=DUE + 4 * DAY).on_time


def test_a_rest_after_the_deadline_opens_nothing_again() -> None:
    author = an_author()

    pause(enrolment=author.enrolment, at=DUE + DAY)
    resume(enrolment=author.enrolment, at=DUE + 3 * DAY)

    assert deadline_of(author.assignment, author.enrolment).due == DUE


def test_two_rests_add_up() -> None:
    author = an_author()

    for began in (MONDAY, MONDAY + 4 * DAY):
        pause(enrolment=author.enrolment, at=began)
        resume(enrolment=author.enrolment, at=began + 2 * DAY)

    assert deadline_of(author.assignment, author.enrolment).due == DUE + 4 * DAY


@pytest.mark.req("R081")
def test_what_a_resting_reviewer_had_reserved_goes_to_another() -> None:
    run = a_run_of()
    works = [an_author(run, name) for name in ("Ada", "Bo", "Chidi")]
    for author in works:
        author.hands_in(at=MONDAY)
    reviewer = works[0]
    pull(assignment=reviewer.assignment, person=reviewer.person, at=DUE + DAY)

    pause(enrolment=reviewer.enrolment, at=DUE + DAY)

    assert set(Review.objects.values_list("state", flat=True)) == {Review.State.EXPIRED}


def test_nobody_who_rests_is_reminded() -> None:
    run = a_run_of()
    resting, awake = an_author(run, "Ada"), an_author(run, "Bo")
    places = [author.hands_in(at=MONDAY) for author in (resting, awake)]
    pause(enrolment=resting.enrolment, at=MONDAY + DAY)
    Mail.objects.all().delete()

    for place in places:
        nudging.climb(submission_id=place.pk, rung=Rung.FIRST_NUDGE, at=DUE + DAY)

    assert set(Mail.objects.values_list("to", flat=True)) == {awake.person.email}
