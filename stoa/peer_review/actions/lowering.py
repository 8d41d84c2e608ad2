"""The one way in which a final score falls: staff say that the work, or its reviews, are not what they seem."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from stoa.accounts.models import Person
from stoa.kernel.bus import publish
from stoa.peer_review.actions.deciding import say_verdict
from stoa.peer_review.actions.moving import become, lock, tell
from stoa.peer_review.actions.queueing import no_longer_for_staff
from stoa.peer_review.events import ScoreChanged
from stoa.peer_review.models import Lowering, Place, Score, StaffRead, Submission
from stoa.peer_review.rules.states import SubmissionState

_LOWERABLE = frozenset({Submission.State.FINAL, Submission.State.INTEGRITY_HOLD})
LONGEST = 500


class LoweringRefused(Exception):
    """Only a final score that was not lowered before can be lowered, while no appeal is open."""


class LoweringUnfounded(Exception):
    """Choose what was found, and write the reason: the learner reads both."""


class NotLower(Exception):
    """Give points from 0 up to less than the score now."""


@dataclass(frozen=True, kw_only=True)
class Finding:
    """What staff found."""

    kind: str
    reason: str
    points: float
    """What the score is to be, of 100."""


@transaction.atomic
def lower_score(*, submission: Submission, finding: Finding, by: Person, at: datetime) -> Lowering:
    """Lower a final score for what was found about the work's origin; its author reads why, and may appeal.

    Raises LoweringRefused, LoweringUnfounded, NotLower.
    """
    place = lock([submission.pk])[submission.pk]
    score = Score.objects.filter(submission=submission, final_at__isnull=False).first()
    if score is None or place.state not in _LOWERABLE or Lowering.objects.filter(submission=submission).exists():
        raise LoweringRefused
    if finding.kind not in Lowering.Kind.values or not finding.reason.strip():
        raise LoweringUnfounded
    if not 0 <= finding.points < score.points:
        raise NotLower
    made = Lowering.objects.create(
        submission=submission,
        kind=finding.kind,
        reason=finding.reason.strip()[:LONGEST],
        before=score.points,
        after=finding.points,
        by=by,
        at=at,
    )
    _write_down(score, made, place, by, at)
    return made


def _write_down(score: Score, made: Lowering, place: Place, by: Person, at: datetime) -> None:
    score.points, score.at = made.after, at
    score.low = min(score.low, made.after)
    score.save(update_fields=["points", "low", "at"])
    tell(
        place,
        what="score",
        was=f"{made.before:.2f}",
        became=f"{made.after:.2f}",
        why=f"{made.get_kind_display()}: {made.reason}",
        by=by,
        at=at,
    )
    if place.state == Submission.State.INTEGRITY_HOLD:
        place.paused_at = None
        place.save(update_fields=["paused_at"])
        become(place, SubmissionState.FINAL, at=at, by=by, why="the score was lowered")
    no_longer_for_staff(place, [StaffRead.Reason.COPY, StaffRead.Reason.REPORT], at=at)
    say_verdict(place.submission, score)
    publish(
        ScoreChanged(
            submission_id=place.pk,
            assignment_id=place.assignment_id,
            points=made.after,
            lowered_because=f"{made.get_kind_display()}: {made.reason}",
            at=at,
        )
    )
