"""A new database has exactly the tables that all migrations, one after the other, lead to."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from stoa.run.postgres.server import cluster_in, running
from stoa.run.tests.folders import data_folder

AT_ONCE = "import django; django.setup(); from stoa.cli.sites import bring_up_to_date; bring_up_to_date()"
ONE_BY_ONE = "from django.core.management import execute_from_command_line as run; run(['', 'migrate', '-v', '0'])"
A_TABLE = (
    "import django; django.setup(); from django.db import connection as c; c.cursor().execute('CREATE TABLE a ()')"
)
CACHE = "import django; django.setup(); from django.core.management import call_command as run; run('createcachetable')"


@pytest.fixture(scope="module")
def folder() -> Iterator[Path]:
    """A data folder of its own, whose database runs."""
    with data_folder() as folder, running(folder, settings={"fsync": "off"}):
        yield folder


def made(folder: Path, name: str, *codes: str) -> str:
    """The address of a new database in which the code has run."""
    cluster = cluster_in(folder)
    with psycopg.connect(cluster.url("postgres"), autocommit=True) as line:
        line.execute(f"CREATE DATABASE {name}")
    facts = {"DATABASE_URL": cluster.url(name), "DJANGO_SETTINGS_MODULE": "config.settings"}
    for code in codes:
        subprocess.run([sys.executable, "-W", "ignore", "-c", code], env={**os.environ, **facts}, check=True)
    return cluster.url(name)


def dumped(folder: Path, url: str) -> list[str]:
    """The whole database in words, but for the moments at which migrations were applied."""
    program = cluster_in(folder).programs.path("pg_dump")
    words = subprocess.check_output([program, "--exclude-table-data=django_migrations", url], text=True)
    return [line for line in words.splitlines() if not line.startswith(("\\restrict", "\\unrestrict"))]


def applied(url: str) -> list[tuple[str, str]]:
    with psycopg.connect(url) as line:
        return line.execute("SELECT app, name FROM django_migrations ORDER BY app, name").fetchall()


def test_tables_made_at_once_are_those_that_all_migrations_make(folder: Path) -> None:
    at_once = made(folder, "at_once", AT_ONCE)
    one_by_one = made(folder, "one_by_one", ONE_BY_ONE, CACHE)

    assert dumped(folder, at_once) == dumped(folder, one_by_one)
    assert applied(at_once) == applied(one_by_one)


def test_a_database_that_holds_something_is_migrated_step_by_step(folder: Path) -> None:

    url = made(folder, "in_use", A_TABLE, AT_ONCE)

    with psycopg.connect(url) as line:
        assert line.execute("SELECT to_regclass('a') IS NOT NULL, count(*) > 0 FROM catalogue_subject").fetchall() == [
            (True, True)
        ]
