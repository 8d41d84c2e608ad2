"""One child that the supervisor keeps alive."""

import os
import selectors
import signal
import subprocess
import time
from collections.abc import Callable
from contextlib import suppress

from stoa.run.children import kill_group
from stoa.run.failures import CannotStart
from stoa.run.words import Words, say

# A process that lives this long has stood; one that dies sooner again and again has a reason.
_STANDS = 5.0
_TRIES = 4
_PAUSE = 5.0


class Watched:
    """A part of the site and its present process."""

    def __init__(self, name: str, start: Callable[[], subprocess.Popen[bytes]]) -> None:
        self.name = name
        self._start = start
        self._words = Words(name)
        self._child: subprocess.Popen[bytes] | None = None
        self._started = 0.0
        self._again_at: float | None = None
        self._early_ends = 0
        self._has_stood = False

    @property
    def pid(self) -> int | None:
        """The number of the present process."""
        return self._child.pid if self._child else None

    def launch(self, pipes: selectors.BaseSelector) -> None:
        """Start a process."""
        self._again_at = None
        self._started = time.monotonic()
        self._child = self._start()
        if self._child.stdout is not None:
            os.set_blocking(self._child.stdout.fileno(), False)
            pipes.register(self._child.stdout, selectors.EVENT_READ, self)

    def listen(self) -> bool:
        """Pass on what the process said; False once its pipe has ended."""
        return (
            self._child is not None and self._child.stdout is not None and self._words.take(self._child.stdout.fileno())
        )

    def look_after(self, pipes: selectors.BaseSelector) -> None:
        """Start the process again where it died; soon, if it dies again and again."""
        if self._child is not None and self._child.poll() is not None:
            self._bury(self._child, pipes)
        if self._again_at is not None and time.monotonic() >= self._again_at:
            self.launch(pipes)
            say(f"{self.name} runs again as process {self.pid}")

    def tell(self, number: signal.Signals) -> None:
        """Signal the process itself; it ends its own workers."""
        if self._child is not None and self._child.poll() is None:
            self._child.send_signal(number)

    def end(self, until: float) -> None:
        """Wait for the end, and enforce it when the time is up."""
        if self._child is None:
            return
        with suppress(subprocess.TimeoutExpired):
            self._child.wait(timeout=max(0.1, until - time.monotonic()))
        kill_group(self._child.pid)
        self._child.wait()
        if self._child.stdout is not None:
            self.listen()
            self._child.stdout.close()
        self._child = None

    def _bury(self, child: subprocess.Popen[bytes], pipes: selectors.BaseSelector) -> None:
        """Clear away what the dead process left, and decide when to start it again."""
        # Workers outlive a main process that was killed: they hold its port and its pipe.
        kill_group(child.pid)
        if child.stdout is not None:
            self.listen()
            with suppress(KeyError):
                pipes.unregister(child.stdout)
            child.stdout.close()
        self._child = None
        stood = time.monotonic() - self._started >= _STANDS
        self._has_stood = self._has_stood or stood
        self._early_ends = 0 if stood else self._early_ends + 1
        if self._early_ends >= _TRIES and not self._has_stood:
            raise CannotStart(f"{self.name} {_how(child)} {self._early_ends} times in a row:\n{self._words.last()}")
        pause = 0.0 if self._early_ends < 1 else 0.3 if self._early_ends < _TRIES else _PAUSE
        say(f"{self.name} (process {child.pid}) {_how(child)}; starting it again")
        self._again_at = time.monotonic() + pause


def _how(child: subprocess.Popen[bytes]) -> str:
    """How a process ended, in words."""
    code = child.returncode
    if code >= 0:
        return f"ended with exit code {code}"
    return f"was killed by {signal.Signals(-code).name}"
