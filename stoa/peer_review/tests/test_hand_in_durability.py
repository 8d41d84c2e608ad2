"""What is said to be saved is saved, and one hand-in is one: with real processes and real connections."""

import os
import signal
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from django.db import connection
from psycopg.conninfo import make_conninfo

from stoa.mail.models import Mail
from stoa.peer_review.models import Draft, Submission, SubmissionVersion
from stoa.peer_review.tests.makers import WORDS, Author, an_author

pytestmark = pytest.mark.django_db(transaction=True)

WRITER = """
import sys
from datetime import UTC, datetime
import django
django.setup()
from stoa.courseware.models import Enrolment
from stoa.peer_review.actions import hand_in, save_draft
from stoa.peer_review.models import Assignment
from stoa.peer_review.rules.work import Work
enrolment = Enrolment.objects.select_related("run__course__organisation").get(pk=int(sys.argv[1]))
assignment = Assignment.objects.select_related("published", "run__course").get(pk=int(sys.argv[2]))
act = {"save": save_draft, "hand in": hand_in}[sys.argv[3]]
for number in range(1, 100_000):
    work = Work(answers=(f"Words number {number}",))
    act(assignment=assignment, enrolment=enrolment, work=work, at=datetime(2026, 3, 2, 9, tzinfo=UTC))
    print("Saved", number, flush=True)
"""


def killed(author: Author, act: str, *, after: int) -> int:
    """What the writer had said to be saved when it was killed."""
    url = make_conninfo(os.environ["DATABASE_URL"], dbname=connection.settings_dict["NAME"])
    environment = {**os.environ, "DATABASE_URL": url, "DJANGO_SETTINGS_MODULE": "config.settings"}
    said = 0
    with subprocess.Popen(
        [sys.executable, "-c", WRITER, str(author.enrolment.pk), str(author.assignment.pk), act],
        stdout=subprocess.PIPE,
        env=environment,
        cwd=Path(__file__).parents[3],
        text=True,
    ) as writer:
        assert writer.stdout is not None
        lines = iter(writer.stdout)
        for _ in range(after):
            said = int(next(lines).removeprefix("Saved "))
        writer.send_signal(signal.SIGKILL)
        return max([said, *(int(line.removeprefix("Saved ")) for line in lines if line.endswith("\n"))])


@pytest.mark.req("R105")
def test_a_draft_that_was_said_to_be_saved_outlives_a_kill() -> None:
    ada = an_author()

    for after in (1, 15):
        said = killed(ada, "save", after=after)

        assert int(Draft.objects.get().answers[0].removeprefix("Words number ")) >= said


def test_a_kill_in_the_middle_of_handing_in_leaves_whole_versions_and_one_mail() -> None:
    ada = an_author()

    for after in (1, 8):
        said = killed(ada, "hand in", after=after)
        work = Submission.objects.get()

        assert work.latest >= said
        assert list(work.versions.order_by("number").values_list("number", flat=True)) == [*range(1, work.latest + 1)]
        assert Mail.objects.count() == 1


def test_many_clicks_at_once_are_one_hand_in() -> None:
    ada = an_author()

    def click(_number: int) -> int:
        try:
            return ada.hands_in(WORDS).pk
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        told = set(pool.map(click, range(8)))

    assert told == {Submission.objects.get().pk}
    assert (SubmissionVersion.objects.count(), Mail.objects.count()) == (1, 1)
