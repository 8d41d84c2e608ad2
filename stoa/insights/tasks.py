"""Jobs of the worker: tell the log what has changed without anybody saying so; watch where media fail."""

import logging
from contextlib import suppress

from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

from stoa.courseware.events import MediaFailed
from stoa.insights.actions import ask_those_who_stopped, describe_runs, heed_media, tell_roles
from stoa.insights.models import MediaWarning
from stoa.insights.queries import figures
from stoa.insights.queries.figures import FiguresUnavailable
from stoa.insights.rules.media import WARNED
from stoa.kernel.bus import afterwards
from stoa.kernel.clock import now

log = logging.getLogger(__name__)
_SOON = 5
"""Minutes after a failure in which its fellows come too."""


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


@app.periodic(cron="7,37 * * * *", periodic_id="media warnings")
@app.task(name="insights.media", queueing_lock="insights.media")
def watch_media(timestamp: int = 0) -> None:
    """Tell staff where media fail: soon after a failure; while a warning lasts, every half hour whether it is over.

    Where nothing failed nobody is asked, so that the engine of a quiet site sleeps on.
    """
    if timestamp and not MediaWarning.objects.filter(ended_at=None).exists():
        return
    try:
        answer = figures.media(WARNED)
    except FiguresUnavailable as reason:
        log.warning("Whether media fail somewhere is not known now: %s", reason)
        return
    heed_media(answer=answer, at=now())


@afterwards(MediaFailed)
def watch_soon(_fact: MediaFailed) -> None:
    """One waiting job is enough for any number of failures."""
    with suppress(AlreadyEnqueued):
        watch_media.configure(schedule_in={"minutes": _SOON}).defer()
