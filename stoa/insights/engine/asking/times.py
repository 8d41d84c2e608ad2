"""What registrations did by day, and how long it took those of them who got the credential."""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from typing import Final

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.integer]
#: The day of what did not happen. Days count from 1970.
NO_DAY: Final = 65_535


@dataclass(frozen=True, kw_only=True)
class Daily:
    """How many registered, got the credential and were active on each day."""

    registered: Numbers
    certified: Numbers
    active: Numbers

    def moved(self, *, gone: Sequence["Daily"], come: Sequence["Daily"]) -> "Daily":
        """The same without what some did and with what others did."""
        names = (one.name for one in fields(self))
        return Daily(**{name: self._moved(name, gone, come) for name in names})

    def _moved(self, name: str, gone: Sequence["Daily"], come: Sequence["Daily"]) -> Numbers:
        found: Numbers = getattr(self, name).copy()
        for some, step in ((gone, np.subtract), (come, np.add)):
            for one in some:
                step(found, getattr(one, name), out=found)
        return found


@dataclass(frozen=True, kw_only=True)
class Times(Daily):
    """The same, and the median hours of `timed` people."""

    median_hours: float | None
    timed: int


def by_day(days: Numbers) -> Numbers:
    """How many of these there are of each day."""
    found: Numbers = np.bincount(days, minlength=NO_DAY + 1)[:NO_DAY]
    return found


def median_hours(seconds: Numbers) -> float | None:
    """The median of so many seconds, in hours."""
    return round(float(np.median(seconds)) / 3600, 2) if len(seconds) else None
