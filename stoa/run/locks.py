"""One owner at a time for a data folder."""

import fcntl
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

from stoa.run.failures import CannotStart


@dataclass(frozen=True, kw_only=True)
class Holder:
    """Who holds a data folder: a command, its process, and the address where it serves, if it does."""

    command: str
    pid: int
    address: str = ""


class InUse(CannotStart):
    """Another command holds the data folder."""

    def __init__(self, data: Path, holder: Holder) -> None:
        self.holder = holder
        where = f" at {holder.address}" if holder.address else ""
        super().__init__(
            f"Stoa already runs on {data}: `stoa {holder.command}`, process {holder.pid}{where}. "
            "Open that address, stop it with Ctrl-C (or kill the process), or choose another folder with --data."
        )


@contextmanager
def holding(data: Path, *, command: str, address: str = "") -> Iterator[bool]:
    """Hold the folder for the length of the block; the kernel lets go of it when we die.

    True where whoever held it before was killed, so that its processes may still be ending.
    """
    with (data / "lock").open("a+") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            raise InUse(data, holder_of(data)) from None
        left = file.tell() > 0
        file.truncate(0)
        file.write(json.dumps(asdict(Holder(command=command, pid=os.getpid(), address=address))))
        file.flush()
        yield left
        file.truncate(0)


@contextmanager
def closed(gate: Path) -> Iterator[None]:
    """Keep whoever waits for this lock waiting for the length of the block, or until we die."""
    with gate.open("a") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def wait_for(gate: Path) -> None:
    """Come back when nobody keeps the lock closed."""
    with gate.open("a") as file:
        fcntl.flock(file, fcntl.LOCK_SH)


def holder_of(data: Path) -> Holder:
    """Who wrote its name into the lock last."""
    try:
        return Holder(**json.loads((data / "lock").read_text()))
    except (OSError, ValueError, TypeError):
        return Holder(command="?", pid=0)
