"""Mails about scores that change after they were final: appeals, fresh readers that are wanted, lowered scores."""

from collections.abc import Collection, Mapping
from datetime import datetime

from stoa.accounts.models import Person
from stoa.courseware.models import Enrolment
from stoa.peer_review.actions.nudging import NUDGE, RESULT, Letter, send
from stoa.peer_review.models import Appeal, Place, Score


def tell_appeal_answered(*, submission_id: int, at: datetime) -> None:
    """The author reads what the fresh look came to."""
    made, score = Appeal.objects.get(pk=submission_id), Score.objects.get(pk=submission_id)
    words = {
        "peers": made.answered_by == Appeal.AnsweredBy.PEERS,
        "rose": round(score.points) > round(made.before),
        "before": round(made.before),
        "after": round(score.points),
    }
    _tell_authors(submission_id, "appeal", words, at)


def tell_score_lowered(*, submission_id: int, because: str, at: datetime) -> None:
    """The author reads why the score was lowered, and what can be done."""
    _tell_authors(submission_id, "lowered", {"because": because}, at)


def ask_fresh_readers(*, submission_id: int, person_ids: Collection[int], until: datetime, at: datetime) -> None:
    """Ask steady readers who take part for a second look; nothing says whose work it is, or that it was appealed."""
    place = _place(submission_id)
    seats = Enrolment.objects.filter(run=place.assignment.run_id, withdrawal=None, pause=None, fulfilment=None)
    for person in Person.objects.filter(pk__in=person_ids, enrolments__in=seats).order_by("pk"):
        key = f"fresh-{submission_id}-{person.pk}"
        send(Letter(kind=NUDGE, template="fresh", key=key, words={"until": until}), person, place.assignment, at)


def _tell_authors(submission_id: int, template: str, words: Mapping[str, object], at: datetime) -> None:
    place = _place(submission_id)
    for person in Person.objects.filter(pk__in=place.authors).order_by("pk"):
        key = f"assignment-{template}-{submission_id}-{person.pk}-{at:%Y%m%d%H%M%S}"
        send(Letter(kind=RESULT, template=template, key=key, words=words), person, place.assignment, at)


def _place(submission_id: int) -> Place:
    return Place.objects.select_related("assignment__run__course", "assignment__published").get(pk=submission_id)
