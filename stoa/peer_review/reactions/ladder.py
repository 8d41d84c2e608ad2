"""What the clock decides is said by mail, in the transaction of the decision: both are kept, or neither."""

from stoa.kernel.bus import when
from stoa.peer_review.actions import nudging, telling_outcomes
from stoa.peer_review.events import (
    AppealAnswered,
    FreshReadersWanted,
    RungTaken,
    ScoreChanged,
    StaffTooFew,
    WorksLeftOut,
    WorksScored,
)
from stoa.peer_review.rules.clock import Rung


@when(RungTaken)
def ask_for_help(fact: RungTaken) -> None:
    """A rung asks people to read."""
    if fact.rung in nudging.ASKING:
        nudging.climb(submission_id=fact.submission_id, rung=Rung(fact.rung), at=fact.at)


@when(WorksScored)
def tell_authors(fact: WorksScored) -> None:
    """Results have come."""
    nudging.tell_results(submission_ids=list(fact.points), template="result", at=fact.at)


@when(WorksLeftOut)
def tell_of_our_fault(fact: WorksLeftOut) -> None:
    """Nobody could read the works: their authors hear that it costs them nothing."""
    nudging.tell_results(submission_ids=fact.submission_ids, template="left_out", at=fact.at)


@when(AppealAnswered)
def tell_answer(fact: AppealAnswered) -> None:
    """An appeal was read."""
    telling_outcomes.tell_appeal_answered(submission_id=fact.submission_id, at=fact.at)


@when(FreshReadersWanted)
def ask_for_a_second_look(fact: FreshReadersWanted) -> None:
    """Appealed work waits for readers who know nothing of it."""
    telling_outcomes.ask_fresh_readers(
        submission_id=fact.submission_id, person_ids=fact.person_ids, until=fact.until, at=fact.at
    )


@when(ScoreChanged)
def tell_lowering(fact: ScoreChanged) -> None:
    """A score was lowered: its author hears why at once."""
    if fact.lowered_because:
        telling_outcomes.tell_score_lowered(submission_id=fact.submission_id, because=fact.lowered_because, at=fact.at)


@when(StaffTooFew)
def warn(fact: StaffTooFew) -> None:
    """Whoever answers for the assignment hears of it while there is time."""
    nudging.sound_alarm(assignment_id=fact.assignment_id, projected=fact.projected, cap=fact.cap, at=fact.at)
