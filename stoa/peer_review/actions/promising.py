"""The promise, by mail: in the transaction of the hand-in, once for each piece of work."""

from zoneinfo import ZoneInfo

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext, override

from stoa.accounts.models import Person
from stoa.courseware.models import Enrolment
from stoa.mail.actions import post
from stoa.peer_review.models import Assignment, Submission
from stoa.peer_review.queries.published import content_of
from stoa.peer_review.rules.clock import DAYS, Rung
from stoa.peer_review.rules.promise import LADDER_DAYS

MAIL_KIND = "assignment"


def promise_by_mail(submission: Submission, by: Enrolment) -> None:
    """Tell the learner, or every member of the team, when the score comes and who answers for it."""
    for person in _authors(submission, by):
        _mail(submission, person)


def _authors(submission: Submission, by: Enrolment) -> list[Person]:
    if submission.team is None:
        return [Person.objects.get(pk=by.person_id)]
    return list(Person.objects.filter(enrolments__team_memberships__team=submission.team).order_by("pk"))


def _mail(submission: Submission, person: Person) -> None:
    assignment = submission.assignment
    course = assignment.run.course
    zone = ZoneInfo(person.time_zone or assignment.run.time_zone)
    with override(person.language or course.language), timezone.override(zone):
        subject = gettext("Handed in: %(title)s") % {"title": assignment.published.title}
        why = gettext("You get this mail because you handed in work in %(course)s.") % {"course": course.title}
        text = render_to_string("peer_review/mail/promise.txt", _words(submission, assignment))
    post(
        kind=MAIL_KIND,
        to=person.email,
        person_id=person.pk,
        subject=subject,
        text=text,
        key=f"assignment-handed-in-{submission.pk}-{person.pk}",
        why=why,
        at=submission.submitted_at,
    )


def _words(submission: Submission, assignment: Assignment) -> dict[str, object]:
    run = assignment.run
    address = f"{settings.SITE_URL}/courses/{run.course.slug}/runs/{run.code}/assignments/{assignment.item_id}/"
    return {
        "submission": submission,
        "assignment": assignment,
        "course": run.course.title,
        "zone": timezone.get_current_timezone_name(),
        "peers": "peer" in content_of(assignment.published).flow,
        "staff_day": max(1, round(assignment.promise_days * DAYS[Rung.STAFF] / LADDER_DAYS)),
        "responsible": assignment.responsible.display_name if assignment.responsible else "",
        "address": address,
    }
