"""Keeping what the estimator found. A final score never falls by it; one bad row never stops the rest."""

import logging
from collections.abc import Iterable, Mapping
from dataclasses import asdict
from datetime import datetime

from django.db import InterfaceError, OperationalError, transaction
from django.db.models import F

from stoa.peer_review.actions.deciding import READ_ANEW, decide, keep_score
from stoa.peer_review.actions.moving import lock, recredit, tell, turn
from stoa.peer_review.models import Assignment, Estimation, Marking, Place, Review, Score, Submission
from stoa.peer_review.queries.estimating import person_of
from stoa.peer_review.queries.explained import to_keep
from stoa.peer_review.queries.terms import standing_of
from stoa.peer_review.rules import judging
from stoa.peer_review.rules.certainty import near_line
from stoa.peer_review.rules.effort.engagement import Judgement
from stoa.peer_review.rules.feedback import is_steady
from stoa.peer_review.rules.scoring import values
from stoa.peer_review.rules.scoring.explanation import Explanation
from stoa.peer_review.rules.states import COUNTING, WAITING, ReviewState, SubmissionState

log = logging.getLogger(__name__)

_LESS = 0.5
"""A review of less weight than this is said to count less."""
_SAME = 0.01
_COUNTED = [state.value for state in COUNTING]


def keep_estimates(
    *, assignment: Assignment, found: values.Outcome, stories: Mapping[str, Explanation], until: datetime, at: datetime
) -> int:
    """Keep scores, stories and what was learnt of the reviewers; says how many scores there are."""
    kept = 0
    for score in found.scores:
        try:
            _keep(assignment, score, stories.get(score.submission), at)
            kept += 1
        except (OperationalError, InterfaceError):
            raise
        except Exception:
            log.exception("The score of submission %s could not be kept; the others are.", score.submission)
    _keep_reviewers(assignment, found.reviewers, at)
    _say_who_had_a_strong_reader(assignment, found)
    Estimation.objects.update_or_create(assignment=assignment, defaults={"at": until, "model": asdict(found.model)})
    return kept


def keep_judgements(*, judged: Iterable[Judgement], at: datetime) -> int:
    """Weigh reviews by the care that behaviour shows, and say why one earns no credit; says how many changed."""
    wanted = {int(one.review): one for one in judged}
    rows = Review.objects.filter(pk__in=wanted).values_list("pk", "weight", "credited")
    changed = [
        wanted[pk]
        for pk, weight, credited in rows
        if abs(weight - wanted[pk].weight) > _SAME or credited != wanted[pk].earns_credit
    ]
    for one in changed:
        _weigh(one, at)
    return len(changed)


@transaction.atomic
def _keep(assignment: Assignment, score: values.Score, story: Explanation | None, at: datetime) -> None:
    place = lock([int(score.submission)])[int(score.submission)]
    place.variance, place.half_width = score.variance, (score.high - score.low) / 2
    place.near_line = assignment.outcome == Assignment.Outcome.MEETS and near_line(
        score=score.score, variance=score.variance, line=judging.MEETS
    )
    place.save(update_fields=["variance", "half_width", "near_line"])
    if place.state in {Submission.State.WITHDRAWN, Submission.State.INTEGRITY_HOLD}:
        return
    told = {} if story is None else {"explanation": to_keep(story)}
    if Score.objects.filter(pk=place.pk, method__in=READ_ANEW).update(**told, method=F("method")):
        return
    facts: dict[str, object] = {
        "low": score.low,
        "high": score.high,
        "variance": score.variance,
        "reviews": score.reviews,
        "method": Score.Method.ESTIMATE,
        **told,
    }
    keep_score(place, points=score.score, facts=facts, at=at, why="estimated from the reviews")
    if SubmissionState(place.state) in WAITING:
        decide(place, standing_of(assignment), at=at)


def _keep_reviewers(assignment: Assignment, reviewers: Mapping[str, values.Reviewer], at: datetime) -> None:
    rows = [
        Marking(
            assignment=assignment,
            person_id=person,
            bias=told.bias,
            bias_variance=told.bias_variance,
            shape=told.shape,
            rate=told.rate,
            reviews=told.reviews,
            at=at,
        )
        for rater, told in reviewers.items()
        if (person := person_of(rater)) is not None
    ]
    Marking.objects.bulk_create(
        rows,
        batch_size=1000,
        update_conflicts=True,
        unique_fields=["assignment", "person"],
        update_fields=["bias", "bias_variance", "shape", "rate", "reviews", "at"],
    )


def _say_who_had_a_strong_reader(assignment: Assignment, found: values.Outcome) -> None:
    """Allocation gives each work one reader whose marks scatter little, where it can."""
    strong = [
        person
        for rater, told in found.reviewers.items()
        if is_steady(told, usual_noise_sd=found.model.noise_sd) and (person := person_of(rater)) is not None
    ]
    read = Review.objects.filter(assignment=assignment, reviewer__in=strong, state__in=_COUNTED)
    works = Place.objects.filter(assignment=assignment, has_strong=False, pk__in=read.values("submission"))
    works.update(has_strong=True)


@transaction.atomic
def _weigh(judged: Judgement, at: datetime) -> None:
    number = Review.objects.values_list("submission_id", flat=True).get(pk=int(judged.review))
    place = lock([number])[number]
    review = Review.objects.select_for_update(of=("self",)).select_related("reviewer").get(pk=int(judged.review))
    why = ", ".join(judged.reasons)
    if review.credited != judged.earns_credit:
        became = "credited" if judged.earns_credit else "uncredited"
        tell(place, what="credit", became=became, why=why, review=review, at=at)
    review.weight, review.credited = judged.weight, judged.earns_credit
    review.save(update_fields=["weight", "credited"])
    state = ReviewState.DOWNWEIGHTED if judged.weight < _LESS else ReviewState.ACCEPTED
    if ReviewState(review.state) in {ReviewState.ACCEPTED, ReviewState.DOWNWEIGHTED} - {state}:
        turn(review, place, state, at=at, why=why)
    if review.reviewer_id is not None:
        for own in Place.objects.of_author(review.reviewer_id).filter(assignment=review.assignment_id):
            recredit(own, standing_of(review.assignment))
