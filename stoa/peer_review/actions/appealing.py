"""Appeals: made once, read by two peers who know nothing of the work or by an instructor, never to anybody's harm."""

from datetime import datetime

from django.db import transaction

from stoa.accounts.models import Person
from stoa.kernel.bus import publish
from stoa.peer_review.actions.deciding import anchor, keep_score, settle_score
from stoa.peer_review.actions.moving import become, lock, tell
from stoa.peer_review.actions.queueing import ask_staff, no_longer_for_staff
from stoa.peer_review.events import AppealAnswered, FreshReadersWanted
from stoa.peer_review.models import Appeal, FreshReading, Lowering, Place, Review, Score, StaffRead, Submission
from stoa.peer_review.queries.appeals import appeal_open
from stoa.peer_review.queries.fresh_readers import fresh_readers
from stoa.peer_review.queries.published import content_of
from stoa.peer_review.rules import appeals, judging
from stoa.peer_review.rules.promise import Promise
from stoa.peer_review.rules.states import SubmissionState

_State = FreshReading.State


class AppealClosed(Exception):
    """There is no final score to appeal against, it was appealed already, or fourteen days have passed."""


class ReasonMissing(Exception):
    """Say why, and which criterion it is about."""


@transaction.atomic
def appeal(*, submission: Submission, by: Person, criterion_id: str, reason: str, at: datetime) -> Appeal:
    """Object to a final score, once, with a reason about a criterion; it can only rise by that.

    Two peers read it who are steady, gave all their reviews and know nothing of the work; where there are none, or they
    take too long, an instructor does.

    Raises AppealClosed, ReasonMissing.
    """
    place = lock([submission.pk])[submission.pk]
    criteria = {criterion.id for criterion in content_of(submission.assignment.published).criteria}
    if criterion_id not in criteria or not reason.strip():
        raise ReasonMissing
    score = Score.objects.filter(submission=submission).first()
    if place.state != Submission.State.FINAL or score is None or not appeal_open(score, now=at):
        raise AppealClosed
    # The words stay with the appeal: what is written down here can never be taken out again.
    become(place, SubmissionState.APPEAL, at=at, why=criterion_id, by=by)
    made = Appeal.objects.create(
        submission=submission, criterion_id=criterion_id, reason=reason.strip(), by=by, at=at, before=score.points
    )
    _find_readers(made, place, at)
    return made


def give_to_staff(made: Appeal, place: Place, *, why: str, at: datetime) -> None:
    """An instructor reads the appealed work; peers are asked no more. Whoever has locked the place may do this."""
    made.peers_until = None
    made.save(update_fields=["peers_until"])
    release_readers(made)
    tell(place, what="appeal", became="staff", why=why, at=at)
    ask_staff(place, StaffRead.Reason.APPEAL, promise=Promise(days=place.assignment.promise_days), at=at, since=at)


def answer_by_staff(place: Place, review: Review, *, by: Person, at: datetime) -> None:
    """An instructor read the appealed work: that is the answer, whatever peers were about to say."""
    _reviewing(place, at, by)
    become(place, SubmissionState.FINAL, at=at, by=by, why="the appeal was read")
    made = Appeal.objects.get(submission_id=place.pk)
    made.answered_by, made.answer = Appeal.AnsweredBy.STAFF, review.comment
    settle_score(place.submission, at=at)
    _settle(made, found=review.points, at=at)


def answer_by_peers(made: Appeal, place: Place, *, at: datetime) -> bool:
    """Answer with what fresh readers found, once there are enough; far apart, an instructor decides. True: answered."""
    given = list(made.readings.filter(state=_State.GIVEN).order_by("given_at", "pk"))
    if len(given) < appeals.READERS:
        return False
    points = [reading.points for reading in given if reading.points is not None]
    found = appeals.agreed(points)
    if found is None:
        give_to_staff(made, place, why="the fresh readings are far apart", at=at)
        return False
    _reviewing(place, at, None)
    become(place, SubmissionState.FINAL, at=at, why="two fresh readers read the appeal")
    made.answered_by = Appeal.AnsweredBy.PEERS
    made.answer = "\n\n".join(
        words for reading in given for words in [*reading.comments.values(), reading.overall] if words
    )
    _raise_to(place, found, points, at)
    anchor(submission=place.submission, points=found, at_random=False, by_id=None, at=at)
    _settle(made, found=found, at=at)
    return True


def release_readers(made: Appeal) -> None:
    """Nobody needs to read it any more; who was about to is told when they look."""
    made.readings.filter(state=_State.RESERVED).update(state=_State.RELEASED)


def _find_readers(made: Appeal, place: Place, at: datetime) -> None:
    """Ask peers where there are enough who know nothing of the work, else an instructor."""
    readers = fresh_readers(place, now=at)
    lowered = Lowering.objects.filter(pk=place.pk).exists()
    if not appeals.for_peers(fresh_readers=len(readers), lowered=lowered):
        give_to_staff(made, place, why="no two peers could read it anew", at=at)
        return
    until = appeals.peers_until(at=at, promise=Promise(days=place.assignment.promise_days))
    made.peers_until = until
    made.save(update_fields=["peers_until"])
    tell(place, what="appeal", became="peers", at=at)
    publish(FreshReadersWanted(submission_id=place.pk, person_ids=tuple(readers[: appeals.ASKED]), until=until, at=at))


def _reviewing(place: Place, at: datetime, by: Person | None) -> None:
    if place.state == Submission.State.APPEAL:
        become(place, SubmissionState.REVIEWING, at=at, by=by)


def _settle(made: Appeal, *, found: float | None, at: datetime) -> None:
    made.found, made.settled_at = found, at
    made.save(update_fields=["found", "settled_at", "answered_by", "answer"])
    release_readers(made)
    publish(AppealAnswered(submission_id=made.pk, at=at))


def _raise_to(place: Place, found: float, points: list[float], at: datetime) -> None:
    """The score is the higher of the two; the fresh readings say how sure it is."""
    no_longer_for_staff(place, [StaffRead.Reason.APPEAL], at=at)
    plain = judging.plain_score(points, [1.0] * len(points))
    facts = {
        "low": plain.low,
        "high": plain.high,
        "variance": plain.variance,
        "reviews": len(points),
        "method": Score.Method.FRESH,
    }
    keep_score(place, points=found, facts=facts, at=at, why="read anew by two peers")
