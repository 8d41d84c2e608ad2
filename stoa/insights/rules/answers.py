"""What the engine answers to a page: the words that pass between the two."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from stoa.insights.rules.dimensions import Choice, Dimension, View


@dataclass(frozen=True, kw_only=True)
class Counts:
    """Registrations of a group, by how far they came. Every share names one of these as its denominator."""

    registered: int = 0
    participants: int = 0
    explored: int = 0
    certified: int = 0
    verified: int = 0
    verified_certified: int = 0
    intenders: int = 0  # said at enrolment that they want the credential
    intenders_certified: int = 0


@dataclass(frozen=True, kw_only=True)
class Slice:
    """One bar, slice or country: its key (`unknown` where not said), its counts (None where the cell is too small)."""

    key: str
    counts: Counts | None


@dataclass(frozen=True, kw_only=True)
class Day:
    """A day (UTC): who was active, and who came; None where fewer than the view may see."""

    day: date
    active: int | None
    registered: int | None
    certified: int | None


@dataclass(frozen=True, kw_only=True)
class Overview:
    """A cross-filter page: each dimension's slices under the choice of all other dimensions."""

    version: int
    as_of: datetime | None  # the last event counted
    view: View
    choice: Choice
    courses: int
    everyone: Counts
    shown: Counts | None
    slices: Mapping[Dimension, tuple[Slice, ...]] = field(default_factory=dict)
    titles: Mapping[str, str] = field(default_factory=dict)  # of courses, by course id
    days: tuple[Day, ...] = ()
    hours_of_certified: float | None = None  # the median
    hours_n: int = 0


@dataclass(frozen=True, kw_only=True)
class Headline:
    """The five counters of R006."""

    version: int
    as_of: datetime | None
    courses: int
    certificates: int
    participants: int
    hours: float
    events: int
