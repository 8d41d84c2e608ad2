"""The last rung for many works at once: a class whose promise falls due in one minute ends by a few statements a batch.

Each batch is one transaction, so that whoever is killed in the middle goes on with the next tick. What does not end in
the simple way (paused, or behind by several rungs) is left to the clock, which looks at one work after the other.
"""

import logging
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Final

from django.db import InterfaceError, OperationalError, transaction
from django.db.models import Value
from django.db.models.functions import Coalesce

from stoa.coursedoc.model.assignments import ReviewFlow
from stoa.kernel.bus import publish
from stoa.peer_review.actions.announcing import announce_left_out, announce_scores
from stoa.peer_review.actions.deciding import PlainFacts, plain_facts
from stoa.peer_review.actions.moving import lock
from stoa.peer_review.events import RungTaken
from stoa.peer_review.models import Assignment, Place, Review, Score, StaffRead, Submission, Transition
from stoa.peer_review.queries.terms import case_of, standing_of
from stoa.peer_review.rules import judging
from stoa.peer_review.rules.clock import Rung, Verdict, due_rungs, final_decision
from stoa.peer_review.rules.states import COUNTING, READABLE, WAITING, SubmissionState, moved

log = logging.getLogger(__name__)

BATCH: Final = 500
_GOALS: Final[Mapping[Verdict, SubmissionState]] = {
    Verdict.FINAL: SubmissionState.FINAL,
    Verdict.NO_HARM: SubmissionState.NO_HARM,
}
_WHYS: Final[Mapping[SubmissionState, str]] = {
    SubmissionState.FINAL: "",
    SubmissionState.NO_HARM: "nobody could read it by the promised date",
}
_KEPT_OF_SCORES: Final = ["points", "low", "high", "variance", "reviews", "method", "at", "final_at"]


def close_due(*, at: datetime) -> int:
    """End all works whose last rung has come; says how many."""
    done, after = 0, 0
    while batch := _due(at, after):
        after = batch[-1]
        try:
            done += close(batch, at=at)
        except (OperationalError, InterfaceError):
            raise
        except Exception:
            log.exception("The clock could not end %s works together; it looks at each of them.", len(batch))
    return done


@transaction.atomic
def close(submission_ids: Collection[int], *, at: datetime) -> int:
    """Take the last rung for works that are due; says for how many."""
    by_assignment: dict[int, list[Place]] = defaultdict(list)
    for place in lock(submission_ids).values():
        by_assignment[place.assignment_id].append(place)
    return sum(_close(places, at) for places in by_assignment.values())


def _close(places: Sequence[Place], at: datetime) -> int:
    """The same for the works of one assignment."""
    assignment = places[0].assignment
    standing = standing_of(assignment)
    promise = standing.terms.promise
    goals: dict[SubmissionState, list[Place]] = defaultdict(list)
    for place in places:
        case = case_of(place, standing, at)
        if place.paused_at is None and due_rungs(case, now=at, promise=promise) == (Rung.FINAL,):
            goals[_GOALS[final_decision(case, now=at, promise=promise)]].append(place)
    for goal, ending in goals.items():
        _end(assignment, ending, goal, at)
    if final := goals[SubmissionState.FINAL]:
        scores = _scored(assignment, final, at)
        announce_scores(assignment.pk, {place.pk: scores.get(place.pk) for place in final}, at=at)
    if left_out := goals[SubmissionState.NO_HARM]:
        announce_left_out(assignment.pk, [place.pk for place in left_out], at=at)
    return len(goals[SubmissionState.FINAL]) + len(left_out)


def _end(assignment: Assignment, places: Sequence[Place], goal: SubmissionState, at: datetime) -> None:
    """Bring them into their last state."""
    was = {place.pk: SubmissionState(place.state) for place in places}
    state = Submission.State({moved(one, goal) for one in was.values()}.pop())
    ending = Place.objects.filter(pk__in=was)
    ending.update(
        state=state,
        readable=goal in READABLE and ReviewFlow.PEER in assignment.flow,
        climbed=Rung.FINAL,
        look_at=None,
        final_at=Coalesce("final_at", Value(at)),
    )
    Submission.objects.filter(pk__in=was).update(state=state)
    if goal is SubmissionState.FINAL:
        reasons = [StaffRead.Reason.UNREAD, StaffRead.Reason.APART]
        StaffRead.objects.filter(submission__in=was, reason__in=reasons, settled_at=None).update(settled_at=at)
    Transition.objects.bulk_create(
        row
        for pk, before in was.items()
        for row in (
            Transition(submission_id=pk, what="rung", became=Rung.FINAL.name.lower(), at=at),
            Transition(submission_id=pk, what="state", was=before, became=goal, why=_WHYS[goal], at=at),
        )
    )
    for pk in was:
        publish(RungTaken(submission_id=pk, assignment_id=assignment.pk, rung=Rung.FINAL, at=at))


def _scored(assignment: Assignment, places: Sequence[Place], at: datetime) -> dict[int, float]:
    """Their scores, final from now on: the estimate, staff's, or the plain mean where there is no estimate yet."""
    numbers = [place.pk for place in places]
    reviews = _counted(numbers)
    kept = Score.objects.in_bulk(numbers)
    told: list[Transition] = []
    for number in numbers:
        old, own = kept.get(number), reviews[number]
        if old is None or (old.final_at is None and (old.method == Score.Method.MEAN or old.reviews < len(own))):
            facts = plain_facts(assignment, own)
            if facts is not None:
                kept[number] = _with(old or Score(submission_id=number), facts, at)
                was, became = f"{old.points:.2f}" if old else "", f"{facts.points:.2f}"
                told += [Transition(submission_id=number, what="score", was=was, became=became, at=at)]
    for score in kept.values():
        score.final_at = score.final_at or at
    Score.objects.bulk_create(
        kept.values(), update_conflicts=True, unique_fields=["submission"], update_fields=_KEPT_OF_SCORES
    )
    Transition.objects.bulk_create(told)
    if assignment.outcome == Assignment.Outcome.MEETS:
        _say_verdicts(kept)
    return {number: score.points for number, score in kept.items()}


def _with(score: Score, facts: PlainFacts, at: datetime) -> Score:
    score.points, score.low, score.high, score.variance = facts.points, facts.low, facts.high, facts.variance
    score.reviews, score.method, score.at = facts.reviews, facts.method, at
    return score


def _counted(submission_ids: Collection[int]) -> Mapping[int, list[Review]]:
    """The reviews that go into their scores."""
    found: dict[int, list[Review]] = defaultdict(list)
    states = [state.value for state in COUNTING]
    rows = Review.objects.filter(submission__in=submission_ids, state__in=states, points__isnull=False)
    for review in rows.only("submission_id", "points", "weight", "role").order_by("pk"):
        found[review.submission_id].append(review)
    return found


def _say_verdicts(scores: Mapping[int, Score]) -> None:
    """Where the assignment says so: whether the works meet what was asked."""
    for verdict in (Submission.Verdict.MEETS, Submission.Verdict.NEEDS_CHANGES):
        meets = verdict is Submission.Verdict.MEETS
        those = [number for number, score in scores.items() if (score.points >= judging.MEETS) == meets]
        Submission.objects.filter(pk__in=those).update(verdict=verdict)


def _due(at: datetime, after: int) -> list[int]:
    """Works on the last rung, some hundred at a time."""
    states = [state.value for state in WAITING]
    last = Place.objects.filter(look_at__lte=at, climbed=Rung.FINAL - 1, paused_at=None, state__in=states)
    return list(last.filter(pk__gt=after).order_by("pk").values_list("pk", flat=True)[:BATCH])
