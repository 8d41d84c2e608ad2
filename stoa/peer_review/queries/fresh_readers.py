"""Who may read appealed work anew, and what waits for whom."""

from datetime import datetime

from django.db.models import Avg, F

from stoa.peer_review.models import Appeal, Assignment, FreshReading, Marking, Place, Submission
from stoa.peer_review.queries.readers import reader
from stoa.peer_review.queries.terms import candidate_of, standing_of
from stoa.peer_review.rules import appeals
from stoa.peer_review.rules.allocation import Credit, Role

LOOKED_AT = 40
"""So many of the steadiest are looked at: each takes a look of its own at what they have read."""
_OPEN = (Submission.State.APPEAL, Submission.State.REVIEWING)
_DONE = (FreshReading.State.GIVEN, FreshReading.State.DECLINED)


def fresh_readers(place: Place, *, now: datetime) -> list[int]:
    """People who may read this work anew, the steadiest first; no more than are asked."""
    found: list[int] = []
    for person_id in _steadiest(place.assignment):
        if len(found) == appeals.ASKED:
            break
        if may_read(place, person_id, now=now):
            found.append(person_id)
    return found


def may_read(place: Place, person_id: int, *, now: datetime) -> bool:
    """Whether this person is a steady reader who gave all reviews and knows nothing of the work."""
    own = Place.objects.of_author(person_id).filter(assignment=place.assignment_id).first()
    credit = Credit(own.credit) if own is not None and own.state != Submission.State.WITHDRAWN else Credit.NONE
    if credit is not Credit.FULL:
        return False
    terms = standing_of(place.assignment).terms
    person = reader(place.assignment, person_id, Role.PEER)
    return appeals.may_read_anew(person, credit, candidate_of(place), now=now, terms=terms)


def reading_of(assignment: Assignment, person_id: int) -> FreshReading | None:
    """The fresh reading that somebody has reserved."""
    mine = FreshReading.objects.filter(
        appeal__submission__assignment=assignment,
        appeal__settled_at=None,
        reader=person_id,
        state=FreshReading.State.RESERVED,
    )
    return mine.select_related("appeal").order_by("pk").first()


def appealed_for(assignment: Assignment, person_id: int, *, now: datetime) -> int | None:
    """The appealed work that this person may read anew now, the one whose time ends first; None where there is none."""
    held = reading_of(assignment, person_id)
    if held is not None:
        return held.appeal.submission_id
    waiting = Appeal.objects.filter(submission__assignment=assignment, settled_at=None, peers_until__gt=now)
    waiting = waiting.exclude(readings__in=FreshReading.objects.filter(reader=person_id, state__in=_DONE))
    for number in waiting.order_by("peers_until", "pk").values_list("pk", flat=True):
        place = Place.objects.select_related("assignment").get(pk=number)
        if place.state in _OPEN and _wants(number) and may_read(place, person_id, now=now):
            return number
    return None


def _wants(number: int) -> bool:
    readings = FreshReading.objects.filter(appeal_id=number)
    given = readings.filter(state=FreshReading.State.GIVEN).count()
    return appeals.wanted(given=given, reading=readings.filter(state=FreshReading.State.RESERVED).count()) > 0


def _steadiest(assignment: Assignment) -> list[int]:
    """Those whose marks scattered least in the course."""
    rows = Marking.objects.filter(assignment__run__course=assignment.run.course_id)
    rows = rows.filter(person__enrolments__run=assignment.run_id)
    noise = rows.values("person").annotate(noise=Avg(F("rate") / F("shape"))).order_by("noise", "person")
    return list(noise.values_list("person", flat=True)[:LOOKED_AT])
