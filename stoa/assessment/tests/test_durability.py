"""What is said to be saved is saved, and what counts once counts once: with real processes and real connections."""

import os
import signal
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from django.db import connection
from psycopg.conninfo import make_conninfo

from stoa.assessment.actions import NoAttemptsLeft
from stoa.assessment.models import Attempt, Sheet
from stoa.assessment.tests.makers import Classroom, a_classroom, a_quiz, a_word, choose_one

pytestmark = pytest.mark.django_db(transaction=True)

WRITER = """
import sys
from datetime import UTC, datetime
import django
django.setup()
from stoa.assessment.actions import save_answers
from stoa.courseware.models import Enrolment
enrolment = Enrolment.objects.select_related("run__course__organisation").get(pk=int(sys.argv[1]))
for number in range(1, 100_000):
    save_answers(enrolment=enrolment, item_id="loops", answers={"w": (str(number),)}, at=datetime.now(UTC))
    print("Saved", number, flush=True)
"""


@pytest.mark.req("R105")
def test_whatever_was_said_to_be_saved_outlives_a_kill() -> None:
    ada = a_classroom(a_quiz(a_word()))
    url = make_conninfo(os.environ["DATABASE_URL"], dbname=connection.settings_dict["NAME"])
    environment = {**os.environ, "DATABASE_URL": url, "DJANGO_SETTINGS_MODULE": "config.settings"}
    said = 0

    for killed_at in (1, 7, 40):
        with subprocess.Popen(
            [sys.executable, "-c", WRITER, str(ada.enrolment.pk)],
            stdout=subprocess.PIPE,
            env=environment,
            cwd=Path(__file__).parents[3],
            text=True,
        ) as writer:
            assert writer.stdout is not None
            lines = iter(writer.stdout)
            for _ in range(killed_at):
                said = int(next(lines).removeprefix("Saved "))
            writer.send_signal(signal.SIGKILL)
            said = max([said, *(int(line.removeprefix("Saved ")) for line in lines if line.endswith("\n"))])

        assert int(Sheet.objects.get().answers["w"][0]) >= said


def _submit(room: Classroom, answer: str, seen: int) -> str:
    try:
        return str(room.submits(p=answer, seen=seen).number)
    except NoAttemptsLeft:
        return "refused"
    finally:
        connection.close()


def test_many_hand_ins_at_once_never_exceed_the_attempts() -> None:
    ada = a_classroom(a_quiz(choose_one(), attempts=3))

    with ThreadPoolExecutor(8) as pool:
        told = list(pool.map(lambda number: _submit(ada, "abc"[number % 3], number), range(8)))

    assert sorted(told) == ["1", "2", "3", *["refused"] * 5]
    assert (Attempt.objects.count(), Sheet.objects.get().attempts) == (3, 3)


def test_the_same_hand_in_from_many_clicks_counts_once() -> None:
    ada = a_classroom(a_quiz(choose_one(), attempts=3))

    with ThreadPoolExecutor(8) as pool:
        told = list(pool.map(lambda _: _submit(ada, "b", 1), range(8)))

    assert told == ["1"] * 8
    assert Attempt.objects.count() == 1
