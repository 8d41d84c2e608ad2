"""Ports: refused where somebody has them, and held as long as a site runs."""

import socket
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass

from stoa.run.failures import CannotStart

_TURN = 0.05


@dataclass(frozen=True, kw_only=True)
class Port:
    """A port of an address of this machine, and the option that chooses another."""

    host: str
    number: int
    option: str


@contextmanager
def held(ports: Sequence[Port], *, patience: float = 0.0, inherited: bool = False) -> Iterator[None]:
    """Refuse ports that another program has, and keep them ours for the block, whatever dies and starts in it.

    What serves there shares a port with us (SO_REUSEPORT), so that it may come and go; without our hold a second
    site could slip in meanwhile, and get half of the visitors. `patience` (in seconds) is for a site that was killed
    and is ending. An inherited hold lives on in the program that this process turns into.
    """
    with ExitStack() as holds:
        for port in ports:
            hold = holds.enter_context(_bound(port, patience))
            hold.set_inheritable(inherited)
        yield


def _bound(port: Port, patience: float) -> socket.socket:
    until = time.monotonic() + patience
    while True:
        try:
            return _hold(port)
        except OSError as reason:
            if time.monotonic() > until:
                raise CannotStart(
                    f"Port {port.number} on {port.host} can't be used: {reason.strerror}. "
                    f"Stop the program that uses it, or choose another: {port.option} {port.number + 100}"
                ) from reason
        time.sleep(_TURN)


def _hold(port: Port) -> socket.socket:
    """A socket that has the port and never listens. Where ports can't be shared it only looks, and lets go again."""
    hold = socket.socket(socket.AF_INET6 if ":" in port.host else socket.AF_INET)
    try:
        # Passes over the ended connections of an earlier site, but over nobody who holds or listens.
        hold.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        hold.bind((port.host, port.number))
        if sys.platform == "linux":
            hold.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 0)
            hold.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
        else:
            hold.close()
    except OSError:
        hold.close()
        raise
    return hold
