"""What assessment announces."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from stoa.assessment.rules import edx
from stoa.courseware.events import RunFact
from stoa.kernel.tracking import Tracked


@dataclass(frozen=True, kw_only=True)
class QuizFact(RunFact):
    """Something that a learner did with a quiz."""

    item_id: str

    @property
    def problem_id(self) -> str:
        """The quiz as the event log names it."""
        return edx.problem_key(self.course_id, self.item_id)


@dataclass(frozen=True, kw_only=True)
class QuizAttempted(QuizFact):
    """A learner handed in answers. The mappings are in the words of the tracking log."""

    attempt_id: int
    number: int
    earned: float
    out_of: float
    share: float
    right: bool
    answers: Mapping[str, object] = field(default_factory=dict)
    correct_map: Mapping[str, object] = field(default_factory=dict)
    submission: Mapping[str, object] = field(default_factory=dict)

    def tracked(self) -> Tracked:
        """The check of a problem, as the server logs it."""
        return self._told(
            "problem_check",
            {
                "problem_id": self.problem_id,
                "attempts": self.number,
                "grade": self.earned,
                "max_grade": self.out_of,
                "success": "correct" if self.right else "incorrect",
                "answers": dict(self.answers),
                "correct_map": dict(self.correct_map),
                "submission": dict(self.submission),
                "state": {},
            },
        )


@dataclass(frozen=True, kw_only=True)
class ScoreChanged(QuizFact):
    """The score that counts for a quiz is another one now."""

    earned: float
    out_of: float

    def tracked(self) -> Tracked:
        """A score handed to the score book."""
        return self._told(
            "edx.grades.problem.submitted",
            {
                "problem_id": self.problem_id,
                "weighted_earned": self.earned,
                "weighted_possible": self.out_of,
                "course_id": self.course_id,
                "user_id": self.person_id,
            },
        )


@dataclass(frozen=True, kw_only=True)
class WorkScoreChanged(ScoreChanged):
    """The score that counts for an assignment is another one now."""

    @property
    def problem_id(self) -> str:
        """The assignment as the event log names it."""
        return edx.work_key(self.course_id, self.item_id)


@dataclass(frozen=True, kw_only=True)
class QuizPassed(QuizFact):
    """A learner reached the passing line of a quiz for the first time, or answered a poll."""

    step_id: str


@dataclass(frozen=True, kw_only=True)
class HintTaken(QuizFact):
    """A learner asked for the next hint."""

    number: int
    of: int

    def tracked(self) -> Tracked:
        """A hint on demand."""
        return self._told(
            "edx.problem.hint.demandhint_displayed",
            {
                "problem_id": self.problem_id,
                "module_id": self.problem_id,
                "hint_index": self.number - 1,
                "hint_len": self.of,
            },
        )


@dataclass(frozen=True, kw_only=True)
class CourseScoreChanged(RunFact):
    """The score of a whole run moved by a point or more, or over the passing line."""

    share: float
    passed: bool

    def tracked(self) -> Tracked:
        """The score of a course, as edX calculates it."""
        return self._told(
            "edx.grades.course.grade_calculated",
            {
                "course_id": self.course_id,
                "user_id": self.person_id,
                "percent_grade": self.share,
                "passing": self.passed,
                "letter_grade": "Pass" if self.passed else "",
            },
        )
