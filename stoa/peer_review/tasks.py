"""Jobs of the worker: the clock of peer review, the first look at new work, and scores."""

import logging
import subprocess
import sys
from contextlib import suppress
from datetime import timedelta

from django.conf import settings
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

from stoa.kernel.bus import afterwards
from stoa.kernel.clock import now
from stoa.peer_review.actions import look_at_appeals, tick
from stoa.peer_review.actions.screening import screen, waiting
from stoa.peer_review.actions.sweeping import sweep_files
from stoa.peer_review.events import HandedIn
from stoa.peer_review.queries.estimating import to_estimate, unexplained

log = logging.getLogger(__name__)
LATE = timedelta(minutes=5)


@app.periodic(cron="* * * * *", periodic_id="peer review clock")
@app.task(name="peer_review.tick", queue="peer_review", queueing_lock="peer_review.tick")
def turn_the_clock(timestamp: int = 0) -> None:  # noqa: ARG001 -- procrastinate says when it was due
    """End leases, climb ladders, measure queues: each minute. What became final by it is explained at once."""
    tick(at=now())
    look_at_appeals(at=now())
    explain_soon()


@app.task(name="peer_review.screen", queue="peer_review")
def look_at_work(submission_id: int) -> None:
    """Look at work that was handed in."""
    screen(submission_id=submission_id, at=now())


@app.periodic(cron="*/5 * * * *", periodic_id="first looks that were lost")
@app.task(name="peer_review.screen_waiting", queue="peer_review", queueing_lock="peer_review.screen_waiting")
def look_at_waiting(timestamp: int = 0) -> None:  # noqa: ARG001 -- procrastinate says when it was due
    """Look at work whose job was lost; one that breaks stops no other."""
    for submission_id in waiting(since=now() - LATE):
        try:
            screen(submission_id=submission_id, at=now())
        except Exception:
            log.exception("The first look at submission %s broke; it is tried again.", submission_id)


@app.periodic(cron="41 3 * * *", periodic_id="uploads that nobody handed in")
@app.task(name="peer_review.sweep_files", queue="peer_review", queueing_lock="peer_review.sweep_files")
def sweep(timestamp: int = 0) -> None:  # noqa: ARG001 -- procrastinate says when it was due
    """Forget files that were taken out again, each night."""
    sweep_files(at=now())


@afterwards(HandedIn)
def look_soon(fact: HandedIn) -> None:
    """Ask the worker for a first look."""
    look_at_work.defer(submission_id=fact.submission_id)


@app.periodic(cron="*/5 * * * *", periodic_id="peer review scores")
@app.task(name="peer_review.estimate", queue="peer_review_scores", queueing_lock="peer_review.estimate")
def estimate_scores(timestamp: int = 0) -> None:  # noqa: ARG001 -- procrastinate says when it was due
    """Estimate scores where reviews came, in a process of their own: numpy stays out of the worker."""
    if to_estimate():
        _in_a_process("estimate-scores")


def explain_soon() -> None:
    """Estimate at once where work became final before its reviews were estimated: every final score is explained."""
    if unexplained():
        with suppress(AlreadyEnqueued):
            estimate_scores.defer()


@app.periodic(cron="13 4 * * *", periodic_id="work that is alike")
@app.task(name="peer_review.find_copies", queue="nightly", queueing_lock="peer_review.find_copies")
def find_copies(timestamp: int = 0) -> None:  # noqa: ARG001 -- procrastinate says when it was due
    """Show staff which works are alike, each night."""
    _in_a_process("find-copies")


def _in_a_process(command: str) -> None:
    """Run one of Stoa's commands: what it takes of the memory is given back when it ends."""
    subprocess.run([sys.executable, "-m", "stoa.cli", "--data", str(settings.DATA), command], check=True)  # noqa: S603 -- fixed commands
