"""What assessment answers, with the reader's rights built in."""

from stoa.assessment.queries.attempts import Answered, AttemptView, answered, attempts_of
from stoa.assessment.queries.published import Published, QuizUnknown, drawn_items, quiz_for
from stoa.assessment.queries.quizzes import Refusal, quiz_views, refused_view
from stoa.assessment.queries.records import QuizRecord, quiz_record
from stoa.assessment.queries.scores import quizzes_passed, score_table, score_tables
from stoa.assessment.queries.statistics import QuestionStatistics, QuizStatistics, quiz_statistics
from stoa.assessment.queries.view_model import ChoiceView, PartView, QuizState, QuizView, ResultView
from stoa.assessment.rules.score_book import ScoreRow, ScoreTable
from stoa.assessment.rules.scoring import Verdict

__all__ = [
    "Answered",
    "AttemptView",
    "ChoiceView",
    "PartView",
    "Published",
    "QuestionStatistics",
    "QuizRecord",
    "QuizState",
    "QuizStatistics",
    "QuizUnknown",
    "QuizView",
    "Refusal",
    "ResultView",
    "ScoreRow",
    "ScoreTable",
    "Verdict",
    "answered",
    "attempts_of",
    "drawn_items",
    "quiz_for",
    "quiz_record",
    "quiz_statistics",
    "quiz_views",
    "quizzes_passed",
    "refused_view",
    "score_table",
    "score_tables",
]
