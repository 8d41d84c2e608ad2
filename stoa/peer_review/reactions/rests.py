"""Learners who rest are in nobody's way and lose nothing."""

from stoa.courseware.events import Paused, Resumed
from stoa.kernel.bus import when
from stoa.kernel.clock import now
from stoa.peer_review.actions.forgetting import pause_reviewer
from stoa.peer_review.actions.resting import make_up_for_rest


@when(Paused)
def give_to_others(fact: Paused) -> None:
    """What somebody had reserved to read goes to others."""
    pause_reviewer(person_id=fact.person_id, run_id=fact.run_id, at=now())


@when(Resumed)
def move_deadlines(fact: Resumed) -> None:
    """Work may come later by the days of the rest, and is on time."""
    if fact.days:
        make_up_for_rest(enrolment_id=fact.enrolment_id, since=fact.since, days=fact.days, at=now())
