"""`stoa worker`: runs jobs and schedules."""

import logging

import click
from procrastinate import JobContext
from procrastinate.contrib.django import app

_DEAD_AFTER = 30.0


@click.command()
@click.option("--concurrency", default=2, show_default=True, help="How many jobs at once.")
def worker(concurrency: int) -> None:
    """Run jobs and schedules only.

    \b
    Example:
      DATABASE_URL=postgresql://stoa@db/stoa stoa worker --concurrency 4
    """
    logging.getLogger("procrastinate").setLevel(logging.WARNING)
    app.run_worker(concurrency=concurrency, shutdown_graceful_timeout=5.0)


@app.periodic(cron="* * * * *")
@app.task(name="retry-stalled-jobs", queueing_lock="retry-stalled-jobs", pass_context=True)
async def retry_stalled_jobs(context: JobContext, timestamp: int) -> None:
    """Take up the jobs of workers that were killed: their rows stay `doing` for ever otherwise."""
    del timestamp
    manager = context.app.job_manager
    for job in await manager.get_stalled_jobs(seconds_since_heartbeat=_DEAD_AFTER):
        await manager.retry_job(job)
