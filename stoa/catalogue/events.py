"""What happened in the catalogue."""

from dataclasses import dataclass
from datetime import datetime

from stoa.kernel.bus import Fact


@dataclass(frozen=True, kw_only=True)
class CoursePublished(Fact):
    """A course has a new version."""

    course_id: int
    version_id: int


@dataclass(frozen=True, kw_only=True)
class InstructorNamed(Fact):
    """Somebody gives a course from now on."""

    course_id: int
    person_id: int


@dataclass(frozen=True, kw_only=True)
class RunOpened(Fact):
    """A course has a new run."""

    run_id: int
    version_id: int


@dataclass(frozen=True, kw_only=True)
class RunMoved(Fact):
    """The learners of a run see another version from now on."""

    run_id: int
    from_version_id: int
    version_id: int
    at: datetime
