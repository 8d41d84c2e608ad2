"""Jobs outlive the worker that was at them."""

from datetime import timedelta

import pytest
from asgiref.sync import async_to_sync
from django.db import connection
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob

from stoa.cli.worker import retry_stalled
from stoa.kernel.clock import now

pytestmark = pytest.mark.django_db(transaction=True)
LONG_AGO = timedelta(minutes=5)


def a_job(*, heard_of: timedelta) -> int:
    """A job that a worker has begun who last said so long ago that it lives."""
    job = int(app.configure_task("authoring.import").defer(import_id=0))
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO procrastinate_workers (last_heartbeat) VALUES (%s) RETURNING id", [now() - heard_of]
        )
        (number,) = cursor.fetchone()
        cursor.execute("UPDATE procrastinate_jobs SET status = 'doing', worker_id = %s WHERE id = %s", [number, job])
    return job


def test_jobs_of_killed_workers_are_taken_up_again_and_no_others() -> None:
    killed, living = a_job(heard_of=LONG_AGO), a_job(heard_of=timedelta())

    async_to_sync(retry_stalled)(app.job_manager)

    states = dict(ProcrastinateJob.objects.values_list("id", "status"))
    assert (states[killed], states[living]) == ("todo", "doing")
