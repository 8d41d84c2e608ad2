"""What insights tells the log about runs, teams and what people say when they are asked."""

from collections.abc import Mapping
from dataclasses import dataclass

from stoa.courseware.events import RunFact
from stoa.kernel.bus import Fact
from stoa.kernel.tracking import Tracked


@dataclass(frozen=True, kw_only=True)
class RunDescribed(Fact):
    """A run says what it is, as a whole: its dates, its subject, all its blocks."""

    course_id: str
    organisation: str
    words: Mapping[str, object]

    def tracked(self) -> Tracked:
        """All of it in one event: a later one takes its place."""
        return Tracked(
            event_type="stoa.run.described", event=self.words, course_id=self.course_id, org_id=self.organisation
        )


@dataclass(frozen=True, kw_only=True)
class RoleChanged(Fact):
    """Somebody belongs to the team of a run from now on, or no longer: what they do is not a learner's doing."""

    course_id: str
    organisation: str
    person_id: int
    role: str
    granted: bool

    def tracked(self) -> Tracked:
        """A role of the team."""
        name = f"learner-{self.person_id}"
        return Tracked(
            event_type="stoa.role.granted" if self.granted else "stoa.role.withdrawn",
            event={"role": self.role, "username": name, "user_id": self.person_id},
            course_id=self.course_id,
            org_id=self.organisation,
            user_id=self.person_id,
            username=name,
        )


@dataclass(frozen=True, kw_only=True)
class SurveyAsked(RunFact):
    """A learner is asked something; how many answer of those who were asked can be counted."""

    survey: str

    def tracked(self) -> Tracked:
        """That it was asked."""
        return self._told("stoa.survey.asked", {"survey": self.survey})


@dataclass(frozen=True, kw_only=True)
class SurveyAnswered(RunFact):
    """A learner answered a question; `answer` is None where they took the answer back."""

    survey: str
    question: str
    answer: str | None

    def tracked(self) -> Tracked:
        """What was answered."""
        event = {"survey": self.survey, "question": self.question, "answer": self.answer}
        return self._told("stoa.survey.answered", {**event})
