"""What learners are asked about a run: which questions, which answers, and when the way out may be asked about."""

from collections.abc import Mapping
from datetime import timedelta
from enum import StrEnum
from typing import Final


class Survey(StrEnum):
    """Two surveys: on the way in, and on the way out."""

    ENROLMENT = "enrolment"
    EXIT = "exit"


class Ended(StrEnum):
    """How a run ended for a learner who is asked about it."""

    COMPLETED = "completed"  # all steps done
    ENOUGH = "enough"  # said that they have what they wanted
    STOPPED = "stopped"  # nothing done for a while, or the run ended
    LEFT = "left"  # left the run


INTENT, REASON, SATISFIED, WORDS = "intent", "reason", "satisfied", "words"
DONE: Final = "done"
ANSWERS: Final[Mapping[tuple[Survey, str], tuple[str, ...]]] = {
    (Survey.ENROLMENT, INTENT): ("certificate", "skills", "growth", "all", "some", "browse", "unsure"),
    (Survey.EXIT, REASON): ("time", DONE, "hard", "easy", "expected", "technical", "later", "other"),
    (Survey.EXIT, SATISFIED): ("yes", "no"),
}
"""Questions with a choice of answers. What learners write in own words never comes into the log."""
LONGEST: Final = 1000
"""Signs of an answer in own words."""

MAIL_KIND: Final = "exit-question"
"""What learners stop who want no such mail."""
QUIET: Final = timedelta(days=28)
"""Who has done nothing for so long is asked why."""
AFTER_END: Final = timedelta(days=3)
"""So long after the end of a run, or after leaving it, the question comes: who comes back is not asked."""
LONG_AGO: Final = timedelta(days=90)
"""What ended before that is not asked about any more."""
INTENT_ASKED_FOR: Final = timedelta(days=30)
"""So long the question of the way in stands on the page of the run."""
LINK_LASTS: Final = timedelta(days=180)
"""So long the answers of a mail can be pressed."""


class NoSuchAnswer(ValueError):
    """This is none of the answers. Choose one of those on the page."""


class TooManyWords(ValueError):
    """This is longer than a thousand signs. Please say it more shortly."""


def check(survey: Survey, question: str, answer: str) -> None:
    """Raise NoSuchAnswer or TooManyWords; an empty answer takes an earlier one back and is always fine."""
    if question == WORDS:
        if len(answer) > LONGEST:
            raise TooManyWords
    elif (survey, question) not in ANSWERS or (answer and answer not in ANSWERS[survey, question]):
        raise NoSuchAnswer
