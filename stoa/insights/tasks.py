"""Jobs of the worker: tell the log what has changed without anybody saying so."""

from procrastinate.contrib.django import app

from stoa.insights.actions import describe_runs, tell_roles
from stoa.kernel.clock import now


@app.periodic(cron="*/10 * * * *", periodic_id="runs and teams in the log")
@app.task(name="insights.describe", queueing_lock="insights.describe")
def describe(timestamp: int = 0) -> None:  # noqa: ARG001 -- procrastinate says when it was due
    """Describe the runs and teams that the log does not know as they are: after an upgrade, or a change by hand."""
    describe_runs(at=now())
    tell_roles()
