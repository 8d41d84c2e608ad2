"""Why answers are not taken. The docstring is what the learner reads."""

from collections.abc import Mapping
from datetime import datetime

from stoa.assessment.rules.faults import Fault


class Refused(Exception):
    """This can't be taken now."""


class AnswersRefused(Refused):
    """Some answers can't be taken as they stand. Mend those that are marked."""

    def __init__(self, faults: Mapping[str, Fault]) -> None:
        super().__init__(dict(faults))
        self.faults = faults


class NoAttemptsLeft(Refused):
    """All attempts at this quiz are used."""


class PastDue(Refused):
    """This quiz closed on its date."""


class TooSoon(Refused):
    """The next attempt is not open yet."""

    def __init__(self, opens: datetime) -> None:
        super().__init__(opens)
        self.opens = opens


class NotStarted(Refused):
    """Start the quiz first: its time begins then."""


class TimeIsUp(Refused):
    """The time is up. What was saved before counts when you hand it in."""
