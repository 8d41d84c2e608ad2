"""Jobs of the worker: the clock of peer review."""

from procrastinate.contrib.django import app

from stoa.kernel.clock import now
from stoa.peer_review.actions import tick


@app.periodic(cron="* * * * *", periodic_id="peer review clock")
@app.task(name="peer_review.tick", queue="peer_review", queueing_lock="peer_review.tick")
def turn_the_clock(timestamp: int = 0) -> None:  # noqa: ARG001 -- procrastinate says when it was due
    """End leases, climb ladders, measure queues: each minute."""
    tick(at=now())
