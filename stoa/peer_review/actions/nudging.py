"""The ladder's mails: who waits, what one click does, and why one gets this mail. Each can be stopped by one click."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TypedDict
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import Q, QuerySet
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext, override

from stoa.accounts.models import Person
from stoa.courseware.models import Enrolment
from stoa.mail.actions import Addressee, post, post_many
from stoa.peer_review.actions.moving import given_by
from stoa.peer_review.models import Assignment, Place, Volunteer
from stoa.peer_review.queries.terms import standing_of
from stoa.peer_review.rules.allocation import Credit
from stoa.peer_review.rules.clock import NUDGES, Rung
from stoa.peer_review.rules.promise import SCORE_SHOWN_DAY, Promise

NUDGE, VOLUNTEER, RESULT, STAFF = "review-reminder", "review-volunteer", "assignment", "assignment-staff"

ASKING = NUDGES | {Rung.FINISHERS, Rung.VOLUNTEERS, Rung.URGENT, Rung.STAFF}
"""The rungs that ask people for something."""


@dataclass(frozen=True, kw_only=True)
class Letter:
    """A mail about an assignment."""

    kind: str
    template: str
    key: str
    words: Mapping[str, object]


def climb(*, submission_id: int, rung: Rung, at: datetime) -> None:
    """Ask the people whom a rung asks."""
    place = Place.objects.select_related("assignment__run__course", "assignment__published").get(pk=submission_id)
    if rung in NUDGES:
        _nudge(place, rung, at)
    elif rung is Rung.FINISHERS:
        _ask_finishers(place, at)
    elif rung in {Rung.VOLUNTEERS, Rung.URGENT} and place.done == 0:
        ask_volunteers(assignment=place.assignment, at=at)
    elif rung is Rung.STAFF and place.done == 0:
        _tell_staff(place, at)


def ask_volunteers(*, assignment: Assignment, at: datetime) -> None:
    """Ask those who agreed, each at most once in a day of the ladder."""
    day = Promise(days=assignment.promise_days).span / 7
    free = Volunteer.objects.filter(Q(asked_at=None) | Q(asked_at__lte=at - day), course=assignment.run.course_id)
    for one in free.select_for_update(of=("self",)).select_related("person").order_by("pk"):
        letter = Letter(
            kind=VOLUNTEER,
            template="volunteer",
            key=f"volunteer-{assignment.pk}-{one.person_id}-{at:%Y%m%d%H}",
            words={"waiting": _unread(assignment, at)},
        )
        send(letter, one.person, assignment, at)
        one.asked_at = at
        one.save(update_fields=["asked_at"])


def tell_results(*, submission_ids: Collection[int], template: str, at: datetime) -> None:
    """Tell the authors that their works for one assignment have been read, or that they are left out of the score."""
    authors = dict(Place.objects.filter(pk__in=submission_ids).values_list("pk", "authors"))
    assignment = Assignment.objects.select_related("run__course", "published").filter(places__in=authors).first()
    if assignment is None:
        return
    people = Person.objects.in_bulk({one for those in authors.values() for one in those})
    by_language: dict[str, list[Addressee]] = defaultdict(list)
    for number, those in authors.items():
        for person in (people[one] for one in sorted(those) if one in people):
            key = f"assignment-{template}-{number}-{person.pk}"
            by_language[person.language].append(Addressee(to=person.email, person_id=person.pk, key=key))
    for language, to in by_language.items():
        with override(language or assignment.run.course.language):
            words = _words(Letter(kind=RESULT, template=template, key="", words={}), assignment)
            post_many(to=to, at=at, **words)


def sound_alarm(*, assignment_id: int, projected: int, cap: int, at: datetime) -> None:
    """Tell the responsible person that staff will not be enough."""
    assignment = Assignment.objects.select_related("run__course", "published", "responsible").get(pk=assignment_id)
    if assignment.responsible is not None:
        letter = Letter(
            kind=STAFF,
            template="alarm",
            key=f"alarm-{assignment_id}-{at:%Y%m%d}",
            words={"projected": projected, "cap": cap},
        )
        send(letter, assignment.responsible, assignment, at)


def _nudge(place: Place, rung: Rung, at: datetime) -> None:
    """Remind authors who owe reviews; who takes part no more is left in peace by one click in the mail."""
    waiting = _unread(place.assignment, at)
    if place.credit == Credit.FULL or not waiting:
        return
    owed = standing_of(place.assignment).terms.owed
    given = given_by(place.authors, place.assignment_id)
    shown_at = Promise(days=place.assignment.promise_days).at(place.since, SCORE_SHOWN_DAY)
    for person in _awake(place):
        if given[person.pk] < owed:
            letter = Letter(
                kind=NUDGE,
                template="nudge",
                key=f"nudge-{place.pk}-{person.pk}-{int(rung)}",
                words={"waiting": waiting, "owed": owed - given[person.pk], "shown_at": shown_at},
            )
            send(letter, person, place.assignment, at)


def _ask_finishers(place: Place, at: datetime) -> None:
    waiting = _unread(place.assignment, at)
    if place.credit != Credit.FULL or not waiting:
        return
    for person in _awake(place):
        letter = Letter(
            kind=NUDGE,
            template="finisher",
            key=f"finisher-{place.assignment_id}-{person.pk}",
            words={"waiting": waiting},
        )
        send(letter, person, place.assignment, at)


def _tell_staff(place: Place, at: datetime) -> None:
    """One mail a day says how much waits for staff."""
    responsible = place.assignment.responsible
    if responsible is None:
        return
    day = Promise(days=place.assignment.promise_days).span / 7
    soon = Place.objects.filter(assignment=place.assignment, done=0, readable=True, since__lte=at - 6 * day)
    letter = Letter(
        kind=STAFF,
        template="staff",
        key=f"staff-{place.assignment_id}-{at:%Y%m%d}",
        words={
            "waiting": max(1, soon.count()),
            "due_at": Promise(days=place.assignment.promise_days).due(place.since),
        },
    )
    send(letter, responsible, place.assignment, at)


def _awake(place: Place) -> QuerySet[Person]:
    """The authors who take part: whoever left the run, rests or has enough is asked for nothing."""
    seats = Enrolment.objects.filter(run=place.assignment.run_id, withdrawal=None, pause=None, fulfilment=None)
    return Person.objects.filter(pk__in=place.authors, enrolments__in=seats).order_by("pk")


def _unread(assignment: Assignment, at: datetime) -> int:
    return Place.objects.filter(assignment=assignment, readable=True, effective=0, since__lte=at).count()


def send(letter: Letter, person: Person, assignment: Assignment, at: datetime) -> None:
    """Post a mail about an assignment, in the words and the zone of whom it is for."""
    zone = ZoneInfo(person.time_zone or assignment.run.time_zone)
    with override(person.language or assignment.run.course.language), timezone.override(zone):
        words = _words(letter, assignment)
        post(to=person.email, person_id=person.pk, key=letter.key, at=at, **words)


class _Said(TypedDict):
    kind: str
    subject: str
    text: str
    why: str


def _words(letter: Letter, assignment: Assignment) -> _Said:
    """What a mail says, in the language and time zone that are active now."""
    names = {"title": assignment.published.title, "course": assignment.run.course.title}
    subjects = {
        "nudge": gettext("%(title)s: work of others waits for you"),
        "finisher": gettext("%(title)s: two more would clear the queue"),
        "volunteer": gettext("%(title)s: work waits for a reader"),
        "result": gettext("%(title)s: your work has been read"),
        "left_out": gettext("%(title)s: we broke our promise"),
        "appeal": gettext("%(title)s: your appeal is answered"),
        "fresh": gettext("%(title)s: a second look is asked of you"),
        "lowered": gettext("%(title)s: your score was lowered"),
        "staff": gettext("%(title)s: work waits for you"),
        "alarm": gettext("%(title)s: more work will wait than the course team can read"),
    }
    reasons = {
        NUDGE: gettext("You get this mail because you handed in work for %(title)s in %(course)s."),
        VOLUNTEER: gettext("You get this mail because you agreed to read work of %(course)s that waits."),
        RESULT: gettext("You get this mail because you handed in work for %(title)s in %(course)s."),
        STAFF: gettext("You get this mail because you answer for %(title)s in %(course)s."),
    }
    zone = timezone.get_current_timezone_name()
    facts = {**names, **letter.words, "address": _address(assignment, letter.kind), "zone": zone}
    return {
        "kind": letter.kind,
        "subject": subjects[letter.template] % names,
        "text": render_to_string(f"peer_review/mail/{letter.template}.txt", facts),
        "why": reasons[letter.kind] % names,
    }


def _address(assignment: Assignment, kind: str) -> str:
    run = assignment.run
    base = f"{settings.SITE_URL}/courses/{run.course.slug}/runs/{run.code}"
    return f"{base}/health/" if kind == STAFF else f"{base}/assignments/{assignment.item_id}/"
