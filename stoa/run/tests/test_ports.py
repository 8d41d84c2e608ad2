"""A port belongs to one site at a time."""

import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Timer

import pytest

from stoa.run.failures import CannotStart
from stoa.run.ports import Port, held


@pytest.fixture
def port() -> Port:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return Port(host="127.0.0.1", number=int(free.getsockname()[1]), option="--port")


@contextmanager
def serving(port: Port) -> Iterator[socket.socket]:
    """A server that shares its port, as granian's workers do."""
    with socket.socket() as server:
        server.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        server.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
        server.bind((port.host, port.number))
        server.listen()
        yield server


def assert_refused(port: Port) -> None:
    with pytest.raises(CannotStart, match=f"Port {port.number} on 127.0.0.1 can't be used(.|\n)*--port"), held([port]):
        pass


def test_a_held_port_is_refused_to_a_second_site_while_servers_come_and_go(port: Port) -> None:
    with held([port]):
        assert_refused(port)
        for _ in range(2):
            with (
                serving(port) as server,
                socket.create_connection((port.host, port.number)) as visitor,
                server.accept()[0] as guest,
            ):
                guest.sendall(b"hello")
                assert visitor.recv(5) == b"hello"
                assert_refused(port)
            assert_refused(port)


def test_a_port_that_was_let_go_is_free_though_visitors_were_cut_off(port: Port) -> None:
    with held([port]), serving(port) as server, socket.create_connection((port.host, port.number)):
        server.accept()[0].close()

    with held([port]):
        assert_refused(port)


def test_a_program_that_serves_there_already_is_named(port: Port) -> None:
    with serving(port):
        assert_refused(port)


def test_a_site_that_is_ending_is_waited_for(port: Port) -> None:
    ending = socket.create_server((port.host, port.number))
    Timer(0.3, ending.close).start()
    began = time.monotonic()

    with held([port], patience=10.0):
        assert 0.2 < time.monotonic() - began < 5.0


def test_the_second_port_taken_lets_the_first_go(port: Port) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        other = Port(host="127.0.0.1", number=int(taken.getsockname()[1]), option="--live-port")
        with pytest.raises(CannotStart, match=f"choose another: --live-port {other.number + 100}"), held([port, other]):
            pass

    with held([port]):
        assert_refused(port)
