"""Jobs of the worker."""

from procrastinate.contrib.django import app

from stoa.accounts.actions import forget_old_sessions, forget_spent_allowances
from stoa.kernel.clock import now


@app.periodic(cron="41 * * * *", periodic_id="spent allowances")
@app.task(name="accounts.forget", queueing_lock="accounts.forget")
def forget(timestamp: int = 0) -> None:  # noqa: ARG001 -- procrastinate says when it was due
    """Delete counts that hold nobody back any more, each hour."""
    forget_spent_allowances(at=now())


@app.periodic(cron="43 4 * * *", periodic_id="old sessions")
@app.task(name="accounts.forget_sessions", queueing_lock="accounts.forget_sessions")
def forget_sessions(timestamp: int = 0) -> None:  # noqa: ARG001 -- procrastinate says when it was due
    """Delete sessions that nobody can use any more, each night."""
    forget_old_sessions(at=now())
