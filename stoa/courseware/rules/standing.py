"""Who may open what."""

from datetime import datetime
from enum import StrEnum

from stoa.courseware.rules.outlines import OutlineStep


class Standing(StrEnum):
    """How a reader stands to a run."""

    VISITOR = "visitor"
    """Not enrolled: sees the syllabus and the samples."""
    LEARNER = "learner"
    TEAM = "team"
    """Instructors and mentors of the course, staff of its organisation: see everything."""


class Door(StrEnum):
    """Whether a step opens for a reader, and if not, why."""

    OPEN = "open"
    ENROL = "enrol"
    """For those who are enrolled."""
    LATER = "later"
    """Its date has not come."""
    UNKNOWN = "unknown"
    """To this reader there is no such step."""


def door(*, step: OutlineStep, standing: Standing, self_paced: bool, now: datetime) -> Door:
    """Whether the step opens. Once open it stays open: no run's end closes it."""
    if standing is Standing.TEAM:
        return Door.OPEN
    if step.hidden:
        return Door.UNKNOWN
    if standing is Standing.VISITOR:
        return Door.OPEN if step.sample else Door.ENROL
    waits = step.opens is not None and not self_paced and step.opens > now
    return Door.LATER if waits else Door.OPEN


def standing(*, enrolled: bool, team: bool) -> Standing:
    """How someone stands to a run. A team member sees all, enrolled or not."""
    if team:
        return Standing.TEAM
    return Standing.LEARNER if enrolled else Standing.VISITOR
