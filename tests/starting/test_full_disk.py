"""A disk that fills up while a site runs: said in words, nothing acknowledged lost, all well once there is room."""

import os
from pathlib import Path

import psycopg
import pytest

from stoa.run.postgres.cluster import address_in
from stoa.run.tests.folders import a_disk, as_root, data_folder
from tests.starting.sites import until, up

pytestmark = [pytest.mark.enable_socket, pytest.mark.xdist_group("up"), pytest.mark.timeout(600)]
SIZE = 420 * 1024**2
PIECE = b"x" * 1024**2
WRITE = "INSERT INTO counted SELECT %s, string_agg(md5(g::text), '') FROM generate_series(1, 3000) g"
MANY = 10_000


@as_root
def test_a_full_disk_is_said_loses_nothing_acknowledged_and_is_got_over() -> None:
    with data_folder() as folder, a_disk(folder, f"size={SIZE},mode=711") as disk:
        with up(disk) as site:
            with psycopg.connect(address_in(disk), autocommit=True) as line:
                line.execute("CREATE TABLE counted (n integer, filling text)")
            fill(disk / "films", leave=8 * 1024**2)
            acknowledged = count_until_refused(address_in(disk))
            until(lambda: "No space left on device" in site.said(), site)

            (disk / "films").unlink()
            until(lambda: site.status() == 200, site)
            kept = numbers(address_in(disk))

        assert acknowledged
        assert acknowledged <= kept
        assert "make room on the disk" in site.said()


def fill(path: Path, *, leave: int) -> None:
    """A file that takes all the room but a little."""
    with path.open("wb") as file:
        while free_of(path.parent) > leave:
            file.write(PIECE)
            file.flush()


def free_of(folder: Path) -> int:
    space = os.statvfs(folder)
    return space.f_bavail * space.f_frsize


def count_until_refused(address: str) -> set[int]:
    """The numbers whose rows the database acknowledged before there was no room for the next."""
    acknowledged = set[int]()
    with psycopg.connect(address, autocommit=True) as line:
        while len(acknowledged) < MANY:
            try:
                line.execute(WRITE, [len(acknowledged)])
            except psycopg.OperationalError:
                return acknowledged
            acknowledged.add(len(acknowledged))
    raise AssertionError("there was room for everything")


def numbers(address: str) -> set[int]:
    with psycopg.connect(address) as line:
        return {int(n) for (n,) in line.execute("SELECT n FROM counted")}
