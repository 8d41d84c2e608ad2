"""The way between pages and the engine: one question, one answer, in signed frames over a socket. Nothing but Python.

A frame is its length (four bytes), a signature (32 bytes) and its body. The key is made of the site's secret, so that
on a network of many machines only the site's own pages are answered; who reads along there can read the answers.
"""

import hashlib
import hmac
import os
import socket
import struct
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final

_HEAD: Final = struct.Struct("!I32s")
_LONGEST_QUESTION: Final = 1 << 20
LONGEST_ANSWER: Final = 1 << 30
#: Addresses of Unix sockets end here; the folder is opened and named by its number where the path is longer.
_LONGEST_PATH: Final = 100


class BadFrame(Exception):
    """What came is no frame of ours, or signed with another secret."""


@dataclass(frozen=True, kw_only=True)
class Door:
    """Where the engine answers: a socket in a folder, or a port of a host."""

    path: Path | None = None
    host: str = ""
    port: int = 0

    def __str__(self) -> str:
        return str(self.path) if self.path else f"tcp://{self.host}:{self.port}"


def door() -> Door:
    """Where the environment says: STOA_INSIGHTS_URL, else the socket in the data folder."""
    return door_at(os.environ.get("STOA_INSIGHTS_URL", ""), data=Path(os.environ["STOA_DATA"]))


def door_at(url: str, *, data: Path) -> Door:
    """The door that an address names: `unix:///path`, `tcp://host:port`; none is the data folder's own."""
    if not url:
        return Door(path=data / "insights" / "socket")
    scheme, _, rest = url.partition("://")
    host, _, port = rest.rpartition(":")
    if scheme == "unix" and rest:
        return Door(path=Path(rest))
    if scheme == "tcp" and host and port.isdecimal():
        return Door(host=host.strip("[]"), port=int(port))
    raise ValueError(f"STOA_INSIGHTS_URL is {url}: write unix:///path/of/socket or tcp://host:port")


def key() -> bytes:
    """What frames are signed with."""
    return hashlib.sha256(b"stoa.insights.door:" + os.environ.get("STOA_SECRET_KEY", "").encode()).digest()


def listening(at: Door) -> socket.socket:
    """A socket that takes callers there; one that a killed process left is taken over."""
    if at.path is None:
        return socket.create_server((at.host, at.port), reuse_port=False)
    at.path.parent.mkdir(parents=True, exist_ok=True)
    taking = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    with suppress(FileNotFoundError):
        at.path.unlink()
    with _name_of(at.path) as name:
        taking.bind(name)
    at.path.chmod(0o600)
    taking.listen(128)
    return taking


def ask(at: Door, question: bytes, *, signed_with: bytes, patience: float) -> bytes:
    """The answer to a question. Raises OSError where nobody answers in time, BadFrame where somebody else does."""
    with _connected(at, patience) as line:
        send(line, question, signed_with=signed_with)
        return receive(line, signed_with=signed_with, longest=LONGEST_ANSWER)


@contextmanager
def _connected(at: Door, patience: float) -> Iterator[socket.socket]:
    if at.path is None:
        with socket.create_connection((at.host, at.port), timeout=patience) as line:
            yield line
        return
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as line, _name_of(at.path) as name:
        line.settimeout(patience)
        line.connect(name)
        yield line


def send(line: socket.socket, body: bytes, *, signed_with: bytes) -> None:
    """Send one frame."""
    line.sendall(_HEAD.pack(len(body), hmac.digest(signed_with, body, "sha256")) + body)


def receive(line: socket.socket, *, signed_with: bytes, longest: int = _LONGEST_QUESTION) -> bytes:
    """The next frame. Raises BadFrame, and OSError where the line breaks."""
    length, signature = _HEAD.unpack(_exactly(line, _HEAD.size))
    if length > longest:
        raise BadFrame(f"a frame of {length} bytes")
    body = _exactly(line, length)
    if not hmac.compare_digest(signature, hmac.digest(signed_with, body, "sha256")):
        raise BadFrame("a frame that is signed with another secret")
    return body


def _exactly(line: socket.socket, length: int) -> bytes:
    body = bytearray()
    while len(body) < length:
        more = line.recv(min(1 << 20, length - len(body)))
        if not more:
            raise ConnectionResetError("the line was closed")
        body += more
    return bytes(body)


@contextmanager
def _name_of(path: Path) -> Iterator[str]:
    """A name of the socket that is short enough for the kernel."""
    if len(os.fsencode(path)) <= _LONGEST_PATH:
        yield str(path)
        return
    folder = os.open(path.parent, os.O_RDONLY | os.O_DIRECTORY)
    try:
        yield f"/proc/self/fd/{folder}/{path.name}"
    finally:
        os.close(folder)
