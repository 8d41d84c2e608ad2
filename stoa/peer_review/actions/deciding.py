"""Deciding what becomes of a submission, and giving it its score."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

from stoa.kernel.bus import publish
from stoa.peer_review.actions.announcing import announce_left_out, announce_scores
from stoa.peer_review.actions.moving import become, tell
from stoa.peer_review.actions.queueing import ask_staff, no_longer_for_staff
from stoa.peer_review.events import ScoreChanged
from stoa.peer_review.models import Anchor, Assignment, Lowering, Place, Review, Score, StaffRead, Submission
from stoa.peer_review.queries.terms import Standing, case_of
from stoa.peer_review.rules import judging
from stoa.peer_review.rules.clock import Verdict, final_decision
from stoa.peer_review.rules.promise import Promise
from stoa.peer_review.rules.states import COUNTING, SubmissionState, after_review

_UNREAD, _APART = StaffRead.Reason.UNREAD, StaffRead.Reason.APART
READ_ANEW = (Score.Method.STAFF, Score.Method.FRESH)
"""Somebody read the work as a whole: what is calculated changes such a score no more."""


class PlainFacts(NamedTuple):
    """A score as the reviews alone say it."""

    points: float
    low: float
    high: float
    variance: float
    reviews: int
    method: Score.Method


def count_review(place: Place, standing: Standing, *, at: datetime) -> None:
    """A review came: the submission has one more, and staff need not read it for want of one."""
    no_longer_for_staff(place, [_UNREAD], at=at)
    state = after_review(SubmissionState(place.state))
    if state is SubmissionState.FINAL and place.state == Submission.State.NO_HARM:
        finalise(place, at=at, why="a review came after all")
    else:
        become(place, state, at=at)
    decide(place, standing, at=at)


def decide(place: Place, standing: Standing, *, at: datetime) -> Verdict:
    """Carry out what the rules decide about a submission now."""
    promise = standing.terms.promise
    verdict = final_decision(case_of(place, standing, at), now=at, promise=promise)
    if verdict is Verdict.FINAL:
        finalise(place, at=at)
    elif verdict is Verdict.NO_HARM:
        _leave_out(place, at)
    elif verdict is Verdict.STAFF:
        reason = _APART if place.done else _UNREAD
        become(place, SubmissionState.STAFF, at=at, why=str(reason.label))
        ask_staff(place, reason, promise=promise, at=at)
    return verdict


def finalise(place: Place, *, at: datetime, why: str = "") -> None:
    """Give a submission its final score: the estimate, staff's, or the plain mean where there is no estimate yet."""
    if not become(place, SubmissionState.FINAL, at=at, why=why):
        return
    no_longer_for_staff(place, [_UNREAD, _APART], at=at)
    place.look_at = None
    place.save(update_fields=["look_at"])
    score = settle_score(place.submission, at=at)
    announce_scores(place.assignment_id, {place.pk: score.points if score else None}, at=at)


def settle_score(submission: Submission, *, at: datetime) -> Score | None:
    """The score as it stands, final from now on; None where nothing is scored."""
    kept = Score.objects.filter(pk=submission.pk).first()
    counted = counted_reviews(submission)
    if kept is None or kept.method == Score.Method.MEAN or kept.reviews < len(counted):
        kept = _plain(submission, counted, kept, at)
    if kept is not None and kept.final_at is None:
        kept.final_at = at
        kept.save(update_fields=["final_at"])
    say_verdict(submission, kept)
    return kept


def keep_score(place: Place, *, points: float, facts: Mapping[str, object], at: datetime, why: str = "") -> Score:
    """Keep a score that was calculated; a final one never falls by it, though what explains it is always the newest."""
    score = Score.objects.filter(pk=place.pk).first()
    if score is not None and _holds(score, points, facts):
        _explain_anew(score, facts)
        return score
    was = f"{score.points:.2f}" if score else ""
    kept, _ = Score.objects.update_or_create(submission_id=place.pk, defaults={**facts, "points": points, "at": at})
    if was != f"{points:.2f}":
        tell(place, what="score", was=was, became=f"{points:.2f}", why=why, at=at)
        _tell_change(place, kept, at)
    say_verdict(place.submission, kept)
    return kept


def counted_reviews(submission: Submission) -> list[Review]:
    """The reviews that go into the score."""
    states = [state.value for state in COUNTING]
    rows = Review.objects.filter(submission=submission, state__in=states, points__isnull=False)
    return list(rows.order_by("pk"))


def _holds(score: Score, points: float, facts: Mapping[str, object]) -> bool:
    """Whether a score stays against newly calculated points."""
    if score.final_at is None:
        return False
    calculated = facts.get("method") not in READ_ANEW
    return points < score.points or (calculated and Lowering.objects.filter(pk=score.pk).exists())


def _explain_anew(score: Score, facts: Mapping[str, object]) -> None:
    if facts.get("explanation"):
        score.explanation = facts["explanation"]
        score.save(update_fields=["explanation"])


def _tell_change(place: Place, score: Score, at: datetime) -> None:
    if score.final_at is not None:
        publish(
            ScoreChanged(submission_id=place.pk, assignment_id=place.assignment_id, points=score.points, at=at),
        )


def plain_facts(assignment: Assignment, counted: Sequence[Review]) -> PlainFacts | None:
    """The plain mean, or what staff found; None where nothing is scored."""
    by_staff = [review for review in counted if review.role == Review.Role.STAFF]
    counted = by_staff or counted
    if not counted or assignment.outcome == Assignment.Outcome.FEEDBACK:
        return None
    plain = judging.plain_score([review.points or 0.0 for review in counted], [review.weight for review in counted])
    return PlainFacts(
        points=plain.points,
        low=plain.points if by_staff else plain.low,
        high=plain.points if by_staff else plain.high,
        variance=plain.variance,
        reviews=len(counted),
        method=Score.Method.STAFF if by_staff else Score.Method.MEAN,
    )


def _plain(submission: Submission, counted: Sequence[Review], kept: Score | None, at: datetime) -> Score | None:
    found = plain_facts(submission.assignment, counted)
    if found is None:
        return kept
    facts = {name: value for name, value in found._asdict().items() if name != "points"}
    return keep_score(Place.objects.get(pk=submission.pk), points=found.points, facts=facts, at=at)


def say_verdict(submission: Submission, score: Score | None) -> None:
    """Where the assignment says so: whether the work meets what was asked."""
    if submission.assignment.outcome != Assignment.Outcome.MEETS or score is None or score.final_at is None:
        return
    meets = score.points >= judging.MEETS
    verdict = Submission.Verdict.MEETS if meets else Submission.Verdict.NEEDS_CHANGES
    Submission.objects.filter(pk=submission.pk).update(verdict=verdict)


def _leave_out(place: Place, at: datetime) -> None:
    """Nobody could read it in time: a breach of the promise that never costs its author anything."""
    if become(place, SubmissionState.NO_HARM, at=at, why="nobody could read it by the promised date"):
        announce_left_out(place.assignment_id, [place.pk], at=at)


def anchor(*, submission: Submission, points: float, at_random: bool, by_id: int | None, at: datetime) -> None:
    """Keep what staff found, for the estimator; appeals and rescues say nothing of how lenient all are."""
    Anchor.objects.update_or_create(
        submission=submission,
        defaults={
            "assignment_id": submission.assignment_id,
            "points": points,
            "at_random": at_random,
            "by_id": by_id,
            "at": at,
        },
    )


def promise_of(assignment: Assignment) -> Promise:
    """The assignment's promise."""
    return Promise(days=assignment.promise_days)
