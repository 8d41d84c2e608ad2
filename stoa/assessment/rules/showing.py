"""When a learner may try, and what may be seen."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from stoa.coursedoc.model import Quiz
from stoa.coursedoc.model.quizzes import ShowAnswer

# An answer that was on its way when the time ran out still counts.
GRACE: Final = timedelta(seconds=30)


@dataclass(frozen=True, kw_only=True)
class Standing:
    """How a learner stands to a quiz."""

    attempts: int = 0
    right: bool = False
    """The latest attempt earned everything."""
    last_at: datetime | None = None
    past_due: bool = False
    started_at: datetime | None = None
    """When the running attempt of a quiz with a time limit was started."""
    extra_minutes: float = 0.0


def attempts_left(quiz: Quiz, standing: Standing) -> int | None:
    """How many attempts are left; None where there is no limit."""
    return None if quiz.attempts is None else max(0, quiz.attempts - standing.attempts)


def is_closed(quiz: Quiz, standing: Standing) -> bool:
    """Whether nothing can be handed in any more."""
    return standing.past_due or attempts_left(quiz, standing) == 0


def next_attempt_at(quiz: Quiz, standing: Standing) -> datetime | None:
    """When the next attempt opens, where there is a time to wait between two."""
    if not quiz.wait_seconds or standing.last_at is None:
        return None
    return standing.last_at + timedelta(seconds=quiz.wait_seconds)


def ends_at(quiz: Quiz, standing: Standing) -> datetime | None:
    """When the running attempt ends; None where it has no limit or was not started."""
    if quiz.minutes_allowed is None or standing.started_at is None:
        return None
    return standing.started_at + timedelta(minutes=quiz.minutes_allowed + standing.extra_minutes)


def time_is_up(quiz: Quiz, standing: Standing, at: datetime) -> bool:
    """Whether what comes in now is too late to count."""
    end = ends_at(quiz, standing)
    return end is not None and at > end + GRACE


def shows_answers(quiz: Quiz, standing: Standing) -> bool:
    """Whether the solutions may be seen."""
    closed, right, past_due = is_closed(quiz, standing), standing.right, standing.past_due
    enough = min(quiz.show_answer_after, quiz.attempts or quiz.show_answer_after)
    return {
        ShowAnswer.ALWAYS: True,
        ShowAnswer.NEVER: False,
        ShowAnswer.ANSWERED: right,
        ShowAnswer.ATTEMPTED: standing.attempts > 0,
        ShowAnswer.AFTER_ATTEMPTS: standing.attempts >= enough,
        ShowAnswer.FINISHED: closed or right,
        ShowAnswer.CORRECT_OR_PAST_DUE: right or past_due,
        ShowAnswer.PAST_DUE: past_due,
        ShowAnswer.CLOSED: closed,
        ShowAnswer.AFTER_ALL_ATTEMPTS: attempts_left(quiz, standing) == 0,
    }[quiz.show_answer]
