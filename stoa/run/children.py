"""Starts child processes that never outlive the one that started them."""

import ctypes
import multiprocessing
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import IO

_PR_SET_PDEATHSIG = 1
_libc = ctypes.CDLL(None) if sys.platform == "linux" else None


def spawn(
    command: Sequence[str | Path],
    *,
    environment: Mapping[str, str],
    folder: Path,
    uid: int | None = None,
    gid: int | None = None,
    when_orphaned: signal.Signals = signal.SIGTERM,
    output: int | IO[bytes] | None = None,
    inherited: Sequence[int] = (),
) -> subprocess.Popen[bytes]:
    """Start the command in a session of its own; the kernel sends it `when_orphaned` when we die.

    Call it from the main thread: the kernel watches the thread that started the child, not the process.
    """
    return subprocess.Popen(  # noqa: S603 -- the callers write the commands
        [str(word) for word in command],
        env=dict(environment),
        cwd=folder,
        stdin=subprocess.DEVNULL,
        stdout=output,
        stderr=subprocess.STDOUT if output is not None else None,
        start_new_session=True,
        pass_fds=inherited,
        user=uid,
        group=gid,
        extra_groups=None if uid is None else [],
        preexec_fn=_tied_to(os.getpid(), when_orphaned),  # noqa: PLW1509 -- two system calls, no lock is taken
    )


def end_with_parent() -> None:
    """Called by a worker as it begins: it never outlives its main process, whose port it would go on holding."""
    parent = multiprocessing.parent_process()
    if parent is None or parent.pid is None:
        return
    _tied_to(parent.pid, signal.SIGKILL)()


def kill_group(pid: int, number: signal.Signals = signal.SIGKILL) -> None:
    """Signal a child and whatever it started: workers outlive a main process that was killed."""
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(pid, number)


def _tied_to(parent: int, number: signal.Signals) -> Callable[[], None]:
    def tie() -> None:
        if _libc is not None:
            _libc.prctl(_PR_SET_PDEATHSIG, int(number))
        if os.getppid() != parent:
            os._exit(1)

    return tie
