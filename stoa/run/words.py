"""Passes on what the processes say, each line with the name of who said it."""

import os
import sys
import time
from collections import deque
from contextlib import suppress

_KEPT = 15
# Of what PostgreSQL says only this is for people; its ordinary starts and ends are not.
_GRAVE = (b"PANIC", b"FATAL", b"was terminated by signal", b"No space left")
_AGAIN = 60.0
_NO_ROOM = b"No space left"
_ORDINARY = (b"due to administrator command", b"is shutting down", b"is starting up")


class Words:
    """The lines of one process, taken from its pipe without ever waiting."""

    def __init__(self, name: str) -> None:
        self._name = name.encode()
        self._rest = b""
        self._last: deque[bytes] = deque(maxlen=_KEPT)
        self._quiet_until = 0.0

    def take(self, descriptor: int) -> bool:
        """Pass on what the pipe holds now; False once it has ended."""
        with suppress(BlockingIOError):
            while more := os.read(descriptor, 65536):
                *lines, self._rest = (self._rest + more).split(b"\n")
                for line in lines:
                    self._pass_on(line)
            return False
        return True

    def last(self) -> str:
        """The last lines, for a message about a failure."""
        return b"\n".join([*self._last, self._rest]).decode(errors="replace").strip()

    def _pass_on(self, line: bytes) -> None:
        self._last.append(line)
        if self._name == b"db" and not _is_grave(line):
            return
        write(b"%-6s | %s\n" % (self._name, line))
        if _NO_ROOM in line and time.monotonic() >= self._quiet_until:
            self._quiet_until = time.monotonic() + _AGAIN
            say("The disk is full, so that nothing new can be kept: make room on the disk.")


def _is_grave(line: bytes) -> bool:
    return any(sign in line for sign in _GRAVE) and not any(sign in line for sign in _ORDINARY)


def say(words: str) -> None:
    """The supervisor's own line."""
    write(f"stoa   | {words}\n".encode())


def write(line: bytes) -> None:
    """To the screen; a screen that is gone stops nobody."""
    with suppress(OSError):
        os.write(sys.stderr.fileno(), line)
