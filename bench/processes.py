"""What processes use, read from /proc."""

import os
from collections.abc import Sequence
from pathlib import Path


def children_of(pid: int) -> list[int]:
    """The processes that it started itself."""
    return [int(one) for task in Path(f"/proc/{pid}/task").glob("*/children") for one in task.read_text().split()]


def family_of(pid: int) -> list[int]:
    """The process and everything that it started, and they."""
    return [pid, *(one for child in children_of(pid) for one in family_of(child))]


def cpu_of(pid: int) -> float:
    """Seconds of CPU that the process has used, and everything that it started, ended or not."""
    return sum(_ticks(Path(f"/proc/{one}/stat")) for one in family_of(pid)) / os.sysconf("SC_CLK_TCK")


def pss(pids: Sequence[int]) -> float:
    """Memory of some processes, what they share counted in parts."""
    told = [Path(f"/proc/{pid}/smaps_rollup").read_text() for pid in pids]
    return round(
        sum(int(line.split()[1]) for one in told for line in one.splitlines() if line.startswith("Pss:")) / 1024, 1
    )


def _ticks(stat: Path) -> int:
    try:
        # User, system, and the same of children that ended.
        return sum(map(int, stat.read_text().rpartition(")")[2].split()[11:15]))
    except FileNotFoundError:
        return 0
