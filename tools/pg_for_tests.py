"""A pytest plugin: a real PostgreSQL for the tests, gone when they end; each test begins in the site's own language.

Load it with `-p tools.pg_for_tests`, early enough to set the environment before Django reads it.
"""

import atexit
import os
import secrets
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from django.db import connection
from django.utils import translation

from stoa.run.postgres.cluster import Cluster
from stoa.run.postgres.server import Server, cluster_in

pytest_plugins = ["tools.properties"]
TEMPLATE = "stoa_template"
# Nothing here outlives a crash of the machine, so nothing waits for the disk.
_HASTY = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off", "max_connections": "60"}


class Database:
    """The server that the tests of one command share: it belongs to the first process, workers only use it."""

    def __init__(self) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="stoa-tests-"))
        # The account that runs the database must pass through.
        self.folder.chmod(0o711)
        self.server: Server | None = None

    def start(self) -> Cluster:
        """Start the server once."""
        if self.server is None:
            self.server = Server(cluster_in(self.folder), settings=_HASTY)
            self.server.start()
        return self.server.cluster

    def make_template(self) -> None:
        """One migrated database, which each worker copies."""
        cluster = self.start()
        with psycopg.connect(cluster.url("postgres"), autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {TEMPLATE}")
        subprocess.run(
            [sys.executable, "-m", "django", "migrate", "--verbosity", "0"],
            check=True,
            env={**os.environ, "DATABASE_URL": cluster.url(TEMPLATE), "DJANGO_SETTINGS_MODULE": "config.settings"},
        )

    def close(self) -> None:
        """Stop the server and leave nothing behind."""
        if self.server is not None:
            self.server.stop()
        shutil.rmtree(self.folder, ignore_errors=True)


def _prepared() -> Database | None:
    """Set the environment; None in a worker, which has inherited it."""
    if "PYTEST_XDIST_WORKER" in os.environ:
        return None
    database = Database()
    atexit.register(database.close)
    os.environ["STOA_DATA"] = str(database.folder)
    # Empty, but there: WhiteNoise warns of a missing one, and warnings are errors here.
    (database.folder / "static").mkdir(exist_ok=True)
    os.environ["STOA_SECRET_KEY"] = secrets.token_urlsafe(50)
    os.environ["DATABASE_URL"] = cluster_in(database.folder).url()
    os.environ.pop("STOA_KEEP_CONNECTIONS", None)
    return database


_database = _prepared()


def pytest_configure(config: pytest.Config) -> None:
    """Under xdist the server must stand, and the template be migrated, before the workers come."""
    if _database is not None and getattr(config.option, "numprocesses", None):
        _database.make_template()


@pytest.hookimpl(tryfirst=True)
def pytest_fixture_setup(fixturedef: pytest.FixtureDef[object]) -> None:
    """Before the tests' database is made: a worker copies the template; alone, the server starts only now."""
    if fixturedef.argname != "django_db_setup":
        return
    if _database is None:
        connection.settings_dict["TEST"].update({"TEMPLATE": TEMPLATE, "MIGRATE": False})
    else:
        _database.start()


@pytest.fixture(autouse=True)
def in_the_sites_own_language() -> Iterator[None]:
    """The language of one test's request is no other test's language: Django leaves it on in the thread."""
    translation.deactivate()
    yield
    translation.deactivate()


def pytest_unconfigure() -> None:
    """Stop the server once the workers are gone."""
    if _database is not None:
        _database.close()
