"""Jobs of the worker: tell the log what has changed without anybody saying so."""

from procrastinate.contrib.django import app

from stoa.insights.actions import ask_those_who_stopped, describe_runs, tell_roles
from stoa.kernel.clock import now


@app.periodic(cron="*/10 * * * *", periodic_id="runs and teams in the log")
@app.task(name="insights.describe", queueing_lock="insights.describe")
def describe(timestamp: int = 0) -> None:  # noqa: ARG001 -- procrastinate says when it was due
    """Describe the runs and teams that the log does not know as they are: after an upgrade, or a change by hand."""
    describe_runs(at=now())
    tell_roles()


@app.periodic(cron="37 4 * * *", periodic_id="the question to those who stopped")
@app.task(name="insights.ask_those_who_stopped", queue="nightly", queueing_lock="insights.ask_those_who_stopped")
def ask_on_the_way_out(timestamp: int = 0) -> None:  # noqa: ARG001 -- procrastinate says when it was due
    """Write one mail with one question to those who stopped; each batch is kept before the next is looked for."""
    at = now()
    after = ask_those_who_stopped(after=0, at=at)
    while after:
        after = ask_those_who_stopped(after=after, at=at)
