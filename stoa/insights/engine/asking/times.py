"""What registrations did by day, and how long it took those of them who got the credential."""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.integer]
#: The day of what did not happen. Days count from 1970.
NO_DAY: Final = 65_535


@dataclass(frozen=True, kw_only=True)
class Times:
    """How many registered, got the credential and were active on each day; the median hours of `timed` people."""

    registered: Numbers
    certified: Numbers
    active: Numbers
    median_hours: float | None
    timed: int


def by_day(days: Numbers) -> Numbers:
    """How many of these there are of each day."""
    found: Numbers = np.bincount(days, minlength=NO_DAY + 1)[:NO_DAY]
    return found


def median_hours(seconds: Numbers) -> float | None:
    """The median of so many seconds, in hours."""
    return round(float(np.median(seconds)) / 3600, 2) if len(seconds) else None
