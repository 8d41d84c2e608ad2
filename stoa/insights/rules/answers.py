"""What the engine answers to a page: the words that pass between the two."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from stoa.insights.rules.dimensions import Choice, Dimension, View

Cell = str | int | float | bool | None


@dataclass(frozen=True, kw_only=True)
class Answer:
    """Whatever the engine answers: `version` is that of the data, and answers of one version agree."""

    version: int
    as_of: datetime | None = None  # the last event counted


@dataclass(frozen=True, kw_only=True)
class Counts:
    """Registrations of a group, by how far they came. Every share names one of these as its denominator.

    None where a view may not see it: so few came so far, or so few did not, that it would tell who they are.
    """

    registered: int = 0
    participants: int | None = 0
    explored: int | None = 0
    certified: int | None = 0
    verified: int | None = 0
    verified_certified: int | None = 0
    intenders: int | None = 0  # said at enrolment that they want the credential
    intenders_certified: int | None = 0


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
class Population:
    """Learners of 25 and more whose education and country are known, beside the adults of the same countries.

    `expected` of the `n` would have a bachelor's degree or more if learners were like the adults of their countries;
    `educated` have one.
    """

    n: int
    educated: int
    expected: float
    countries: int
    first_year: int
    last_year: int
    sources: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Overview(Answer):
    """A cross-filter page: each dimension's slices under the choice of all other dimensions.

    `wholes`: of each dimension that is chosen how many have registered under the choice of all others, None where that
    is hidden; of the others it is what is `shown`. `too_narrow`: more filters than the view may set at once, so that
    nothing is shown.
    """

    view: View
    choice: Choice
    courses: int
    everyone: Counts
    shown: Counts | None
    slices: Mapping[Dimension, tuple[Slice, ...]] = field(default_factory=dict)
    wholes: Mapping[Dimension, int | None] = field(default_factory=dict)
    titles: Mapping[str, str] = field(default_factory=dict)  # of courses by course id, of organisations by key
    days: tuple[Day, ...] = ()
    hours_of_certified: float | None = None  # the median
    hours_n: int = 0
    population: Population | None = None
    too_narrow: bool = False


@dataclass(frozen=True, kw_only=True)
class Headline(Answer):
    """The five counters: courses, certificates, participants, hours, events."""

    courses: int
    certificates: int
    participants: int
    hours: float
    events: int


@dataclass(frozen=True, kw_only=True)
class Month:
    """A month (UTC) of participation: who opened courseware for the first time, from where, what for, about what."""

    month: str  # 2026-11
    participants: int | None  # registrations whose first act lies in the month
    countries: int  # different known countries among them
    goals: int  # different answers to "what do you want from this course" among them
    topics: int  # different areas of their courses
    participants_so_far: int | None
    countries_so_far: int
    goals_so_far: int
    topics_so_far: int


@dataclass(frozen=True, kw_only=True)
class Trend(Answer):
    """Participants, countries, goals and topics by month, without gaps; the SQL gives the months that have any."""

    months: tuple[Month, ...] = ()
    sql: str = ""


@dataclass(frozen=True, kw_only=True)
class Definition:
    """A metric, defined once. `denominator` is empty for plain counts."""

    metric: str
    says: str
    unit: str
    denominator: str
    source: str


@dataclass(frozen=True, kw_only=True)
class Defined:
    """The metrics of a table, and what a row of it is about."""

    table: str
    a_row: str
    metrics: tuple[Definition, ...]


@dataclass(frozen=True, kw_only=True)
class Definitions(Answer):
    """Every metric of every table."""

    tables: tuple[Defined, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Table(Answer):
    """Rows to take along, and the SQL that makes them from the warehouse's Parquet files."""

    name: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...] = ()
    sql: str = ""
    file: str = ""  # the bytes of the file that was asked for, in base64


@dataclass(frozen=True, kw_only=True)
class CoursePage(Answer):
    """What a team sees of its course: tables by name, each with the rows of this course."""

    course: str
    title: str
    counts: Counts
    tables: Mapping[str, Table] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Shown:
    """A problem whose answer one account was shown before another entered it."""

    problem: str
    shown: datetime
    entered: datetime


@dataclass(frozen=True, kw_only=True)
class Harvest:
    """A certified account and another one: evidence for a person to look at, no verdict.

    `of` are the problems that the certified account got right, `order` is the rank correlation of the two orders.
    """

    certified: str
    other: str
    problems: tuple[Shown, ...]
    of: int
    median_seconds: float
    p90_seconds: float
    order: float
    strict: bool


@dataclass(frozen=True, kw_only=True)
class Harvested(Answer):
    """Pairs of accounts of one run of which one may have collected answers for the other."""

    course: str
    harvests: tuple[Harvest, ...] = ()


@dataclass(frozen=True, kw_only=True)
class MediaGroup:
    """A country: how often MOOC videos were tried there, and how often they failed; participation beside it.

    A try is a learner with a MOOC video on a day. None where the view may not see it. `courses`, where it failed, are
    for the team.
    """

    key: str
    tries: int | None
    failures: int | None
    learners: int | None
    registered: int | None
    participants: int | None
    courses: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Media(Answer):
    """Where media reach their learners, in the last `days`."""

    view: View
    days: int
    everyone: MediaGroup
    groups: tuple[MediaGroup, ...] = ()
    sql: str = ""


@dataclass(frozen=True, kw_only=True)
class System(Answer):
    """How the machinery does: seconds from an event to its answer, what was refused, how fast it reads."""

    events: int = 0
    watermark: datetime | None = None  # the last event read
    lag_p50: float | None = None
    lag_p95: float | None = None
    lag_n: int = 0
    rejected: int = 0
    duplicates: int = 0
    rows_per_second: float | None = None
    ip_source: str = ""  # whose data says where addresses lie, and of what day it is
    ip_vintage: str = ""
