"""`stoa worker`: runs jobs and schedules."""

import logging

import click
from procrastinate import JobContext
from procrastinate.contrib.django import app
from procrastinate.contrib.django.django_connector import DjangoConnector
from procrastinate.exceptions import ConnectorException
from procrastinate.manager import JobManager

_DEAD_AFTER = 30.0


@click.command()
@click.option("--concurrency", default=2, show_default=True, help="How many jobs at once.")
def worker(concurrency: int) -> None:
    """Run jobs and schedules only.

    \b
    Example:
      DATABASE_URL=postgresql://stoa@db/stoa stoa worker --concurrency 4
    """
    for handler in logging.getLogger().handlers:
        handler.addFilter(is_news)
    if not isinstance(app.connector, DjangoConnector):
        raise TypeError("Jobs are kept by Django's connector.")
    # Django's own connector can't listen for new jobs; this one keeps a line open.
    with app.replace_connector(app.connector.get_worker_connector()) as listening:
        listening.run_worker(concurrency=concurrency, shutdown_graceful_timeout=5.0)


def is_news(record: logging.LogRecord) -> bool:
    """False for the long story of a lost database: the worker ends then, and is started again."""
    lost = record.exc_info is not None and isinstance(record.exc_info[1], ConnectorException)
    return not (lost or "ConnectorException" in record.getMessage() or record.name == "psycopg.pool")


@app.periodic(cron="* * * * *")
@app.task(name="retry-stalled-jobs", queueing_lock="retry-stalled-jobs", pass_context=True)
async def retry_stalled_jobs(context: JobContext, timestamp: int) -> None:
    """Take up the jobs of workers that were killed: their rows stay `doing` for ever otherwise."""
    del timestamp
    await retry_stalled(context.app.job_manager)


async def retry_stalled(manager: JobManager) -> None:
    """Put back the jobs whose worker has not said for a while that it lives."""
    for job in await manager.get_stalled_jobs(seconds_since_heartbeat=_DEAD_AFTER):
        await manager.retry_job(job)
