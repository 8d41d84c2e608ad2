"""What courseware announces."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from stoa.courseware.rules import edx
from stoa.kernel.bus import Fact
from stoa.kernel.tracking import Tracked


@dataclass(frozen=True, kw_only=True)
class MediaFailed(Fact):
    """A browser told that a MOOC video could not be played; what it told stands in the log already."""


@dataclass(frozen=True, kw_only=True)
class RunFact(Fact):
    """Something that a learner did in a run."""

    enrolment_id: int
    person_id: int
    run_id: int
    organisation: str
    course: str
    run: str

    @property
    def course_id(self) -> str:
        """The run as the event log names it."""
        return edx.course_key(organisation=self.organisation, course=self.course, run=self.run)

    def _told(self, event_type: str, event: dict[str, object]) -> Tracked:
        return Tracked(
            event_type=event_type,
            event=event,
            course_id=self.course_id,
            org_id=self.organisation,
            user_id=self.person_id,
            username=edx.username(self.person_id),
        )


@dataclass(frozen=True, kw_only=True)
class _Enrolment(RunFact):
    event_type: ClassVar[str]

    def tracked(self) -> Tracked:
        """An enrolment event of edX. Everyone audits: there is nothing to pay for."""
        event = {"course_id": self.course_id, "user_id": self.person_id, "mode": "audit"}
        return self._told(self.event_type, {**event})


@dataclass(frozen=True, kw_only=True)
class Enrolled(_Enrolment):
    """A learner joined a run, or came back to it."""

    event_type = "edx.course.enrollment.activated"


@dataclass(frozen=True, kw_only=True)
class Withdrew(_Enrolment):
    """A learner left a run."""

    event_type = "edx.course.enrollment.deactivated"


@dataclass(frozen=True, kw_only=True)
class Paused(RunFact):
    """A learner rests: nothing may remind them."""


@dataclass(frozen=True, kw_only=True)
class Resumed(RunFact):
    """A learner goes on after a rest: their dates move by its days."""

    since: datetime
    days: int


@dataclass(frozen=True, kw_only=True)
class Fulfilled(RunFact):
    """A learner has what they wanted: nothing may remind them, and it counts as a success."""


@dataclass(frozen=True, kw_only=True)
class TakenUpAgain(RunFact):
    """A learner goes on in a run that they had called enough."""


@dataclass(frozen=True, kw_only=True)
class RunChanged(RunFact):
    """A learner goes on in another run of the course, which the fact names."""

    left_run_id: int


@dataclass(frozen=True, kw_only=True)
class StepCompleted(RunFact):
    """A learner did a step for the first time."""

    step_id: str

    def tracked(self) -> Tracked:
        """The completion of a vertical."""
        block = edx.usage_key(self.course_id, "step", self.step_id)
        return self._told("edx.completion.block_completion.changed", {"block_id": block, "completion": 1.0})


@dataclass(frozen=True, kw_only=True)
class StepOpened(RunFact):
    """A learner came to a step that was not the last one open."""

    step_id: str
    lesson_id: str
    tab: int
    tabs: int

    def tracked(self) -> Tracked:
        """The choice of a vertical in a sequential."""
        event = {
            "id": edx.usage_key(self.course_id, "lesson", self.lesson_id),
            "target_id": edx.usage_key(self.course_id, "step", self.step_id),
            "target_tab": self.tab,
            "tab_count": self.tabs,
            "widget_placement": "left",
        }
        return self._told("edx.ui.lms.sequence.tab_selected", {**event})


@dataclass(frozen=True, kw_only=True)
class Announced(Fact):
    """The course team wrote to the learners of a run."""

    announcement_id: int
    run_id: int


@dataclass(frozen=True, kw_only=True)
class MailingBegun(Fact):
    """The first mails of an announcement are written; those to the enrolments after this one are not yet."""

    announcement_id: int
    after: int
