"""Many at once, and killed in the middle: with real connections and real processes."""

import json
import os
import subprocess
import sys
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from django.db import connection
from django.db.models import Count, F, Q
from psycopg.conninfo import make_conninfo

from stoa.accounts.models import Person
from stoa.accounts.tests.makers import a_learner
from stoa.peer_review import actions
from stoa.peer_review.actions import NothingToRead
from stoa.peer_review.models import Assignment, Place, Review, Transition
from stoa.peer_review.tests.classes import HOUR, Class, a_class
from stoa.peer_review.tests.makers import MONDAY

pytestmark = pytest.mark.django_db(transaction=True)
AT = MONDAY + HOUR

SCENARIO = """
import json, os, signal, sys
from datetime import UTC, datetime, timedelta
import django
django.setup()
from django.db import connection
from stoa.accounts.models import Person
from stoa.peer_review import actions
from stoa.peer_review.models import Assignment, Review
from stoa.peer_review.rules.rubrics import Marks

assignment_id, people = int(sys.argv[1]), [int(number) for number in sys.argv[2].split(",")]
at = datetime.fromisoformat(sys.argv[3])
statements = 0

def scenario(person_id):
    assignment, person = Assignment.objects.get(pk=assignment_id), Person.objects.get(pk=person_id)
    review = actions.pull(assignment=assignment, person=person, at=at)
    words = {key: f"{key} is done, says {person_id} of {os.getpid()}." for key in ("does-it-work", "can-you-read-it")}
    marks = Marks(levels={"does-it-work": "4", "can-you-read-it": "4"}, comments=words)
    actions.save_review_draft(review=review, marks=marks, at=at)
    actions.submit_review(review=review, marks=marks, at=at)
    actions.tick(at=at + timedelta(hours=3))

def in_a_child(person_id, kill_at):
    connection.close()
    child = os.fork()
    if child:
        return os.waitpid(child, 0)[1]
    def count(execute, sql, params, many, context):
        global statements
        statements += 1
        if statements == kill_at:
            os.kill(os.getpid(), signal.SIGKILL)
        return execute(sql, params, many, context)
    with connection.execute_wrapper(count):
        scenario(person_id)
    os._exit(0)

killed = 0
for number, person_id in enumerate(people, start=1):
    status = in_a_child(person_id, number * 2)
    killed += os.WIFSIGNALED(status)
    print(json.dumps({"killed": os.WIFSIGNALED(status)}), flush=True)
    if in_a_child(person_id, 0):
        raise SystemExit(f"The steps could not be taken again after a kill at statement {number * 2}.")
"""


def sound() -> None:
    """What every place says of its reviews is so."""
    live = Count("submission__reviews", filter=Q(submission__reviews__state="reserved"))
    counted = Count("submission__reviews", filter=Q(submission__reviews__state="accepted"))
    rows = Place.objects.annotate(live=live, counted=counted)
    assert not rows.exclude(live=F("leased"), counted=F("done")).exists()
    for review in Review.objects.all():
        told = Transition.objects.filter(review=review).order_by("pk").values_list("became", flat=True)
        assert list(told)[-1] == review.state


def _pull(assignment: Assignment, person: Person) -> int | None:
    try:
        return actions.pull(assignment=assignment, person=person, at=AT).pk
    except NothingToRead:
        return None
    finally:
        connection.close()


def test_a_hundred_who_pull_one_work_get_three_leases() -> None:
    room = a_class("Ada")
    readers = [a_learner(f"Reader {number}") for number in range(100)]

    with ThreadPoolExecutor(30) as pool:
        got = list(pool.map(lambda person: _pull(room.assignment, person), readers))

    assert Counter(one is not None for one in got) == {True: 3, False: 97}
    assert len({one for one in got if one is not None}) == 3
    assert room.place("Ada").leased == 3
    sound()


def test_all_pull_at_once_and_every_work_gets_as_many_readers() -> None:
    room = a_class(size=14)

    with ThreadPoolExecutor(14) as pool:
        list(pool.map(lambda name: _pull(room.assignment, room.person(name)), room.authors))

    leased = sorted(Place.objects.values_list("leased", flat=True))
    # Whoever comes last may find only their own work unread, or that of their reader: then one work is read twice.
    assert leased in ([1] * 14, [0, *[1] * 12, 2])
    sound()


def test_clicks_at_the_same_moment_reserve_one_work() -> None:
    room = a_class(size=5)

    with ThreadPoolExecutor(8) as pool:
        got = list(pool.map(lambda _: _pull(room.assignment, room.person("Ada")), range(8)))

    assert len(set(got)) == 1
    assert Review.objects.count() == 1
    sound()


def _submit(room: Class, review: Review) -> str:
    try:
        return str(room.submits(review).state)
    finally:
        connection.close()


def test_who_read_each_other_may_hand_in_at_the_same_moment() -> None:
    room = a_class("Ada", "Bo", "Chi", "Dov")
    reviews = [room.pulls(name) for name in room.authors]

    with ThreadPoolExecutor(8) as pool:
        told = list(pool.map(lambda review: _submit(room, review), [*reviews, *reviews]))

    assert told == ["accepted"] * 8
    assert list(Place.objects.values_list("done", flat=True)) == [1] * 4
    sound()


def _tick(_number: int) -> None:
    try:
        actions.tick(at=MONDAY + 5 * HOUR)
    finally:
        connection.close()


def test_two_clocks_at_once_end_each_lease_once() -> None:
    room = a_class(size=6)
    for name in room.authors:
        room.pulls(name)

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(_tick, range(4)))

    assert list(Place.objects.values_list("leased", flat=True)) == [0] * 6
    assert Transition.objects.filter(became="expired").count() == 6
    sound()


def test_killed_at_any_statement_nothing_is_half_done_and_all_can_be_done_again() -> None:
    room = a_class(size=3, reviews_to_get=100)
    readers = [a_learner(f"Reader {number}").pk for number in range(30)]
    url = make_conninfo(os.environ["DATABASE_URL"], dbname=connection.settings_dict["NAME"])
    environment = {**os.environ, "DATABASE_URL": url, "DJANGO_SETTINGS_MODULE": "config.settings"}
    kills = 0

    with subprocess.Popen(
        [sys.executable, "-c", SCENARIO, str(room.assignment.pk), ",".join(map(str, readers)), AT.isoformat()],
        stdout=subprocess.PIPE,
        env=environment,
        cwd=Path(__file__).parents[3],
        text=True,
    ) as steps:
        assert steps.stdout is not None
        for line in steps.stdout:
            kills += json.loads(line)["killed"]

    assert steps.returncode == 0
    assert 25 <= kills < 30
    accepted = Review.objects.filter(state="accepted")
    assert set(accepted.values_list("reviewer_id", flat=True)) == set(readers)
    assert sum(Place.objects.values_list("done", flat=True)) == accepted.count()
    sound()
