"""What assessment does."""

from stoa.assessment.actions.attempting import Blanks, submit
from stoa.assessment.actions.laying_out import lay_out_quizzes
from stoa.assessment.actions.refusals import (
    AnswersRefused,
    NoAttemptsLeft,
    NotStarted,
    PastDue,
    Refused,
    TimeIsUp,
    TooSoon,
)
from stoa.assessment.actions.rescoring import ReasonMissing, rescore
from stoa.assessment.actions.saving import extend_time, save_answers, start, take_hint
from stoa.assessment.actions.works import WorkLayout, lay_out_works, leave_out, leave_out_all, take_score, take_scores
from stoa.assessment.rules.answers import Answers
from stoa.assessment.rules.rescoring import Lowering

__all__ = [
    "Answers",
    "AnswersRefused",
    "Blanks",
    "Lowering",
    "NoAttemptsLeft",
    "NotStarted",
    "PastDue",
    "ReasonMissing",
    "Refused",
    "TimeIsUp",
    "TooSoon",
    "WorkLayout",
    "extend_time",
    "lay_out_quizzes",
    "lay_out_works",
    "leave_out",
    "leave_out_all",
    "rescore",
    "save_answers",
    "start",
    "submit",
    "take_hint",
    "take_score",
    "take_scores",
]
