"""Passes on what the processes say, each line with the name of who said it."""

import os
import sys
from collections import deque
from contextlib import suppress

_KEPT = 15
# What PostgreSQL says at every ordinary start.
_CHATTER = (
    b"LOG:  starting PostgreSQL",
    b"LOG:  listening on",
    b"LOG:  database system ",
    b"LOG:  checkpoint",
    b"LOG:  redo ",
    b"LOG:  invalid record length",
    b"LOG:  received ",
    b"LOG:  shutting down",
    b"LOG:  all server processes terminated",
)


class Words:
    """The lines of one process, taken from its pipe without ever waiting."""

    def __init__(self, name: str) -> None:
        self._name = name.encode()
        self._rest = b""
        self._last: deque[bytes] = deque(maxlen=_KEPT)

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
        if line.startswith(_CHATTER):
            return
        self._last.append(line)
        write(b"%-6s | %s\n" % (self._name, line))


def say(words: str) -> None:
    """The supervisor's own line."""
    write(f"stoa   | {words}\n".encode())


def write(line: bytes) -> None:
    """To the screen; a screen that is gone stops nobody."""
    with suppress(OSError):
        os.write(sys.stderr.fileno(), line)
