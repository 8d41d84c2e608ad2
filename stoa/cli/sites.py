"""Puts a command inside a site: its environment, its database, Django."""

import gc
import os
import secrets
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from copy import copy
from functools import wraps
from pathlib import Path

import click
import django
import psycopg
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from stoa.cli.new_tables import make_tables_if_new
from stoa.cli.registry import Entry
from stoa.run.environment import site_environment
from stoa.run.locks import InUse, holding
from stoa.run.places import open_data
from stoa.run.postgres.probe import check_database
from stoa.run.postgres.server import running

_PATIENCE = 30.0
"""Seconds in which the database of a site that runs is back, where its supervisor had to start it again."""


def ready(entry: Entry, data: Path, *, only_help: bool) -> click.Command:
    """The command, so that its body will run inside the site; a question for help touches no data."""
    if only_help:
        look_at_django()
        return entry.load()
    data = open_data(data)
    load_django(data)
    return _inside_the_site(entry.load(), data)


def load_django(data: Path) -> None:
    """Set the site's environment and load Django; the database need not run yet."""
    os.environ.update(site_environment(data))
    django.setup()


def look_at_django() -> None:
    """Load Django for a command's help only: no data folder, no database."""
    os.environ.setdefault("STOA_DATA", tempfile.gettempdir())
    os.environ.setdefault("STOA_SECRET_KEY", secrets.token_urlsafe(50))
    os.environ.setdefault("DATABASE_URL", "postgresql:///")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    django.setup()


@contextmanager
def site(data: Path) -> Iterator[None]:
    """The site's database, answering and up to date, for the length of the block.

    It is the one that runs already; where none runs, we start it ourselves and stop it afterwards.
    """
    if _answers():
        yield from _inside()
        return
    try:
        with holding(data, command=click.get_current_context().info_name or "command"), running(data):
            yield from _inside()
    except InUse:
        if not _answers(patience=_PATIENCE):
            raise
        yield from _inside()


def bring_up_to_date() -> None:
    """Apply new migrations, and make the cache's table; nothing happens when all is there."""
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        with _nothing_collected():
            make_tables_if_new()
            # On new tables too: it tells every app, so that rights and kinds of content are written.
            call_command("migrate", verbosity=0)
            call_command("createcachetable", verbosity=0)


@contextmanager
def _nothing_collected() -> Iterator[None]:
    """Migrations make models by the thousand; to look through them again and again takes a fifth of their time."""
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


def _inside() -> Iterator[None]:
    check_database(os.environ["DATABASE_URL"])
    bring_up_to_date()
    try:
        yield
    finally:
        connection.close()


def _answers(*, patience: float = 0) -> bool:
    """True where the site's database takes connections, at once or within `patience` seconds: it may be starting."""
    end = time.monotonic() + patience
    while True:
        try:
            psycopg.connect(os.environ["DATABASE_URL"], connect_timeout=10).close()
        except psycopg.OperationalError:
            if time.monotonic() >= end:
                return False
            time.sleep(0.1)
        else:
            return True


def _inside_the_site(command: click.Command, data: Path) -> click.Command:
    """The command whose body runs inside the site; of a group each of its commands, for they run after its own body."""
    inside = copy(command)
    if isinstance(inside, click.Group):
        inside.commands = {name: _inside_the_site(one, data) for name, one in inside.commands.items()}
    else:
        inside.callback = _body(command.callback, data)
    return inside


def _body(callback: Callable[..., object] | None, data: Path) -> Callable[..., object]:
    if callback is None:
        raise TypeError("A command without a callback can't run inside the site.")

    @wraps(callback)
    def inside(*args: object, **kwargs: object) -> object:
        with site(data):
            return callback(*args, **kwargs)

    return inside
