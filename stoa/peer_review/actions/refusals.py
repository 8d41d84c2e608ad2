"""Why work can't be handed in now."""

from datetime import datetime

from stoa.peer_review.rules.work import Fault


class Refused(Exception):
    """It can't be taken; what was typed is kept as a draft."""


class NotOpenYet(Refused):
    """The assignment opens later; the draft is kept until then."""

    def __init__(self, opens: datetime) -> None:
        super().__init__(opens)
        self.opens = opens


class Closed(Refused):
    """The deadline has passed. Ask the course team for a later one, and say why."""


class BeingScored(Refused):
    """The work has its score, so it can't be replaced."""


class NoTeam(Refused):
    """The assignment is handed in by teams. Form one, or join one, then hand in."""


class WorkRefused(Refused):
    """Something is missing or too long; the faults say what and where."""

    def __init__(self, faults: tuple[Fault, ...]) -> None:
        super().__init__(faults)
        self.faults = faults
