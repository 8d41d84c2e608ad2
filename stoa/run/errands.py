"""A command that a part runs once, before it serves, in a copy of itself: all that the command needs is loaded already.

The supervisor sends the command's words and its own screen through a socket when the time has come; the part sends the
exit code.
"""

import gc
import io
import json
import multiprocessing
import os
import runpy
import socket
import subprocess
import sys
from collections.abc import Sequence
from contextlib import suppress

from stoa.run.children import end_with_parent

CAN_FORK = sys.platform == "linux"
_LONGEST = 65536
_BROKEN = 255
_SCREEN = (1, 2)


class Errand:
    """The supervisor's end of one errand."""

    def __init__(self) -> None:
        self._ours, self._theirs = socket.socketpair()
        self._ours.setblocking(False)
        self.code: int | None = None
        """The exit code; stays nothing where the part ended before the command did."""

    @property
    def descriptor(self) -> int:
        """What the part inherits, and finds named in its option `--errand`."""
        return self._theirs.fileno()

    def hand_over(self) -> None:
        """From now on only the part has its end."""
        self._theirs.close()

    def give(self, words: Sequence[str]) -> None:
        """Let the part run a module with its arguments; what it says goes to our screen."""
        with suppress(ConnectionError):
            socket.send_fds(self._ours, [json.dumps(words).encode()], _SCREEN)

    def is_over(self) -> bool:
        """True once the command or the part has ended."""
        try:
            answer = self._ours.recv(1)
        except BlockingIOError:
            return False
        except ConnectionError:
            answer = b""
        self.code = answer[0] if answer else None
        self._ours.close()
        return True


def run_errand(descriptor: int) -> None:
    """Wait for the errand, run it, tell how it went; nothing happens where none is given any more."""
    with socket.socket(fileno=descriptor) as theirs:
        words, screen, _, _ = socket.recv_fds(theirs, _LONGEST, len(_SCREEN))
        if not words:
            return
        code = _run(json.loads(words), screen)
        theirs.sendall(bytes([code if 0 <= code < _BROKEN else _BROKEN]))


def _run(words: list[str], screen: list[int]) -> int:
    if not CAN_FORK:
        command = [sys.executable, "-m", *words]
        done = subprocess.run(command, stdin=subprocess.DEVNULL, stdout=screen[0], stderr=screen[1], check=False)  # noqa: S603 -- the supervisor's words
        return done.returncode
    # The collector writes to whatever it looks at, so that the copy would need memory of its own.
    gc.freeze()
    copy = multiprocessing.get_context("fork").Process(target=_in_a_copy, args=(words, screen))
    copy.start()
    for descriptor in screen:
        os.close(descriptor)
    copy.join()
    return _BROKEN if copy.exitcode is None else copy.exitcode


def _in_a_copy(words: list[str], screen: list[int]) -> None:
    end_with_parent()
    for descriptor, place in zip(screen, _SCREEN, strict=True):
        os.dup2(descriptor, place)
        os.close(descriptor)
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(line_buffering=True)
    gc.enable()
    sys.argv = list(words)
    runpy.run_module(words[0], run_name="__main__", alter_sys=True)
