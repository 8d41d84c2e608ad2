"""Appeals with real connections: two readers and no more, one answer and no more."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from stoa.kernel.clock import now
from stoa.mail.models import Mail
from stoa.peer_review import actions
from stoa.peer_review.models import Anchor, Appeal, FreshReading, Transition
from stoa.peer_review.tests.classes import Class
from stoa.peer_review.tests.test_appeals import EIGHT, a_steady_class, appealed, fresh

pytestmark = pytest.mark.django_db(transaction=True)


def takes(room: Class, name: str) -> bool:
    try:
        actions.read_anew(assignment=room.assignment, person=room.person(name), at=now())
    except actions.NothingToReadAnew:
        return False
    else:
        return True
    finally:
        connection.close()


def gives(reading: FreshReading, marks: actions.Marks) -> bool:
    try:
        actions.give_fresh_reading(reading=reading, marks=marks, at=now())
    except actions.ReviewOver:
        return False
    else:
        return True
    finally:
        connection.close()


def appeals(room: Class, _turn: int) -> bool:
    try:
        appealed(room)
    except actions.AppealClosed:
        return False
    else:
        return True
    finally:
        connection.close()


@pytest.mark.req("R115")
def test_however_many_ask_at_once_two_read_it_and_it_is_answered_once() -> None:
    room = a_steady_class()
    with ThreadPoolExecutor(8) as pool:
        made = list(pool.map(lambda turn: appeals(room, turn), range(8)))
    names = fresh(room)
    assert len(names) > 2

    with ThreadPoolExecutor(len(names) * 2) as pool:
        got = list(pool.map(lambda name: takes(room, name), names * 2))
    readings = list(FreshReading.objects.all())
    marks = [room.marks() for _reading in readings]
    with ThreadPoolExecutor(4) as pool:
        given = list(pool.map(gives, readings * 2, marks * 2))

    assert (made.count(True), Appeal.objects.count()) == (1, 1)
    assert len(readings) == 2
    assert set(EIGHT) >= {name for name, has in zip(names * 2, got, strict=True) if has}
    assert given == [True] * 4
    assert Appeal.objects.get().found == 100.0
    assert Anchor.objects.count() == 1
    assert Mail.objects.filter(subject__contains="your appeal is answered").count() == 1
    assert Transition.objects.filter(what="appeal", became="read").count() == 2
