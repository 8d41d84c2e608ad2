"""Work is given to people who read its language; then to those who read it as a second one; then to staff."""

from collections.abc import Sequence

import pytest

from stoa.accounts import actions as actions_of_accounts
from stoa.peer_review import actions
from stoa.peer_review.actions import NothingToRead
from stoa.peer_review.models import Place, StaffRead
from stoa.peer_review.tests.classes import DAY, HOUR, Class, a_class, every_minute
from stoa.peer_review.tests.makers import MONDAY

pytestmark = pytest.mark.django_db


def with_work_in(language: str) -> Class:
    room = a_class("Ada", "Bo")
    Place.objects.filter(pk=room.works["Ada"].pk).update(language=language)
    return room


def says(room: Class, *, reads: Sequence[str] = (), reads_some: Sequence[str] = ()) -> None:
    actions_of_accounts.change_preferences(
        person=room.person("Bo"),
        display_name="Bo",
        language="",
        time_zone="UTC",
        low_data=False,
        reads=reads,
        reads_some=reads_some,
    )


@pytest.mark.req("R112")
def test_who_reads_the_language_with_ease_gets_the_work_at_once() -> None:
    room = with_work_in("ar")
    with pytest.raises(NothingToRead):
        room.pulls("Bo")

    says(room, reads=["ar"])

    assert room.pulls("Bo").submission_id == room.works["Ada"].pk


@pytest.mark.req("R112")
def test_a_second_language_counts_from_the_second_day() -> None:
    room = with_work_in("ar")
    says(room, reads_some=["ar"])

    with pytest.raises(NothingToRead):
        room.pulls("Bo", at=MONDAY + 2 * DAY - HOUR)

    assert room.pulls("Bo", at=MONDAY + 2 * DAY + HOUR).submission_id == room.works["Ada"].pk


@pytest.mark.req("R112", "R113")
def test_where_nobody_reads_the_language_staff_do() -> None:
    room = with_work_in("ar")

    every_minute(MONDAY, MONDAY + 6.1 * DAY, step=DAY / 2, do=lambda now: actions.tick(at=now))

    assert StaffRead.objects.filter(submission=room.works["Ada"], reason=StaffRead.Reason.UNREAD).exists()
